"""How precisely professionals score, per life domain: by own double ratings where there are enough, else declared.

One definition everywhere: the correlation of two scores, as they were given, of a person who did not change. That is
what double ratings show (ICC for agreement), what reliable change asks for, and what the noise floor reproduces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

Band = tuple[float, ...]
MEASURE = "icc_agreement"
# Below and above these a declared reliability is refused too (study.py).
_BOUNDS = (0.3, 0.99)


def own_bands(agreement: pd.DataFrame) -> dict[str, Band]:
    """Life domain -> lower end, estimate and upper end of the ICC, where est_ or out_quality__agreement knows them all.

    In two decimals, so that what is computed before the gate and behind it rests on one number.
    """
    rows = agreement[(agreement["measure"] == MEASURE) & (agreement["subject"] == "zrm")]
    rows = rows.dropna(subset=["ci_low", "estimate", "ci_high"])
    ends = rows[["ci_low", "estimate", "ci_high"]].to_numpy(np.float64).clip(*_BOUNDS).round(2)
    found = zip(rows["life_domain"].astype(str), ends, strict=True)
    return {domain: tuple(np.unique(band).tolist()) for domain, band in found}


def by_band(domains: Iterable[str], own: Mapping[str, Band], declared: Sequence[float]) -> dict[Band, list[str]]:
    """The life domains that share a band, per band; without an own and a declared one a life domain is left out."""
    shared: dict[Band, list[str]] = {}
    for domain in domains:
        band = _not_perfect(own[domain], declared) if domain in own else tuple(declared)
        if band:
            shared.setdefault(band, []).append(domain)
    return shared


def _not_perfect(band: Band, declared: Sequence[float]) -> Band:
    """A band of double ratings without an upper end of 1: that is its rounding, for few were rated twice.

    Nobody scores without any noise, and with it nothing would move by noise at all. The highest that was declared
    stands there, or else the estimate itself.
    """
    below = tuple(one for one in band if one < _BOUNDS[1])
    if not below or len(below) == len(band):
        return band
    return (*below, *(one for one in (max(declared, default=0.0),) if one > below[-1]))
