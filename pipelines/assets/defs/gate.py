"""The gate: out_ tables from est_ tables, and nothing else. Everything behind this file reads out_ tables only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from data_contracts.errors import ContractBroken
from data_contracts.gate.asked import Opened
from data_contracts.gate.joint import release_joint
from data_contracts.gate.ledger import Before
from data_contracts.gate.named_teams import parted
from data_contracts.gate.plain_tables import (
    release_accounting,
    release_costs,
    release_design,
    release_municipal_lines,
    release_municipalities,
)
from data_contracts.gate.reach import release_reach
from data_contracts.gate.small_groups import without_few
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.gate.team_outcomes import release_link_tests, release_logic_spread
from data_contracts.gate.team_spread import release_team_spread
from data_contracts.tables import estimate_companions, estimates, for_whom, intake, municipal, released, team_years
from data_contracts.tables import released_companions as companions
from pipelines.assets.table_asset import Task, Together, table_assets
from pipelines.assets.through_gate import GROUPS, TEAMS, cells_released, people_state
from pipelines.releases.ledger import CELLS, CUT_SHORT, TEAM_ROWS, before
from pipelines.releases.people import NOW, PEOPLE
from pipelines.storage.questions import opened
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore, Value
from pipelines.study.declared_costs import declared_costs

GROUP = "gate"
ACCOUNT = "core_intake__accounting__current"
PLAIN = [
    str(schema.name)
    for schema in (
        *(estimates.JOINT, estimates.USERS, estimates.DESIGN, estimates.COSTS, estimates.REACH),
        estimate_companions.TEAMS,
        *municipal.MUNICIPAL_TABLES,
        *team_years.BEFORE_THE_GATE,
    )
]


def _through_the_gate(task: Task) -> dict[str, Value]:
    """Counts rounded, small groups hidden, nothing to be derived, also not from earlier releases."""
    from indicators.change.adjusted import with_adjusted
    from indicators.change.noise_floor import noise_floor_of_released
    from indicators.change.own_reliability import own_bands
    from indicators.effects.group_differences import with_adjusted_differences

    study, asked = task.place.files.study, opened(task.place.home, task.place.files.study)
    shown_before = before(task.place.home, _people_now(task, asked))
    labels = Receipts(task.place.home.receipts).labels(study.municipality)
    found = cells_released(task.frame, study, shown_before, asked)
    shown = found[str(released.ESTIMATES.name)]
    found |= {
        str(released.JOINT.name): release_joint(
            task.frame(str(estimates.JOINT.name)), shown, study.thresholds, shown_before
        ),
        str(released.DESIGN.name): release_design(task.frame(str(estimates.DESIGN.name))),
        str(municipal.OUT_COMPARED.name): release_municipalities(task.frame(str(municipal.COMPARED.name))),
        str(municipal.OUT_LINES.name): release_municipal_lines(task.frame(str(municipal.LINES.name))),
        str(released.COSTS.name): release_costs(
            task.frame(str(estimates.COSTS.name)), declared_costs(task.place.files)
        ),
        str(released.REACH.name): release_reach(task.frame(str(estimates.REACH.name)), study.thresholds, shown_before),
        str(released.ACCOUNTING.name): release_accounting(
            task.frame(ACCOUNT)[list(intake.ACCOUNTING.columns)], study.thresholds, labels
        ),
        str(companions.TEAMS.name): release_team_spread(
            task.frame(str(estimate_companions.TEAMS.name)), study.thresholds, shown_before
        ),
    }
    found |= _of_team_years(task, shown_before)
    change, headline = found[str(released.CHANGE.name)], [domain.value for domain in study.design.headline_domains]
    found[str(released.CHANGE.name)] = replace(change, frame=with_adjusted(change.frame, headline))
    groups = found[str(for_whom.OUT_FOR_WHOM.name)]
    found[str(for_whom.OUT_FOR_WHOM.name)] = replace(groups, frame=with_adjusted_differences(groups.frame))
    task.keep_beside(
        CELLS, "all", pd.concat([one.cells for one in found.values() if len(one.cells)], ignore_index=True)
    )
    cut_short = [(name, one.summary.cut_short) for name, one in found.items() if one.summary.cut_short]
    kinds = {"table_name": "str", "blocks": "int64"}
    task.keep_beside(CELLS, CUT_SHORT, pd.DataFrame(cut_short, columns=list(kinds)).astype(kinds))
    frames = {name: _without_teams(task, name, one.frame) for name, one in found.items()}
    own = own_bands(frames[str(companions.AGREEMENT.name)])
    floor = noise_floor_of_released(frames[str(released.CHANGE.name)], study.reliabilities, own)
    return {**frames, str(companions.NOISE_FLOOR.name): floor}


def _of_team_years(task: Task, shown_before: Before) -> dict[str, Released]:
    """What team-years told, for the words of the results logic; the team-years themselves stay."""
    tests, spread = (task.frame(str(schema.name)) for schema in team_years.BEFORE_THE_GATE)
    limits = task.place.files.study.thresholds
    return {
        str(team_years.GATED_LINK_TESTS.name): release_link_tests(tests, limits, shown_before),
        str(team_years.GATED_SPREAD.name): release_logic_spread(spread, limits, shown_before),
    }


def _without_teams(task: Task, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """What may stand in a release; the rows of teams wait in the closed zone until it is made."""
    if name in SPECS:
        frame = without_few(SPECS[name], frame)
    found = parted(frame, [one.team for one in task.place.files.study.named_teams])
    if "slice" in frame:
        task.keep_beside(TEAM_ROWS, name, found.of_teams)
    return found.released


def _people_now(task: Task, asked: Collection[Opened]) -> Path:
    """Keeps who contributes what to every figure now: what the ledger compares, and what it will remember."""
    store = TableStore(task.place.home.tables)
    people = people_state(task.connection, task.place.home, task.frame, task.place.files.study, asked)
    written = store.write(PEOPLE, people, NOW)
    if written.broken:
        raise ContractBroken(f"{PEOPLE.name}: {'; '.join(f'{n} x {rule}' for rule, n in written.broken.items())}")
    store.keep(written)
    return written.path


gate = table_assets(
    "gate",
    [
        Together(
            (*released.RELEASED_TABLES.values(), *team_years.BEHIND_THE_GATE),
            (*(str(spec.source.name) for spec in SPECS.values()), *PLAIN, TEAMS, GROUPS, ACCOUNT),
            _through_the_gate,
        )
    ],
    GROUP,
)
