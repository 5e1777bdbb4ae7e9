"""What stands beside a quantity or for a day: a scale above the table, minutes beside hours, no end as a word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.init.delivered import Result, assessments, csv, init, wide
from tests.intake.init.shapes import with_column, workbook

OF = assessments(44)
ZRM = csv(wide(OF))
PEOPLE = sorted({one.client for one in OF})
COSTS = [["Wijkteam", "Jaar", "Kostensoort", "Bedrag"], ["Noord", "2022", "personeel", "412"],
         ["Zuid", "2022", "personeel", "365"]]  # fmt: skip
PROVISIONS = [
    ["Cliëntnummer", "Voorziening", "Wet", "Startdatum", "Einddatum", "Bedrag"],
    *([client, "Begeleiding", "Wmo", f"{13 + at}-03-2022", f"{13 + at}-09-2022", "100,50"]
      for at, client in enumerate(PEOPLE)),
]  # fmt: skip
TRAJECTORIES = [
    ["Cliëntnummer", "Wijkteam", "Startdatum", "Einddatum", "Uren"],
    *([client, "Noord", f"{13 + at}-03-2022", f"{13 + at}-09-2022", str(at + 1)] for at, client in enumerate(PEOPLE)),
]


def read(name: str, content: bytes | list[list[str]], **given: Any) -> Result:
    return init({"zrm.csv": ZRM, name: content if isinstance(content, bytes) else csv(content)}, **given)


def total(result: Result, word: str, column: str) -> float | None:
    (one,) = [table for name, table in result.tables.items() if f"_{word}_" in name]
    return one["sum"][column]


SCALED = [
    ("kosten.csv", csv([["Kosten wijkteams (bedragen x € 1.000)", "", "", ""], *COSTS])),
    ("kosten.csv", csv([["Bedragen in duizenden euro's", "", "", ""], ["", "", "", ""], *COSTS])),
    ("kosten.csv", csv([*COSTS, ["* alle bedragen in k€", "", "", ""]])),
    ("kosten.xlsx", workbook({"Bedragen x 1000": COSTS})),
    ("kosten_x1000.csv", csv(COSTS)),
]


@pytest.mark.parametrize(("name", "content"), SCALED)
def test_thousands_that_only_a_title_speaks_of_are_asked_about(name: str, content: bytes) -> None:
    (question,) = read(name, content).questions
    assert question.startswith("bedrag.kosten")
    assert total(read(name, content, **{question: "ja"}), "costs", "amount_eur") == 777
    left = read(name, content, **{question: "nee"})
    assert not left.tables.get("core_costs__yearly", {}).get("rows") and "niet in hele euro's" in left.told


def test_a_title_with_a_number_of_people_says_nothing_of_amounts() -> None:
    assert not read("kosten_docenten.csv", [["Wijkteams voor 1.000 cliënten", "", "", ""], *COSTS]).questions


@pytest.mark.parametrize("words", [("per week", "per maand"), ("per 4 weken",), ("Wekelijks", "eenmalig")])
def test_amounts_per_week_or_month_are_not_taken_for_those_of_the_whole_period(words: tuple[str, ...]) -> None:
    rows = with_column(PROVISIONS, "Frequentie", lambda at: words[at % len(words)])
    assert list(read("voorzieningen.csv", rows).questions) == ["bedrag.voorzieningen"]
    asked = read("voorzieningen.csv", rows, **{"bedrag.voorzieningen": "nee"})
    assert total(asked, "provisions", "amount_eur") is None and total(asked, "provisions", "volume") is None


def test_minutes_beside_hours_are_not_lost_without_a_word() -> None:
    rows = with_column(TRAJECTORIES, "Minuten", lambda at: "30" if at % 2 else "0")
    assert list(read("trajecten.csv", rows).questions) == ["minuten.trajecten.minuten"]
    for said, asked in (("ja", None), ("nee", sum(range(1, len(PEOPLE) + 1)))):
        assert total(read("trajecten.csv", rows, **{"minuten.trajecten.minuten": said}), "cases", "hours") == asked


def test_a_row_that_counts_more_events_than_one_is_asked_about() -> None:
    rows = [["Cliëntnummer", "Datum", "Incident", "Aantal"],
            *([client, "13-03-2022", "melding", str(1 + at % 3)] for at, client in enumerate(PEOPLE))]  # fmt: skip
    assert list(read("incidenten.csv", rows).questions) == ["aantal.incidenten.aantal"]
    rows = [[*row[:3], "1" if at else "Aantal"] for at, row in enumerate(rows)]
    assert not read("incidenten.csv", rows).questions


NO_END = (
    "heden",
    "-",
    "n.v.t.",
    "nog lopend",
    "onbepaalde tijd",
    "01-01-1900",
    "0000-00-00",
    "01-01-2999",
)


@pytest.mark.parametrize("word", NO_END)
def test_what_stands_for_no_end_is_no_end(word: str) -> None:
    rows = [[*row[:4], word if at and at % 3 == 0 else row[4], row[5]] for at, row in enumerate(PROVISIONS)]
    result = read("voorzieningen.csv", rows)
    assert not result.questions and not result.refused
    assert result.tables["core_provisions__use"]["rows"] == len(PEOPLE)


def test_an_unknown_end_is_asked_about() -> None:
    rows = [[*row[:4], "onbekend" if at and at % 3 == 0 else row[4], row[5]] for at, row in enumerate(PROVISIONS)]
    assert list(read("voorzieningen.csv", rows).questions) == ["einde.voorzieningen.einddatum"]
    told = read("voorzieningen.csv", rows, **{"einde.voorzieningen.einddatum": "ja"})
    assert told.tables["core_provisions__use"]["rows"] == len(PEOPLE)


def test_a_word_that_is_no_day_stays_a_fault_where_a_day_is_needed() -> None:
    rows = [[*row[:3], "heden" if at == 1 else row[3], *row[4:]] for at, row in enumerate(PROVISIONS)]
    assert "geweigerd.voorzieningen" in read("voorzieningen.csv", rows).questions


def test_of_a_planned_and_a_real_end_the_real_one_is_read() -> None:
    header = [*PROVISIONS[0][:4], "Geplande einddatum", "Werkelijke einddatum", "Bedrag"]
    rows = [header, *([*row[:4], "31-12-2025", *row[4:]] for row in PROVISIONS[1:])]
    result = read("voorzieningen.csv", rows)
    assert "ended_on: Werkelijke einddatum" in result.mapping


@pytest.mark.parametrize("name", ["Datum uitstroom", "Stopdatum", "Verwachte einddatum", "Datum beëindiging"])
def test_a_day_that_may_be_the_end_is_asked_about_and_never_passed_over(name: str) -> None:
    rows = [[*PROVISIONS[0][:4], name, "Bedrag"], *PROVISIONS[1:]]
    assert list(read("voorzieningen.csv", rows).questions) == ["kolom.voorzieningen.ended_on"]
    result = read("voorzieningen.csv", rows, **{"kolom.voorzieningen.ended_on": name})
    assert f"ended_on: {name}" in result.mapping
