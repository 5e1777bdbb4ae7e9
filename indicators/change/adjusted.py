"""P-values of change, adjusted for everything that was tested beside them, from what the gate shows."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from data_contracts.tables.estimates import ALL
from indicators.many_outcomes import adjusted

FAMILY = ["subject", "slice", "moment_from", "moment_to"]


def with_adjusted(change: pd.DataFrame, headline_domains: Collection[str]) -> pd.DataFrame:
    """out_change__by_domain with `p_adjusted`, which tells nothing that is not in the p-values that stand there.

    Made before the gate it would move with the people of a row that is held or hidden. Declared families: the headline
    domains over all clients by Holm, per subject and pair of moments; the rest by Benjamini-Hochberg, per subject,
    slice and pair of moments. A test that is not shown counts as one that found nothing: no adjusted p-value is higher,
    whatever it found. One that was refused was not done.
    """
    is_headline = (change["slice"] == ALL) & change["life_domain"].isin({*headline_domains, ALL})
    found = pd.Series(np.nan, index=change.index)
    done = change[change["refused_because"].isna()].assign(is_headline=is_headline)
    for (*_, headline), family in done.groupby([*FAMILY, "is_headline"], observed=True):
        p_values = family["p_value"].astype("float64").fillna(1.0).to_numpy()
        found[family.index] = adjusted(p_values, "holm" if headline else "fdr_bh")
    return change.assign(p_adjusted=found.where(change["p_value"].notna()).round(3))
