"""What was known of clients at the start, as numbers in which two groups can be made equal."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from indicators.effects.team_cells import EXPOSED

# Of a half-year in which a group took in fewer, and of a trait that fewer of a group have or lack, nothing is weighed.
FEWEST_OF_A_GROUP = 10


def known_at_start(
    clients: pd.DataFrame, domains: Sequence[str], declared: Sequence[str], others: Sequence[str], traits: Sequence[str]
) -> pd.DataFrame:
    """(N, p) numbers per client, columns known_*, on the rows of `clients`: starting level, scores, traits, half-year.

    `clients` holds `exposed` (1, 0), `intake_period`, and the columns named: starting scores per life domain, those of
    them that the study `declared`, starting scores on `others` scales, and indicators `traits` (0, 1). The level is the
    mean over the life domains that were scored; a declared score counts as its distance to that level. What was not
    asked counts as no distance (on another scale: as the mean), and gets an indicator of its own: a score that was not
    asked tells something too. All missing, so that the client has no part: without any score in a life domain, and in
    half-years in which either group took in fewer than ten clients.
    """
    level = clients[list(domains)].mean(axis=1).rename("start_level")
    scores = {f"of_{name}": clients[name] - level for name in declared}
    scores |= {f"of_{name}": clients[name] - clients[name].mean() for name in others}
    has_part = level.notna() & _in_shared_half_years(clients, level.notna())
    own = clients[has_part]
    half_years = pd.get_dummies(own["intake_period"], prefix="half_year", dtype="float64")
    not_asked = {f"without_{name}": own[name].isna().astype("float64") for name in (*declared, *others)}
    indicators = pd.DataFrame(not_asked, index=own.index).join([own[list(traits)], half_years])
    if not half_years.empty:
        indicators = indicators.drop(columns=half_years.sum().idxmax())
    kept = [name for name in indicators if _is_common(indicators[name], own["exposed"])]
    known = pd.DataFrame({"start_level": level} | {name: one.fillna(0.0) for name, one in scores.items()})
    return known[has_part].join(indicators[kept]).reindex(clients.index).add_prefix("known_")


def _in_shared_half_years(clients: pd.DataFrame, counted: pd.Series) -> pd.Series:
    """Per client: both groups took in at least ten counted clients in the client's half-year."""
    per_group = [
        clients["intake_period"].map(clients.loc[counted & of_group, "intake_period"].value_counts()).fillna(0)
        for of_group in (clients["exposed"].eq(EXPOSED), clients["exposed"].ne(EXPOSED))
    ]
    return (per_group[0] >= FEWEST_OF_A_GROUP) & (per_group[1] >= FEWEST_OF_A_GROUP)


def _is_common(indicator: pd.Series, exposed: pd.Series) -> bool:
    """Whether at least ten clients of each group have the trait, and ten lack it."""
    return all(
        min(group.sum(), (1 - group).sum()) >= FEWEST_OF_A_GROUP for _, group in indicator.groupby(exposed.eq(EXPOSED))
    )
