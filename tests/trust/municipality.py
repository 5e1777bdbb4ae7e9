"""Invented clients with a team, a cohort and scores at two moments, and the est_ tables that follow from them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.slices import Slice
from data_contracts.tables.estimates import CHANGE
from data_contracts.vocabulary.field import TEAM_AND_COHORT

TYPES = ("access", "team", "network")
SLICES = [
    Slice(name="all"),
    Slice(name="team_type", merges_into="all"),
    Slice(name="team", merges_into="team_type"),
    Slice(name="cohort", merges_into="all"),
    Slice(name="team+cohort", merges_into="team"),
]
GROUPS = ["slice", "slice_value"]


def clients(seed: int, team_sizes: list[int], cohorts: int = 1) -> pd.DataFrame:
    """One row per client: client, team, team_type, cohort, before, after."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(len(team_sizes)), team_sizes)
    before = rng.choice([1, 2, 3, 4, 5], len(team), p=[0.1, 0.25, 0.35, 0.2, 0.1])
    step = rng.choice([-2, -1, 0, 1, 2], len(team), p=[0.03, 0.12, 0.4, 0.3, 0.15])
    return pd.DataFrame(
        {
            "client": np.arange(len(team)),
            "team": [f"Team {number:02d}" for number in team],
            "team_type": [TYPES[number % len(TYPES)] for number in team],
            "cohort": [f"{2021 + number}" for number in rng.integers(0, cohorts, len(team))],
            "before": before,
            "after": np.clip(before + step, 1, 5),
        }
    )


def team_types(people: pd.DataFrame) -> dict[str, str]:
    """Team -> type."""
    return dict(zip(people["team"], people["team_type"], strict=True))


def change_table(
    people: pd.DataFrame, life_domain: str = "housing", slices: tuple[str, ...] = ("all", "team")
) -> pd.DataFrame:
    """est_change__by_domain of one life domain, with a column `people`: who is in a row, with which scores."""
    labels = {name: people[name.split("+")].agg(TEAM_AND_COHORT.join, axis=1) for name in slices if name != "all"}
    labels["all"] = pd.Series("all", people.index)
    each = pd.concat([people.assign(slice=name, slice_value=labels[name]) for name in slices], ignore_index=True)
    step = each["after"] - each["before"]
    each = each.assign(
        n_clients=1,
        n_up=step > 0,
        n_equal=step == 0,
        n_down=step < 0,
        n_sufficient_before=each["before"] >= 4,
        n_sufficient_after=each["after"] >= 4,
        step=step,
        who=each["client"].astype(str) + ":" + each["before"].astype(str) + each["after"].astype(str),
    )
    at = each.groupby(GROUPS, sort=True)
    counts = ["n_clients", "n_up", "n_equal", "n_down", "n_sufficient_before", "n_sufficient_after"]
    table = at[counts].sum()
    table["mean_before"], table["mean_after"], table["mean_change"] = (
        at[name].mean() for name in ("before", "after", "step")
    )
    half = 2 * at["step"].std().fillna(0) / np.sqrt(table["n_clients"])
    table = table.assign(
        subject="zrm",
        life_domain=life_domain,
        moment_from="first",
        moment_to="last",
        mean_change_low=table["mean_change"] - half,
        mean_change_high=table["mean_change"] + half,
        effect_size=((table["n_up"] - table["n_down"]) / table["n_clients"]),
        design_effect=1.0,
        p_value=0.0312,
        p_adjusted=0.0624,
        method="pratt_normal",
        refused_because=None,
        people=at["who"].agg(" ".join),
    ).reset_index()
    kinds = {name: str(column.dtype) for name, column in CHANGE.columns.items()}
    return table[[*kinds, "people"]].astype(kinds)


def one_block(rows: list[tuple[str, str, int, int, int, int]], life_domain: str = "housing") -> pd.DataFrame:
    """est_change__by_domain from (slice, slice_value, n_clients, n_up, n_equal, n_down), without means and tests.

    Who stayed equal is sufficient before and after, so that only the counts given matter.
    """
    frame = pd.DataFrame(rows, columns=[*GROUPS, "n_clients", "n_up", "n_equal", "n_down"])
    frame = frame.assign(
        subject="zrm",
        life_domain=life_domain,
        moment_from="first",
        moment_to="last",
        n_sufficient_before=frame["n_equal"],
        n_sufficient_after=frame["n_equal"],
        method="none",
    )
    kinds = {name: str(column.dtype) for name, column in CHANGE.columns.items()}
    return frame.reindex(columns=list(kinds)).astype(kinds)
