"""What a tree names and the released tables do not have: said by name, beside what they do have."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.logic import NO_ROWS, ONE_PERIOD, PERIOD_IN_PART, SEVERAL_FIGURES, SEVERAL_UNITS
from indicators.results_logic.tree import measures
from indicators.results_logic.tree.measures import Measure
from indicators.results_logic.values.released import Released

_NAME = "Verbeter de naam in de boom, of lever dit aan."
_YEARS = "Verbeter de jaren in de boom, of wacht tot zij zijn geleverd."
_WHOLE_YEARS = "Kies in de boom twee hele jaren, of wacht tot het jaar helemaal is geleverd."
_UNIT = "Verbeter de eenheid in de boom (geteld in)."
_WHICH_UNIT = "Zeg in de boom in welke eenheid (geteld in)."
_WHICH = "Zeg in de boom welk cijfer u bedoelt (van moment, tot moment)."


def not_there(measure: Measure, status: str, released: Released) -> tuple[str, str] | None:
    """(what is wrong, what to do) in Dutch; None where nothing that the tree names is missing from the tables."""
    if status == SEVERAL_FIGURES:
        return "Er is meer dan een cijfer waar dit op past.", _WHICH
    if status == PERIOD_IN_PART and isinstance(measure, measures.PeriodMeasure):
        return _in_part(measure, released), _WHOLE_YEARS
    table, column, wanted = _named(measure, released)
    known = _known(table, column)
    if status in (NO_ROWS, SEVERAL_UNITS) and wanted in known:
        return _unit(measure, status, _known(table[table[column] == wanted], "unit"))
    if status == NO_ROWS and wanted is not None and known:
        return f"In de levering staat niets met de naam '{wanted}'. Wel: {', '.join(known)}.", _NAME
    return _years(measure, released) if status in (NO_ROWS, ONE_PERIOD) else None


def _named(measure: Measure, released: Released) -> tuple[pd.DataFrame, str, str | None]:
    """Where the name that a measure gives must stand: a table, its column, and the name."""
    match measure:
        case measures.ShareUsing() | measures.AmountPerYear():
            return _about(released.use, measure.subject), "what", measure.what
        case measures.Estimate():
            return _about(released.estimates, measure.subject), "what", measure.what
        case measures.CostPerCase():
            return released.costs, "cost_kind", measure.cost_kind
    return pd.DataFrame(), "", None


def _about(table: pd.DataFrame, subject: str) -> pd.DataFrame:
    return table if table.empty else table[table["subject"] == subject]


def _known(table: pd.DataFrame, column: str) -> list[str]:
    return [] if column not in table else sorted(table[column].dropna().astype(str).unique())


def _unit(measure: Measure, status: str, units: list[str]) -> tuple[str, str] | None:
    if status == SEVERAL_UNITS:
        return f"Dit is in meer dan een eenheid geteld: {', '.join(units)}.", _WHICH_UNIT
    asked = getattr(measure, "counted_in", None)
    if asked is None or asked in units:
        return None
    return f"Dit is niet geteld in '{asked}'. Wel in: {', '.join(units)}.", _UNIT


def _in_part(measure: measures.PeriodMeasure, released: Released) -> str:
    """The years that are delivered in part: those that were asked for, or all that there are."""
    asked = {measure.period_from, measure.period_to} - {None}
    found = " en ".join(sorted(released.in_part & asked if asked else released.in_part))
    return f"Van {found} is maar een deel van het jaar geleverd. Met een heel jaar is dat niet te vergelijken."


def _years(measure: Measure, released: Released) -> tuple[str, str] | None:
    """The years that were asked for and that nobody came in."""
    if not isinstance(measure, measures.PeriodMeasure) or released.funnel.empty:
        return None
    known = _known(released.funnel[released.funnel["slice"] == "cohort"], "slice_value")
    lacking = [year for year in (measure.period_from, measure.period_to) if year and year not in known]
    if not lacking or not known:
        return None
    return f"Van {' en '.join(lacking)} staat er niets in de levering. Wel: {', '.join(known)}.", _YEARS
