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
        if band := own.get(domain, tuple(declared)):
            shared.setdefault(band, []).append(domain)
    return shared
