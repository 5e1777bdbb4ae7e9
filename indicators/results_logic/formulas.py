"""Each registered measure computed from the released tables: an estimate with its interval per group.

A frame of values has the columns slice, slice_value, estimate, ci_low, ci_high, n_clients, status, stamp. Only a row
with status 'released' holds figures; intervals are of 95 % and include what rounding took away.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data_contracts.vocabulary import Stamp
from indicators.results_logic import measures
from indicators.results_logic.measures import Measure
from indicators.results_logic.released import GROUP, Released, rows, two_periods

Z95 = 1.959964
VALUE_COLUMNS = [*GROUP, "estimate", "ci_low", "ci_high", "n_clients", "status", "stamp"]
FIGURES = ["estimate", "ci_low", "ci_high", "n_clients"]


def values(measure: Measure, released: Released) -> pd.DataFrame:
    """The measure for every group that the released tables hold."""
    match measure:
        case measures.PairMeasure():
            found = _pair(measure, released)
        case measures.CaseRecord():
            found = _case_record(measure, released)
        case measures.ShareUsing():
            table = _widest(rows(released.use, subject=measure.subject, what=measure.what, law=measure.law))
            found = _share(table, "n_clients", "n_clients_base", measure, released)
        case measures.AmountPerYear():
            wanted = {"subject": measure.subject, "what": measure.what, "unit": measure.counted_in}
            found = _amount(_widest(rows(released.use, **wanted)), "total", "client_years", measure, released)
        case measures.Registration():
            counted = {"scored": "n_scored", "scored_twice": "n_scored_twice", "monitored": "n_monitored"}[measure.what]
            table = rows(released.funnel, subject=measure.subject, life_domain=measure.life_domain or "all")
            found = _share(table, counted, "n_clients", measure, released)
        case measures.Reach():
            found = _amount(_entered(released).assign(one=1.0), "n_clients", "one", measure, released)
        case measures.CostPerCase():
            found = _amount(_costs(measure, released), "amount_eur", "n_clients", measure, released)
        case measures.Estimate():
            found = _estimate(measure, released)
        case _:
            raise TypeError(f"no formula for {type(measure).__name__}")
    return _tidy(found)


def _tidy(found: pd.DataFrame) -> pd.DataFrame:
    """Exactly the value columns; no figure where something stands in the way of one."""
    found = found.reindex(columns=VALUE_COLUMNS)
    found[FIGURES] = found[FIGURES].astype("float64")
    without = found["estimate"].isna() & (found["status"] == "released")
    found.loc[without, "status"] = "refused"
    found[FIGURES] = found[FIGURES].where(found["status"] == "released")
    return found.reset_index(drop=True)


def _pair(measure: measures.PairMeasure, released: Released) -> pd.DataFrame:
    wanted = {
        "life_domain": measure.life_domain or "all",
        "moment_from": measure.moment_from,
        "moment_to": measure.moment_to,
    }
    table = rows(released.change, subject=measure.subject, **wanted)
    if table.empty:
        return table
    if isinstance(measure, measures.MeanChange | measures.Lasting):
        names = {"mean_change": "estimate", "mean_change_low": "ci_low", "mean_change_high": "ci_high"}
        return table.rename(columns=names).assign(stamp=Stamp.CHANGE.value)
    n = table["n_clients"].astype("float64").where(lambda count: count > 0)
    up, down = table["n_up"].astype("float64"), table["n_down"].astype("float64")
    rounding = 2 * released.rounding_variance
    if isinstance(measure, measures.NetImproved):
        moved = up + down
        estimate = (up - down) / n
    else:
        before, after = table["n_sufficient_before"].astype("float64"), table["n_sufficient_after"].astype("float64")
        estimate = (after - before) / n
        # Only the margins are released. As many crossed the line as the margins and the movers allow: a wide interval.
        crossed_up = pd.concat([after, n - before, up], axis=1).min(axis=1).clip(lower=0)
        moved = (2 * crossed_up - (after - before)).clip(lower=(after - before).abs())
    variance = (moved / n - estimate**2).clip(lower=1 / n) / n + rounding / n**2
    half = Z95 * np.sqrt(variance)
    return table.assign(estimate=estimate, ci_low=estimate - half, ci_high=estimate + half, stamp=Stamp.CHANGE.value)


def _share(table: pd.DataFrame, counted: str, base: str, measure: Any, released: Released) -> pd.DataFrame:
    """Difference of two shares with the interval of Agresti and Caffo (2000), widened by what rounding took away.

    One success and one failure are added to each period before the interval is made, so that a share of 0 is not sure.
    """
    pairs = two_periods(table, measure.period_from, measure.period_to)
    if "period_to" not in pairs:
        return pairs
    shares, centres, variances = [], [], []
    for moment in ("_from", "_to"):
        part, whole = pairs[counted + moment].astype("float64"), pairs[base + moment].astype("float64")
        whole = whole.where(whole > 0)
        softened = (part + 1) / (whole + 2)
        shares.append(part / whole)
        centres.append(softened)
        rounding = released.rounding_variance * (1 + softened**2) / whole**2
        variances.append(softened * (1 - softened) / (whole + 2) + rounding)
    half = Z95 * np.sqrt(variances[0] + variances[1])
    centre = centres[1] - centres[0]
    return pairs.assign(
        estimate=shares[1] - shares[0],
        ci_low=centre - half,
        ci_high=centre + half,
        n_clients=pairs[base + "_to"],
        stamp=Stamp.CHANGE.value,
    )


def _amount(table: pd.DataFrame, amount: str, per: str, measure: Any, released: Released) -> pd.DataFrame:
    """Relative difference of two amounts per `per`.

    The spread between people is taken as large as their mean, as with hours and days of support: the variance of the
    logarithm is 1 / n for each period.
    """
    pairs = two_periods(table, measure.period_from, measure.period_to)
    if "period_to" not in pairs:
        return pairs
    logs, variances = [], []
    for moment in ("_from", "_to"):
        whole, n = pairs[per + moment].astype("float64"), pairs["n_clients" + moment].astype("float64")
        rate = pairs[amount + moment].astype("float64") / whole.where(whole > 0)
        logs.append(np.log(rate.where(rate > 0)))
        variances.append(1 / n.where(n > 0) + released.rounding_variance / n**2)
    half = Z95 * np.sqrt(variances[0] + variances[1])
    change = logs[1] - logs[0]
    return pairs.assign(
        estimate=np.expm1(change),
        ci_low=np.expm1(change - half),
        ci_high=np.expm1(change + half),
        n_clients=pairs["n_clients_to"],
        stamp=Stamp.CHANGE.value,
    )


def _case_record(measure: measures.CaseRecord, released: Released) -> pd.DataFrame:
    table = _widest(rows(released.use, subject="cases", what=measure.what))
    if measures.unit_of(measure) == "share":
        return _share(table, "n_clients", "n_clients_base", measure, released)
    return _amount(table.assign(people=table.get("n_clients")), "total", "people", measure, released)


def _entered(released: Released) -> pd.DataFrame:
    """The people who came in per group, whatever was scored: the widest of the funnel's series."""
    return _widest(rows(released.funnel, subject="zrm"))


def _costs(measure: measures.CostPerCase, released: Released) -> pd.DataFrame:
    wanted = {"cost_kind": measure.cost_kind, "is_new_approach": True if measure.only_new_approach else None}
    costs = rows(released.costs, **wanted)
    entered = rows(_entered(released), slice="cohort")
    if costs.empty or entered.empty:
        return costs.iloc[:0]
    by_year = costs.groupby("year", as_index=False).agg(
        amount_eur=("amount_eur", "sum"), complete=("status", lambda status: (status == "released").all())
    )
    by_year["slice_value"] = by_year["year"].astype(str)
    found = by_year.merge(entered, on="slice_value", validate="one_to_one")
    found["status"] = found["status"].where(found["complete"], "too_few")
    return found


def _estimate(measure: measures.Estimate, released: Released) -> pd.DataFrame:
    return rows(
        released.estimates,
        subject=measure.subject,
        life_domain=measure.life_domain or "all",
        what=measure.what,
        measure=measure.measure,
        design=measure.design,
        moment_from=measure.moment_from,
        moment_to=measure.moment_to,
    )


def _widest(table: pd.DataFrame) -> pd.DataFrame:
    """One row per group where a table holds several (units, life domains): the one about the most people."""
    if table.empty:
        return table
    return table.sort_values("n_clients", ascending=False).drop_duplicates(GROUP)
