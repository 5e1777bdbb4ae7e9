"""Intake, one run per delivery: raw tables with a verdict per row, typed core tables, quarantine and account."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.errors import DeliveryRefused, together
from data_contracts.tables import core as contracts
from data_contracts.tables import intake as accounts
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.assets.table_asset import Part, Task, table_assets
from pipelines.intake import core
from pipelines.intake.accounting import accounting
from pipelines.intake.meeting import refuse_unmet_keys
from pipelines.intake.met_before import met_before
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.opening import accept, beside, delivery_of, rules_of
from pipelines.intake.raw import raw_table, refusals_of
from pipelines.intake.raw_tables import RAW, WITH_CLIENTS
from pipelines.intake.reading.columns import text_columns
from pipelines.intake.reading.texts import Rules
from pipelines.intake.spoiled import SPOILABLE, spoiled
from pipelines.intake.teams import (
    delivered_register,
    named_register,
    numbered,
    occurring_teams,
    study_register,
    team_numbers,
)
from pipelines.records.broken_pseudonyms import broken_pseudonyms
from pipelines.records.changes import changes
from pipelines.records.unusual import ordinary, require_ordinary
from pipelines.rights.deciding import erase_returned
from pipelines.storage.clock import utc_day
from pipelines.storage.tables import TableStore, Value

GROUP = "intake"
REGISTER = "core_teams__register"
ASSESSMENTS, BRIDGE = "core_zrm__assessments", "core_clients__bridge"
WITH_TEAMS = ["assessments", "trajectories", "costs"]


def _register(task: Task) -> pd.DataFrame:
    """The delivered register, or the study's; empty when there is neither."""
    key = task.delivery_key
    raw, rules = task.relation(RAW["teams"]), rules_of(task.place, key, None)
    register = delivered_register(task.connection, raw, rules)
    if register.empty and task.place.files.teams:
        register = study_register(task.place.files.teams)
    return register


def _rules(task: Task) -> Rules:
    """The rules for typing, once the teams are numbered."""
    return rules_of(task.place, task.delivery_key, team_numbers(task.frame(REGISTER)))


def _raws(task: Task, tables: list[str]) -> dict[str, duckdb.DuckDBPyRelation]:
    return {table: task.relation(RAW[table]) for table in tables}


def _raw(table: str) -> Part:
    reads = () if table == "teams" else (RAW["teams"],)

    def make(task: Task) -> Value:
        """Text as delivered, every row with its verdict."""
        register = _register(task) if reads else pd.DataFrame()
        numbers = None if register.empty else team_numbers(numbered(register))
        rules = rules_of(task.place, task.delivery_key, numbers)
        opened = _opened(task)
        try:
            raw = raw_table(task.connection, opened.delivery, opened, table, rules)
            if table == list(RAW)[-1]:
                _forget(task)
            return raw
        except DeliveryRefused as refused:
            # The tables that come after this one are looked at too: everything is told at once.
            rest = list(RAW)[list(RAW).index(table) + 1 :]
            every = [refused, *refusals_of(task.connection, opened.delivery, opened, rest, rules)]
        raise together(every)

    return Part(accounts.raw_contract(RAW[table], text_columns(table)), reads, make)


def _opened(task: Task) -> OpenedFiles:
    """The files of the delivery: looked at and opened for its first raw table, kept for the others of the step."""
    key = task.delivery_key
    if key not in task.opened:
        delivery = delivery_of(task.place, key)
        task.opened[key] = OpenedFiles(delivery, task.place.files.mapping.every_file, task.place.home.work)
    return task.opened[key]


def _forget(task: Task) -> None:
    """The raw tables are there: the opened files go."""
    task.opened.pop(task.delivery_key).forget()


def _teams(task: Task) -> Value:
    """The teams with a number each; without a register, the names that occur."""
    register = _register(task)
    if register.empty:
        raws = _raws(task, WITH_TEAMS).values()
        rules = rules_of(task.place, task.delivery_key, None)
        register = named_register(occurring_teams(raws, rules))
    return numbered(register)


def _assessments(task: Task) -> Value:
    """Assessments, one row each, one column per life domain in use."""
    return core.assessments(task.connection, task.relation(RAW["assessments"]), task.delivery_key, _rules(task))


def _not_scored(task: Task) -> Value:
    """Why a domain has no score, where the file says so."""
    return core.not_scored(task.connection, task.relation(RAW["assessments"]), _rules(task))


def _plain(table: str) -> Part:
    def make(task: Task) -> Value:
        """The accepted rows, typed."""
        return core.plain_table(task.connection, task.relation(RAW[table]), table, _rules(task))

    return Part(core.PLAIN[table], (RAW[table], REGISTER), make)


def _keys(task: Task) -> Value:
    """The pseudonym beside client_no, which stands nowhere else in core; refused when tables hold other people.

    A bridge of this delivery may say that somebody who was delivered before is an erased person: they go first.
    """
    erase_returned(task.place, utc_day())
    raws = _raws(task, WITH_CLIENTS)
    met_before(task.connection, task.place.home)
    refuse_unmet_keys(task.connection, raws, delivery_of(task.place, task.delivery_key).name, task.place.files.study)
    return core.keys(task.connection, raws)


def _quarantine(task: Task) -> Value:
    """Every row that was not accepted, with its reason; its values stay in the raw table."""
    return core.quarantine(task.connection, _raws(task, list(RAW)))


def _spoiled(task: Task) -> Value:
    """Of the rows that were set aside, whose record they name: what was known of it stays."""
    return spoiled(task.connection, _raws(task, list(SPOILABLE)), _rules(task))


def _changes(task: Task) -> Value:
    """New, changed, gone and equal records per kind and half-year, against the state without this delivery."""
    return changes(task.connection, task.place, task.delivery_key)


def _accounting(task: Task) -> Value:
    """Rows in = accepted + quarantined + exact duplicates + left out, per file."""
    return accounting(task.connection, _raws(task, list(RAW)), task.delivery_key, _rules(task))


def _accepted(task: Task) -> Value:
    """The last step of intake: every table is there and keeps its contract, so the delivery counts from now on.

    Unless its people stand under other pseudonyms than in the deliveries that count already, or it is out of the
    ordinary and nobody said that it counts.
    """
    _refuse_broken_pseudonyms(task)
    require_ordinary(task.connection, task.place, task.delivery_key, task.frame("core_intake__changes"))
    receipt = accept(task.place, task.delivery_key)
    account = task.frame("core_intake__accounting")
    return pd.DataFrame(
        {
            "delivery": [receipt.key],
            "name": [receipt.name],
            "received_on": [pd.Timestamp(receipt.received_on)],
            "rows": [int(account["rows"].sum())],
            "accepted": [int(account["accepted"].sum())],
        }
    )


def _refuse_broken_pseudonyms(task: Task) -> None:
    place, store = task.place, TableStore(task.place.home.tables)
    name, others = beside(place, task.delivery_key)
    assessments, bridges = (store.stored(table, [*others, task.delivery_key]) for table in (ASSESSMENTS, BRIDGE))
    limit = place.files.study.thresholds.max_quarantined_share
    share = broken_pseudonyms(task.connection, assessments, bridges, limit)
    if share is None:
        return
    where = "een ander bestand of een andere levering" if others else "een ander bestand van deze levering"
    what = f"van de ZRM-metingen die ook in {where} staan, staat {share:.0%} daar onder een ander pseudoniem."
    do = (
        "Deze mensen zouden dubbel tellen. Laat de sleutelhouder een brugbestand meeleveren, of alles met dezelfde "
        "pseudoniemen leveren."
    )
    raise DeliveryRefused(name, what, do, kind=RefusalKind.PSEUDONYMS)


_ZRM = RAW["assessments"]
_CORE = [
    Part(contracts.TEAMS, (RAW["teams"], *(RAW[table] for table in WITH_TEAMS)), _teams),
    Part(contracts.ASSESSMENTS, (_ZRM, REGISTER), _assessments),
    Part(contracts.NOT_SCORED, (_ZRM, REGISTER), _not_scored),
    *(_plain(table) for table in core.PLAIN),
    Part(contracts.KEYS, tuple(RAW[table] for table in WITH_CLIENTS), _keys),
    Part(accounts.QUARANTINE, tuple(RAW.values()), _quarantine),
    Part(contracts.SPOILED, (*(RAW[table] for table in SPOILABLE), REGISTER), _spoiled),
    Part(accounts.ACCOUNTING, (*RAW.values(), REGISTER), _accounting),
    Part(
        accounts.CHANGED_BY,
        (REGISTER, ASSESSMENTS, str(contracts.SPOILED.name), *(str(one.name) for one in core.PLAIN.values())),
        _changes,
        ordinary,
    ),
]
_LAST = Part(accounts.ACCEPTED_DELIVERIES, tuple(str(part.schema.name) for part in _CORE), _accepted)
intake = table_assets("intake", [*(_raw(table) for table in RAW), *_CORE, _LAST], GROUP)
