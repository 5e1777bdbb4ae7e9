"""Personal data that slipped into an allowed column are seen; what a registration system normally holds is not."""

import numpy as np
import pytest
from stdnum.nl import bsn

from data_contracts.vocabulary.identifiers import identifier_in_header, identifier_in_values, is_free_text


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("BSN", "een BSN"),
        ("Burgerservicenummer cliënt", "een BSN"),
        ("Burgerservicenr.", "een BSN"),
        ("BSNnr", "een BSN"),
        ("Sofi-nr", "een BSN"),
        ("Achternaam", "een naam"),
        ("Geb. datum", "een geboortedatum"),
        ("E-mail", "een e-mailadres"),
        ("Postcode", "een postcode"),
        ("Cliëntnummer", None),
        ("Datum afname", None),
        ("Wijkteam", None),
    ],
)
def test_a_header_may_announce_personal_data(header: str, kind: str | None) -> None:
    assert identifier_in_header(header) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("123456782", "een BSN"),
        ("1234.56.782", "een BSN"),
        ("gebeld met 123456782 hierover", "een BSN"),
        ("jan@voorbeeld.nl", "een e-mailadres"),
        ("0612345678", "een telefoonnummer"),
        ("+31 6 12345678", "een telefoonnummer"),
        ("010-1234567", "een telefoonnummer"),
        ("1234 AB", "een postcode met letters"),
        ("NL91ABNA0417164300", "een rekeningnummer (IBAN)"),
        ("NL91 ABNA 0417 1643 00", "een rekeningnummer (IBAN)"),
    ],
)
def test_one_value_among_many_is_found(value: str, kind: str) -> None:
    assert identifier_in_values(["Wijkteam Noord", value, "Wijkteam Zuid"]) == kind


@pytest.mark.parametrize(
    "value",
    [
        "ZR1-V266Q6JJFFBKXFMT2WXX",
        "01-01-2021",
        "2021-01-01",
        "112.390,21",
        "27-44",
        "MW-0612AB34",
        "evaluatie 2",
        "Wijkteam 1234",
        "99",
    ],
)
def test_what_belongs_in_a_delivery_is_not_taken_for_a_person(value: str) -> None:
    assert identifier_in_values([value, "Wijkteam Noord"]) is None


def test_one_in_eleven_random_numbers_passes_the_test_of_a_bsn_and_is_no_proof_among_many() -> None:
    numbers = [str(number) for number in np.random.default_rng(1).integers(100_000_000, 999_999_999, 400)]
    assert 0.05 < np.mean([bsn.is_valid(number) for number in numbers]) < 0.15
    assert identifier_in_values(numbers) is None
    assert identifier_in_values(
        numbers + [number for number in map(str, range(111_111_110, 111_113_000)) if bsn.is_valid(number)][:150]
    )


def test_many_or_long_values_are_free_text() -> None:
    assert is_free_text(["een zin die veel langer is dan de naam van een team of een soort voorziening"])
    assert is_free_text([f"tekst {number}" for number in range(1000)])
    assert not is_free_text(["begeleiding individueel", "dagbesteding"])


def test_values_that_stand_below_each_other_are_not_read_as_one() -> None:
    assert identifier_in_values(["06", "12", "34", "56", "78", "90"]) is None
