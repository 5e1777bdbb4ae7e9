"""The gate: out_ tables from est_ tables, and nothing else. Everything behind this file reads out_ tables only."""

from __future__ import annotations

import hashlib

import pandas as pd

from data_contracts import core, estimates, released
from data_contracts.gate.disclosure import release_table
from data_contracts.gate.effects import release_joint
from data_contracts.gate.plain_tables import release_accounting, release_costs
from data_contracts.gate.reach import release_reach
from data_contracts.gate.spec import SPECS
from data_contracts.gate.summary import Released
from pipelines.ledger import ledger
from pipelines.table_asset import Part, Task, table_assets
from pipelines.tables import Value

GROUP = "gate"
TEAMS, ACCEPTED = "core_teams__register__current", "core_intake__accepted"


def _released(task: Task, name: str) -> Released:
    """One table through the gate; its cells are kept for the ledger."""
    spec, study = SPECS[name], task.place.files.study
    teams = task.frame(TEAMS)
    types = {
        str(team): str(kind) for team, kind in zip(teams["team"], teams["team_type"], strict=True) if pd.notna(kind)
    }
    frame = task.frame(str(spec.source.name))
    # Deliveries that count name the people: with the same deliveries a cell is about the same people.
    who = hashlib.sha256("\n".join(sorted(task.frame(ACCEPTED)["delivery"])).encode()).hexdigest()[:16]
    parts = {
        "slices",
        "life_domains",
        "moment_pairs",
        "replicate_days",
        "new_episode_after_months",
        "monitoring_labels",
    }
    definition = hashlib.sha256(study.model_dump_json(include=parts).encode()).hexdigest()[:16]
    result = release_table(
        name,
        frame,
        study.thresholds,
        study.slices,
        ledger(task.place.home),
        populations=pd.Series(who, index=frame.index),
        definition=definition,
        team_types=types,
    )
    task.keep_beside("closed_gate__cells", name, result.cells)
    return result


def _part(name: str) -> Part:
    spec = SPECS[name]

    def make(task: Task) -> Value:
        """Counts rounded, small groups hidden, nothing to be derived."""
        return _released(task, name).frame

    return Part(spec.result, (str(spec.source.name), TEAMS, ACCEPTED), make)


def _joint(task: Task) -> Value:
    """Means and covariance of the released estimates."""
    joint, shown = task.frame("est_effects__joint"), task.frame("out_effects__estimates")
    return release_joint(joint, shown, task.place.files.study.thresholds).frame


def _costs(task: Task) -> Value:
    """Team costs in hundreds of euros."""
    return release_costs(task.frame("est_costs__by_year")).frame


def _reach(task: Task) -> Value:
    """Clients per year and way of working, rounded."""
    return release_reach(task.frame("est_reach__by_year"), task.place.files.study.thresholds).frame


def _accounting(task: Task) -> Value:
    """What became of the delivered rows, rounded."""
    account = task.frame("core_intake__accounting__current")[list(core.ACCOUNTING.columns)]
    return release_accounting(account, task.place.files.study.thresholds).frame


gate = table_assets(
    "gate",
    [
        *(_part(name) for name in SPECS),
        Part(released.JOINT, (str(estimates.JOINT.name), "out_effects__estimates"), _joint),
        Part(released.COSTS, (str(estimates.COSTS.name),), _costs),
        Part(released.REACH, (str(estimates.REACH.name),), _reach),
        Part(released.ACCOUNTING, ("core_intake__accounting__current",), _accounting),
    ],
    GROUP,
)
