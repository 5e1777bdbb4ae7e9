"""A home that apps are attacked in: a release, rows of two teams apart, and a closed zone with a client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from pipelines.releases.restricted import write_teams
from pipelines.storage.home import Home
from tests.circle.homes import released_home
from tests.surfaces.invented import TEAMS, tables

CANARY = "demo-kanarie-0001"
OWN, OTHER = TEAMS[:2]
OWN_N, OTHER_N = 31_410, 27_180  # people that stand in the rows of this team alone; no part of another number


def parquet(frame: Any, place: Path) -> bytes:
    """A frame as it lies on disk."""
    duckdb.from_df(frame).write_parquet(str(place))
    return place.read_bytes()


def attacked_home(root: Path) -> Home:
    """Each of both teams has a number of people that stands nowhere else."""
    made = released_home(root)
    release = (made.released / "CURRENT").read_text(encoding="utf-8").strip()
    rows = tables()["out_change__by_domain"]
    teams = {}
    for team, n in ((OWN, OWN_N), (OTHER, OTHER_N)):
        own = rows[(rows["slice"] == "team") & (rows["slice_value"] == team)].assign(n_clients=n)
        teams[team] = {"tables/out_change__by_domain.parquet": parquet(own, made.root / "rows.parquet")}
    write_teams(made, release, teams)
    parquet(duckdb.sql(f"SELECT '{CANARY}' AS client_key").df(), made.tables / "core_clients__keys.parquet")
    return made
