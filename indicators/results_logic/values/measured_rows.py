"""Which released rows a measure is computed from; `formulas.py` makes figures of them and asks for no others."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.released import SHOWS_FIGURES, Status
from data_contracts.vocabulary.field import LifeDomain
from data_contracts.vocabulary.logic import SEVERAL_FIGURES, SEVERAL_UNITS
from indicators.results_logic.tree import measures
from indicators.results_logic.tree.measures import Measure
from indicators.results_logic.values.released import GROUP, Released


def measured_rows(measure: Measure, released: Released) -> pd.DataFrame:
    """The rows of one released table, or costs beside the people who came in; empty where the study has none."""
    match measure:
        case measures.PairMeasure() if measure.subject == "experienced":
            moments = {"moment_from": measure.moment_from, "moment_to": measure.moment_to}
            said = _rows(released.change, subject=measure.subject, **moments)
            # A life domain of Mijn ZRM says nothing about what it brought as a whole.
            return _most_answered(
                said if said.empty else said[~said["life_domain"].isin(list(LifeDomain))], "n_clients"
            )
        case measures.PairMeasure():
            wanted = {"life_domain": measure.life_domain or "all", "moment_from": measure.moment_from}
            return _rows(released.change, subject=measure.subject, moment_to=measure.moment_to, **wanted)
        case measures.ShareUsing():
            return _widest(_rows(released.use, subject=measure.subject, what=measure.what, law=measure.law))
        case measures.CaseRecord():
            return _widest(_rows(released.use, subject="cases", what=measure.what))
        case measures.AmountPerYear():
            table = _rows(released.use, subject=measure.subject, what=measure.what, unit=measure.counted_in)
            return _widest(_in_one_unit(table))
        case measures.Registration() if measure.subject == "experienced":
            return _most_answered(_rows(released.funnel, subject=measure.subject), "n_scored")
        case measures.Registration():
            return _rows(released.funnel, subject=measure.subject, life_domain=measure.life_domain or "all")
        case measures.Reach():
            return _entered(released)
        case measures.CostPerCase():
            return _costs(measure, released)
        case measures.Estimate():
            return _estimates(measure, released)
    raise TypeError(f"no rows for {type(measure).__name__}")


def _entered(released: Released) -> pd.DataFrame:
    """The people who came in per group, whatever was scored: the widest of the funnel's series."""
    return _widest(_rows(released.funnel, subject="zrm"))


def _costs(measure: measures.CostPerCase, released: Released) -> pd.DataFrame:
    only_new = True if measure.only_new_approach else None
    costs = _rows(released.costs, cost_kind=measure.cost_kind, is_new_approach=only_new)
    entered = _rows(_entered(released), slice="cohort")
    if costs.empty or entered.empty:
        return costs.iloc[:0]
    by_year = costs.groupby("year", as_index=False).agg(
        amount_eur=("amount_eur", "sum"), complete=("status", lambda status: status.isin(SHOWS_FIGURES).all())
    )
    by_year["slice_value"] = by_year["year"].astype(str)
    found = by_year.merge(entered, on="slice_value", validate="one_to_one")
    found["status"] = found["status"].where(found["complete"], Status.TOO_FEW.value)
    return found


def _estimates(measure: measures.Estimate, released: Released) -> pd.DataFrame:
    return _one_figure(
        _rows(
            released.estimates,
            unit=measure.counted_in,
            subject=measure.subject,
            life_domain=measure.life_domain or "all",
            what=measure.what,
            measure=measure.measure,
            design=measure.design,
            moment_from=measure.moment_from,
            moment_to=measure.moment_to,
        ),
    )


def _in_one_unit(table: pd.DataFrame) -> pd.DataFrame:
    """Without a figure where it holds euros beside hours: the tree must say which (`counted_in`)."""
    if table.empty or len(table["unit"].unique()) == 1:
        return table
    return table.assign(status=SEVERAL_UNITS)


def _one_figure(table: pd.DataFrame) -> pd.DataFrame:
    """One row per group; without a figure where there are several, and the tree does not say which."""
    if table.empty:
        return table
    table = _in_one_unit(table)
    several = table.duplicated(GROUP, keep=False) & (table["status"] != SEVERAL_UNITS)
    return table.assign(status=table["status"].mask(several, SEVERAL_FIGURES)).drop_duplicates(GROUP)


def _widest(table: pd.DataFrame) -> pd.DataFrame:
    """One row per group where a table holds several (units, life domains): the one about the most people."""
    if table.empty:
        return table
    return table.sort_values("n_clients", ascending=False).drop_duplicates(GROUP)


def _most_answered(table: pd.DataFrame, people: str) -> pd.DataFrame:
    """The scale that most people answered, for every group the same: experienced benefit has rows per scale."""
    if table.empty:
        return table
    return table[table["life_domain"] == table.sort_values(people, na_position="first")["life_domain"].iloc[-1]]


def _rows(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows of `table` in which every given column has the wanted value; None asks for nothing."""
    asked = {column: value for column, value in wanted.items() if value is not None}
    if table.empty:
        return table
    keep = pd.Series(True, index=table.index)
    for column, value in asked.items():
        keep &= (table[column] == value).fillna(False).astype(bool)
    return table[keep]
