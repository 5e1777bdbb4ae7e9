"""Citizen numbers are found in any form, and numbers that only happen to pass the elfproef are left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from data_contracts.vocabulary.identifiers import find_identifier, identifier_in_name, identifier_in_values
from pipelines.study.pseudonym_pattern import pattern_problem

# Invented: they begin with 9, which no one was given.
NUMBERS = [number for number in map(str, range(900_000_000, 900_030_000)) if bsn.is_valid(number)]
SHORT = [number[1:] for number in (f"0{rest}" for rest in range(99_000_000, 99_030_000)) if bsn.is_valid(number)]

FORMS = {
    "plain": "{0}",
    "behind a prefix": "CL-{0}",
    "glued to a prefix": "client{0}",
    "inside the pseudonym": "ZR1-{0}-AB",
    "with letters around it": "K{0}X",
    "with dashes": "{1}-{2}-{3}",
    "with dots": "{1}.{2}.{3}",
    "in the old notation": "{4}.{5}.{3}",
    "with spaces": "{1} {2} {3}",
    "with hard spaces": "{1}\u00a0{2}\u202f{3}",
    "with dashes that are no hyphens": "{1}\u2013{2}\u2011{3}",
    "as a float": "{0}.0",
    "as a float with many zeros": "{0}.000",
    "with a zero in front": "0{0}",
    "with zeros in front": "000{0}",
    "with characters that nobody sees": "{1}\u200b{2}\ufeff{3}",
    "in digits of full width": "{6}",
    "in text": "gebeld over {0} en terug",
}


def written(form: str, number: str) -> str:
    wide = "".join(chr(ord(digit) - ord("0") + 0xFF10) for digit in number)
    return FORMS[form].format(number, number[:3], number[3:6], number[6:], number[:4], number[4:6], wide)


def exponent(number: str, comma: str, power: str) -> str:
    return f"{number[0]}{comma}{number[1:]}{power}08"


@settings(deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.lists(st.sampled_from(NUMBERS), min_size=4, max_size=30, unique=True))
def test_a_column_of_citizen_numbers_is_found_in_any_form(form: str, numbers: list[str]) -> None:
    found = find_identifier([written(form, number) for number in numbers])
    assert found is not None and (found.kind, found.at) == ("een BSN", 0)


@settings(deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.sampled_from(NUMBERS), st.integers(0, 3))
def test_one_citizen_number_among_labels_is_found_in_any_form(form: str, number: str, at: int) -> None:
    labels = ["Wijkteam Noord", "Wijkteam Zuid", "Centrum"]
    labels.insert(at, written(form, number))
    found = find_identifier(labels)
    assert found is not None and (found.kind, found.at) == ("een BSN", at)


@given(
    st.lists(st.sampled_from(NUMBERS), min_size=4, max_size=30, unique=True),
    st.sampled_from(",."),
    st.sampled_from(["E", "e+", "E+"]),
)
def test_a_number_that_a_spreadsheet_wrote_with_an_exponent_is_found(
    numbers: list[str], comma: str, power: str
) -> None:
    assert identifier_in_values([exponent(number, comma, power) for number in numbers]) == "een BSN"


@given(st.lists(st.sampled_from(SHORT), min_size=4, max_size=30, unique=True), st.sampled_from(["{}", "CL-{}", "{}.0"]))
def test_eight_digits_are_a_citizen_number_that_lost_its_zero(numbers: list[str], form: str) -> None:
    assert identifier_in_values([form.format(number) for number in numbers]) == "een BSN"


@given(st.lists(st.sampled_from(NUMBERS), min_size=15, max_size=40, unique=True), st.sampled_from(["20", "2024", "7"]))
def test_a_citizen_number_with_digits_glued_to_it_is_found(numbers: list[str], before: str) -> None:
    assert identifier_in_values([before + number for number in numbers]) == "een BSN"


@pytest.mark.parametrize("form", ["{}", "CL-{}", "{}.0"])
@pytest.mark.parametrize("n", [5, 29, 30, 400])
@pytest.mark.parametrize("digits", [8, 9, 10, 12])
def test_of_a_hundred_files_with_random_numbers_none_is_refused(form: str, n: int, digits: int) -> None:
    draw = random.Random(f"{form} {n} {digits}")  # noqa: S311  no secrets
    low, high = 10 ** (digits - 1), 10**digits
    files = [[form.format(draw.randrange(low, high)) for _ in range(n)] for _ in range(100)]
    assert [identifier_in_values(values) for values in files] == [None] * 100


def test_numbers_that_follow_each_other_are_no_citizen_numbers() -> None:
    assert identifier_in_values([str(number) for number in range(412_000_000, 412_000_300)]) is None


@settings(deadline=None)
@given(st.integers(0, 10**6))
def test_hashes_and_random_names_are_no_citizen_numbers(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  no secrets
    for letters, length in (("0123456789abcdef", 40), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 20)):
        assert identifier_in_values(["".join(draw.choices(letters, k=length)) for _ in range(40)]) is None


@pytest.mark.parametrize("date", ["20240131", "31012024", "31-01-2024", "2024-01-31", "31.01.2024", "zrm 2024-01-31"])
def test_a_date_is_no_citizen_number(date: str) -> None:
    assert identifier_in_values([date, "Noord"]) is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("06.12.34.56.78", "een telefoonnummer"),
        ("06 12345678", "een telefoonnummer"),
        ("+31 (0)6 1234 5678", "een telefoonnummer"),
        ("0031612345678", "een telefoonnummer"),
        ("(0592) 123456", "een telefoonnummer"),
        ("bel 06\u00a012\u00a034\u00a056\u00a078", "een telefoonnummer"),
        ("nl91abna0417164300", "een rekeningnummer (IBAN)"),
        ("nl91 abna 0417 1643 00", "een rekeningnummer (IBAN)"),
        ("woont op 1234 AB in de wijk", "een postcode met letters"),
        ("1234ab", "een postcode met letters"),
    ],
)
def test_other_ways_to_reach_a_person_are_found(value: str, kind: str) -> None:
    assert identifier_in_values(["Wijkteam Noord", value]) == kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Jan de Vries", "een naam"),
        ("J. de Vries", "een naam"),
        ("mevr. Jansen", "een naam"),
        ("De heer P. van den Berg", "een naam"),
        ("Vries, J. de", "een naam"),
        ("Fatima El Amrani", "een naam"),
        ("begeleiding (geb. 12-3-1961)", "een geboortedatum"),
        ("Noord, geboren 1961-03-12", "een geboortedatum"),
        ("cliënt van 12-03-1961", "een geboortedatum"),
    ],
)
def test_names_and_birth_dates_among_labels_are_found_with_their_place(value: str, kind: str) -> None:
    found = find_identifier(["Noord", value], are_labels=True)
    assert found is not None and (found.kind, found.at) == (kind, 1)


@pytest.mark.parametrize(
    "label",
    [
        *("Wijkteam Noord", "Sociaal Team West", "Begeleiding Individueel", "W.M.O. Begeleiding", "Jan van Galenbuurt"),
        *(
            "Huishoudelijke hulp 2",
            "Dagbesteding per 01-01-2021",
            "P-wet",
            "Team 2024 NW",
            "Jeugd & Gezin",
            "St. Joris",
        ),
        *("Hulp bij het huishouden 1 (HH1)", "Schuldhulpverlening", "Wmo 2015", "01A12", "Noord-Oost", "18-65 jaar"),
        *("verwijzing huisarts", "Zelf-redzaamheid", "27 t/m 44", "Participatiewet, art. 10", "Anna Paulownastraat"),
    ],
)
def test_ordinary_labels_are_no_people(label: str) -> None:
    assert find_identifier([label, "Centrum"], are_labels=True) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("uitdraai_111222333.xlsx", "een BSN"),
        ("Jan de Vries.xlsx", "een naam"),
        ("zrm 06-12345678.csv", "een telefoonnummer"),
        ("zrm_export_20240131.csv", None),
        ("ZRM Export 2024 (1) [definitief].XLSX", None),
        ("voorzieningen 2023 Q1.csv", None),
        ("20240131_104512_zrm.csv", None),
    ],
)
def test_the_name_of_a_file_or_sheet_may_hold_a_person_too(name: str, kind: str | None) -> None:
    assert identifier_in_name(name) == kind


@pytest.mark.parametrize(
    "pattern",
    [
        *("ZR1-[A-Z2-7]{20}", "(A|ZB)-[A-Z2-7]{20}", "demo-[0-9]{4}", "[0-9a-f]{64}", "P[0-9]{12}", r"2024-\d{5}A"),
    ],
)
def test_a_pattern_of_pseudonyms_is_accepted(pattern: str) -> None:
    assert pattern_problem(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "[0-9]{9}",
            r"\d{8,9}",
            ".{8,}",
            r"\w+-?\w*",
            "CL-[0-9]{9}",
            r"P\d{8}",
            r"K\d+xxxxx",
            r"(?:\d{3}-){2}\d{3}-A",
        ),
        *(r"C-(\d{3}){3}", r"C[0-9]{3}[.]?[0-9]{3}[.]?[0-9]{3}", "X[[:digit:]]{9}", r"[0-9]{4}[0-9]?[0-9]{4}-B"),
    ],
)
def test_a_pattern_that_admits_a_citizen_number_is_refused(pattern: str) -> None:
    assert "BSN" in str(pattern_problem(pattern))


@pytest.mark.parametrize("pattern", ["(?=x)abcdefgh", r"(a)\1bcdefgh", "((a{1000}){1000}){1000}", "[", "x" * 9 + "("])
def test_a_pattern_that_the_engine_cannot_read_is_refused_in_time(pattern: str) -> None:
    assert "geen geldig patroon" in str(pattern_problem(pattern))
