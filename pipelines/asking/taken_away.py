"""What an answer would take away or change of what is published now: whoever approves it must have seen all of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.gate.spec import TableSpec
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.tables.released import SHOWS_FIGURES
from pipelines.releases.release import current
from pipelines.releases.released_tables import tables_of
from pipelines.storage.home import Home

# Made behind the gate of what is shown, or words beside a figure.
NOT_OF_THE_GATE = frozenset({"status", "held_from", "revised_from", "p_adjusted", "method", "refused_because"})


def figures_taken(home: Home, released: Mapping[str, Released]) -> int:
    """Figures of the release that counts now, those of teams too, that would not stand as they do in `released`."""
    name = current(home)
    if name is None:
        return 0
    places = [home.released / name, *sorted(home.restricted.glob(f"*/{name}"))]
    taken = 0
    for table, out in released.items():
        parts = [tables_of(one, (table,))[table] for one in places if (one / "tables" / f"{table}.parquet").is_file()]
        if parts:
            taken += lost_figures(SPECS[table], pd.concat(parts, ignore_index=True), out.frame)
    return taken


def lost_figures(spec: TableSpec, now: pd.DataFrame, then: pd.DataFrame) -> int:
    """Figures, and words of how a part is hidden, that `now` shows and `then` does not or says otherwise."""
    shown = now[now["status"].isin(SHOWS_FIGURES)].drop_duplicates(spec.key)
    both = shown.merge(then, on=spec.key, how="left", suffixes=("", " then"), validate="one_to_one")
    told = [name for name in spec.result.columns if name not in {*spec.key, *NOT_OF_THE_GATE}]
    return sum(_differ(both[name], both[f"{name} then"]) for name in told)


def _differ(now: pd.Series, then: pd.Series) -> int:
    both = pd.DataFrame({"now": now.astype(object), "then": then.astype(object)})[now.notna()]
    return int((both["then"].isna() | (both["now"] != both["then"])).sum())
