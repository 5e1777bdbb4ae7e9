"""What an unequal start of two groups does to a plan: a wider margin of scores, and no figure of use at all.

Both follow from what was known at the start and from clients who had not met the new approach.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.design import Design
from data_contracts.planned import Refused
from indicators.comparison.bounded_scale import has_ends, on_underlying_scale
from indicators.comparison.checks import unlike_by_nature
from indicators.comparison.figures import Pairs, difference_in_differences, overlap
from indicators.comparison.margins import DIFFERENCE
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.designs.declared_design import known_of
from indicators.effects.team_cells import EXPOSED


def use_refused(compared: pd.DataFrame, found: ClientOutcomes, design: Design) -> Refused:
    """Whether the report will refuse what people use, because groups differ by nature and begin apart.

    'perhaps': as it is now it will not, or nobody knows yet; who comes in later may change it.
    """
    if design.kind != "comparison" or design.headline_measure != DIFFERENCE or not found.used:
        return "no"
    if not compared["first_year_complete"].any():
        compared = compared.assign(first_year_complete=True)
    known = known_of(compared, found).dropna()
    treated = compared.loc[known.index, "exposed"].eq(EXPOSED).to_numpy(bool)
    if treated.all() or not treated.any():
        return "perhaps"
    pairs = Pairs(np.zeros(len(known)), np.zeros(len(known)), treated, known.to_numpy(np.float64))
    kept = pairs.of(overlap(pairs).kept)
    both_left = kept.treated.any() and not kept.treated.all()
    return "yes" if both_left and unlike_by_nature(kept) else "perhaps"


def scales_apart(compared: pd.DataFrame, scored: Scored, design: Design) -> float:
    """How far the two figures of a difference in change on a scale that ends will lie apart (`bounded_scale`).

    It does not hang on what became of clients under the approach, so that their later scores are not read.
    """
    if design.kind != "comparison" or design.headline_measure != DIFFERENCE:
        return 0.0
    treated = compared["exposed"].eq(EXPOSED).to_numpy(bool, na_value=False)
    before, after = (
        compared[name].to_numpy(np.float64, copy=True, na_value=np.nan) for name in (scored.before, scored.after)
    )
    after[treated] = before[treated]
    known = ~np.isnan(before) & ~np.isnan(after)
    pairs = Pairs(before, after, treated, np.empty((treated.size, 0))).of(known)
    if pairs.treated.all() or not pairs.treated.any() or not has_ends(pairs, scored.change.widest):
        return 0.0
    return abs(on_underlying_scale(pairs) - difference_in_differences(pairs))
