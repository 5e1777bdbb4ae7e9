"""Beside the change figures, from the counts alone: what may be noise, what teams differ, and other tests."""

from __future__ import annotations

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.field import ALL, Instrument
from pipelines.assets.table_asset import Part, Task
from pipelines.storage.tables import Value

COUNTS, RATED = "est_change__transitions", str(estimate_companions.AGREEMENT.name)
BY_TEAM = "est_change__transitions_by_team"


def _everybody(task: Task, subject: str = Instrument.ADULT.value) -> pd.DataFrame:
    """The counts of everybody together on one scale."""
    rows = task.frame(COUNTS)
    return rows[(rows["slice"] == ALL) & (rows["subject"] == subject)].reset_index(drop=True)


def est_change__reliable(task: Task) -> Value:
    """Clients beyond the noise of the instrument, by own double ratings or what was declared; empty without either."""
    from indicators.change.own_reliability import by_band, own_bands
    from indicators.change.reliable_change import reliable_change

    study, counts = task.place.files.study, _everybody(task)
    agreement = task.frame(RATED)
    enough = agreement["n_clients"] >= agreement["life_domain"].map(study.thresholds.of)
    bands = by_band(counts["life_domain"].unique(), own_bands(agreement[enough]), study.reliabilities)
    if not bands:
        return empty_frame(estimate_companions.RELIABLE)
    tables = [reliable_change(counts[counts["life_domain"].isin(own)], band) for band, own in bands.items()]
    found = pd.concat(tables, ignore_index=True)
    # Where all began with one score there is nothing to divide; to say so would be a fact about every single client.
    return found[found["refused_because"].isna()].reset_index(drop=True)


def est_change__regression_to_mean(task: Task) -> Value:
    """The change that is left when people entered at a low point, for a range of true means."""
    from indicators.change.regression_to_mean import regression_to_mean

    counts = _everybody(task)
    return regression_to_mean(counts) if len(counts) else empty_frame(estimate_companions.REGRESSION)


def est_change__companions(task: Task) -> Value:
    """Three other tests beside the signed rank."""
    from indicators.change.companions import companions

    counts = _everybody(task)
    if counts.empty:
        return empty_frame(estimate_companions.COMPANIONS)
    by_team = task.frame(BY_TEAM)
    own = (by_team["slice"] == ALL) & (by_team["subject"] == Instrument.ADULT.value)
    return companions(counts, by_team[own].reset_index(drop=True))


def est_change__teams_pooled(task: Task) -> Value:
    """Change per team, drawn towards the mean of all teams."""
    from indicators.change.teams import pooled_teams

    return pooled_teams(task.frame(COUNTS))


PARTS = [
    Part(estimate_companions.RELIABLE, (COUNTS, RATED), est_change__reliable),
    Part(estimate_companions.REGRESSION, (COUNTS,), est_change__regression_to_mean),
    Part(estimate_companions.COMPANIONS, (COUNTS, BY_TEAM), est_change__companions),
    Part(estimate_companions.TEAMS, (COUNTS,), est_change__teams_pooled),
]
