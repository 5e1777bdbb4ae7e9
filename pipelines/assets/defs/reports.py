"""The release: everything that people read, made of out_ tables, written whole."""

# No `from __future__ import annotations` here: Dagster reads the annotations of the asset function as types.
import datetime as dt

import dagster as dg

from data_contracts.protection import Retention
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.releases.released_tables import OUT_TABLES
from pipelines.storage.clock import utc_day


@dg.asset(
    name="release",
    group_name="reports",
    deps=OUT_TABLES,
    check_specs=[dg.AssetCheckSpec("bewaartermijn", asset="release", description="Eindigt niet binnen 90 dagen.")],
    description="Rapport, werkboek en tabellen: een concept, of een publicatie waar de studie geen goedkeuring vraagt.",
)
def release(context: dg.AssetExecutionContext, workplace: dg.ResourceParam[WorkplaceResource]):  # type: ignore[no-untyped-def]
    """A concept, or an approved release where the study asks nobody's approval."""
    from pipelines.releases.publishing import make_release  # what draws and writes: only this step needs it

    place = workplace.open()
    made = make_release(place)
    check = term_check(place.files.study.retention, utc_day())
    return dg.MaterializeResult(metadata={"release": made.name, "status": made.status}, check_results=[check])


def term_check(term: Retention, today: dt.date) -> dg.AssetCheckResult:
    """A warning, and no failure, in the last 90 days of the term of a study."""
    warning = term.warning(today)
    return dg.AssetCheckResult(
        check_name="bewaartermijn",
        passed=not warning,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"records_until": term.records_until.isoformat(), **({"warning": warning} if warning else {})},
    )
