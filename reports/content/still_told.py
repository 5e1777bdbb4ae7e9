"""Beside the group as a whole: who kept what was reached."""

from __future__ import annotations

from data_contracts.vocabulary.field import ALL
from reports.language import dutch
from reports.released.source import Source


def still_told(source: Source) -> str:
    """Beside the group as a whole: how many of those who came to level 4 were still there a year later."""
    rows = source.leading(source.shown("out_effects__estimates", design="monitoring", slice=ALL, measure="lasting_12"))
    rows = rows.dropna(subset=["estimate", "ci_low", "ci_high"])
    if rows.empty:
        return ""
    shares = dutch.between(rows["estimate"].min(), rows["estimate"].max(), dutch.percent)
    margins = dutch.between(rows["ci_low"].min(), rows["ci_high"].max(), dutch.percent)
    return (
        " Dat betekent niet dat iedereen vasthield wat hij bereikte: van wie voldoende zelfredzaam werd, was dat na "
        f"een jaar nog {shares}, per leefgebied verschillend; met de marges erbij {margins}."
    )
