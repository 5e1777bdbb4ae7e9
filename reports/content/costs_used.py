"""Which costs of the new approach the balance counts with, where that is another amount than the last year's."""

from __future__ import annotations

from data_contracts.part_years import years_in_part
from mkba.binding.effects import Total
from mkba.binding.totals import cost_totals
from reports.language import dutch
from reports.released.source import Source

_NEW, _ALL = "costs/new/", "total"


def costs_used(source: Source) -> str:
    """One sentence; empty where the balance counts with no delivered costs, or with just those of the last year.

    Those of the last year are another amount in the balance when its euros are of another year.
    """
    headline = source.table("out_mkba__headline")
    if source.mkba is None or headline.empty:
        return ""
    totals = cost_totals(source.table("out_costs__by_year"), years_in_part(source.table("out_reach__by_year")))
    bound = [str(line.quantity.id) for line in source.mkba.lines if line.quantity.kind == "released"]
    used = [totals[name] for name in dict.fromkeys(bound) if name.startswith(_NEW) and name in totals]
    used = [one for one in used if one.value is not None]
    price_year, last = int(headline["price_year"].iloc[0]), totals.get(f"{_NEW}{_ALL}/latest")
    same_euros = all(one.year == price_year for one in used)
    if not used or (same_euros and last and sum(one.value or 0 for one in used) == last.value):
        return ""
    return f"De kosten-batenanalyse rekent met {dutch.listed(map(_told, used))}, in euro's van {price_year}."


def _told(one: Total) -> str:
    kind = one.id.removeprefix(_NEW).rpartition("/")[0]
    of_what = "" if kind == _ALL else f" ({kind})"
    return f"{dutch.exact_euros(one.value)} van {one.year}{of_what}"
