"""What a delivery is over time: all records of a period, or an addition; measured where an earlier one is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from data_contracts.errors import DeliveryRefused, StudyError
from data_contracts.mapping.file import ACTIVE
from data_contracts.mapping.steps import Delivers
from pipelines.init.questions import Question, Talk
from pipelines.init.readback import Drafted, laid_out
from pipelines.init.scratch import scratch
from pipelines.init.words import TABLE_LABELS
from pipelines.intake.door import shown_name
from pipelines.intake.read_only import core_tables
from pipelines.records.identity import identity
from pipelines.records.standing import MAPPED, with_gone

COMPLETE, ADDITION, NOT_TOLD = "volledig", "aanvulling", "weet ik niet"
# Of which day a record is in the period of its delivery; of records that run also whether it was running then.
_PERIODS = {
    "assessments": ("assessed_on",),
    "ladder": ("assessed_on",),
    "clients": (ACTIVE,),
    "trajectories": ("started_on", ACTIVE),
    "provisions": ("started_on", ACTIVE),
    "events": ("occurred_on",),
    "experienced": ("asked_on",),
    "costs": ("year",),
}
_BY_TEAM = ("costs",)  # a team has a number within its delivery only, so two deliveries cannot be laid side by side
ENOUGH, NEARLY_ALL, HARDLY_ANY = 10, 0.95, 0.05


@dataclass(frozen=True, slots=True)
class Held:
    """How many records of an earlier delivery fall in the period of this one, and how many of those are here again."""

    period_by: str
    n: int
    again: int

    @property
    def share(self) -> float:
        """The part that is here again."""
        return self.again / self.n if self.n else 0.0


def place_delivers(
    talk: Talk, entries: Sequence[dict[str, Any]], measured: Mapping[str, Sequence[Held]], *, with_earlier: bool
) -> None:
    """Write `delivers` for every kind of record of which a person or an earlier delivery says what it is.

    One delivery says nothing about this: without an earlier one nothing is written unless somebody says so.
    """
    for table in dict.fromkeys(entry["table"] for entry in entries):
        if table not in _PERIODS:
            continue
        found = measured.get(table, ())
        best = max(found, key=lambda one: one.share, default=None)
        said = talk.text(_question(table, best, with_earlier=with_earlier))
        if said not in (COMPLETE, ADDITION):
            continue
        by = best.period_by if best else _PERIODS[table][0]
        delivers = {"kind": "complete", "period_by": by} if said == COMPLETE else {"kind": "addition"}
        for entry in entries:
            if entry["table"] == table:
                rest = {key: value for key, value in entry.items() if key in ("columns", "scores", "codes", "ignore")}
                head = {key: value for key, value in entry.items() if key not in rest and key != "delivers"}
                entry.clear()
                entry.update({**head, "delivers": delivers, **rest})


def _question(table: str, best: Held | None, *, with_earlier: bool) -> Question:
    certain = default = None
    text = f"Wat is een levering met {TABLE_LABELS[table]}?"
    if best is not None and best.n >= ENOUGH:
        text += f" Van {best.n} eerdere registraties over dezelfde periode staan er {best.again} ook in deze."
        certain = COMPLETE if best.share >= NEARLY_ALL else ADDITION if best.share <= HARDLY_ANY else None
    else:
        text += " Dat is aan eerdere leveringen niet te zien." if with_earlier else ""
        default = NOT_TOLD
    choices = {
        COMPLETE: "alles over haar periode; wat er niet meer in staat, is weg",
        ADDITION: "alleen wat er bij komt of verandert",
        NOT_TOLD: "er wordt niets vastgelegd; alles wordt bij elkaar gelegd",
    }
    return Question(f"levert.{table}", text, choices, certain=certain, default=default)


def measured_over_time(
    draft: Drafted, earlier: Sequence[Path], paths: Sequence[Path], today: dt.date
) -> dict[str, list[Held]]:
    """Per table of ours what is here again of earlier deliveries, read in the same way; the least over them counts.

    Raises StudyError when an earlier delivery cannot be read so.
    """
    found: dict[str, list[list[Held]]] = {}
    for directory in earlier:
        with scratch() as made:
            current = laid_out(paths, made)
            try:
                connection, tables = core_tables(draft.files(made), [directory, current], today)
            except DeliveryRefused as refused:
                what = f"De eerdere levering '{shown_name(directory.name)}' is zo niet te lezen: {refused.what}"
                raise StudyError(f"{what} Laat --earlier weg, of geef een levering met dezelfde kolommen.") from None
        for name, (before, now) in tables.items():
            table = MAPPED.get(name)
            if table in _PERIODS and table not in _BY_TEAM:
                held = [_held(connection, name, before, now, by) for by in _PERIODS[table]]
                found.setdefault(table, []).append(held)
    return {
        table: [min(one, key=lambda held: held.share) for one in zip(*each, strict=True)]
        for table, each in found.items()
    }


def _held(connection: duckdb.DuckDBPyConnection, name: str, before: str, now: str, by: str) -> Held:
    """What of `before` falls in the period of `now`, by the rule that makes it gone when it is not there."""
    rows = f"SELECT *, 1 AS delivery_order FROM {before} UNION ALL BY NAME SELECT *, 2 AS delivery_order FROM {now}"
    key = ", ".join(f"{part} AS key_{at}" for at, part in enumerate(identity(name)))
    names = [f"key_{at}" for at in range(len(identity(name)))]
    same = " AND ".join(f"n.{one} IS NOT DISTINCT FROM b.{one}" for one in names)
    delivers = Delivers(kind="complete", period_by=by)
    ((n, again),) = connection.execute(
        f"""WITH keyed AS (SELECT {key}, delivery_order, is_gone FROM ({with_gone(rows, name, delivers)})),
        b AS (SELECT DISTINCT {", ".join(names)} FROM keyed WHERE delivery_order = 1 AND is_gone),
        n AS (SELECT DISTINCT {", ".join(names)} FROM keyed WHERE delivery_order = 2)
        SELECT count(*), count(*) FILTER (EXISTS (SELECT 1 FROM n WHERE {same})) FROM b"""
    ).fetchall()
    return Held(by, n, again)
