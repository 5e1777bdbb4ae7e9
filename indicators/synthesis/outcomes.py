"""Which released figures of several municipalities are about the same thing, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.tables.released_parts import SHOWS_FIGURES
from data_contracts.vocabulary.field import ALL, Stamp
from indicators.arrays import Floats
from indicators.many_outcomes import adjusted
from indicators.synthesis.random_effects import Synthesis, synthesis

# How strong the evidence is: figures of one kind stand together, and never beside those of another.
COMPARED, INDICATION, CHANGE = KINDS = ("compared", "indication", "change")
_KIND = {Stamp.CHANGE.value: CHANGE, Stamp.INDICATION.value: INDICATION}
ABOUT = ["subject", "life_domain", "what", "scale", "moment_from", "moment_to", "unit", "per"]
FIGURES = ["estimate", "se", "ci_low", "ci_high"]
COLUMNS = ["municipality", "kind", *ABOUT, *FIGURES, "is_usable"]
_BEFORE_AFTER = "before_after"
EURO = "eur"


@dataclass(frozen=True, slots=True)
class OutcomeTogether:
    """One outcome over municipalities.

    `rows` are the figures that count, with `municipality` (its place in the region), smallest estimate first. Figures
    of one `scale` are about the same steps of a ladder, or in euros of one year. What
    `n_hidden` municipalities looked at too is not shown in their release. Without a synthesis too few figures count.
    `p_adjusted` minds all outcomes of this kind that were put together.
    """

    kind: str
    about: dict[str, str]
    rows: pd.DataFrame
    n_hidden: int
    synthesis: Synthesis | None
    p_adjusted: float = float("nan")

    @property
    def estimates(self) -> Floats:
        """float64[G]."""
        return self.rows["estimate"].to_numpy(float)

    @property
    def variances(self) -> Floats:
        """float64[G]: the squares of the released standard errors."""
        return np.asarray(self.rows["se"].to_numpy(float) ** 2)


def told_by(municipality: int, estimates: pd.DataFrame, design: str, measure: str, ladder: str = "") -> pd.DataFrame:
    """What one release says of everybody: the headline of its study, and beside a comparison the change it rests on.

    `design` is the one that was used, `measure` the one that the study declared for it, `ladder` the kind of
    Participatieladder that it climbs: steps of two kinds are not the same steps. A figure without a margin, or
    with one that rounding made nothing, is there and not usable.
    """
    wanted = is_headline(estimates, design, measure)
    wanted |= (estimates["design"] == _BEFORE_AFTER) & (estimates["measure"] == "mean_change")
    rows = estimates[wanted & (estimates["slice"] == ALL)]
    usable = rows["status"].isin(SHOWS_FIGURES) & rows[FIGURES].notna().all(axis=1) & (rows["se"] > 0)
    kind = rows["stamp"].astype(str).map(lambda stamp: _KIND.get(stamp, COMPARED))
    scale = rows["subject"].map({"ladder": ladder}).fillna("")
    return rows.assign(municipality=municipality, kind=kind, scale=scale, is_usable=usable)[COLUMNS]


def together(told: pd.DataFrame) -> list[OutcomeTogether]:
    """Every outcome of `told` (COLUMNS), the strongest kind first; p-values adjusted per kind (Holm)."""
    return [one for kind in KINDS for one in _adjusted(list(_of_kind(told[told["kind"] == kind], kind)))]


def _of_kind(told: pd.DataFrame, kind: str) -> Iterator[OutcomeTogether]:
    for about, rows in told.groupby(ABOUT, sort=True, observed=True):
        usable = rows[rows["is_usable"]].sort_values(["estimate", "municipality"]).reset_index(drop=True)
        known = dict(zip(ABOUT, map(str, about), strict=True))
        alone = OutcomeTogether(kind, known, usable, len(rows) - len(usable), None)
        yield OutcomeTogether(kind, known, usable, alone.n_hidden, synthesis(alone.estimates, alone.variances))


def _adjusted(found: list[OutcomeTogether]) -> Iterator[OutcomeTogether]:
    p_values = np.array([one.synthesis.p_value if one.synthesis else np.nan for one in found])
    for one, p_value in zip(found, adjusted(p_values, "holm"), strict=True):
        yield OutcomeTogether(one.kind, one.about, one.rows, one.n_hidden, one.synthesis, float(p_value))
