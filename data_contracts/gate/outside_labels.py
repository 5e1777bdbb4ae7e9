"""Words that a delivery brought as kinds of use: one that few clients have does not exist beyond the gate."""

from __future__ import annotations

import pandas as pd

from data_contracts.protection import Thresholds
from data_contracts.vocabulary.field import ALL

LABEL = ["subject", "what", "unit"]
SUBJECTS_OF_USE = frozenset({"events", "provisions", "hours", "solutions", "cases"})


def without_rare_labels(exact: pd.DataFrame, thresholds: Thresholds, users: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """`exact` without the rows about a kind of use that too few clients have, and how many went.

    A table that counts users itself is judged by its group with most of them; every other table by `users`
    (est_effects__users). A kind that is not counted there is had by nobody known, so it goes too. The product and the
    event of one client would otherwise stand there by name, with an effect that is theirs alone.
    """
    if not {"subject", "what"} <= set(exact):
        return exact, 0
    if "largest_share" in exact:
        most = exact.groupby(["subject", "what"])["n_clients"].transform("max")
    else:
        counted = users.set_index(LABEL)["n_clients"]
        most = pd.Series(counted.reindex(pd.MultiIndex.from_frame(exact[LABEL])).fillna(0).to_numpy(), exact.index)
    kept = ~exact["subject"].isin(SUBJECTS_OF_USE) | (most >= thresholds.of(ALL))
    return exact[kept].reset_index(drop=True), int((~kept).sum())
