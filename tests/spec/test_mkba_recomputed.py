"""Figures that a second, independent calculation found wrong, each with the value that it should have."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stakeholder, Stamp
from mkba.appraisal import Appraisal
from mkba.balance.headline import payback_years
from mkba.balance.side_payments import side_payments
from mkba.inputs.reading import read_mkba
from mkba.tables.rows import mkba_rows
from tests.mkba_case import SOURCE, appraised, case, cost_of, line, packs, released, sourced, text

ANNUITY = 4.679453  # five years at 2.25 %, at the end of each


def going_on(appraisal: Appraisal, table: str = "out_mkba__headline") -> pd.Series:
    return mkba_frames(mkba_rows(appraisal))[table].query("alternative == 'go_on'").iloc[0]


def factor(name: str, label: str, value: float, to_unit: str) -> dict[str, Any]:
    return sourced(value) | {"id": name, "label": label, "from_unit": "event", "to_unit": to_unit}


def two_lines_of_nights(**second: Any) -> dict[str, Any]:
    """Nights counted twice, from events: 100 nights an event in the one line and `second` in the other."""
    data = case()
    nights = line(data, "nights")
    nights["quantity"]["unit"] = "event"
    nights["factors"] = [factor("long", "nachten per keer", 100, "night")]
    again = factor("short", "korte nachten per keer", 5, "night") | second
    data["lines"].append(nights | {"id": "again", "label": "Nog meer nachten", "factors": [again]})
    return data


def in_events() -> Any:
    given = released()
    first, *others = given.effects.effects
    return replace(given, effects=replace(given.effects, effects=(replace(first, unit="event"), *others)))


def test_two_lines_keep_each_their_own_factor() -> None:
    pv = appraised(two_lines_of_nights(), in_events()).results[0].at_mean.line_pv[0]
    assert pv[-1] / pv[1] == pytest.approx(5 / 100)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"label": "nachten per keer"}, "het opschrift 'nachten per keer' hoort al bij een andere factor"),
        ({"id": "long", "label": "nachten per keer"}, "de factor 'long' staat er met een ander getal"),
    ],
)
def test_one_factor_with_two_values_is_refused_with_its_line(second: dict[str, Any], expected: str) -> None:
    with pytest.raises(StudyError) as refused:
        read_mkba(text(two_lines_of_nights(**second)), packs())
    assert expected in str(refused.value)


@pytest.mark.parametrize("part", ["lines", "alternatives"])
def test_two_lines_or_choices_under_one_label_are_refused(part: str) -> None:
    data = case()
    data[part][1]["label"] = data[part][0]["label"]
    with pytest.raises(StudyError, match="staat er twee keer"):
        read_mkba(text(data), packs())


@pytest.mark.parametrize("nested", [False, True])
def test_a_cost_and_a_benefit_do_not_overlap_also_not_in_a_group_within(nested: bool) -> None:
    data = case()
    data["overlap_groups"] = [{"id": "both", "label": "samen", "alpha": 0.5, "why": SOURCE}]
    if nested:
        data["overlap_groups"].append({"id": "inner", "label": "x y", "alpha": 0.5, "why": SOURCE, "within": "both"})
    line(data, "care")["overlap_group"] = "inner" if nested else "both"
    data["lines"].append(cost_of("Kosten bij het Rijk", 9_000, overlap_group="both"))
    blocking = {finding.rule for finding in appraised(data).findings if finding.severity == "blocks"}
    assert blocking == {"overlap_of_both_signs"}


def test_a_cost_is_nobodys_benefit_in_the_wrong_pocket() -> None:
    data = case()
    data["lines"].append(cost_of("Kosten bij het Rijk", 9_000))
    assert going_on(appraised(data))["wrong_pocket_share"] == going_on(appraised())["wrong_pocket_share"]


def test_what_was_taken_off_already_is_not_asked_for_again_without_a_comparison() -> None:
    data = case()
    data["null_alternative"]["trajectories"][0]["autonomous_share"] = sourced(0.6)
    for name in ("nights", "care", "benefit"):
        line(data, name)["chain"] = {"attribution": sourced(0.2)}
    deducted = going_on(appraised(data, released(Stamp.CHANGE)))
    # Costs of 20,000 against 20,000 and 30,000 a year that were measured, whoever they are due to.
    assert deducted["break_even_share"] == pytest.approx(20_000 / 50_000, rel=1e-3)
    assert "als 40 van de 100 die vooruitgingen" in deducted["sentence"]


def test_what_leaks_away_does_not_count_towards_the_break_even_point() -> None:
    data = case()
    for name in ("nights", "care", "benefit"):
        line(data, name)["chain"] = {"leakage": sourced(0.2)}
    share = going_on(appraised(data, released(Stamp.CHANGE)))["break_even_share"]
    assert share == pytest.approx(20_000 / (0.8 * 50_000), rel=1e-3)


def test_side_payments_follow_the_order_of_the_vocabulary() -> None:
    first, second, third = Stakeholder.MUNICIPALITY, Stakeholder.STATE, Stakeholder.HEALTH_INSURER
    nets = {Stakeholder.EMPLOYER: -100.0, Stakeholder.JUSTICE_CHAIN: -50.0, third: 500.0, second: 90.0, first: 40.0}
    assert side_payments(nets) == {
        (first, Stakeholder.JUSTICE_CHAIN): 40.0,
        (second, Stakeholder.JUSTICE_CHAIN): 10.0,
        (second, Stakeholder.EMPLOYER): 80.0,
        (third, Stakeholder.EMPLOYER): 20.0,
    }


def test_optimism_cuts_benefits_and_leaves_losses_and_costs_as_they_are() -> None:
    data = case()
    data["lines"].append(cost_of("Kosten bij het Rijk", 9_000))
    appraisal = appraised(data, released(care=+60.0))
    stress = mkba_frames(mkba_rows(appraisal))["out_mkba__stress"].set_index(["alternative", "test"])
    # Only the nights are a benefit: 0.4 nights of 100 euros for 500 client-years, 5 % less for a strong comparison.
    expected = -0.05 * 0.4 * 100 * 500 * ANNUITY
    assert stress.loc[("go_on", "optimism"), "difference_eur"] == pytest.approx(expected, rel=0.01)


def test_without_a_check_on_drift_there_is_no_test_of_it() -> None:
    stress = mkba_frames(mkba_rows(appraised(case(), released())))["out_mkba__stress"]
    assert "drift" not in set(stress["test"])


def test_what_is_cashed_later_is_discounted_in_the_cashable_ratio() -> None:
    def ratio(lag: int) -> float:
        data = case()
        data["lines"] = [one for one in data["lines"] if one["id"] in ("staff", "care")]
        line(data, "care")["cashing"] = {"share": 0.5, "lag_years": lag, "source": SOURCE}
        return float(going_on(appraised(data))["bcr_cashable"])

    assert ratio(0) == pytest.approx(0.5 * 30_000 / 20_000, rel=1e-3)
    assert ratio(4) == pytest.approx(ratio(0) * 1.0225**-4)


def test_what_is_paid_once_is_earned_back_in_a_part_of_the_first_year() -> None:
    once = np.array([-100.0, 0.0, 0.0])
    assert payback_years(np.array([312.5, 312.5, 312.5]) + once, once) == pytest.approx(0.32)
    assert payback_years(np.array([80.0, 30.0, 10.0]) + once, once) == pytest.approx(1 + 20 / 30)
    later = np.array([-100.0, 150.0, 0.0])
    assert payback_years(later, later) == 1.0
    assert payback_years(np.array([-100.0, 50.0, 20.0]), once) is None


def test_the_headline_earns_back_a_cost_that_comes_once() -> None:
    data = case()
    data["timing"] = "mid"
    data["lines"] = [one for one in data["lines"] if one["id"] == "care"]
    data["lines"].append(cost_of("Eenmalige opleiding", 9_600, role="outlay", payer="municipality", runs="once"))
    # 60 euros less for 500 client-years is 30,000 a year.
    assert going_on(appraised(data))["payback_years"] == pytest.approx(0.32, rel=0.01)
