"""The same years as files in an inbox: read, judged and taken in as a run does, decided about with the commands."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
from typer.testing import CliRunner

from data_contracts.errors import DeliveryRefused
from pipelines.assets.defs.current import _part
from pipelines.assets.table_asset import WorkplaceResource, made_in_turn, quiet
from pipelines.commands.app import app
from pipelines.in_process import in_process
from pipelines.intake.reading.texts import CLIENT_NO
from pipelines.run import Order, _receive, _take_in
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace, read_study
from tests.intake.taking_in import STUDY
from tests.living.municipality import (
    ASSESSMENTS,
    CASES,
    DOMAINS,
    PROVISIONS,
    TABLES,
    Delivery,
    Row,
    Spoiled,
    Step,
    Years,
)
from tests.living.product import columns_of
from tests.living.reference import Reference

# Our column -> the column of the file, per file; what is spoiled breaks one of these.
_FILES: dict[str, tuple[str, dict[str, str]]] = {
    CASES: ("trajecten", {"started_on": "Van", "ended_on": "Tot", "hours": "Uren"}),
    PROVISIONS: (
        "zorg",
        {"product": "Product", "law": "Wet", "started_on": "Van", "ended_on": "Tot", "amount_eur": "Bedrag"},
    ),
    ASSESSMENTS: ("zrm", {"assessed_on": "Datum", "rater_type": "Wie", **{domain: domain for domain in DOMAINS}}),
    "core_events__incidents": ("meldingen", {"occurred_on": "Datum", "event_kind": "Soort"}),
    "core_clients__attributes": ("mensen", {"household": "Huishouden"}),
}
_TABLE = {CASES: "trajectories", PROVISIONS: "provisions", ASSESSMENTS: "assessments"} | {
    "core_events__incidents": "events",
    "core_clients__attributes": "clients",
}


@dataclass
class Door:
    """A study and a home; every step is what a person or a run does."""

    years: Years
    study: Path
    home: Home
    inbox: Path

    def does(self, step: Step) -> None:
        """One step; a delivery that stops because it stands out is taken."""
        if step.what != "receive":
            self._decides(step.what, step.delivery)
            return
        try:
            self._takes_in(step.delivery)
        except DeliveryRefused:
            self._decides("take", step.delivery)
            self._takes_in(step.delivery)

    def _takes_in(self, name: str) -> None:
        order = Order(self.study, self.home.root, self.inbox / name)
        with self.home.lock():
            waiting = _receive(order, read_study(self.study), self.home)
            with in_process(WorkplaceResource(str(order.study), str(order.home), order.as_of), quiet) as dagster:
                _take_in(dagster, waiting)

    def _decides(self, what: str, name: str) -> None:
        (key,) = [one.key for one in Receipts(self.home.receipts).all() if one.name == name]
        words = ["deliveries", what, str(self.study), key, "--home", str(self.home.root)]
        result = CliRunner().invoke(app, [*words, "--by", "A. Ambtenaar", "--why", "zoals afgesproken"])
        assert result.exception is None, result.exception

    def state(self, table: str) -> Counter[tuple[Any, ...]]:
        """The current table, made as its asset makes it."""
        place = Workplace(read_study(self.study), self.home, None, 1)
        parts = [CASES, ASSESSMENTS] if table == ASSESSMENTS else [table]
        list(made_in_turn([_part(name) for name in parts], place))
        stored = TableStore(self.home.tables).stored(f"{table}__current")
        told = ", ".join("NULL" if name == "team_no" else name for name in sorted(columns_of(table)))
        return Counter(stored.relation(duckdb.connect()).project(told).fetchall())


def through_the_door(years: Years, root: Path) -> Door:
    """The study, the home and every delivery as a directory of CSV files."""
    study, home = root / "study", Home(root / "home")
    study.mkdir()
    home.prepare()
    text = STUDY.replace("demo-[0-9]{4}", "person-[a-j]{7,12}").replace(
        "life_domains: [finances, housing]", f"life_domains: [{', '.join(DOMAINS)}]"
    )
    # What no slice uses is not stored.
    text = text.replace(
        "[{name: all}]", "[{name: all}, {name: household, merges_into: all, ground: verzonnen gegevens}]"
    )
    (study / "study.yaml").write_text(text, encoding="utf-8")
    mapped = "".join(_entry(years, table) for table in TABLES)
    bridge = "  - match: brug.csv\n    table: bridge\n    columns: {client_key: Oud, client_key_new: Nieuw}\n"
    head = "schema_version: 2\ndeliveries: {as_at: {from_name: yyyymmdd}}\nfiles:\n"
    (study / "mapping.yaml").write_text(head + mapped + bridge, encoding="utf-8")
    renamed = {name: f"{name}-{one.as_at:%Y%m%d}" for name, one in years.deliveries.items()}
    told = {renamed[name]: once(replace(one, name=renamed[name])) for name, one in years.deliveries.items()}
    steps = [Step(step.what, renamed[step.delivery]) for step in years.steps]
    door = Door(replace(years, deliveries=told, steps=steps), study, home, root / "in")
    for delivery in told.values():
        _write(door.inbox / delivery.name, delivery)
    return door


def once(delivery: Delivery) -> Delivery:
    """Equal rows of a file count once; of what is set aside, the rows that end before they begin."""
    rows = {
        table: list({str(sorted(row.items(), key=str)): row for row in told}.values())
        for table, told in delivery.rows.items()
    }
    known = [one for one in delivery.spoiled if one.table == CASES or (one.table == PROVISIONS and one.what)]
    spoiled = [replace(one, on_day=None) for one in known]
    return replace(delivery, rows=rows, spoiled=spoiled)


def numbered(reference: Reference, table: str) -> Counter[tuple[Any, ...]]:
    """What the reference says, with the numbers that intake makes of pseudonyms and record numbers."""
    names = sorted(columns_of(table))
    found: Counter[tuple[Any, ...]] = Counter()
    for values, n in reference.state(table).items():
        row = dict(zip(names, values, strict=True)) | ({"team_no": None} if "team_no" in names else {})
        row["client_no"] = number(pseudonym(row["client_no"]))
        if row.get("record_no") is not None:
            row["record_no"] = number(str(row["record_no"]))
        found[tuple(row[name] for name in names)] += n
    return found


def pseudonym(client: int) -> str:
    """Letters for the digits of a client: eight or nine digits could be a citizen number."""
    return "person-" + str(client).translate(str.maketrans("0123456789", "abcdefghij"))


def number(text: str) -> int:
    """As intake makes it."""
    return int(duckdb.sql(f"SELECT {CLIENT_NO.format('$1')}", params=[text]).fetchall()[0][0])


def _entry(years: Years, table: str) -> str:
    file, columns = _FILES[table]
    kind, by = years.delivers(table)
    scores = {name: column for name, column in columns.items() if name in DOMAINS}
    plain = {name: column for name, column in columns.items() if name not in (*DOMAINS, "rater_type")}
    plain |= {"client_key": "Nummer"} | ({} if table == "core_clients__attributes" else {"record_id": "Id"})
    days = {name: f"{{from: {column}, date: [yyyy-mm-dd]}}" for name, column in plain.items() if name.endswith("_on")}
    named = ", ".join(f"{name}: {column}" for name, column in (plain | days).items())
    lines = [f"  - match: {file}.csv", f"    table: {_TABLE[table]}", f"    columns: {{{named}}}"]
    lines.append(f"    delivers: {{kind: {kind}{f', period_by: {by}' if by else ''}}}")
    if scores:
        who = "{professional: {rater_type: professional}, client: {rater_type: client}}"
        lines += ["    edition: zrm_2013", f"    rows: [{{column: Wie, values: {who}}}]"]
        lines.append(f"    scores: {{{', '.join(f'{name}: {column}' for name, column in scores.items())}}}")
    return "\n".join(lines) + "\n"


def _write(directory: Path, delivery: Delivery) -> None:
    directory.mkdir(parents=True)
    for table, (file, columns) in _FILES.items():
        number_column = [] if table == "core_clients__attributes" else ["Id"]
        lines = [";".join(["Nummer", *number_column, *columns.values()])]
        lines += [_line(row, table, columns) for row in delivery.rows[table]]
        lines += [_line(_broken(one), table, columns) for one in delivery.spoiled if one.table == table]
        if len(lines) > 1:  # a file without records is refused
            (directory / f"{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if delivery.bridges:
        pairs = [f"{pseudonym(old)};{pseudonym(new)}" for old, new in delivery.bridges]
        (directory / "brug.csv").write_text("\n".join(["Oud;Nieuw", *pairs]) + "\n", encoding="utf-8")


def _line(row: Row, table: str, columns: dict[str, str]) -> str:
    own = [] if table == "core_clients__attributes" else [row.get("record_no")]
    values = [pseudonym(row["client_no"]), *own, *(row.get(name) for name in columns)]
    return ";".join("" if value is None else str(value) for value in values)


def _broken(one: Spoiled) -> Row:
    """A row that ends before it begins."""
    begin, end = dt.date(2016, 2, 1), dt.date(2016, 1, 1)
    head = {"client_no": one.client_no, "record_no": one.record_no, "started_on": begin, "ended_on": end}
    return head | {"product": one.what, "law": "wmo"}
