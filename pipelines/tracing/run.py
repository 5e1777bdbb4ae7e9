"""Which run made the last release, as Dagster remembers it."""

from __future__ import annotations

import datetime as dt

import dagster as dg

from pipelines.storage.home import Home


def run_of(home: Home) -> str:
    """Its id and time; or that it is not known here."""
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("release"))
    if event is None:
        return "niet bekend in deze home"
    when = dt.datetime.fromtimestamp(event.timestamp, tz=dt.UTC)
    return f"{event.run_id}, {when:%Y-%m-%d %H:%M} UTC"
