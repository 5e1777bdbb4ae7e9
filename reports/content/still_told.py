"""Beside the group as a whole: who kept what was reached."""

from __future__ import annotations

from data_contracts.vocabulary.field import ALL
from reports.language import dutch
from reports.released.source import Source


def still_told(source: Source) -> str:
    """Beside the group as a whole: how many of those who came to level 4 were still there a year later."""
    rows = source.leading(source.shown("out_effects__estimates", design="monitoring", slice=ALL, measure="lasting_12"))
    shares = rows["estimate"].dropna()
    if shares.empty:
        return ""
    return (
        " Dat betekent niet dat iedereen vasthield wat hij bereikte: van wie voldoende zelfredzaam werd, was dat na "
        f"een jaar nog {dutch.between(shares.min(), shares.max(), dutch.percent)}, per leefgebied verschillend."
    )
