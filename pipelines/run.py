"""One whole run in this process: receive, read, compute, release. The very same assets that Dagster schedules."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_contracts.errors import DeliveryRefused, StudyError, together
from pipelines.intake.accounting import by_reason
from pipelines.intake.door import delivery_directories, key_of, open_delivery
from pipelines.intake.no_delivery import no_delivery
from pipelines.intake.opening import aside_words, refuse, withdrawn_words
from pipelines.records.beside_the_last import beside_the_last
from pipelines.records.compared import LEFT_OUT, compared_of_everybody
from pipelines.records.unusual import moved_words
from pipelines.releases.errata import marks_of
from pipelines.releases.headlines import HEADLINE_TABLES, headlines
from pipelines.releases.ledger_links import whole_links
from pipelines.releases.release import Release, releases
from pipelines.releases.step_keys import read_tables
from pipelines.releases.steps_done import STEPS, steps_to_do
from pipelines.rights.term import act_on_term
from pipelines.storage import tables
from pipelines.storage.clock import utc_day
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.retention import forget_raw
from pipelines.storage.table_hash import is_as_written
from pipelines.storage.tables import Told
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import StudyFiles, Workplace, read_study
from reports.released.noticed import Noticed, noticed

if TYPE_CHECKING:
    from pipelines.in_process import InProcess


ASSESSMENTS = "core_zrm__assessments"
FIRST = STEPS[0]  # one table over all deliveries: what is read, and nothing that follows from it


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for. `as_of` dates documents; `today` is the clock, by which deliveries are received."""

    study: Path
    home: Path
    deliveries: Path | None = None
    as_of: str | None = None
    seed: int = 1
    today: dt.date = field(default_factory=utc_day)


@dataclass(slots=True)
class Outcome:
    """What a run gave: the release, the account per delivery and file, and the seconds per stage.

    `beside` says per delivery what stands out beside the one before it. `term` says that the term of the study ends
    soon, or that it has ended: then there is nothing else.
    `is_unchanged` where nothing had to be made: the release stood already.
    `noticed` is what the check of the balance found, what blocks it first.
    `marks` are the figures that were put right and those that are held.
    `cut_short` names the tables in which the gate's audit ran out of steps, with the number of blocks of rows.
    """

    release: Release | None = None
    accounts: list[dict[str, Any]] = field(default_factory=list)
    refused: list[Receipt] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    headline: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    cut_short: dict[str, int] = field(default_factory=dict)
    term: str = ""
    marks: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    is_unchanged: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of one stage."""
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 2)


def run(order: Order, told: Told | None = None) -> Outcome:
    """Do a whole run; raises a WijkbaatError with its exit code, and publishes nothing then."""
    outcome = Outcome()
    files = read_study(order.study)
    home = Home(order.home)
    home.prepare()
    with home.lock():
        whole_links(home)  # before an hour of work, not after it
        outcome.term = act_on_term(Workplace(files, home, order.as_of, order.seed), order.today)
        if outcome.term:
            return outcome
        outcome.term = files.study.retention.warning(order.today)
        with outcome.stage("receive"):
            waiting = _receive(order, files, home)
            outcome.withdrawn = waiting.withdrawn
        place = Workplace(files, home, order.as_of, order.seed)
        with outcome.stage("unchanged"):
            outcome.is_unchanged = not waiting.new and not waiting.refusals and not steps_to_do(place)
        if not outcome.is_unchanged:
            _make(order, place, outcome, told, waiting)
        receipts = Receipts(home.receipts)
        outcome.refused = receipts.refused()
        outcome.aside = {one.name: words for one in receipts.accepted() if (words := aside_words(one))}
        forget_raw(home, files.study.retention.raw_days, order.today)
        _finish(outcome, place, waiting.keys)
    return outcome


def read_in(order: Order, told: Told | None = None) -> Workplace:
    """Take in what lies ready and put the deliveries together, as a run does; nothing is estimated or published."""
    place = Workplace(read_study(order.study), Home(order.home), order.as_of, order.seed)
    place.home.prepare()
    with place.home.lock():
        if ended := act_on_term(place, order.today):
            raise StudyError(ended)
        waiting, to_do = _receive(order, place.files, place.home), steps_to_do(place)
        if waiting.new or waiting.refusals or FIRST in to_do:
            _make(order, place, Outcome(), told, waiting, until=FIRST)
    return place


def _make(
    order: Order, place: Workplace, outcome: Outcome, told: Told | None, waiting: _Waiting, until: str = STEPS[-1]
) -> None:
    """Take in what is new and publish: only the steps for which something changed, and those behind them.

    The seconds that tables took are those of 'tables'. `until` is the last step to do.
    """
    outcome.seconds["tables"] = 0.0

    def heard(table: str, delivery: str | None, rows: int, seconds: float) -> None:
        outcome.seconds["tables"] = round(outcome.seconds["tables"] + seconds, 2)
        if told is not None:
            told(table, delivery, rows, seconds)

    with ExitStack() as until_the_end:
        with outcome.stage("start"):
            # Dagster takes seconds to import: `wijkbaat check` and --help do without.
            from pipelines.assets.table_asset import WorkplaceResource
            from pipelines.in_process import in_process

            workplace = WorkplaceResource(
                study=str(order.study), home=str(order.home), as_of=order.as_of, seed=order.seed
            )
            dagster = until_the_end.enter_context(in_process(workplace, heard))
        with outcome.stage("intake"):
            _take_in(dagster, waiting)
        if not Receipts(place.home.receipts).accepted():
            raise StudyError("Er is nog geen enkele levering die meetelt. Zet een levering in de inbox.")
        _require_measured_by_then(place)
        with outcome.stage("publish"):
            wanted = STEPS[: STEPS.index(until) + 1]
            dagster.publish([step for step in steps_to_do(place) if step in wanted])


def _require_measured_by_then(place: Workplace) -> None:
    """StudyError where documents would carry a day before everything that they tell of: a slip of who typed it."""
    measured = read_tables(place, [ASSESSMENTS])[ASSESSMENTS].sql
    first = connect().execute(f"SELECT min(assessed_on) FROM {measured}").fetchone()
    if place.as_of and first and first[0] and first[0].isoformat() > place.as_of:
        raise StudyError(
            f"Op {place.as_of} was er nog niets gemeten: alle metingen zijn van na die dag. Kijk de datum achter "
            "--as-of na, of laat hem weg. Er is niets gepubliceerd."
        )


@dataclass(slots=True)
class _Waiting:
    """What lies ready: all deliveries, those that must be read in this run, and what was refused at sight.

    `withdrawn` says per delivery that lies there, and counts for nothing, who withdrew it and why.
    """

    keys: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    refusals: list[DeliveryRefused] = field(default_factory=list)
    withdrawn: dict[str, str] = field(default_factory=dict)


def _receive(order: Order, files: StudyFiles, home: Home) -> _Waiting:
    """Look at every delivery that lies ready.

    Deliveries that the user names are looked at again, also when they were refused before; those in the inbox were
    named as refused in their own run and are passed over. One that was stopped and then taken by a person is read
    again from where it lay; one that was withdrawn is not.
    """
    named = order.deliveries is not None
    source = order.deliveries if order.deliveries is not None else home.inbox
    directories = delivery_directories(source)
    receipts = Receipts(home.receipts)
    if not directories and not receipts.accepted():
        raise StudyError(no_delivery(order.study, source, order.home))
    waiting = _Waiting()
    withdrawn = receipts.withdrawn()
    found = {key_of(directory): directory for directory in directories}
    taken = {one.key: Path(one.directory) for one in receipts.taken_and_waiting()}
    for key, directory in ({key: path for key, path in taken.items() if path.is_dir()} | found).items():
        if key in withdrawn:
            waiting.withdrawn[key] = withdrawn_words(key, withdrawn[key])
            continue
        receipt = receipts.receive(key, directory.resolve().name, directory, order.today, again=named and key in found)
        waiting.keys.append(key)
        same_study = receipt.fingerprint == files.intake_fingerprint and is_as_written(home.tables, key)
        done = receipt.status == "accepted" or (receipt.status == "refused" and not named and key not in taken)
        if done and same_study:
            continue
        try:
            # One that was received before it, in this run too, may hold the ZRM; that is asked when it is read.
            open_delivery(directory, files.mapping, is_first=len(receipts.all()) == 1)
        except DeliveryRefused as refused:
            refuse(Workplace(files, home, order.as_of, order.seed), key, refused)
            waiting.refusals.append(refused)
        else:
            waiting.new.append(key)
    if named and found and not waiting.keys:
        raise DeliveryRefused(", ".join(found), "zij is ingetrokken.", " ".join(waiting.withdrawn.values()))
    return waiting


def _take_in(dagster: InProcess, waiting: _Waiting) -> None:
    """Read every new delivery; when one is refused the run ends after all were looked at."""
    for key in waiting.new:
        try:
            dagster.deliver(key)
        except DeliveryRefused as refused:
            waiting.refusals.append(refused)
    if waiting.refusals:
        raise together(waiting.refusals)


def _finish(outcome: Outcome, place: Workplace, keys: list[str]) -> None:
    """The release that was made, the accounts of the deliveries of this run, and the headlines."""
    files, home = place.files, place.home
    newest = (home.closed / LAST).read_text(encoding="utf-8").strip()
    outcome.release = next((release for release in releases(home) if release.name == newest), None)
    store = tables.TableStore(home.tables)
    if outcome.release is not None:
        outcome.marks = marks_of(outcome.release.directory)
        outcome.cut_short = manifest_of(outcome.release.directory).get("audit_cut_short", {})
    accepted = {receipt.key for receipt in Receipts(home.receipts).accepted()}
    outcome.accounts = [account_of(store, key) for key in keys if key in accepted]
    told = {key: _stands_out(place, store, key) for key in keys if key in accepted}
    outcome.beside = {key: sentences for key, sentences in told.items() if sentences}
    outcome.left_out = compared_of_everybody(store.stored(LEFT_OUT).frame(), files.study)
    released = {name: store.stored(name).frame() for name in HEADLINE_TABLES}
    outcome.noticed = noticed(released)
    outcome.headline = headlines(released, [domain.value for domain in files.study.design.headline_domains])


def _stands_out(place: Workplace, store: tables.TableStore, key: str) -> list[str]:
    """What a researcher should know of a delivery that counts."""
    looks = [one.sentence for one in beside_the_last(connect(), place, key) if one.sentence]
    return looks + moved_words(store.stored("core_intake__changes", [key]).frame())


def account_of(store: tables.TableStore, key: str) -> dict[str, Any]:
    """The account of one delivery per file, with the quarantined rows by reason."""
    account = store.stored("core_intake__accounting", [key]).frame()
    reasons = by_reason(store.stored("core_intake__quarantine", [key]).relation(connect()))
    files = {}
    for row in account.sort_values("file").to_dict("records"):
        mine = reasons[reasons["file"] == row["file"]]
        counts = {
            name: int(row[name])
            for name in ("rows", "accepted", "exact_duplicates", "left_out", "not_used", "blanked_scores")
        }
        quarantined = {str(reason): int(rows) for reason, rows in zip(mine["reason"], mine["rows"], strict=True)}
        files[str(row["file"])] = {**counts, "quarantined": quarantined}
    return {"delivery": key, "files": files}
