"""`wijkbaat plan`: from the deliveries, read as a run reads them, to plan.html and plan.json beside the study.

Nothing is estimated and nothing is published: of the steps of a run only those are done that read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_contracts.planned import FILE
from data_contracts.study import Study
from indicators.designs.clients import ClientOutcomes
from indicators.planning.plan import plan_of_study
from pipelines.assets.views import VIEWS
from pipelines.records import clients
from pipelines.records.outcomes import client_outcomes
from pipelines.releases.release import releases
from pipelines.road.plan.told import told_plan
from pipelines.run import Order, read_in
from pipelines.storage.platform import connect, write_whole
from pipelines.storage.tables import TableStore, Told
from reports.content.plan import plan_chapter
from reports.html.one_chapter import plan_html
from reports.plain_text import as_text

PAGE = "plan.html"
_CORE = ("assessments", "ladder", "experienced", "attributes", "trajectories", "provisions", "events", "teams")


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """The page, the same in numbers, and what the terminal shows."""

    page: Path
    numbers: Path
    text: str


def make_plan(order: Order, told: Told | None = None) -> WrittenPlan:
    """Read what lies ready, and write what this study could show."""
    place = read_in(order, told)
    study = place.files.study
    connection = connect(place.home.work)
    with place.home.lock():
        found = _clients(connection, TableStore(place.home.tables), study)
    plan = plan_of_study(found, study, order.seed)
    planned = told_plan(plan, study, order.today, is_beforehand=not releases(place.home))
    chapter = plan_chapter(planned)
    written = WrittenPlan(order.study / PAGE, order.study / FILE, as_text(chapter))
    write_whole(written.numbers, (planned.model_dump_json(indent=1) + "\n").encode())
    write_whole(written.page, plan_html(planned, chapter).encode())
    return written


def _clients(connection: duckdb.DuckDBPyConnection, store: TableStore, study: Study) -> ClientOutcomes:
    """One row per client, in memory: what a run keeps per client is made by a step that estimates too."""
    for name in _CORE:
        store.stored(VIEWS[name]).relation(connection).to_view(name)
    clients.groups(connection).to_table("groups")
    clients.changes(connection, study).to_table("changes")
    clients.use(connection).to_table("use")
    return client_outcomes(connection, [domain.value for domain in study.design.headline_domains])
