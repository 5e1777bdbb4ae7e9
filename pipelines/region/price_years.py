"""Of which year the euros of a municipality are, and all of them in euros of one year.

Euros of two years are not the same: put together as they are, a difference in prices would be a difference between
municipalities.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.yaml_file import read_text
from indicators.synthesis.outcomes import EURO, FIGURES
from mkba.inputs.prices import PriceIndex
from mkba.inputs.quantities import FromEffect
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs
from pipelines.region.members import Municipality


def euros_of(one: Municipality) -> int | None:
    """The year that region.yaml says, else the one that the euros of effects have in its mkba.yaml; None for unknown.

    StudyError where the two contradict, or where the price index does not know the year.
    """
    found = _in_mkba(one)
    if one.euros_of is not None and found - {one.euros_of}:
        raise StudyError(
            f"region.yaml zegt dat de euro's van {one.euros_of} zijn, en mkba.yaml zegt {min(found - {one.euros_of})}. "
            "Verbeter een van beide."
        )
    year = one.euros_of if one.euros_of is not None else next(iter(found)) if len(found) == 1 else None
    if year is not None:
        _index().factor(year, year)
    return year


def in_one_year(told: Sequence[pd.DataFrame], years: Sequence[int | None]) -> list[pd.DataFrame]:
    """The figures of each municipality, those in euros in euros of the latest year of `years`.

    Of whom the year is not known, those stand on a scale of their own, and are put together with none.
    """
    into = max((year for year in years if year is not None), default=0)
    pairs = zip(told, years, strict=True)
    return [_converted(frame, year, into, f"unknown {at}") for at, (frame, year) in enumerate(pairs)]


def _converted(told: pd.DataFrame, year: int | None, into: int, unknown: str) -> pd.DataFrame:
    in_euros = told["unit"] == EURO
    if year is None:
        return told.assign(scale=told["scale"].mask(in_euros, unknown))
    factor = _index().factor(year, into)
    figures = {name: told[name].mask(in_euros, told[name] * factor) for name in FIGURES}
    return told.assign(scale=told["scale"].mask(in_euros, str(into)), **figures)


def _in_mkba(one: Municipality) -> set[int]:
    """The years of the effects in euros in its mkba.yaml; none where that is not there or cannot be read."""
    path = one.study / "mkba.yaml"
    if not path.is_file():
        return set()
    try:
        model = read_mkba(read_text(path), parameter_packs(), path.name)
    except StudyError:  # a municipality that handed over its release may have handed over less of its study
        return set()
    wanted = (line.quantity for line in model.lines if isinstance(line.quantity, FromEffect))
    return {one.price_year for one in wanted if one.unit == EURO and one.price_year is not None}


def _index() -> PriceIndex:
    """The newest consumer price index that ships."""
    return max(parameter_packs().index.values(), key=lambda one: one.checked_on)
