"""Costs of the balance beside the municipality's own accounts: a difference is named to the euro."""

from __future__ import annotations

import pytest

from data_contracts.errors import StudyError
from pipelines.road.balance.accounts import Spent, beside, booked

EFFORT = Spent("Extra inzet van de teams", frozenset({"nieuwe werkwijze extra inzet"}), 2023, 127_600.0)
HEAD = "Jaar;Taakveld;Kostensoort;Bedrag\n"


def told(text: str, *spent: Spent) -> list[str]:
    found = beside(spent or (EFFORT,), booked(text, "rekening.csv"))
    return [line.replace("\xa0", " ") for line in found]


def test_a_difference_of_a_thousand_euros_is_named_to_the_euro() -> None:
    rows = "2023;6.2;nieuwe werkwijze: extra inzet;100.000,00\n2023;6.1;Nieuwe werkwijze: extra inzet;28600\n"
    (line,) = told(HEAD + rows)
    assert line.startswith("Extra inzet van de teams, 2023: balans € 127.600")
    assert "rekening € 128.600" in line
    assert "(taakveld 6.1, 6.2)" in line
    assert line.endswith("in de rekening staat € 1.000 meer.")


def test_what_is_the_same_is_called_the_same_and_a_euro_less_is_not() -> None:
    assert told(HEAD + "2023;6.2;nieuwe werkwijze: extra inzet;127600\n")[0].endswith("gelijk.")
    assert told(HEAD + "2023;6.2;nieuwe werkwijze: extra inzet;127599\n")[0].endswith("staat € 1 minder.")


def test_accounts_in_thousands_are_read_as_such() -> None:
    rows = "jaar;taakveld;kostensoort;bedrag x 1000\n2023;6.2;nieuwe werkwijze: extra inzet;127,6\n"
    assert told(rows)[0].endswith("gelijk.")


def test_nothing_is_left_out_on_either_side() -> None:
    lines = told(HEAD + "2022;6.2;nieuwe werkwijze: extra inzet;22200\n2023;6.2;scholing;32300\n")
    assert lines[0].endswith("hiervoor staat niets in de rekening.")
    assert lines[1].startswith("nieuwe werkwijze: extra inzet, 2022 (taakveld 6.2)")
    assert lines[2].endswith("staat in de rekening, en niet in de balans.")


def test_what_was_not_released_is_not_compared() -> None:
    hidden = Spent("Training", frozenset({"training"}), 2023, None)
    assert told(HEAD + "2023;6.2;training;5000\n", hidden) == [
        "Training, 2023: het bedrag is niet vrijgegeven, dus niet te vergelijken."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("jaar;bedrag\n", "regel 1: deze koppen missen wij"),
        (HEAD + "2023;6.2;training;veel\n", "regel 2: het jaar of het bedrag is geen getal"),
        (HEAD + "2023;6.2;training;5.000\n", "kan twee getallen zijn"),
        ("", "regel 1: deze koppen missen wij"),
    ],
)
def test_a_fault_in_the_accounts_names_its_line(text: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        booked(text, "rekening.csv")
