"""Which sheets of a workbook are read: none is skipped without a word."""

import pytest

from data_contracts.mapping.steps import Open
from pipelines.intake.reading.choosing import sheets_of
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.sheets import Sheet
from pipelines.intake.reading.text_files import TextRows

FILLED, BLANK = TextRows("a;b\n1;2\n", ";", '"'), TextRows("\n;\n", ";", '"')
YEARS = [Sheet("2021", FILLED), Sheet("2022", FILLED), Sheet("Toelichting", FILLED), Sheet("Blad4", BLANK)]


def names(sheets: list[Sheet], entry: Open, *others: Open) -> list[str]:
    return [sheet.name for sheet in sheets_of(sheets, entry, [entry, *others])]


def test_sheets_are_read_by_pattern_and_the_rest_is_declined() -> None:
    assert names(YEARS, Open(sheets=["20??"], declined=["toelichting"])) == ["2021", "2022"]


def test_the_only_filled_sheet_needs_no_name() -> None:
    assert names([YEARS[0], YEARS[3]], Open()) == ["2021"]
    assert names(YEARS[1:], Open(declined=["Toelichting"])) == ["2022"]


def test_another_entry_may_speak_of_the_other_sheets() -> None:
    assert names(YEARS, Open(sheets=["2021"]), Open(sheets=["2022", "Toelichting"])) == ["2021"]


def test_a_hidden_sheet_is_read_only_when_named_in_full() -> None:
    hidden = [Sheet("2021", FILLED), Sheet("2022", FILLED, hidden=True)]
    assert names(hidden, Open(sheets=["20*"])) == ["2021"]
    assert names(hidden, Open(sheets=["2021", "2022"])) == ["2021", "2022"]


@pytest.mark.parametrize(
    ("sheets", "entry", "words"),
    [
        (YEARS, Open(), "meer dan één blad"),
        (YEARS, Open(sheets=["2021"]), "van blad '2022', blad 'Toelichting' staat niet of het gelezen wordt"),
        (YEARS, Open(sheets=["2025"]), "het blad '2025' ontbreekt"),
        ([Sheet("2022", FILLED, hidden=True)], Open(), "geen zichtbaar blad"),
    ],
)
def test_a_sheet_that_nobody_speaks_of_is_a_question(sheets: list[Sheet], entry: Open, words: str) -> None:
    with pytest.raises(NotAsAgreed, match=words):
        names(sheets, entry)
