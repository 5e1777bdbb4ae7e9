"""Properties of the engine for any numbers: linearity, transfers, parts and whole, uncertainty, two runs compared."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from mkba.appraisal import Settings, appraise
from mkba.balance.balance import Balance, balance
from mkba.balance.headline import payback_years, ratio, simulated
from mkba.balance.overlap import overlap_shares
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Effects, Released
from mkba.binding.line_table import LineTable
from mkba.compare import GROUPS, Run, difference, run_of, shapley
from mkba.draws.joint import draws
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.sensitivity import line_multipliers, switching_pair, switching_values, tornado
from tests.mkba_case import SOURCE, appraised, case, line, model, packs, released, scaled_up

FEW = settings(max_examples=20, deadline=None, derandomize=True)
AMOUNT = st.floats(-500, 500, allow_nan=False)


BASE = model()


def bound(data: dict[str, Any] | None = None, given_effects: Released | None = None) -> LineTable:
    return line_table(BASE if data is None else model(data), packs(), given_effects or released())


def at_mean(table: LineTable) -> np.ndarray:
    return balance(table, table.inputs.means, table.model.alternatives[0]).line_pv[0]


def at_mean_balance(given_effects: Released) -> Balance:
    table = bound(given_effects=given_effects)
    return balance(table, table.inputs.means, table.model.alternatives[0])


@FEW
@given(care=AMOUNT, benefit=AMOUNT, times=st.floats(0.1, 10))
def test_a_line_grows_with_its_effect_and_a_transfer_never_touches_welfare(
    care: float, benefit: float, times: float
) -> None:
    once = at_mean(bound(given_effects=released(care=care, benefit=benefit)))
    more = at_mean(bound(given_effects=released(care=care * times, benefit=benefit)))
    assert more[2] == pytest.approx(times * once[2], rel=1e-9, abs=1e-6)
    assert np.delete(more, 2) == pytest.approx(np.delete(once, 2), rel=1e-12)
    without, with_it = (at_mean_balance(released(care=care, benefit=amount)) for amount in (0.0, benefit))
    assert with_it.npv[0] == pytest.approx(without.npv[0], rel=1e-12, abs=1e-6)
    assert with_it.party_pv.sum() == pytest.approx(with_it.npv.sum(), rel=1e-9, abs=1e-6)


def test_the_sum_of_parts_is_the_whole() -> None:
    table = bound()
    whole = balance(table, table.inputs.means, table.model.alternatives[0]).npv[0]
    parts = 0.0
    for at in range(len(table.rows)):
        alone = replace(
            table,
            rows=tuple(row if place == at else replace(row, missing="weg") for place, row in enumerate(table.rows)),
        )
        parts += balance(alone, table.inputs.means, table.model.alternatives[0]).npv[0]
    assert parts == pytest.approx(whole, rel=1e-12)


@FEW
@given(st.floats(0, 1), st.floats(0, 1))
def test_what_fades_lasts_and_is_discounted_is_the_sum_written_out(drop: float, catch_up: float) -> None:
    data = case() | {"timing": "mid"}
    data["null_alternative"]["trajectories"][0]["catch_up"] = _share(catch_up)
    line(data, "care").update(duration_years=4, fade_in=[0.5, 1.0], drop_off=_share(drop), real_growth=0.01)
    line(data, "care")["growth_source"] = SOURCE
    table = bound(data)
    expected = 0.0
    for year in range(10):
        for k in range(4):
            if 0 <= year - k < 5:
                left = (0.5 if k == 0 else 1.0) * ((1 - drop) * (1 - catch_up)) ** k
                expected += 60 * 500 * left * 1.01**year * 1.0225 ** -(year + 0.5)
    assert at_mean(table)[2] == pytest.approx(expected, rel=1e-9)


def _share(value: float) -> dict[str, Any]:
    return {"value": value, "source": SOURCE, "status": "second_hand"}


def test_euros_of_another_year_are_brought_to_the_price_level() -> None:
    data = case()
    line(data, "care")["quantity"]["price_year"] = 2022
    assert at_mean(bound(data))[2] == pytest.approx(at_mean(bound())[2] * 850.3 / 793.0, rel=1e-12)


def test_a_price_without_vat_is_brought_to_the_market() -> None:
    data = case()
    data["prices"][0].update(basis="factor", vat_rate=0.21, vat_source=SOURCE)
    assert at_mean(bound(data))[1] == pytest.approx(1.21 * at_mean(bound())[1], rel=1e-12)


def test_a_unit_may_carry_its_dutch_name() -> None:
    data = case()
    data["prices"][0]["unit"] = "uur"
    line(data, "nights")["quantity"]["unit"] = "hour"
    assert model(data).lines[1].quantity.unit == model(data).prices[0].unit == "hour"


def test_a_ratio_counts_as_the_change_on_its_baseline() -> None:
    data = case()
    line(data, "nights")["quantity"] |= {"unit": "ratio"}
    line(data, "nights")["quantity"]["baseline"] = _share(2.0) | {"kind": "declared", "unit": "night"}
    effects = released().effects
    first = replace(effects.effects[0], unit="ratio", scale="log", mean=float(np.log(0.8)))
    covariance = effects.covariance.copy()
    covariance[0, :] = covariance[:, 0] = 0.0
    given_effects = Released(Effects((first, *effects.effects[1:]), covariance), released().totals)
    # 2 nights without the approach, a fifth less with it: 0.4 nights, as in the plain case.
    assert at_mean(bound(data, given_effects))[1] == pytest.approx(at_mean(bound())[1], rel=1e-9)


def group_total(contributions: Sequence[float], alpha: float) -> float:
    """The largest whole, the others for a share alpha."""
    return max(contributions) + alpha * (sum(contributions) - max(contributions))


@FEW
@given(st.lists(st.floats(1, 500), min_size=3, max_size=3), st.floats(0, 1))
def test_a_group_counts_its_largest_whole_and_the_others_for_alpha(sizes: list[float], alpha: float) -> None:
    data = case() | {"overlap_groups": [{"id": "all", "label": "samen", "alpha": alpha, "why": SOURCE}]}
    for name in ("nights", "care", "benefit"):
        line(data, name)["overlap_group"] = "all"
    nights, care, benefit = sizes
    table = bound(data, released(nights=-nights, care=-care, benefit=-benefit))
    values = at_mean(table)[1:4]
    shares = overlap_shares(table, table.model.alternatives[0])[1:4]
    assert shares @ values == pytest.approx(group_total(list(values), alpha), rel=1e-9)
    assert values.max() <= shares @ values * (1 + 1e-12)
    assert shares @ values <= values.sum() * (1 + 1e-12)


def test_a_group_within_a_group_counts_its_own_total() -> None:
    data = case()
    data["overlap_groups"] = [
        {"id": "inner", "label": "binnen", "alpha": 0.5, "why": SOURCE, "within": "outer"},
        {"id": "outer", "label": "buiten", "alpha": 0.2, "why": SOURCE},
    ]
    line(data, "nights")["overlap_group"] = line(data, "care")["overlap_group"] = "inner"
    line(data, "benefit")["overlap_group"] = "outer"
    table = bound(data)
    nights, care, benefit = np.abs(at_mean(table)[1:4])
    shares = overlap_shares(table, table.model.alternatives[0])[1:4]
    inner = group_total([nights, care], 0.5)
    assert shares @ [nights, care, benefit] == pytest.approx(group_total([inner, benefit], 0.2), rel=1e-12)


def test_draws_have_the_means_and_correlations_that_were_asked_for() -> None:
    data = case() | {"correlations": [{"between": ["price/night", "effect/care"], "rank": 0.0, "source": SOURCE}]}
    data["prices"].append(data["prices"][0] | {"id": "bed", "label": "bed in de opvang", "distribution": "lognormal"})
    line(data, "benefit")["quantity"] = line(case(), "nights")["quantity"]
    line(data, "benefit")["price"] = "bed"
    data["correlations"] = [{"between": ["price/night", "price/bed"], "rank": 0.6, "source": SOURCE}]
    table = bound(data)
    values = draws(table.inputs, 32_768, 1, 8)
    names = [one.id for one in table.inputs.inputs]
    night, bed, nights, care = (
        names.index(name) for name in ("price/night", "price/bed", "effect/nights", "effect/care")
    )
    assert values.mean(axis=0) == pytest.approx(table.inputs.means[0], rel=2e-3)
    assert spearmanr(values[:, night], values[:, bed]).statistic == pytest.approx(0.6, abs=0.01)
    assert np.corrcoef(values[:, nights], values[:, care])[0, 1] == pytest.approx(0.5, abs=0.01)
    assert abs(np.corrcoef(values[:, night], values[:, care])[0, 1]) < 0.01


def test_draws_need_equal_blocks_of_a_power_of_two() -> None:
    with pytest.raises(ValueError, match="power of 2"):
        draws(bound().inputs, 3_000, 1, 8)


def test_the_simulation_error_covers_the_exact_mean() -> None:
    outcome = appraised(settings=Settings(seed=3, n_draws=8_192)).results[0]
    figures = simulated(outcome.balance.npv, 8)
    assert 0 < figures.simulation_se < 0.01 * figures.mean
    assert abs(figures.mean - outcome.at_mean.npv[0]) < 4 * figures.simulation_se


def test_ratios_have_no_value_without_costs_and_payback_may_be_never() -> None:
    assert ratio(5.0, 0.0) is None
    assert ratio(-1_501, 4_231) == pytest.approx(-0.3548, abs=1e-4)
    assert payback_years(np.array([-100.0, 50.0, 100.0])) == pytest.approx(2.5)
    assert payback_years(np.array([-100.0, 150.0, -80.0])) is None
    assert payback_years(np.array([10.0, 10.0])) == 0


def test_switching_values_bring_the_outcome_to_zero() -> None:
    table = bound(given_effects=released(care=-10.0))
    alternative, ones = table.model.alternatives[0], np.ones(len(table.rows))
    names = [one.id for one in table.inputs.inputs]
    price, nights = names.index("price/night"), names.index("effect/nights")
    (root,) = switching_values(table, alternative, ones, price) or []
    moved = table.inputs.means.copy()
    moved[0, price] = root
    assert balance(table, moved, alternative).npv[0] == pytest.approx(0, abs=1e-3)
    assert root == pytest.approx((line_multipliers(table, alternative, ones)[1] or 0) * 100, rel=1e-9)
    pairs = switching_pair(table, alternative, ones, price, nights)
    assert all(other is not None for _, other in pairs)
    for value, other in pairs:
        moved[0, price], moved[0, nights] = value, other
        assert balance(table, moved, alternative).npv[0] == pytest.approx(0, abs=1e-3)
    # Only the ladder counts clients here, and it has no price.
    assert switching_values(table, alternative, ones, names.index("released/clients_per_year")) is None


def test_the_tornado_is_sorted_and_holds_only_what_moves_the_outcome() -> None:
    table = bound()
    swings = tornado(table, table.model.alternatives[0], np.ones(len(table.rows)))
    widths = [abs(swing.npv_at_high - swing.npv_at_low) for swing in swings]
    assert widths == sorted(widths, reverse=True)
    names = {table.inputs.inputs[swing.index].id for swing in swings}
    assert names == {"price/night", "effect/nights", "effect/care"}


def run(data: dict[str, Any] | None = None, given_effects: Released | None = None) -> Run:
    """A run as its released tables hold it."""
    tables = mkba_rows(appraised(data, given_effects, Settings(seed=1, n_draws=64, n_randomisations=8)))
    mine = {name: [row for row in rows if row.get("alternative") == "go_on"] for name, rows in tables.items()}
    (headline,) = mine["out_mkba__headline"]
    outcome = round(float(str(headline["npv_at_mean_eur"])), 2)
    return run_of(outcome, mine["out_mkba__balance"], mine["out_mkba__line_years"])


def later_run() -> Run:
    """Another year of the same study: everything is a little different."""
    data = case() | {"price_year": 2025, "discount": "nl_2016", "horizon_years": 12}
    data["prices"][0]["value"] = 110
    data["alternatives"][0]["years"] = 6
    after = released(nights=-0.5, care=-40.0)
    after.totals["clients_per_year"] = replace(after.totals["clients_per_year"], value=450.0)
    after.totals["client_years_per_year"] = replace(after.totals["client_years_per_year"], value=620.0)
    return run(data, after)


def test_the_waterfall_between_two_runs_adds_up_to_the_cent() -> None:
    found = difference(run(), later_run())
    assert round(found.before + sum(found.parts.values()), 2) == found.after
    assert found.before == round(appraised().results[0].at_mean.npv[0], 2)
    assert all(part != 0 for part in found.parts.values())
    lines = pd.DataFrame(found.by_line).sum(axis=1)
    assert lines.to_dict() == pytest.approx(found.parts, abs=0.02)
    back = difference(later_run(), run())
    assert {name: -part for name, part in back.parts.items()} == pytest.approx(found.parts, abs=0.02)


def test_a_run_compared_with_itself_differs_by_nothing() -> None:
    assert difference(run(), run()).parts == dict.fromkeys(GROUPS, 0.0)


def changed_price() -> dict[str, Any]:
    data = case()
    data["prices"][0]["value"] = 110
    return data


def longer() -> dict[str, Any]:
    data = case()
    data["alternatives"][0]["years"] = 6
    return data


def more_clients() -> Released:
    after = released()
    names = ("clients_per_year", "client_years_per_year")
    return replace(
        after, totals=dict(after.totals) | {name: replace(after.totals[name], value=600.0) for name in names}
    )


def without_price() -> dict[str, Any]:
    data = case()
    del line(data, "nights")["price"]
    line(data, "nights")["pm_text"] = "Er is geen prijs met een bron."
    return data


def without_line() -> dict[str, Any]:
    data = case()
    data["lines"].remove(line(data, "nights"))
    return data


def not_released() -> Released:
    given_effects = released()
    first, *others = given_effects.effects.effects
    gone = replace(first, mean=float("nan"), refused="te weinig cliënten om vrij te geven")
    return replace(given_effects, effects=replace(given_effects.effects, effects=(gone, *others)))


@pytest.mark.parametrize(
    ("group", "data", "after"),
    [
        ("effect", None, released(care=-80.0)),
        ("effect", None, not_released()),
        ("volume", None, more_clients()),
        ("price", changed_price(), None),
        ("price", without_price(), None),
        ("rate", case() | {"discount": "nl_2016"}, None),
        ("index", case() | {"price_year": 2023}, None),
        ("method", longer(), None),
        ("method", without_line(), None),
    ],
)
def test_one_changed_group_gets_the_whole_difference(
    group: str, data: dict[str, Any] | None, after: Released | None
) -> None:
    found = difference(run(), run(data, after))
    assert abs(found.after - found.before) > 100
    assert found.parts == dict.fromkeys(GROUPS, 0.0) | {group: pytest.approx(found.after - found.before, abs=0.01)}


def costs_of(year: int, euros: float, factor: float) -> Run:
    """A balance of one line: what the last year cost, in euros of that year."""
    signs = dict.fromkeys(("sign", "factors", "remainder", "overlap_share"), 1.0) | {"welfare_sign": -1.0}
    amount = {"price_eur": np.nan, "change": np.nan, "volume": euros, "price_level_factor": factor, "price_year": year}
    row = {"line": "costs", "label": "Kosten", "unit": "eur", "status": "priced", **signs, **amount}
    years = {"line": "costs", "years_from_base": 0.0, "share": 1.0, "rate": 0.0}
    return run_of(-euros * factor, [row], [years])


def test_costs_of_another_year_are_another_quantity_and_no_price_level_that_somebody_chose() -> None:
    found = difference(costs_of(2024, 1000.0, 1.0), costs_of(2025, 900.0, 0.95)).parts
    assert found == dict.fromkeys(GROUPS, 0.0) | {"volume": 145.0}
    found = difference(costs_of(2024, 1000.0, 1.0), costs_of(2024, 1000.0, 0.95)).parts
    assert found == dict.fromkeys(GROUPS, 0.0) | {"index": 50.0}


def test_lines_that_are_not_the_outcome_are_not_compared() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        difference(run(), replace(run(), outcome=1.0))


def test_shapley_values_of_a_known_game() -> None:
    # Two of three hold the majority: the textbook glove game (one left glove, two right gloves).
    worth = {
        frozenset(chosen): float("l" in chosen and len(chosen) > 1)
        for chosen in ("", "l", "r", "s", "lr", "ls", "rs", "lrs")
    }
    assert shapley(worth) == pytest.approx({"l": 2 / 3, "r": 1 / 6, "s": 1 / 6})


def test_scaling_up_helps_extra_people_and_leaves_the_measured_effect_to_those_it_was_measured_in() -> None:
    data = scaled_up(case(), fte=2, per_fte=40, costs=100, yields=300)
    found = appraise(model(data), packs(), released(), Settings(seed=1, n_draws=512)).results
    assert found[2].at_mean.line_pv[0, :4] == pytest.approx(found[0].at_mean.line_pv[0, :4])
    assert found[2].at_mean.npv - found[0].at_mean.npv == pytest.approx(2 * 40 * 200 * 4.679453, rel=1e-6)
    assert found[1].balance.npv == pytest.approx(0)
