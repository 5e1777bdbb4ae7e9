"""A job per delivery, a job for what is published, and the sensors that start them: drop folder and what is behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import dagster as dg

from data_contracts.errors import DeliveryRefused, WijkbaatError
from pipelines.assets.failed_runs import failures_of
from pipelines.assets.table_asset import WorkplaceResource, deliveries
from pipelines.intake.door import key_of
from pipelines.on_schedule.alerts import alerts_due
from pipelines.on_schedule.cursors import Behind, Inbox
from pipelines.on_schedule.looking import is_waiting, look_in, waits_words
from pipelines.on_schedule.telling import tell
from pipelines.on_schedule.trying import Tried, asked_again
from pipelines.releases.steps_done import steps_to_do
from pipelines.rights.term import act_on_term
from pipelines.storage.clock import utc_day
from pipelines.storage.receipts import Receipts
from pipelines.storage.retention import forget_raw
from pipelines.storage.run_history import forget_old_runs
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
    """Does what lies behind the intake, for every state of the deliveries that count, until it is done.

    It looks at what stands and not at what happened: Dagster's own conditions lose a delivery that is read between the
    look that asked for a publication and the first look after it. A run that failed is asked for again (trying.py).
    """
    place, clock = workplace.open(), dt.datetime.now(tz=dt.UTC)
    now, known = _that_count(place), Behind.of(context.cursor)
    if not now or (now == known.state and known.tried is None):
        return dg.SkipReason("Er is geen nieuwe levering die meetelt.")
    if _is_at_work(context.instance, place):
        return dg.SkipReason("Er loopt nog een run.")
    if not steps_to_do(place):
        context.update_cursor(Behind(now).text)
        return dg.SkipReason("Wat erachter ligt, is al gedaan.")
    before = known.tried if now == known.state else None
    if before is not None and (words := before.waits(clock)):
        return dg.SkipReason(f"De laatste run is {words}")
    context.update_cursor(Behind(now, asked_again(before, clock)).text)
    return dg.RunRequest()


def _that_count(place: Workplace) -> str:
    """One word for the deliveries that count and the study under which they were read; empty without any."""
    accepted = sorted((one.key, one.fingerprint) for one in Receipts(place.home.receipts).accepted())
    return sha256_of_json(accepted) if accepted else ""


def _is_at_work(instance: dg.DagsterInstance, place: Workplace) -> bool:
    """Whether a run is at work or waits, of Dagster's or in a terminal."""
    return bool(instance.get_runs(filters=dg.RunsFilter(statuses=_AT_WORK), limit=1)) or place.home.is_in_use()


@dg.sensor(job=deliver, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(
    context: dg.SensorEvaluationContext, workplace: dg.ResourceParam[WorkplaceResource]
) -> dg.SensorResult | dg.SkipReason:
    """Looks in the inbox; a delivery starts when all its files were the same on two looks in a row.

    The lock of the home is left alone while there is nothing to do, so that a run is not in the way of another look.
    """
    place, clock = workplace.open(), dt.datetime.now(tz=dt.UTC)
    try:
        ended = act_on_term(place, clock.date())
        forget_raw(place.home, place.files.study.retention.raw_days, clock.date())
    except WijkbaatError as not_yet:  # noticed for the first time, or a run is at work
        ended = str(not_yet)
    if ended:
        return dg.SkipReason(ended)
    forget_old_runs(context.instance, place.home)
    known = Inbox.of(context.cursor)
    look = look_in(place.home.inbox, known.seen)
    keys, tried, notes = _to_read(place, look.still, known, clock)
    notes += [waits_words(path) for path in look.moving]
    if keys and _is_at_work(context.instance, place):
        keys, notes = {}, [*notes, "Er loopt nog een run."]
    tried |= {word: asked_again(tried.get(word), clock) for word in keys}
    cursor = Inbox(look.seen, tried).text
    if not keys:
        context.update_cursor(cursor)
        return dg.SkipReason("; ".join(notes) or "De inbox is leeg.")
    return dg.SensorResult(
        run_requests=[
            dg.RunRequest(run_key=f"{word}-{n}" if (n := tried[word].times) > 1 else word, partition_key=key)
            for word, key in keys.items()
        ],
        dynamic_partitions_requests=[deliveries.build_add_request(list(keys.values()))],
        cursor=cursor,
    )


@dg.sensor(minimum_interval_seconds=300, default_status=dg.DefaultSensorStatus.RUNNING)
def alerts(context: dg.SensorEvaluationContext, workplace: dg.ResourceParam[WorkplaceResource]) -> dg.SkipReason:
    """Tells by mail and webhook what failed, what is missing and what got clearly worse; each once."""
    place, today = workplace.open(), utc_day()
    study, home = place.files.study, place.home
    due = alerts_due(study, home, today, failures_of(context.instance, (deliver.name, publish.name)))
    told = tell(study, home, due)
    words = [f"{len(due)} berichten gelden nu, {told.sent} daarvan zijn net verstuurd.", *told.problems]
    return dg.SkipReason(" ".join(words))


def _to_read(
    place: Workplace, still: Iterable[Path], known: Inbox, clock: dt.datetime
) -> tuple[dict[str, str], dict[str, Tried], list[str]]:
    """The keys of deliveries to read by what Dagster knows such a run by, how often each was tried, and why not."""
    keys, tried, notes = dict[str, str](), dict[str, Tried](), list[str]()
    for path in still:
        key, note = _received(place, path, clock.date())
        if not key:
            notes += [note] if note else []
            continue
        # Dagster does a run once per run key: a delivery that was stopped and then taken is read a second time.
        word = key + ("-taken" if Receipts(place.home.receipts).is_taken(key) else "")
        if word in known.tried:
            tried[word] = known.tried[word]
        if word in tried and (words := tried[word].waits(clock)):
            notes.append(f"{path.name}: {words}")
        else:
            keys[word] = key
    return keys, tried, notes


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
