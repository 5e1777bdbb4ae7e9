"""A balance on one series: nobody was compared, so that there is a break-even point and no balance."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mkba.appraisal import Appraisal
from mkba.binding.effects import Released
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, released


def of_design(design: str, *names: str) -> Released:
    """The case in which these effects come from this design."""
    given = released()
    effects = tuple(
        replace(one, about={**one.about, "design": design}) if one.id in names else one for one in given.effects.effects
    )
    return replace(given, effects=replace(given.effects, effects=effects))


def headline(found: Appraisal) -> pd.Series:
    return pd.DataFrame(mkba_rows(found)["out_mkba__headline"]).iloc[0]


@pytest.mark.parametrize("names", [("care",), ("care", "nights")])
def test_on_a_step_in_one_series_there_is_no_balance_and_no_chance(names: tuple[str, ...]) -> None:
    found = appraised(case(), of_design("series", *names))
    row = headline(found)
    assert not found.shows_balance and row["leading"] == "break_even"
    assert row.get("npv_mean_eur") is None and row.get("prob_npv_positive") is None
    assert pd.notna(row["break_even_share"])
    assert "de cijfers komen uit één reeks" in row["sentence"] and "kans dat de baten" not in row["sentence"]


def test_with_others_to_compare_with_the_balance_stays() -> None:
    assert headline(appraised(case(), of_design("comparison", "care", "nights"))).get("npv_mean_eur") is not None


@pytest.mark.parametrize("design", ["series", "before_after", "comparison"])
def test_who_stops_differs_in_nothing_whatever_the_measurement(design: str) -> None:
    rows = pd.DataFrame(mkba_rows(appraised(case(), of_design(design, "care", "nights")))["out_mkba__headline"])
    (said,) = rows.loc[rows["alternative"] == "stop", "sentence"]
    assert said == "Stoppen: geen verschil met het nulalternatief."
