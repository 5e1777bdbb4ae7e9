"""Each registered measure computed from the released tables.

`levels` gives one figure per released group, `values` what an indicator shows: a change with its interval. A group
that the gate does not show has no figure and keeps its status; intervals are of 95 % and include what rounding took
away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.demonstrable import LESS, LEVEL, MORE, shows
from data_contracts.tables.released import SHOWS_FIGURES, PartStatus, Status
from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.logic import UNEQUAL_FOLLOW_UP
from indicators.results_logic.tree import measures
from indicators.results_logic.tree.measures import Measure, unit_of
from indicators.results_logic.values.measured_rows import measured_rows
from indicators.results_logic.values.periods import two_periods
from indicators.results_logic.values.released import GROUP, Released

ROUNDED_END = 0.01  # the ends of a released interval are rounded: two equal ones are not sure
UNEQUAL = 1.1  # a tenth longer in view
FIGURES = ["estimate", "ci_low", "ci_high", "n_clients"]
VALUE_COLUMNS = [*GROUP, *FIGURES, "base", "counted", "status", "stamp", "is_demonstrable"]
LEVEL_FIGURES = ["level", "centre", "variance", "ci_low", "ci_high", "n_clients"]
LEVEL_COLUMNS = [*GROUP, *LEVEL_FIGURES, "follow_up", "counted", "status", "stamp", "is_demonstrable"]


def values(measure: Measure, released: Released) -> pd.DataFrame:
    """The measure as a change or comparison, for everybody and for every group that the released tables hold.

    Columns slice, slice_value, estimate, ci_low, ci_high, n_clients, base (the earlier share), counted (the unit of
    an amount, as delivered), status, stamp, is_demonstrable; in the unit of the measure. What is no estimate of a
    design is judged by its interval alone.
    """
    found = levels(measure, released)
    if isinstance(measure, measures.PeriodMeasure):
        found = _difference_of_periods(found, measure, released.in_part)
    else:
        found = found.rename(columns={"level": "estimate"})
    return _tidy(found, VALUE_COLUMNS, FIGURES)


def levels(measure: Measure, released: Released) -> pd.DataFrame:
    """The figure of every released group: a mean change, a share, or the logarithm of an amount per person.

    Columns slice, slice_value, level, centre (of the interval), variance, ci_low, ci_high, n_clients, follow_up (years
    per person, where help and events pile up with time), counted, status, stamp, is_demonstrable.
    """
    found = _levels(measure, measured_rows(measure, released), released.rounding_variance)
    return _tidy(found, LEVEL_COLUMNS, LEVEL_FIGURES)


def _levels(measure: Measure, table: pd.DataFrame, rounding: float) -> pd.DataFrame:
    """`table` holds the rows that the measure reads; `rounding` is the variance of what rounding adds to a count."""
    match measure:
        case measures.PairMeasure():
            return _pairs(measure, table, rounding)
        case measures.ShareUsing():
            found = _shares(table, "n_clients", "n_clients_base", rounding)
            return found if measure.subject == "solutions" else _followed(found)
        case measures.CaseRecord() if unit_of(measure) == "share":
            return _shares(table, "n_clients", "n_clients_base", rounding)
        case measures.CaseRecord():
            return _log_rates(table, "total", "n_clients_base", rounding)
        case measures.AmountPerYear():
            return _followed(_log_rates(_named_unit(table), "total", "client_years", rounding))
        case measures.Registration():
            counted = {"scored": "n_scored", "scored_twice": "n_scored_twice", "monitored": "n_monitored"}[measure.what]
            return _shares(table, counted, "n_clients", rounding)
        case measures.Reach():
            return _log_rates(table.assign(one=1.0), "n_clients", "one", rounding)
        case measures.CostPerCase():
            return _log_rates(table, "amount_eur", "n_clients", rounding)
        case measures.Estimate():
            return _estimated(_named_unit(table))
    raise TypeError(f"no formula for {type(measure).__name__}")


def _tidy(found: pd.DataFrame, columns: list[str], figures: list[str]) -> pd.DataFrame:
    """Exactly these columns; no figure where something stands in the way of one."""
    found = found.reindex(columns=columns).assign(
        is_demonstrable=lambda frame: frame["is_demonstrable"].astype("boolean").fillna(True)
    )
    found[figures] = found[figures].astype("float64")
    shown = found["status"].isin(SHOWS_FIGURES) & found[figures[0]].notna()
    found.loc[~shown & (found["status"] == Status.RELEASED), "status"] = Status.REFUSED.value
    found[figures] = found[figures].where(shown)
    return found.reset_index(drop=True)


def _difference_of_periods(
    found: pd.DataFrame, measure: measures.PeriodMeasure, in_part: frozenset[str]
) -> pd.DataFrame:
    """Late period minus early period; of logarithms, and then as a relative difference, for amounts."""
    pairs = two_periods(found, measure.period_from, measure.period_to, in_part)
    if "level_to" not in pairs:
        return pairs
    longer = pairs["follow_up_from"] / pairs["follow_up_to"]
    unequal = (longer > UNEQUAL) | (longer < 1 / UNEQUAL)
    pairs["status"] = pairs["status"].mask(unequal, UNEQUAL_FOLLOW_UP)
    half = Z_95 * np.sqrt(pairs["variance_from"] + pairs["variance_to"])
    centre = pairs["centre_to"] - pairs["centre_from"]
    figures = {"estimate": pairs["level_to"] - pairs["level_from"], "ci_low": centre - half, "ci_high": centre + half}
    if unit_of(measure) == "ratio":
        figures = {name: figure.transform(np.expm1) for name, figure in figures.items()}
    base = pairs["level_from"] if unit_of(measure) == "share" else np.nan
    return pairs.assign(
        **figures, n_clients=pairs["n_clients_to"], base=base, counted=pairs["counted_to"], stamp=Stamp.CHANGE.value
    )


def _named_unit(table: pd.DataFrame) -> pd.DataFrame:
    return table if table.empty else table.assign(counted=table["unit"])


def _followed(table: pd.DataFrame) -> pd.DataFrame:
    """Years that a person was followed; people of an earlier year had more time to meet an event or get help."""
    if table.empty:
        return table
    return table.assign(follow_up=table["client_years"] / _positive(table["n_clients_base"]))


def _with_interval(table: pd.DataFrame, level: pd.Series, centre: pd.Series, variance: pd.Series) -> pd.DataFrame:
    half = Z_95 * np.sqrt(variance)
    interval = {"ci_low": centre - half, "ci_high": centre + half}
    return table.assign(level=level, centre=centre, variance=variance, **interval, stamp=Stamp.CHANGE.value)


def _pairs(measure: measures.PairMeasure, table: pd.DataFrame, rounding: float) -> pd.DataFrame:
    if table.empty:
        return table
    if isinstance(measure, measures.MeanChange | measures.Lasting):
        names = {"mean_change": "level", "mean_change_low": "ci_low", "mean_change_high": "ci_high"}
        table = table.rename(columns=names).assign(stamp=Stamp.CHANGE.value)
        spread = ((table["ci_high"] - table["ci_low"]).astype("float64") / (2 * Z_95)).clip(lower=ROUNDED_END)
        return table.assign(centre=table["level"], variance=spread**2, is_demonstrable=_among_others(table))
    n = _positive(table["n_clients"])
    up, down = table["n_up"].astype("float64"), table["n_down"].astype("float64")
    if isinstance(measure, measures.NetImproved):
        moved, level = up + down, (up - down) / n
    else:
        before, after = table["n_sufficient_before"].astype("float64"), table["n_sufficient_after"].astype("float64")
        level = (after - before) / n
        # Only the margins are released. As many crossed the line as the margins and the movers allow: a wide interval.
        crossed_up = pd.concat([after, n - before, up], axis=1).min(axis=1).clip(lower=0)
        moved = (2 * crossed_up - (after - before)).clip(lower=(after - before).abs())
    by_teams = table["design_effect"].astype("float64").fillna(1.0) if "design_effect" in table else 1.0
    variance = (moved / n - level**2).clip(lower=1 / n) / n * by_teams + 2 * rounding / n**2
    return _with_interval(table, level, level, variance)


def _among_others(table: pd.DataFrame) -> pd.Series | bool:
    """Whether a change is demonstrable among all that were looked at, by its adjusted p-value."""
    return table["p_adjusted"] < LEVEL if "p_adjusted" in table else True


def _shares(table: pd.DataFrame, counted: str, base: str, rounding: float) -> pd.DataFrame:
    """A rounded count over a rounded count; its interval with one success and one failure added.

    The difference of two such shares has the interval of Agresti and Caffo (2000); a share of 0 is not sure.
    """
    if table.empty:
        return table
    part, whole = table[counted].astype("float64"), _positive(table[base])
    softened = (part + 1) / (whole + 2)
    variance = softened * (1 - softened) / (whole + 2) + rounding * (1 + softened**2) / whole**2
    return _with_interval(table, part / whole, softened, variance).assign(n_clients=table[base])


def _log_rates(table: pd.DataFrame, amount: str, per: str, rounding: float) -> pd.DataFrame:
    """The logarithm of an amount per `per`.

    The spread between people is taken as large as their mean, as with hours and days of support: variance 1 / n.
    """
    if table.empty:
        return table
    n = _positive(_counted(table))
    level = (_positive(table[amount]) / _positive(table[per])).transform(np.log)
    level = level.where(n.notna())
    return _with_interval(table, level, level, 1 / n + rounding / n**2).assign(n_clients=n)


def _counted(table: pd.DataFrame) -> pd.Series:
    """The people that an amount is about; the gate hides them when that is nearly everybody, and then it is all."""
    n = table["n_clients"].astype("float64")
    if "n_clients_status" not in table or "n_clients_base" not in table:
        return n
    return n.fillna(table["n_clients_base"].astype("float64").where(table["n_clients_status"] == PartStatus.ABOVE))


def _positive(column: pd.Series) -> pd.Series:
    numbers = column.astype("float64")
    return numbers.where(numbers > 0)


def _estimated(table: pd.DataFrame) -> pd.DataFrame:
    """An estimate as it was released, and whether it is demonstrable minding how many were looked at."""
    if table.empty:
        return table
    return table.assign(is_demonstrable=shows(table).isin([MORE, LESS])).rename(columns={"estimate": "level"})
