"""A job per delivery, a job for what is published, and the sensors that start them: drop folder and what is behind."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import dagster as dg

from data_contracts.errors import DeliveryRefused, WijkbaatError
from pipelines.assets.failed_runs import failures_of
from pipelines.assets.run_log import forget_old_runs
from pipelines.assets.table_asset import WorkplaceResource, deliveries
from pipelines.intake.door import key_of
from pipelines.on_schedule.alerts import alerts_due
from pipelines.on_schedule.looking import is_waiting, look_in, waits_words
from pipelines.on_schedule.telling import tell
from pipelines.releases.steps_done import steps_to_do
from pipelines.rights.term import act_on_term
from pipelines.storage.receipts import Receipts
from pipelines.storage.retention import forget_raw
from pipelines.storage.whole import sha256_of_json
from pipelines.study.workplace import Workplace

deliver = dg.define_asset_job(
    "deliver",
    selection=dg.AssetSelection.groups("intake"),
    description="Leest één levering: elke regel krijgt een oordeel, niets gaat verloren.",
)
publish = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups("intake"),
    description="Rekent over alle geaccepteerde leveringen en maakt een concept of publicatie.",
)


_AT_WORK = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.sensor(job=publish, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def automation(
    context: dg.SensorEvaluationContext, workplace: dg.ResourceParam[WorkplaceResource]
) -> dg.RunRequest | dg.SkipReason:
    """Does what lies behind the intake, once for every state of the deliveries that count.

    It looks at what stands and not at what happened: Dagster's own conditions lose a delivery that is read between the
    look that asked for a publication and the first look after it.
    """
    place = workplace.open()
    now = _that_count(place)
    if not now or now == context.cursor:
        return dg.SkipReason("Er is geen nieuwe levering die meetelt.")
    if context.instance.get_runs(filters=dg.RunsFilter(statuses=_AT_WORK), limit=1):
        return dg.SkipReason("Er loopt nog een run.")
    context.update_cursor(now)
    if not steps_to_do(place):
        return dg.SkipReason("Wat erachter ligt, is al gedaan.")
    return dg.RunRequest()


def _that_count(place: Workplace) -> str:
    """One word for the deliveries that count and the study under which they were read; empty without any."""
    accepted = sorted((one.key, one.fingerprint) for one in Receipts(place.home.receipts).accepted())
    return sha256_of_json(accepted) if accepted else ""


@dg.sensor(job=deliver, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(
    context: dg.SensorEvaluationContext, workplace: dg.ResourceParam[WorkplaceResource]
) -> dg.SensorResult | dg.SkipReason:
    """Looks in the inbox; a delivery starts when all its files were the same on two looks in a row."""
    place, today = workplace.open(), dt.datetime.now(tz=dt.UTC).date()
    try:
        ended = act_on_term(place, today)
        with place.home.lock():
            forget_raw(place.home, place.files.study.retention.raw_days, today)
    except WijkbaatError as not_yet:  # noticed for the first time, or a run is at work
        ended = str(not_yet)
    if ended:
        return dg.SkipReason(ended)
    forget_old_runs(context.instance, place.home)
    look = look_in(place.home.inbox, json.loads(context.cursor) if context.cursor else {})
    requests, keys, notes = [], [], [waits_words(path) for path in look.moving]
    for path in look.still:
        key, note = _received(place, path, today)
        if key:
            keys.append(key)
            # Dagster does a run once per run key: a delivery that was stopped and then taken is read a second time.
            taken = "-taken" if Receipts(place.home.receipts).is_taken(key) else ""
            requests.append(dg.RunRequest(run_key=key + taken, partition_key=key))
        elif note:
            notes.append(note)
    cursor = json.dumps(look.seen)
    if not requests:
        context.update_cursor(cursor)
        return dg.SkipReason("; ".join(notes) or "De inbox is leeg.")
    return dg.SensorResult(
        run_requests=requests, dynamic_partitions_requests=[deliveries.build_add_request(keys)], cursor=cursor
    )


@dg.sensor(minimum_interval_seconds=300, default_status=dg.DefaultSensorStatus.RUNNING)
def alerts(context: dg.SensorEvaluationContext, workplace: dg.ResourceParam[WorkplaceResource]) -> dg.SkipReason:
    """Tells by mail and webhook what failed, what is missing and what got clearly worse; each once."""
    place, today = workplace.open(), dt.datetime.now(tz=dt.UTC).date()
    study, home = place.files.study, place.home
    due = alerts_due(study, home, today, failures_of(context.instance, (deliver.name, publish.name)))
    told = tell(study, home, due)
    words = [f"{len(due)} berichten gelden nu, {told.sent} daarvan zijn net verstuurd.", *told.problems]
    return dg.SkipReason(" ".join(words))


def _received(place: Workplace, path: Path, today: dt.date) -> tuple[str | None, str]:
    """The key of a delivery that must still be read, or None with the reason."""
    try:
        key = key_of(path)
    except DeliveryRefused as refused:
        return None, str(refused)
    receipts = Receipts(place.home.receipts)
    if key in receipts.withdrawn():
        return None, f"{path.name}: ingetrokken"
    waits = is_waiting(receipts, key)
    receipts.receive(key, path.name, path, today)
    return (key, "") if waits else (None, f"{path.name}: al verwerkt")
