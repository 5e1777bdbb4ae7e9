"""Which costs of the new approach the balance counts with, where that is another amount than the last year's."""

from __future__ import annotations

from reports.language import dutch
from reports.released.source import Source

_NEW = "costs/new/"


def costs_used(source: Source) -> str:
    """One sentence; empty where the balance counts with no delivered costs, or with those of the last year itself."""
    headline, costs = source.table("out_mkba__headline"), source.shown("out_costs__by_year")
    if source.mkba is None or headline.empty or costs.empty:
        return ""
    bound = {str(line.quantity.id) for line in source.mkba.lines if line.quantity.kind == "released"}
    new = costs[costs["is_new_approach"]]
    used = new[[f"{_NEW}{kind}/{year}" in bound for kind, year in zip(new["cost_kind"], new["year"], strict=True)]]
    if used.empty or (
        len(used) == len(new) and used["year"].nunique() == 1 and used["year"].max() == costs["year"].max()
    ):
        return ""
    told = dutch.listed(
        f"{dutch.exact_euros(row['amount_eur'])} van {row['year']} ({row['cost_kind']})" for _, row in used.iterrows()
    )
    return f"De kosten-batenanalyse rekent met {told}, in euro's van {int(headline['price_year'].iloc[0])}."
