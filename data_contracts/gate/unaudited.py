"""The ledger's rule for small tables about clients that need no audit: each has a rule of its own for what it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import pandera.pandas as pa

from data_contracts.gate.earlier import json_of_rows
from data_contracts.gate.ledger import NEAR, SAME, SAME_FEW, Before, bound_by
from data_contracts.gate.named_teams import TEAM
from data_contracts.gate.rounding import Integers
from data_contracts.gate.spec import Cell, TableSpec
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released, leaving
from data_contracts.tables.contributions import EVERY_GROUP, LINK, LOGIC_SPREAD, outcome_name
from data_contracts.tables.released import REACH
from data_contracts.tables.released_companions import TEAMS
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status
from data_contracts.tables.team_years import GATED_LINK_TESTS, GATED_SPREAD
from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.logic import LinkTestVerdict

_NO_TEST = {
    "n_teams": 0,
    "n_team_years": 0,
    "lag_months": 0,
    "one_from": 0.0,
    "one_to": 0.0,
    "periods": "",
    "adjusted_for": "",
    "not_adjusted_for": "",
    "is_hidden_from": False,
    "is_hidden_to": False,
    "has_team_years": True,
    "verdict": LinkTestVerdict.NOT_TESTABLE.value,
}
_NO_SPREAD = {"n_teams": 5, "unit": "share", "low": 0.0, "middle": 0.0, "high": 0.0}  # such a row is left out


@dataclass(frozen=True, slots=True)
class PlainSpec:
    """Which people a row is about. `together` are the columns of rows that tell of each other: held together.

    `group` is the slice over which an outcome is summarised without naming a group; ALL where there is none. `known_by`
    are the columns by which the ledger knows a row, where that is not the key. `untold` is what the row then holds of
    which nothing may be told, where it cannot be empty.
    """

    result: pa.DataFrameSchema
    outcome: tuple[str, ...]
    together: tuple[str, ...]
    group: str = ALL
    known_by: tuple[str, ...] = ()
    untold: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> list[str]:
        """The columns by which the ledger knows a row."""
        return list(self.known_by or self.result.unique)

    def cell(self, key: Mapping[str, object]) -> Cell:
        """The outcome, the slice and the group of the row with this key."""
        kind, *about = self.outcome
        outcome = outcome_name(kind, [key[name] for name in about])
        return outcome, self.group, ALL if self.group == ALL else EVERY_GROUP


PLAIN_SPECS = {
    str(spec.result.name): spec
    for spec in (
        # The ways of working of one year add up to a year that is shown elsewhere.
        PlainSpec(REACH, ("reach", "year", "way"), ("year",)),
        PlainSpec(
            TEAMS, ("pair", "subject", "life_domain", "moment_from", "moment_to"), tuple(TEAMS.unique), group=TEAM
        ),
        # Another version of a tree is about the same people.
        PlainSpec(GATED_LINK_TESTS, (LINK, "link"), ("link",), known_by=("link",), untold=_NO_TEST),
        PlainSpec(
            GATED_SPREAD, (LOGIC_SPREAD, "indicator"), ("indicator",), known_by=("indicator",), untold=_NO_SPREAD
        ),
    )
}
IN_LEDGER: Mapping[str, TableSpec | PlainSpec] = {**SPECS, **PLAIN_SPECS}


def against_earlier(
    spec: PlainSpec, frame: pd.DataFrame, n_clients: pd.Series, threshold: Integers, before: Before, round_to: int
) -> Released:
    """`frame` as it may leave beside what was shown before; `n_clients` are the exact counts of its rows.

    A row in which too few people differ shows its last row again, and so do the rows that it goes together with; where
    there is none that was not withdrawn, nothing.
    """
    keys = json_of_rows(frame[spec.key])
    counted = pd.Series([before.counted.get(spec.cell(json.loads(key)), 0) for key in keys], frame.index)
    cells = pd.DataFrame(
        {
            "table_name": spec.result.name,
            "key": pd.Series(keys, frame.index, dtype="str"),
            "n_clients": n_clients,
            "is_known": counted.eq(n_clients),
            "rounded_to": round_to,
        },
        index=frame.index,
    )
    earlier = bound_by(cells, before, threshold)
    is_near = (earlier["bound"] == NEAR) & frame["status"].isin(SHOWS_FIGURES)
    is_held = is_near.groupby([frame[name] for name in spec.together]).transform("any")
    figures = [name for name in spec.result.columns if name not in spec.result.unique]
    rows = pd.Series(json_of_rows(frame[figures]), frame.index, dtype="str")
    is_same = earlier["bound"].isin([SAME, SAME_FEW])
    cells = cells.assign(
        status=frame["status"],
        row=rows,
        told="[]",
        is_new=~(is_held | (earlier["bound"] == NEAR) | (is_same & earlier["stood"] & (earlier["row"] == rows))),
        shown_from=earlier["shows_from"].where(is_held, earlier["release_id"].where(is_same & earlier["stood"])),
    )
    return leaving(spec.result, _with_held(spec, frame, earlier, is_held), cells)


def _with_held(spec: PlainSpec, frame: pd.DataFrame, earlier: pd.DataFrame, is_held: pd.Series) -> pd.DataFrame:
    """`frame` with the earlier rows in their place, and without figures where there is none."""
    again = is_held & earlier["shows"].notna()
    figures = [name for name in spec.result.columns if name not in (*spec.result.unique, "status", "held_from")]
    hidden = frame.loc[is_held & ~again, spec.result.unique].assign(**spec.untold, status=Status.WITHDRAWN)
    before = pd.DataFrame([json.loads(text) for text in earlier.loc[again, "shows"]], index=frame.index[again])
    held = frame.loc[again, spec.result.unique].join(before.reindex(columns=figures))
    held = held.assign(status=Status.HELD, held_from=earlier.loc[again, "shows_from"])
    kinds = {name: str(column.dtype) for name, column in spec.result.columns.items()}
    parts = [frame[~is_held], *(part for part in (hidden, held) if len(part))]
    return pd.concat(parts).reindex(columns=list(kinds)).loc[frame.index].astype(kinds)
