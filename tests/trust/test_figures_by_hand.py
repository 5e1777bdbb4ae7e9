"""The figures of a row as they leave, one rule at a time; nothing that a spec does not name leaves exact."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from municipality import SLICES, one_block

from data_contracts.gate.disclosure import exact_table
from data_contracts.gate.figures import released_figures
from data_contracts.gate.specs import SPECS
from data_contracts.gate.table import Part, Row, first_decision
from data_contracts.gate.unaudited import PLAIN_SPECS
from data_contracts.protection import Thresholds
from data_contracts.tables.estimate_companions import COMPANIONS, REGRESSION

FIGURES = {"mean_before": 2.5333, "mean_after": 2.9434, "mean_change": 0.4101, "mean_change_low": 0.151}
FIGURES |= {"mean_change_high": 0.649, "effect_size": 0.4444, "p_value": 0.03124, "design_effect": 1.26}
EXACT = one_block([("all", "all", 60, 25, 20, 15)]).assign(**FIGURES, method="pratt_normal", refused_because="x")


def shown(row: Row = Row.SHOWN, part: Part = Part.SHOWN, exact: pd.DataFrame = EXACT, **changed: object) -> pd.Series:
    """The row with this decision about it, and about the part that rose."""
    spec = SPECS["out_change__by_domain"]
    exact = exact.assign(**changed)
    table = exact_table(spec, exact, Thresholds(), {}, SLICES)
    decision = first_decision(table)
    decision.row[0], decision.part[0, 1] = row, part
    return released_figures(spec, exact, table, decision, 5).iloc[0]


def test_a_test_leaves_in_steps_and_only_beside_all_parts_that_it_is_made_of() -> None:
    row = shown()
    assert row[["p_value", "effect_size", "design_effect"]].tolist() == [0.031, 0.4, 1.3]
    assert (row["method"], row["refused_because"]) == ("pratt_normal", "x")
    assert pd.isna(row["p_adjusted"])  # made behind the gate
    for hidden in (shown(part=Part.BELOW), shown(row=Row.SECONDARY)):
        assert hidden[["p_value", "effect_size", "design_effect", "refused_because"]].isna().all()
        assert hidden["method"] == "none"


@pytest.mark.parametrize(("p", "leaves"), [(0.0, 0.001), (0.0004, 0.001), (0.0016, 0.002), (0.9996, 1.0)])
def test_no_p_value_is_below_one_in_a_thousand(p: float, leaves: float) -> None:
    assert shown(p_value=p)["p_value"] == pytest.approx(leaves)


@pytest.mark.parametrize("row", [Row.HELD, Row.TOO_FEW, Row.SECONDARY, Row.REFUSED])
def test_of_a_row_that_is_not_shown_no_figure_leaves(row: Row) -> None:
    hidden = shown(row=row)
    numbers = [
        name for name in hidden.index if name.startswith(("n_", "mean_", "p_", "effect")) and "status" not in name
    ]
    assert hidden[numbers].isna().all() and len(numbers) > 10
    assert {hidden[name] for name in hidden.index if name.endswith("_status")} == {"hidden"}
    assert hidden["status"] != "released"


def test_parts_say_why_they_are_not_shown() -> None:
    for part, said in ((Part.SHOWN, "shown"), (Part.BELOW, "below"), (Part.ABOVE, "above"), (Part.HIDDEN, "hidden")):
        row = shown(part=part)
        assert row["n_up_status"] == said and pd.isna(row["n_up"]) == (part != Part.SHOWN)
        assert (row["n_clients"], row["n_equal"]) == (60, 20)


def test_means_have_two_decimals_from_fifty_clients_where_nothing_is_hidden() -> None:
    """A sum of 152 before and 177 after, 25 more: 58 to 62 clients that go with both are more than one."""
    means = {"mean_before": 152 / 60, "mean_after": 177 / 60, "mean_change": 25 / 60}
    names = [*means, "mean_change_low", "mean_change_high"]
    assert shown(**means)[names].tolist() == pytest.approx([2.53, 2.95, 0.42, 0.15, 0.65])
    assert shown(part=Part.BELOW, **means)[names].tolist() == pytest.approx([2.5, 3.0, 0.4, 0.1, 0.7], abs=0.051)
    same_way = shown(part=Part.ABOVE, **means)
    assert same_way[names[3:]].isna().all() and same_way["mean_change"] == pytest.approx(0.4)


def companion(schema, name: str, **figures: object) -> object:
    usual = {"subject": "zrm", "life_domain": "finances", "slice": "all", "slice_value": "all", "n_clients": 80}
    usual |= {"moment_from": "first", "moment_to": "last", "test": "mcnemar", "reference_mean": 3.0}
    kinds = {one: str(column.dtype) for one, column in schema.columns.items()}
    exact = pd.DataFrame([usual | figures]).reindex(columns=list(kinds)).astype(kinds)
    spec = SPECS[name]
    table = exact_table(spec, exact, Thresholds(), {}, SLICES)
    (column,) = spec.verdicts
    return released_figures(spec, exact, table, first_decision(table), 5)[column].iloc[0]


def test_another_test_leaves_as_a_verdict_below_five_percent_or_above_nothing() -> None:
    told = [companion(COMPANIONS, "out_change__companions", p_value=p) for p in (0.049, 0.05, np.nan)]
    assert told == [True, False, False]
    rise = [companion(REGRESSION, "out_change__regression_to_mean", change_low=low) for low in (0.001, 0.0, -0.1)]
    assert rise == [True, False, False]


def test_a_link_or_a_spread_that_is_withdrawn_tells_nothing() -> None:
    untold = [spec.untold for spec in PLAIN_SPECS.values() if spec.untold]
    assert len(untold) == 2
    for one in untold:
        numbers = [value for name, value in one.items() if isinstance(value, float)]
        assert set(numbers) == {0.0}
    assert untold[0]["n_teams"] == untold[0]["n_team_years"] == untold[0]["lag_months"] == 0
    assert (untold[0]["verdict"], untold[0]["periods"]) == ("not_testable", "")
