"""Sentences that said more than the figures do: each was in a shipped report."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data_contracts.tables.assumptions import PROMISED
from pipelines.releases.headlines import headlines
from reports.content.money.chapter import money
from reports.content.money.verdict import verdict
from reports.content.parts import Table
from reports.released.source import Source
from reports.workbook.book import mkba_book
from reports.workbook.xlsx import xlsx
from tests.mkba_case import appraised
from tests.results_logic.figures import ESTIMATE
from tests.surfaces.invented import CHECKS, TREE, facts, frame, mkba_tables, tables, with_logic
from tests.surfaces.invented_companions import RELIABILITY, companions
from tests.surfaces.report_page import report_html
from tests.surfaces.test_money_shown import RESTS_ON
from tests.surfaces.test_report import seen

APPRAISAL = appraised()
FULL = with_logic(tables()) | mkba_tables(APPRAISAL) | companions()


def words(changed: dict[str, pd.DataFrame] | None = None, **known: Any) -> str:
    """What a reader meets, on one line with plain spaces."""
    report = report_html(facts(reliability=RELIABILITY, **known), FULL | (changed or {}), TREE, APPRAISAL.model)
    return re.sub(r"\s+", " ", seen(report).replace("\u2060", ""))


@pytest.mark.parametrize(
    ("frozen_on", "said"),
    [
        (dt.date(2021, 12, 31), "Vooraf gekozen en vastgelegd, op 31 december 2021."),
        (dt.date(2022, 3, 1), "Vastgelegd op 1 maart 2022, tijdens de jaren waarin deze mensen binnenkwamen."),
        (dt.date(2025, 1, 15), "Niet vooraf vastgelegd: pas op 15 januari 2025, na de jaren waarin deze mensen"),
        (None, "Volgens de studie gekozen op 15 januari 2025. Dat is toen niet vastgelegd;"),
    ],
)
def test_a_choice_is_only_beforehand_when_it_was_frozen_before_the_people_came_in(
    frozen_on: dt.date | None, said: str
) -> None:
    text = words(frozen_on=frozen_on)
    assert text.count(said) == 3  # certainty, criteria and account
    assert text.casefold().count("vooraf gekozen") == (3 if "ooraf gekozen" in said else 0)
    assert "lag vast op" not in text


def test_what_was_changed_after_the_freeze_is_told_and_a_study_without_a_day_says_so() -> None:
    changed = words(frozen_on=dt.date(2021, 12, 31), deviations=("de leefgebieden", "de kosten en baten"))
    assert changed.count("Daarna veranderd: de leefgebieden en de kosten en baten.") == 3
    assert "Wanneer dit is gekozen, is niet vastgelegd." in words(declared_on=None)


def test_people_in_view_are_all_who_came_and_not_only_those_with_a_zrm() -> None:
    in_view = {"n_clients": 500.0, "n_scored": 400.0, "n_scored_status": "shown"}
    text = words({"out_change__funnel": FULL["out_change__funnel"].assign(**in_view)})
    assert "Er kwamen 500 mensen in beeld. Minstens één keer gemeten: 400. Twee keer gemeten: 250 (50% van" in text
    assert "In beeld: 500 mensen. Minstens één keer gemeten: 400." in text
    assert "400 mensen in beeld" not in text


def likely_but_not_demonstrable() -> dict[str, pd.DataFrame]:
    balance, estimates, headline = (
        FULL[name].copy() for name in ("out_mkba__balance", "out_effects__estimates", "out_mkba__headline")
    )
    balance["estimate_id"] = balance["line"].map(RESTS_ON)
    estimates["assumptions"] = json.dumps({"demonstrable": {"holds": False, "p_value": 0.03, "p_value_adjusted": 0.2}})
    headline["prob_npv_positive"] = 0.97
    return {"out_mkba__balance": balance, "out_effects__estimates": estimates, "out_mkba__headline": headline}


def test_a_likely_balance_stands_nowhere_without_what_reconciles_it_and_its_condition() -> None:
    found = likely_but_not_demonstrable()
    said = "Van de 2 gemeten verschillen onder dit saldo is er geen op zichzelf aantoonbaar."
    condition = "Die kans geldt alleen als de vergelijking met mensen zonder de aanpak klopt, en voor alle baten samen."
    report = words(found)
    summary = report[report.index("Kosten en baten.") : report.index("Hoe zeker is dat?")]
    terminal = " ".join(one["sentence"] for one in headlines(FULL | found, ["finances"]))
    for text in (summary, terminal, in_workbook(found)):
        assert said in text
        assert condition in text


def in_workbook(found: dict[str, pd.DataFrame], sheet: str = "Leeswijzer") -> str:
    content = xlsx(mkba_book(facts(), FULL | found, APPRAISAL.table))
    rows = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet].iter_rows(values_only=True)
    return " ".join(str(cell) for row in rows for cell in row if cell is not None)


def money_tables(found: dict[str, pd.DataFrame]) -> list[Table]:
    parts = money(Source(facts(), FULL | found, TREE, APPRAISAL.model)).parts
    return [getattr(part, "table", part) for part in parts if isinstance(getattr(part, "table", part), Table)]


def test_a_measured_difference_has_its_unit_and_its_way_wherever_it_stands() -> None:
    for title in ("Saldo bij een lage", "Bij welke waarde", "Uitgangspunten"):
        (table,) = [one for one in money_tables({}) if one.caption.startswith(title)]
        measured = [row for row in table.rows if row[0].endswith("(gemeten verschil)")]
        assert measured
        for row in measured:
            assert any(re.search(r"(meer|minder|geen verschil)$", cell) for cell in row[1:]), row
    assert "gemeten verschil met zonder de aanpak; onder nul is minder" in in_workbook({}, "Uitgangspunten")
    switches = FULL["out_mkba__switching"].query("kind == 'input' and name.str.startswith('effect/')")
    assert switches["sentence"].str.contains(r"meer|minder|geen verschil|niet laten omslaan").all()


def test_an_amount_below_the_error_of_the_draws_is_zero() -> None:
    cashing, parties, headline = (
        FULL[name].copy() for name in ("out_mkba__cashing", "out_mkba__stakeholders", "out_mkba__headline")
    )
    headline["npv_simulation_se_eur"] = 57.7
    parties.loc[parties.index[0], ["benefits_eur", "mean_eur"]] = 0.57
    cashing.loc[cashing.index[0], "benefit_eur"] = 0.12
    found = {"out_mkba__cashing": cashing, "out_mkba__stakeholders": parties, "out_mkba__headline": headline}
    cells = " ".join(cell for one in money_tables(found) for row in one.rows for cell in row)
    assert "€\u00a00,57" not in cells
    assert "€\u00a00,12" not in cells


def test_what_no_price_was_found_for_is_not_said_to_have_none() -> None:
    for path in Path("studies").glob("*/mkba.yaml"):
        assert not re.search(r"bestaa[nt] geen[^.]*kengetal", path.read_text(encoding="utf-8")), path


def test_a_rise_in_the_summary_stands_beside_what_noise_alone_would_give() -> None:
    text = words()
    summary = text[text.index("Wat zien we?") : text.index("Hoe zeker is dat?")]
    assert "Door meetruis alleen zou naar schatting al" in summary


def test_the_terminal_begins_with_the_verdict_of_the_councils_page() -> None:
    told = {one["what"]: one["sentence"] for one in headlines(FULL, []) if one["subject"] == "mkba"}
    judged = FULL["out_mkba__headline"].query("npv_mean_eur.notna() and npv_mean_eur != 0")
    for _, row in judged.iterrows():
        assert told[row["alternative"]].startswith(f"{row['label']}: {verdict(row)}. Het saldo is ongeveer ")
    assert len(judged)


def test_the_report_speaks_of_the_mkba_only_where_there_is_one() -> None:
    report = seen(report_html(facts(), tables()))
    assert "Daarom rekent de MKBA" not in report
    assert "Daarom rekent de MKBA" in words()


def test_a_companion_without_a_figure_keeps_its_row_and_says_why() -> None:
    base = ESTIMATE | {"per": "client", "se": 0.1, "n_workers": None, "method": "invented"}
    base["assumptions"] = json.dumps({name: CHECKS[name] for name in PROMISED["staggered", "effect"]})
    because = "De marge is breder dan de hele schaal; het cijfer zegt dan niets."
    nothing = dict.fromkeys(("estimate", "se", "ci_low", "ci_high"), float("nan"))
    rows = [
        base | {"estimate_id": end or "plain", "measure": f"effect{end}"} | changed
        for end, changed in (("", {}), ("_reweighted", {}), ("_imputed", nothing | {"refused_because": because}))
    ]
    text = words({"out_effects__estimates": frame("out_effects__estimates", rows)})
    assert f"Aangevuld tot iedereen is er van deze uitkomsten geen cijfer: Financiën: {because}" in text
    assert "Het verschil zonder en met de mensen die niet opnieuw zijn gemeten" in text


def test_a_leading_domain_without_a_figure_has_its_line_with_the_reason() -> None:
    change = FULL["out_change__by_domain"].copy()
    hidden = (change["life_domain"] == "housing") & (change["slice"] == "all")
    change.loc[hidden, ["n_up_status", "n_down_status"]] = "too_few"
    found = headlines(FULL | {"out_change__by_domain": change}, ["finances", "housing", "justice"])
    told = {one["what"]: one for one in found if one["subject"] == "zrm"}
    assert set(told) == {"finances", "housing", "justice"}
    assert "refused_because" not in told["finances"]
    assert (
        told["housing"]["sentence"]
        == "Huisvesting: geen cijfer, want er zijn te weinig cliënten, of het zou een verborgen getal verraden."
    )
    assert told["justice"]["sentence"] == "Justitie: geen cijfer, want niemand heeft er twee metingen van."


def test_a_leading_domain_of_which_one_part_is_hidden_tells_the_other_and_since_when_it_is_held() -> None:
    change = FULL["out_change__by_domain"].copy()
    at = (change["life_domain"] == "housing") & (change["slice"] == "all")
    change.loc[at, "n_down_status"] = "below"
    change.loc[at, "n_down"] = None
    change.loc[at, "status"] = "held"
    change.loc[at, "held_from"] = "2026-01-31-11111111"
    (told,) = (
        one for one in headlines(FULL | {"out_change__by_domain": change}, ["housing"]) if one["subject"] == "zrm"
    )
    assert "% gestegen, minder mensen dan de drempel gedaald (ongeveer" in told["sentence"]
    assert "vastgehouden, cijfer van publicatie 2026-01-31-11111111" in told["sentence"]
    assert told["share_down"] is None and told["share_up"] > 0 and told["held_from"] == "2026-01-31-11111111"
    change.loc[at, ["n_up_status", "n_down_status"]] = ["hidden", "shown"]
    change.loc[at, "n_down"] = 20
    (told,) = (
        one for one in headlines(FULL | {"out_change__by_domain": change}, ["housing"]) if one["subject"] == "zrm"
    )
    assert "hoeveel er zijn gestegen mag niet getoond worden" in told["sentence"]
