"""What two releases say about everybody, side by side: whole names, in Dutch."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import LifeDomain
from reports.figures_compared import Moved, figures_compared, figures_told
from reports.language import terms
from tests.surfaces.invented import tables


def test_a_long_name_is_told_whole_and_the_columns_stay_straight() -> None:
    long = f"{LifeDomain.COMMUNITY_PARTICIPATION.label}, eerste meting naar 12 maanden later: gestegen"
    told = figures_told([Moved(long, 0.2, 0.4, True), Moved("Kort", 1.0, None, False)]).splitlines()
    assert long in told[1] and len({len(line) for line in told[:3]}) == 1


def test_an_estimate_is_named_in_dutch() -> None:
    found = tables()
    found |= {"out_effects__design": pd.DataFrame({"used": found["out_effects__estimates"]["design"].unique()})}
    names = [one.what for one in figures_compared(found, found)]
    assert names and not any("_" in name or "point" in name for name in names)
    assert terms.estimate("mean_change_imputed") == "gemiddelde verandering, aangevuld tot iedereen"
