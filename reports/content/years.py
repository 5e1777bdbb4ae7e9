"""A year as a reader needs it: of one that the deliveries hold a part of, that is said."""

from __future__ import annotations

from data_contracts.part_years import years_in_part
from reports.released.source import Source


def year_named(source: Source, year: object) -> str:
    """For example '2026 (deel van het jaar)'; a year of intake may come as a text."""
    in_part = {str(one) for one in years_in_part(source.table("out_reach__by_year"))}
    return f"{year} (deel van het jaar)" if str(year) in in_part else str(year)
