"""Columns whose words say that a row is undone, planned, of elsewhere or a credit: asked about, in every table."""

from __future__ import annotations

import pytest

from tests.intake.init.delivered import assessments, csv, init, truth, wide
from tests.intake.init.shapes import with_column

OF = assessments(43)
ROWS = wide(OF)
PEOPLE = sorted({one.client for one in OF})
PROVISIONS = [
    ["Cliëntnummer", "Voorziening", "Wet", "Startdatum", "Bedrag"],
    *([client, "Begeleiding", "Wmo", f"{13 + at}-03-2022", f"{100 + at},50"] for at, client in enumerate(PEOPLE)),
]
TRAJECTORIES = [
    ["Cliëntnummer", "Wijkteam", "Startdatum", "Einddatum"],
    *([client, "Noord", f"{13 + at}-03-2022", f"{13 + at}-09-2022"] for at, client in enumerate(PEOPLE)),
]
EVENTS = [["Cliëntnummer", "Datum", "Incident"], *([client, "13-03-2022", "melding"] for client in PEOPLE)]
COSTS = [
    ["Wijkteam", "Jaar", "Kostensoort", "Bedrag"],
    *([team, year, "personeel", "1000,50"] for team in ("Noord", "Zuid") for year in ("2022", "2023", "2024")),
]


@pytest.mark.parametrize(
    ("name", "rows", "column", "counts", "out"),
    [
        ("voorzieningen", PROVISIONS, "Besluit", "Toegekend", "Afgewezen"),
        ("voorzieningen", PROVISIONS, "Status", "Actief", "ingetrokken op verzoek"),
        ("trajecten", TRAJECTORIES, "Status", "Afgesloten", "Geannuleerd"),
        ("incidenten", EVENTS, "Heeft plaatsgevonden", "ja", "nee"),
        ("kosten", COSTS, "Type", "Realisatie", "Begroting"),
        ("voorzieningen", PROVISIONS, "Gemeente", "Teststad", "Buurstad"),
        ("zrm", ROWS, "Verwijderd", "Nee", "Ja"),
        ("zrm", ROWS, "Gemeente", "Teststad", "Buurstad"),
    ],
)
def test_rows_that_do_not_count_are_asked_about(
    name: str, rows: list[list[str]], column: str, counts: str, out: str
) -> None:
    files = {"zrm.csv": csv(ROWS), f"{name}.csv": csv(with_column(rows, column, lambda at: counts if at % 3 else out))}
    (question,) = init(files).questions.values()
    assert question.name.startswith(f"regels.{name}.")
    said = {question.name: {counts: "meting" if name == "zrm" else "telt mee", out: "weglaten"}}
    kept = sum(at % 3 > 0 for at in range(len(rows) - 1))
    word = {"voorzieningen": "provisions", "trajecten": "cases", "incidenten": "events", "kosten": "costs"}.get(
        name, name
    )
    read = init(files, **said)
    assert [one["rows"] for table, one in read.tables.items() if f"_{word}_" in table and one["rows"]] == [kept]


@pytest.mark.parametrize(
    ("debit", "credit"), [("D", "C"), ("Debet", "Credit"), ("debetregel", "creditregel"), ("", "CR")]
)
def test_the_amounts_of_credit_lines_are_taken_off(debit: str, credit: str) -> None:
    rows = with_column(PROVISIONS, "D/C", lambda at: debit if at % 3 else credit)
    files = {"zrm.csv": csv(ROWS), "voorzieningen.csv": csv(rows)}
    said = {"regels.voorzieningen.d-c": {debit or "(leeg)": "telt mee", credit: "credit"}}
    amounts = [100.5 + at for at in range(len(PEOPLE))]
    asked = sum(amount if at % 3 else -amount for at, amount in enumerate(amounts))
    assert init(files, **said).tables["core_provisions__use"]["sum"]["amount_eur"] == asked


def test_a_credit_that_stands_with_its_minus_is_taken_off_once() -> None:
    rows = with_column(PROVISIONS, "D/C", lambda at: "D" if at else "C")
    rows[1][4] = "€ 100,50-"
    said = {"regels.voorzieningen.d-c": {"D": "telt mee", "C": "credit"}}
    read = init({"zrm.csv": csv(ROWS), "voorzieningen.csv": csv(rows)}, **said)
    amounts = [100.5 + at for at in range(len(PEOPLE))]
    assert read.tables["core_provisions__use"]["sum"]["amount_eur"] == sum(amounts) - 2 * amounts[0]


def test_words_that_say_nothing_of_the_row_are_not_asked_about() -> None:
    rows = with_column(PROVISIONS, "Leveringsvorm", lambda at: "PGB" if at % 2 else "ZIN")
    files = {"zrm.csv": csv(with_column(ROWS, "Gemeente", lambda _: "Teststad")), "voorzieningen.csv": csv(rows)}
    read = init(files)
    assert not read.questions and read.zrm == truth(OF)
