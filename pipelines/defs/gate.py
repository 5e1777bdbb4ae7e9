"""The gate: out_ tables from est_ tables, and nothing else. Everything behind this file reads out_ tables only."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from data_contracts import core, estimate_companions, estimates, municipal_tables, released
from data_contracts import released_companions as companions
from data_contracts.gate.disclosure import release_table
from data_contracts.gate.joint import release_joint
from data_contracts.gate.plain_tables import (
    release_accounting,
    release_costs,
    release_design,
    release_municipal_lines,
    release_municipalities,
)
from data_contracts.gate.reach import release_reach
from data_contracts.gate.spec import SPECS
from data_contracts.gate.summary import Released
from data_contracts.gate.team_spread import release_team_spread
from data_contracts.study import Study
from indicators.change.noise_floor import noise_floor_of_released
from pipelines.ledger import ledger
from pipelines.table_asset import Task, tables_at_once
from pipelines.tables import Value

GROUP = "gate"
TEAMS, ACCEPTED, ACCOUNT = "core_teams__register__current", "core_intake__accepted", "core_intake__accounting__current"
CELLS = "closed_gate__cells"
CUT_SHORT = "cut_short"  # beside the cells: in which tables the steps of the audit ran out
PLAIN = [
    str(schema.name)
    for schema in (
        *(estimates.JOINT, estimates.DESIGN, estimates.COSTS, estimates.REACH, estimate_companions.TEAMS),
        *municipal_tables.MUNICIPAL_TABLES,
    )
]
# What decides who is in a population: when one of these changes, old and new figures are not the same.
_DEFINING: dict[str, Any] = {
    "slices": True,
    "life_domains": True,
    "moment_pairs": True,
    "replicate_days": True,
    "new_episode_after_months": True,
    "monitoring_labels": True,
    "design": {"comparison": {"against"}, "started_on": True},
}


def _through_the_gate(task: Task) -> dict[str, Value]:
    """Counts rounded, small groups hidden, nothing to be derived, also not from earlier releases."""
    study, before = task.place.files.study, ledger(task.place.home)
    found = {name: _cells_released(task, name, before) for name in SPECS}
    shown = found[str(released.ESTIMATES.name)]
    found |= {
        str(released.JOINT.name): release_joint(task.frame(str(estimates.JOINT.name)), shown, study.thresholds, before),
        str(released.DESIGN.name): release_design(task.frame(str(estimates.DESIGN.name))),
        str(municipal_tables.OUT_COMPARED.name): release_municipalities(
            task.frame(str(municipal_tables.COMPARED.name))
        ),
        str(municipal_tables.OUT_LINES.name): release_municipal_lines(task.frame(str(municipal_tables.LINES.name))),
        str(released.COSTS.name): release_costs(task.frame(str(estimates.COSTS.name))),
        str(released.REACH.name): release_reach(task.frame(str(estimates.REACH.name)), study.thresholds),
        str(released.ACCOUNTING.name): release_accounting(
            task.frame(ACCOUNT)[list(core.ACCOUNTING.columns)], study.thresholds
        ),
        str(companions.TEAMS.name): release_team_spread(
            task.frame(str(estimate_companions.TEAMS.name)), study.thresholds
        ),
    }
    task.keep_beside(
        CELLS, "all", pd.concat([one.cells for one in found.values() if len(one.cells)], ignore_index=True)
    )
    cut_short = [(name, one.summary.cut_short) for name, one in found.items() if one.summary.cut_short]
    kinds = {"table_name": "str", "blocks": "int64"}
    task.keep_beside(CELLS, CUT_SHORT, pd.DataFrame(cut_short, columns=list(kinds)).astype(kinds))
    change = found[str(released.CHANGE.name)].frame
    frames: dict[str, Value] = {name: one.frame for name, one in found.items()}
    return frames | {str(companions.NOISE_FLOOR.name): noise_floor_of_released(change, study.reliabilities)}


def _cells_released(task: Task, name: str, before: pd.DataFrame) -> Released:
    """One table about groups of clients, against everything that was shown before."""
    study = task.place.files.study
    frame = task.frame(str(SPECS[name].source.name))
    # Deliveries that count name the people: with the same deliveries a cell is about the same people.
    who = _hash("\n".join(sorted(task.frame(ACCEPTED)["delivery"])))
    return release_table(
        name,
        frame,
        study.thresholds,
        study.slices,
        before,
        populations=pd.Series(who, index=frame.index),
        definition=_definition(study),
        team_types=_team_types(task.frame(TEAMS)),
    )


def _team_types(teams: pd.DataFrame) -> dict[str, str]:
    known = teams[teams["team_type"].notna()]
    return {str(team): str(kind) for team, kind in zip(known["team"], known["team_type"], strict=True)}


def _definition(study: Study) -> str:
    return _hash(study.model_dump_json(include=_DEFINING))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


gate = tables_at_once(
    "gate",
    list(released.RELEASED_TABLES.values()),
    GROUP,
    [*(str(spec.source.name) for spec in SPECS.values()), *PLAIN, TEAMS, ACCEPTED, ACCOUNT],
    _through_the_gate,
)
