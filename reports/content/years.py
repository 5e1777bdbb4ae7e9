"""A year as a reader needs it: of one that the deliveries hold a part of, that is said."""

from __future__ import annotations

from reports.released.source import Source


def year_named(source: Source, year: object) -> str:
    """For example '2026 (deel van het jaar)'."""
    rows = source.shown("out_reach__by_year")
    in_part = rows.loc[~rows["is_whole_year"].astype(bool), "year"].tolist()
    return f"{year} (deel van het jaar)" if year in in_part else str(year)
