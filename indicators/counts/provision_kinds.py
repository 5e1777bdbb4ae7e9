"""What clients were given per life domain and year: est_care__by_life_domain, and who adds what to it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.provision_kinds import KINDS
from indicators.contributions import Added
from indicators.counts.pair_counts import as_table

_ABOUT = ["life_domain", "year"]


def by_life_domain(given: pd.DataFrame) -> pd.DataFrame:
    """Clients per life domain and year: with preliminary provisions alone, and with something granted to them.

    `given` has one row per client, life domain (`all` for any) and year: `is_individual` where a provision of that
    year was granted to the client. Years are those in which something began, so that nobody counts for what ran on.
    """
    if given.empty:
        return empty_frame(KINDS)
    groups = given.groupby(_ABOUT, observed=True)["is_individual"]
    table = groups.agg(n_clients="size", n_individual="sum").reset_index()
    return as_table(KINDS, table.assign(n_preliminary=table["n_clients"] - table["n_individual"]))


def kind_contributions(given: pd.DataFrame) -> Iterator[Added]:
    """Everybody counts once per life domain and year, with the heaviest kind."""
    for about, rows in given.sort_values("client_no").groupby(_ABOUT, observed=True):
        kind = rows["is_individual"].to_numpy(np.int64)
        yield Added(outcome_name("provision_kind", list(about)), rows["client_no"].to_numpy(np.int64), kind)
