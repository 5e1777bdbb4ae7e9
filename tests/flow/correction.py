"""A published error walked to its end: withdrawn, corrected, put right."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from data_contracts.gate.ledger import Before
from data_contracts.vocabulary.errata import Cause
from pipelines.intake.deciding import decide_about
from pipelines.releases.errata import rectify
from pipelines.releases.ledger import before
from pipelines.releases.release import Release, decide, releases
from pipelines.run import Order, Outcome, run
from pipelines.storage.acts import WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.journal import all_or_nothing
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore

WHY = "de bedragen stonden in een andere eenheid"
N_WRONG = 3


@dataclass(frozen=True)
class Corrected:
    """The home after both runs, the exact tables of the first, and what the ledger says now."""

    home: Home
    order: Order
    first: Release
    outcome: Outcome
    wrong: TableStore
    known: Before

    @property
    def store(self) -> TableStore:
        return TableStore(self.home.tables)

    @property
    def right(self) -> Release:
        assert self.outcome.release is not None
        return self.outcome.release

    def out(self, name: str) -> pd.DataFrame:
        return self.store.stored(name).frame()


Rows = list[list[str]]


def changed(delivery: Path, target: Path, errors: dict[str, Callable[[Rows], None]]) -> Path:
    """The delivery with an error in each of these files."""
    shutil.copytree(delivery, target)
    for name, change in errors.items():
        with (target / name).open(encoding="windows-1252", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        change(rows)
        with (target / name).open("w", encoding="windows-1252", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return target


def ten_times(rows: Rows) -> None:
    at = rows[0].index("Bedrag")
    for row in rows[1:]:
        if row[at]:
            euros = float(row[at].replace(".", "").replace(",", "."))
            row[at] = f"{10 * euros:.2f}".replace(".", ",")


def three_people(rows: Rows) -> None:
    """Three clients who were measured twice, with another score for housing the second time."""
    client, housing = 0, rows[0].index("Huisvesting")
    seen: set[str] = set()
    wrong: set[str] = set()
    for row in rows[1:]:
        if row[client] in seen and row[housing] and row[client] not in wrong and len(wrong) < N_WRONG:
            row[housing] = "1" if row[housing] == "5" else "5"
            wrong.add(row[client])
        seen.add(row[client])


def put_right(published: Order, home: Home, root: Path) -> Corrected:
    """What was published in this home turns out to be wrong, and is put right: withdrawn, delivered anew, run.

    In the delivery that was published the amounts were ten times too low, and the scores of three people wrong.
    """
    assert published.deliveries is not None
    shutil.copytree(home.tables, root / "before")
    (first,) = releases(home)
    with home.lock(), all_or_nothing(home.root):
        decide(home, first.name, "withdraw", "A. Ambtenaar", "bedragen tien keer te laag", dt.date(2026, 2, 1))
        (wrong,) = Receipts(home.receipts).accepted()
        decide_about(home, wrong, WITHDRAW, "A. Ambtenaar", WHY)
        rectify(home, None, Cause.DELIVERY, "A. Ambtenaar", WHY, dt.date(2026, 2, 1))
    right = changed(published.deliveries, root / "hersteld", {"voorzieningen.csv": ten_times, "zrm.csv": three_people})
    order = replace(published, home=home.root, deliveries=right, as_of="2026-02-01")
    outcome = run(order)
    known = before(home, home.tables / "closed_gate__people" / "now.parquet")
    return Corrected(home, order, first, outcome, TableStore(root / "before"), known)
