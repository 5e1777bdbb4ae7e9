"""The chapter on money holds the steps of an MKBA, in words that do not claim more than the draws show."""

from __future__ import annotations

import functools
import html
import re
from typing import Any

import numpy as np
import pytest

from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal
from reports.content.money.chapter import money, per_euro
from reports.content.parts import Heading
from reports.language import dutch
from reports.released.source import Source
from tests.mkba_case import appraised, case, line, released, scaled_up
from tests.surfaces.invented import facts, mkba_tables, tables
from tests.surfaces.report_page import report_html


def with_one_fte_more() -> dict[str, Any]:
    """Going on, stopping, and one fte more that helps extra people."""
    data = scaled_up(case(), costs=1_500, yields=900)
    line(data, "care")["cashing"] = {"share": 0.5, "lag_years": 1, "source": "Afspraak, verzonnen"}
    return data


@functools.cache
def example() -> Appraisal:
    return appraised(with_one_fte_more())


def words(appraisal: Appraisal) -> str:
    report = report_html(facts(), tables() | mkba_tables(appraisal), None, appraisal.model)
    starts = (report.index('id="mkba"'), report.index('id="bijlage-d"'))
    chapter = " ".join(report[start : report.index("</section>", start)] for start in starts)
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", chapter, flags=re.DOTALL)
    return re.sub(
        r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u00a0", " ").replace("\u2060", "")
    )


def test_the_steps_of_an_mkba_stand_in_the_order_of_a_reader() -> None:
    parts = money(Source(facts(), tables() | mkba_tables(example()), None, example().model)).parts
    assert [part.words for part in parts if isinstance(part, Heading)] == [
        "Het probleem",
        "Wat gebeurt er zonder de aanpak? Het nulalternatief",
        "Welke keuzes liggen voor?",
        "De uitkomst",
        "Wie betaalt en wie heeft er baat bij?",
        "Hoe zeker is het saldo?",
        "Wat is meer weten waard?",
        "Wat er niet in het saldo zit: PM-posten",
        "Waar dit op rust",
    ]


def test_the_chance_says_that_it_knows_of_this_measurement_only() -> None:
    shown = words(example())
    assert "Deze kansen komen uit deze meting alleen" in shown
    assert "houd ze dan lager" in shown
    assert "Deze kansen komen" not in words(appraised(given=released(Stamp.CHANGE)))


def test_draws_never_make_a_chance_certain() -> None:
    appraisal = appraised(given=released(care=-600.0))
    assert mkba_tables(appraisal)["out_mkba__headline"]["prob_npv_positive"].iloc[0] == 1
    said = words(appraisal)
    assert "meer dan 99%" in said
    assert not re.search(r"kans[^.]* 100%", said)


def test_one_fte_more_is_told_with_what_it_costs_and_yields() -> None:
    row = mkba_tables(example())["out_mkba__marginal"].iloc[0]
    assert (
        f"per extra fte {dutch.euros(row['outlay_per_fte_eur'])} kosten en "
        f"{dutch.euros(row['effects_per_fte_eur'])} baten"
    ).replace("\u00a0", " ") in words(example())


def test_without_a_price_for_it_one_fte_more_has_costs_and_a_reason_but_no_balance() -> None:
    data = scaled_up(case())
    del line(data, "extra_yield")["price"]
    line(data, "extra_yield")["pm_text"] = "Niet gemeten, en geen bedrag met een bron."
    said = words(appraised(data))
    assert "per extra fte € 18.700 kosten. Een saldo geven we niet: wat het oplevert om mensen te helpen" in said
    assert "Wat extra cliënten opleveren" in said


def test_money_per_budget_and_year_is_that_of_the_released_table() -> None:
    said = words(example())
    rows = mkba_tables(example())["out_mkba__budgets"].query("alternative == 'go_on' and cash_eur != 0")
    assert len(rows) and "Geld per begroting, niet teruggerekend" in said
    for _, row in rows.iterrows():
        assert dutch.euros(row["cash_eur"]).replace("\u00a0", " ") in said


def test_who_could_pay_whom_is_said_where_a_budget_loses() -> None:
    rows = mkba_tables(example())["out_mkba__side_payments"].query("alternative == 'go_on'")
    said = words(example())
    assert all(f"{row['payer_label']} betaalt" in said for _, row in rows.iterrows())
    assert ("gaat geen begroting erop achteruit" in said) == bool(len(rows))


def test_what_knowing_more_is_worth_is_said_in_words() -> None:
    unsure = appraised(with_one_fte_more(), released(care=-1.0, nights=-0.1))
    rows = mkba_tables(unsure)["out_mkba__information"]
    named = rows[(rows["rank"].between(1, 5)) & (rows["value_eur"] >= 1)]
    said = words(unsure)
    assert len(named)
    assert all(dutch.tidy(one).replace("\u00a0", " ") in said for one in named["sentence"])
    assert "registreren is naar schatting" in said


def test_two_inputs_at_once_bring_the_balance_to_zero() -> None:
    rows = mkba_tables(example())["out_mkba__switching_pairs"].query("alternative == 'go_on'")
    assert np.isfinite(rows["with_switching_value"]).any()
    assert "Twee uitgangspunten tegelijk: wanneer is het saldo nul?" in words(example())


def test_a_minus_stays_on_the_line_of_its_amount() -> None:
    report = html.unescape(report_html(facts(), tables() | mkba_tables(example()), None, example().model))
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", report, flags=re.DOTALL)
    assert "−\u2060€" in text
    assert "−€" not in re.sub(r"<[^>]+>", " ", text)


@pytest.mark.parametrize(("ratio", "told"), [(2.46, "2,5"), (0.0, "0"), (-10.5, "geen: de baten zijn negatief")])
def test_negative_benefits_have_no_ratio_to_costs(ratio: float, told: str) -> None:
    assert per_euro(ratio) == told
