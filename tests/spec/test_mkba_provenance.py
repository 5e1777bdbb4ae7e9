"""What an amount rests on: prices and counts apart, rows that say something, units that are what they are called."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from data_contracts.tables.mkba import mkba_frames
from mkba.appraisal import Appraisal
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Effects, Released, Total
from mkba.binding.numbers import Collector
from mkba.inputs.quantities import FromReleased
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.stress import _moves
from mkba.wording import as_read, difference, unit_words
from reports.content.money.figures import input_unit, input_value
from tests.mkba_case import SOURCE, appraised, case, line, model, packs, released, sourced


def rows(appraisal: Appraisal, table: str) -> pd.DataFrame:
    return mkba_frames(mkba_rows(appraisal))[table].query("alternative == 'go_on'")


def with_assumed_days() -> tuple[dict[str, Any], Released]:
    """Nights counted from events, by an assumed number of nights an event."""
    data, given = case(), released()
    factor = sourced(1) | {"id": "nights", "label": "nachten per keer", "from_unit": "event", "to_unit": "night"}
    line(data, "nights")["factors"] = [factor | {"status": "assumption", "signed_by": "een onderzoeker"}]
    line(data, "nights")["quantity"]["unit"] = "event"
    first, *others = given.effects.effects
    object.__setattr__(first, "unit", "event")
    return data, Released(Effects((first, *others), given.effects.covariance), given.totals)


def test_how_sure_prices_are_and_how_sure_counts_are_stand_apart() -> None:
    plain = rows(appraised(), "out_mkba__headline").iloc[0]
    assert (plain["verified_share"], plain["verified_price_share"], plain["verified_quantity_share"]) == (1, 1, 1)
    appraisal = appraised(*with_assumed_days())
    headline = rows(appraisal, "out_mkba__headline").iloc[0]
    # 20,000 of 50,000 a year in nights: the price was looked up, the nights per event are an assumption.
    assert headline["verified_price_share"] == 1
    assert headline["verified_quantity_share"] == pytest.approx(0.6, abs=0.001)
    assert headline["verified_share"] == headline["verified_quantity_share"]
    nights = rows(appraisal, "out_mkba__balance").set_index("line").loc["nights"]
    assert (nights["price_status"], nights["quantity_status"]) == ("verified", "assumption")
    assert "assumed_price" in {finding.rule for finding in appraisal.findings}


def test_a_stress_test_that_cannot_move_the_outcome_is_no_row() -> None:
    stress = rows(appraised(), "out_mkba__stress").dropna(subset=["npv_mean_eur"])
    assert (stress["difference_eur"] != 0).all()
    assert not set(stress["test"]) & {"overlap", "horizon"}  # no groups, and five of ten years
    data = case() | {"overlap_groups": [{"id": "both", "label": "samen", "alpha": 0.5, "why": SOURCE}]}
    for name in ("nights", "care"):
        line(data, name)["overlap_group"] = "both"
    data["alternatives"][0]["years"] = 10
    assert {"overlap", "horizon"} <= set(rows(appraised(data), "out_mkba__stress")["test"])


def test_a_stress_test_that_moves_less_than_half_a_cent_is_no_row() -> None:
    base = np.array([1e6, -2e6])
    assert not _moves(base * (1 + 1e-12), base)
    assert _moves(base + 0.01, base)


def test_events_are_read_per_hundred_people_a_year_and_multiplied_per_client_year() -> None:
    assert difference(-0.012, "event/client_year") == "1,2 keer per 100 mensen per jaar minder"
    assert as_read(0.012, "event/client_year")[0] == pytest.approx(1.2)
    assert unit_words("event/client_year") == "keer per cliëntjaar"
    assert input_value("effect/x", -0.012, "event/client_year") == "1,2 keer per 100 mensen per jaar minder"
    assert input_value("effect/x", -0.012, "event/client_year", with_unit=False) == "1,2 minder"
    assert input_unit("event/client_year") == "keer per 100 mensen per jaar"
    assert (input_value("price/x", 90.0, "eur/event"), input_unit("eur/event")) == ("90", "euro per keer")


def test_a_sum_of_euros_over_years_asks_of_which_year_its_euros_are() -> None:
    data, given = case(), released()
    use = Total("use/wmo/eur/per_client_year", "eur", 800.0)
    data["induced_demand_baseline"] = {"kind": "released", "id": use.id, "unit": "eur"}
    both = Released(given.effects, {**given.totals, use.id: use})
    table = line_table(model(data), packs(), both)
    assert table.baseline is None
    data["induced_demand_baseline"]["price_year"] = 2023
    assert line_table(model(data), packs(), both).baseline is not None
    said = Collector(model(data), packs(), both).quantity(
        "x", "x", FromReleased(kind="released", id=use.id, unit="eur"), "volume"
    )
    assert said == f"'{use.id}' telt euro's van meer jaren op; zeg met price_year als euro's van welk jaar zij tellen"


def test_an_effect_of_zero_has_the_discounted_years_of_any_other() -> None:
    appraisal = appraised(given=released(care=0.0))
    care = rows(appraisal, "out_mkba__balance").set_index("line").loc["care"]
    assert care["at_mean_eur"] == 0
    assert care["discounted_years"] == pytest.approx(4.679453)
    steps = rows(appraisal, "out_mkba__trace").query("line == 'care' and what == 'jaren'")
    assert steps["value"].iloc[0] == pytest.approx(4.679453)


def test_a_price_per_offender_does_not_price_an_offence() -> None:
    data = case() | {"price_lists": ["zorginstituut_2022_2"]}
    care = line(data, "care")
    care["quantity"] = {
        "kind": "effect",
        "subject": "events",
        "what": "delict",
        "unit": "offence",
        "gain_when": "lower",
    }
    care["price"] = "assault"
    with pytest.raises(StudyError, match="de prijs is per 'offending_person', de hoeveelheid per 'offence'"):
        model(data)


def test_a_price_list_that_was_replaced_is_warned_of() -> None:
    found = [finding for finding in appraised().findings if finding.rule == "price_list_replaced"]
    assert [finding.what for finding in found] == [
        "de prijslijst 'zorginstituut_2022' is vervangen door 'zorginstituut_2022_2'."
    ]
