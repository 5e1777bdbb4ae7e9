"""The conditions of an estimate: which were checked, and what each check found. Column `assumptions` of estimates.

The column is JSON: condition -> {"holds": true, false or null where nobody can tell, figure: number or word}. Every
condition and figure has its name here and nowhere else: one that is written or asked under another name is an error,
never a condition that was not checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import ContractBroken

Condition = Literal[
    "autocorrelation",
    "balance_at_start",
    "balance_of_figure",
    "balance_weighted",
    "bend",
    "between_measurements",
    "bounded_scale",
    "counterfactual",
    "demonstrable",
    "difference_or_ancova",
    "drift_not_excluded",
    "drift_that_would_undo_it",
    "follow_up",
    "group_time",
    "measured_again",
    "overlap",
    "partly_exposed",
    "placebo_starts",
    "pre_trend",
    "scores",
    "teams",
    "tipping_point",
    "two_way",
    "unseen_cause",
    "wild_bootstrap",
]
Figure = bool | float | int | str | None
Check = dict[str, Figure]
Checks = dict[Condition, Check]
HOLDS = "holds"

# Condition -> the figures that stand beside `holds`; teams are told in three ways.
_FIGURES: dict[Condition, tuple[frozenset[str], ...]] = {
    "autocorrelation": (frozenset({"value", "newey_west_se"}),),
    "balance_at_start": (frozenset({"largest"}),),
    "balance_of_figure": (frozenset({"largest"}),),
    "balance_weighted": (frozenset({"largest"}),),
    "bend": (frozenset({"per_period", "se"}),),
    "between_measurements": (frozenset({"lowest", "highest"}),),
    "bounded_scale": (frozenset({"in_points", "underlying"}),),
    "counterfactual": (frozenset(),),
    "demonstrable": (frozenset({"p_value", "p_value_adjusted"}),),
    "difference_or_ancova": (frozenset({"difference_at_start", "slope"}),),
    "drift_not_excluded": (frozenset({"per_period", "estimate"}),),
    "drift_that_would_undo_it": (frozenset({"m_bar"}),),
    "follow_up": (frozenset({"median_months"}),),
    "group_time": (frozenset({"estimate"}),),
    "measured_again": (frozenset({"share"}),),
    "overlap": (frozenset({"share_trimmed"}),),
    "partly_exposed": (frozenset({"rule"}),),
    "placebo_starts": (frozenset({"p_value", "n_starts", "n_as_large"}),),
    "pre_trend": (frozenset({"slope_per_period", "p_value", "p_value_all_periods", "slope_explaining", "power"}),),
    "scores": (frozenset(),),
    "teams": (
        frozenset({"total", "unit"}),
        frozenset({"total", "degrees_of_freedom"}),
        frozenset({"total", "degrees_of_freedom", "started"}),
    ),
    "tipping_point": (frozenset({"points", "points_interval"}),),
    "two_way": (frozenset({"estimate", "negative_weight"}),),
    "unseen_cause": (frozenset({"e_value", "e_value_interval"}),),
    "wild_bootstrap": (frozenset({"p_value"}),),
}
# Figures that are a word, with the words that there are; all others are numbers.
_WORDS: dict[str, frozenset[str]] = {"unit": frozenset({"team", "client"}), "rule": frozenset({"left_out"})}

_COMPARED = frozenset(
    {"balance_at_start", "balance_of_figure", "balance_weighted", "overlap", "unseen_cause", "teams", "demonstrable"}
)
_STAGGERED = frozenset(
    {
        "drift_not_excluded",
        "drift_that_would_undo_it",
        "group_time",
        "partly_exposed",
        "pre_trend",
        "teams",
        "two_way",
        "wild_bootstrap",
    }
)
# Design and measure -> the conditions that stand beside every figure of it. Other measures stand beside one of these.
PROMISED: dict[tuple[str, str], frozenset[str]] = {
    ("before_after", "mean_change"): frozenset({"counterfactual", "teams", "demonstrable"}),
    **dict.fromkeys((("staggered", "effect"), ("staggered", "effect_group_time")), _STAGGERED | {"demonstrable"}),
    **{
        ("comparison", measure): _COMPARED
        for measure in ("effect", "effect_ancova", "effect_weighted", "effect_doubly_robust")
    },
    ("series", "effect"): frozenset({"counterfactual", "placebo_starts", "bend", "autocorrelation", "demonstrable"}),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The conditions of one estimate that were checked."""

    checks: Checks

    @classmethod
    def of(cls, text: str) -> Assumptions:
        """What stands in the column; raises ContractBroken when it is not as promised here."""
        checks = json.loads(text)
        _require_promised(checks)
        return cls(checks)

    @property
    def text(self) -> str:
        """As it stands in the column; raises ContractBroken when it is not as promised here."""
        _require_promised(self.checks)
        return json.dumps(self.checks, sort_keys=True)

    @property
    def held(self) -> dict[Condition, bool | None]:
        """Every condition that was checked, with whether it holds."""
        return {condition: self.holds(condition) for condition in self.checks}

    def holds(self, condition: Condition) -> bool | None:
        """Whether a condition holds; None where nobody can tell, or where it was not asked."""
        found = self.figure(condition, HOLDS)
        return None if found is None else bool(found)

    def figure(self, condition: Condition, name: str) -> Figure:
        """A figure of a check; None where it was not asked. Raises ContractBroken when there is no such figure."""
        if name != HOLDS and not any(name in shape for shape in _FIGURES[condition]):
            raise ContractBroken(f"assumptions: '{condition}' has no figure '{name}'")
        return self.checks[condition].get(name) if condition in self.checks else None

    def number(self, condition: Condition, name: str) -> float | None:
        """A figure that is a number."""
        found = self.figure(condition, name)
        return float(found) if isinstance(found, int | float) else None


def require_demonstrable(rows: pd.DataFrame) -> None:
    """Raise ContractBroken when an estimate with a figure lacks the correction for many outcomes that it promises."""
    n_broken = int((~_has_promised(rows, frozenset({"demonstrable"}))).sum())
    if n_broken:
        raise ContractBroken(f"assumptions: {n_broken} estimates lack the check 'demonstrable'")


def as_promised(rows: pd.DataFrame) -> pd.Series:
    """Per estimate whether its conditions are those of this file, and all of its measure where it has a figure."""
    known = rows["assumptions"].map(_is_promised).astype(bool)
    found = pd.Series(data=False, index=rows.index)
    found[known] = _has_promised(rows[known])
    return found


CONDITIONS_AS_PROMISED = pa.Check(as_promised, error="assumptions: niet zoals beloofd")


def _has_promised(rows: pd.DataFrame, of_these: frozenset[str] = frozenset(get_args(Condition))) -> pd.Series:
    """Per estimate whether it has all conditions of its measure, as far as they are `of_these`, or has no figure."""
    columns = (rows[name] for name in ("design", "measure", "estimate", "assumptions"))
    found = [
        pd.isna(estimate) or (PROMISED.get((design, measure), frozenset()) & of_these) <= json.loads(text).keys()
        for design, measure, estimate, text in zip(*columns, strict=True)
    ]
    return pd.Series(found, index=rows.index, dtype=bool)


def _is_promised(text: str) -> bool:
    try:
        _require_promised(json.loads(text))
    except (ContractBroken, ValueError):
        return False
    return True


def _require_promised(checks: Mapping[Any, Check]) -> None:
    """Whatever came in; the keys may be any text."""
    for condition, check in checks.items():
        shapes = _FIGURES.get(condition)
        if shapes is None:
            raise ContractBroken(f"assumptions: there is no condition '{condition}'")
        if HOLDS not in check or check.keys() - {HOLDS} not in shapes:
            raise ContractBroken(f"assumptions: the figures of '{condition}' are not those that were promised")
        if not all(_is_value(name, value) for name, value in check.items()):
            raise ContractBroken(f"assumptions: a figure of '{condition}' is of another kind than was promised")


def _is_value(name: str, value: Figure) -> bool:
    """None is allowed everywhere: not to be computed, or not to be told."""
    if value is None or name == HOLDS:
        return value is None or isinstance(value, bool)
    if name in _WORDS:
        return value in _WORDS[name]
    return isinstance(value, int | float) and not isinstance(value, bool)
