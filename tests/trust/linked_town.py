"""A town of invented people, and every table about them that the gate audits: all of it counts the same people."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pandera.pandas as pa
from municipality import GROUPS, TYPES, change_table

from data_contracts.tables import estimate_companions, estimates
from data_contracts.vocabulary.field import ALL

Town = pd.DataFrame
Tables = dict[str, pd.DataFrame]
SLICED = (ALL, "team_type", "team", "cohort")
PAIRS = (("first", "last"), ("first", "m6"), ("last", "monitoring"))
PRODUCTS = ("begeleiding", "dagbesteding")


def town(seed: int, team_sizes: list[int], cohorts: tuple[float, ...] = (0.6, 0.3, 0.1)) -> Town:
    """One row per person: groups, a score per moment (0 where there is none), who rated, and what they use."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(len(team_sizes)), team_sizes)
    n = len(team)
    people = pd.DataFrame(
        {
            "client": np.arange(n),
            "team": [f"Team {number:02d}" for number in team],
            "team_type": [TYPES[number % len(TYPES)] for number in team],
            "cohort": rng.choice([f"{2021 + at}" for at in range(len(cohorts))], n, p=cohorts),
            "first": rng.choice([0, 1, 2, 3, 4, 5], n, p=[0.1, 0.1, 0.2, 0.3, 0.2, 0.1]),
            "rater": rng.choice(["same", "other", "unknown"], n, p=[0.6, 0.3, 0.1]),
        }
    )
    before = people["first"].to_numpy()
    for moment, share in (("m6", 0.6), ("last", 0.8), ("monitoring", 0.4)):
        step = rng.choice([-2, -1, 0, 1, 2], n, p=[0.03, 0.12, 0.4, 0.3, 0.15])
        measured = (before > 0) & (rng.random(n) < share)
        people[moment] = np.where(measured, np.clip(people["first"] + step, 1, 5), 0)
        before = people["last"].to_numpy() if moment == "last" else before
    for product, share in zip(PRODUCTS, (0.3, 0.1), strict=True):
        people[product] = rng.random(n) < share
    return people


def exact_tables(people: Town, domain: str = "housing", slices: tuple[str, ...] = SLICED) -> Tables:
    """The est_ tables about these people, by the name of the out_ table."""
    change = pd.concat([_change(people, domain, pair, slices) for pair in PAIRS], ignore_index=True)
    everybody = change[change["slice"] == ALL]
    return {
        "out_change__funnel": _funnel(people, domain, slices),
        "out_change__by_domain": change,
        "out_change__series": _series(people, domain),
        "out_care__use": _use(people, slices),
        "out_change__room": _room(people, domain, everybody),
        "out_change__by_rater": pd.concat([_by_rater(people, domain, pair) for pair in PAIRS], ignore_index=True),
    }


def _change(people: Town, domain: str, pair: tuple[str, str], slices: tuple[str, ...]) -> pd.DataFrame:
    scored = _scored(people, pair)
    table = change_table(scored, domain, slices).drop(columns="people")
    return table.assign(moment_from=pair[0], moment_to=pair[1])


def _scored(people: Town, pair: tuple[str, str]) -> Town:
    before, after = (people[moment] for moment in pair)
    return people.assign(before=before, after=after)[(before > 0) & (after > 0)]


def _per_group(people: Town, slices: tuple[str, ...], counted: Mapping[str, pd.Series]) -> pd.DataFrame:
    labels = {name: people[name] if name != ALL else pd.Series(ALL, people.index) for name in slices}
    flags = pd.DataFrame(dict(counted)).astype("int64")
    each = [flags.assign(slice=name, slice_value=label) for name, label in labels.items()]
    return pd.concat(each).groupby(GROUPS, sort=True).sum().reset_index()


def _as(schema: pa.DataFrameSchema, table: pd.DataFrame) -> pd.DataFrame:
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    return table.reindex(columns=list(kinds)).astype(kinds)


def _funnel(people: Town, domain: str, slices: tuple[str, ...]) -> pd.DataFrame:
    counted = {
        "n_clients": people["client"] >= 0,
        "n_scored": people["first"] > 0,
        "n_scored_twice": people["last"] > 0,
        "n_monitored": people["monitoring"] > 0,
    }
    both = [_per_group(people, slices, counted).assign(subject="zrm", life_domain=domain)]
    # Of everybody in view nobody has a place on the ladder: the same people, in a table beside.
    none = {name: flags & (name == "n_clients") for name, flags in counted.items()}
    both.append(_per_group(people, slices, none).assign(subject="ladder", life_domain=ALL))
    return _as(estimates.FUNNEL, pd.concat(both))


def _series(people: Town, domain: str) -> pd.DataFrame:
    lines = []
    for months, moment in ((0, "first"), (6, "m6")):
        scored = people[(people["first"] > 0) & (people[moment] > 0)]
        own = {"n_clients": scored["client"] >= 0, "n_sufficient": scored[moment] >= 4, "points": scored[moment]}
        table = _per_group(scored, (ALL, "cohort"), own)
        table["mean_score"] = table["points"] / table["n_clients"]
        about = {"subject": "zrm", "life_domain": domain, "edition": "zrm_2017", "months_since_intake": months}
        lines.append(table.assign(cohort=table["slice_value"], **about))
    return _as(estimates.SERIES, pd.concat(lines))


def _use(people: Town, slices: tuple[str, ...]) -> pd.DataFrame:
    used = {product: people[product] for product in PRODUCTS}
    used["wmo"] = used[PRODUCTS[0]] | used[PRODUCTS[1]]
    tables = []
    for what, users in used.items():
        table = _per_group(people, slices, {"n_clients_base": people["client"] >= 0, "n_clients": users})
        tables.append(table.assign(subject="provisions", what=what, law="wmo", unit="hour"))
    table = pd.concat(tables)
    n = table["n_clients"]
    shares = {"largest_share": (1 / n.where(n > 0)), "two_largest_share": (2 / n.where(n > 0)).clip(upper=1)}
    return _as(estimates.USE, table.assign(client_years=1.5 * table["n_clients_base"], total=8.0 * n, **shares))


def _room(people: Town, domain: str, everybody: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for pair in PAIRS:
        before = _scored(people, pair)["before"]
        at_ceiling, at_floor = int((before == 5).sum()), int((before == 1).sum())
        counts = {"n_clients": len(before), "n_at_floor": at_floor, "n_at_ceiling": at_ceiling, "n_capped": 0}
        counts |= {"n_cannot_rise": at_ceiling, "n_could_rise": len(before) - at_ceiling}
        lines.append({"moment_from": pair[0], "moment_to": pair[1], **counts})
    n_up = everybody[["moment_from", "moment_to", "n_up"]]
    table = pd.DataFrame(lines).merge(n_up, on=["moment_from", "moment_to"], validate="one_to_one")
    about = {"subject": "zrm", "life_domain": domain, "slice": ALL, "slice_value": ALL}
    return _as(estimate_companions.ROOM, table.assign(**about))


def _by_rater(people: Town, domain: str, pair: tuple[str, str]) -> pd.DataFrame:
    scored = _scored(people, pair)
    step = scored["after"] - scored["before"]
    counted = {"n_clients": step > -9, "n_up": step > 0, "n_equal": step == 0, "n_down": step < 0, "points": step}
    table = _per_group(scored, (ALL, "rater"), counted).rename(columns={"slice_value": "rater"})
    about = {"subject": "zrm", "life_domain": domain, "moment_from": pair[0], "moment_to": pair[1]}
    return _as(estimate_companions.BY_RATER, table.assign(mean_change=table["points"] / table["n_clients"], **about))
