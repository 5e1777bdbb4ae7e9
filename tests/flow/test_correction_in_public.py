"""An error was published and withdrawn: amounts ten times too high, and the scores of three people."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.gate.ledger import Before, canonical
from data_contracts.gate.spec import SPECS
from pipelines.intake.deciding import decide_about
from pipelines.releases.ledger import before
from pipelines.releases.release import decide
from pipelines.run import Order, run
from pipelines.storage.acts import WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.journal import all_or_nothing
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from tests.flow.conftest import Done

N_WRONG = 3


@dataclass(frozen=True)
class Corrected:
    """The home after both runs, the exact tables of the first, and what the ledger says of the first release."""

    store: TableStore
    wrong: TableStore
    first: str
    known: Before

    def out(self, name: str) -> pd.DataFrame:
        return self.store.stored(name).frame()


def changed(delivery: Path, target: Path) -> Path:
    """The delivery with its two errors."""
    shutil.copytree(delivery, target)
    for name, change in (("voorzieningen.csv", ten_times), ("zrm.csv", three_people)):
        with (target / name).open(encoding="windows-1252", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        change(rows)
        with (target / name).open("w", encoding="windows-1252", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return target


def ten_times(rows: list[list[str]]) -> None:
    at = rows[0].index("Bedrag")
    for row in rows[1:]:
        if row[at]:
            euros = float(row[at].replace(".", "").replace(",", "."))
            row[at] = f"{10 * euros:.2f}".replace(".", ",")


def three_people(rows: list[list[str]]) -> None:
    """Three clients who were measured twice, with another score for housing the second time."""
    client, housing = 0, rows[0].index("Huisvesting")
    seen: set[str] = set()
    wrong: set[str] = set()
    for row in rows[1:]:
        if row[client] in seen and row[housing] and row[client] not in wrong and len(wrong) < N_WRONG:
            row[housing] = "1" if row[housing] == "5" else "5"
            wrong.add(row[client])
        seen.add(row[client])


@pytest.fixture(scope="module")
def corrected(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    root = tmp_path_factory.mktemp("corrected")
    home = Home(root / "home")
    first = run(Order(done.study, home.root, changed(done.delivery, root / "correctie-1"), "2026-01-30", 1)).release
    assert first is not None
    shutil.copytree(home.tables, root / "before")
    with home.lock(), all_or_nothing(home.root):
        decide(home, first.name, "withdraw", "A. Ambtenaar", "bedragen tien keer te hoog", dt.date(2026, 1, 31))
        (wrong,) = Receipts(home.receipts).accepted()
        decide_about(home, wrong, WITHDRAW, "A. Ambtenaar", "bedragen tien keer te hoog")
    run(Order(done.study, home.root, done.delivery, "2026-01-31", 1))
    known = before(home, home.tables / "closed_gate__people" / "now.parquet")
    return Corrected(TableStore(home.tables), TableStore(root / "before"), first.name, known)


def test_the_right_euros_are_shown_after_amounts_that_were_ten_times_too_high(corrected: Corrected, done: Done) -> None:
    right = TableStore(Home(done.home).tables).stored("out_effects__estimates").frame()
    shown = corrected.out("out_effects__estimates")
    euros = shown["unit"] == "eur"
    assert euros.sum() > 3
    assert shown.loc[euros, "status"].eq("released").all()
    pd.testing.assert_frame_equal(shown[euros], right[right["unit"] == "eur"])


def test_figures_in_which_three_people_were_wrong_are_hidden_with_the_reason(corrected: Corrected) -> None:
    change = corrected.out("out_change__by_domain")
    housing = change[
        (change["life_domain"] == "housing") & (change["slice"] == "all") & (change["moment_to"] == "last")
    ]
    assert housing["status"].tolist() == ["withdrawn"]
    assert housing["n_up"].isna().all() and housing["mean_change"].isna().all()
    others = change[~change["life_domain"].isin(["housing", "all"])]
    assert not others["status"].isin(["held", "withdrawn"]).any()


def test_whatever_moved_has_people_who_differ_and_nobody_differs_but_those_who_were_corrected(
    corrected: Corrected,
) -> None:
    told = corrected.known.distances
    told = told[told["release_id"] == corrected.first].set_index(["table_name", "key"])
    entries = corrected.known.entries
    unknown = entries[entries["table_name"].isin(SPECS) & ~entries["is_known"].astype(bool)]
    assert unknown["key"].tolist() in ([], ['{"what":"two_pseudonyms"}'])
    n_moved = 0
    for name in SPECS:
        then, now = (rows_by_key(store, name) for store in (corrected.wrong, corrected.store))
        for key in then.keys() & now.keys() & set(told.loc[name].index if name in told.index else []):
            d = told.loc[(name, key), "n_differ"]
            if then[key] != now[key]:
                n_moved += 1
                assert d > 0, (name, key)
            if "eur" not in key and "provisions" not in key:
                assert d <= N_WRONG, (name, key)
    assert n_moved > 20


def rows_by_key(store: TableStore, name: str) -> dict[str, str]:
    """The exact figures of a table, as text, by the key of their row; but what is adjusted for other rows."""
    spec = SPECS[name]
    frame = store.stored(str(spec.source.name)).frame().drop(columns="p_adjusted", errors="ignore")
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {
        canonical({one: row[one] for one in spec.key}): str(
            [f"{value:.9g}" if isinstance(value, float) else value for value in row.values()]
        )
        for row in plain
    }
