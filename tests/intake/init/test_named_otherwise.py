"""Columns and tables that are called otherwise: amounts with VAT, a present step, a present score, a second table."""

from __future__ import annotations

import pytest

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide

OF = assessments(46)
ROWS = wide(OF)
ZRM = csv(ROWS)
PEOPLE = sorted({one.client for one in OF})


@pytest.mark.parametrize("names", [("Bedrag excl. btw", "Bedrag incl. btw"), ("Totale kosten",)])
def test_amounts_with_and_without_vat_are_asked_about_where_the_table_needs_one(names: tuple[str, ...]) -> None:
    rows = [["Wijkteam", "Jaar", "Kostensoort", *names],
            *([team, "2022", "loon", *["1000,50", "1210,61"][: len(names)]] for team in ("Noord", "Zuid"))]  # fmt: skip
    files = {"zrm.csv": ZRM, "kosten.csv": csv(rows)}
    assert list(init(files).questions) == ["kolom.kosten.amount_eur"]
    read = init(files, **{"kolom.kosten.amount_eur": names[0]})
    assert read.tables["core_costs__yearly"]["sum"]["amount_eur"] == 2001


def test_an_amount_in_thousands_of_euros_by_its_sign_is_not_read() -> None:
    rows = [["Wijkteam", "Jaar", "Kostensoort", "Kosten (k€)"], ["Noord", "2022", "personeel", "412"]]
    assert "kolom 'Kosten (k€)' is niet in hele euro's" in init({"zrm.csv": ZRM, "kosten.csv": csv(rows)}).told


@pytest.mark.parametrize("name", ["Huidige trede", "Participatieladder", "Trede"])
def test_the_present_step_of_the_ladder_is_read(name: str) -> None:
    rows = [["Cliëntnummer", "Datum", name, "Groeipotentieel trede"],
            *([client, f"{13 + at}-03-2022", "3", "4"] for at, client in enumerate(PEOPLE))]  # fmt: skip
    read = init({"zrm.csv": ZRM, "ladder.csv": csv(rows)})
    assert read.tables["core_ladder__scores"]["sum"] == {"ladder_step": 3.0 * len(PEOPLE), "ambition_step": None}


@pytest.mark.parametrize(("now", "wished"), [("{} huidig", "{} gewenst"), ("Huidige score {}", "Gewenste score {}")])
def test_a_present_score_beside_a_wished_one_is_the_measurement(now: str, wished: str) -> None:
    header = [*ROWS[0][:3], *(form.format(name) for name in DOMAINS_2013 for form in (now, wished))]
    rows = [[*row[:3], *(cell for score in row[3:] for cell in (score, "5"))] for row in ROWS[1:]]
    assert init({"zrm.csv": csv([header, *rows])}).zrm == truth(OF)


@pytest.mark.parametrize("form", ["{},5", "{}.5"])
def test_marks_with_decimals_above_five_are_of_ten(form: str) -> None:
    rows = [["Cliëntnummer", "Datum", "Rapportcijfer"],
            *([client, f"{13 + at}-03-2022", form.format(4 + at % 5)] for at, client in enumerate(PEOPLE))]  # fmt: skip
    read = init({"zrm.csv": ZRM, "ervaring.csv": csv(rows)})
    assert read.tables["core_experienced__marks"]["sum"]["value"] == sum(4.5 + at % 5 for at in range(len(PEOPLE)))


def test_words_where_a_mark_should_stand_are_told_and_no_scale_is_asked() -> None:
    rows = [
        ["Cliëntnummer", "Datum", "Rapportcijfer"],
        *([one, f"{13 + at}-03-2022", "goed"] for at, one in enumerate(PEOPLE)),
    ]
    read = init({"zrm.csv": ZRM, "ervaring.csv": csv(rows)})
    assert "in kolom 'Rapportcijfer' staan geen cijfers" in read.told and not read.questions


def test_a_second_table_below_the_first_is_named_and_not_taken_for_strange_people() -> None:
    below = [["Wijkteam", "Aantal cliënten", "Gemiddelde"], ["Noord", "10", "3"], ["Zuid", "5", "3"]]
    rows = [*ROWS, [""] * 14, *([*row, *[""] * 11] for row in below)]
    refused = init({"zrm.csv": csv(rows)}).refused
    assert f"op regel {len(ROWS) + 2}, onder een lege regel, begint een tweede tabel" in refused
    assert "pseudoniem" not in refused and "tabel.zrm" not in refused


def test_totals_below_an_empty_line_are_no_second_table() -> None:
    rows = [*ROWS, [""] * 14, ["Totaal", "Aantal metingen", *[""] * 12]]
    assert init({"zrm.csv": csv(rows)}).zrm == truth(OF)
