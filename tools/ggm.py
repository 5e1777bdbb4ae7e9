"""docs/ggm.md: what we read and publish beside the objects of the Gemeentelijk Gegevensmodel; from tools/ggm.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from data_contracts.tables.meanings import column_meaning, table_meaning
from pipelines.releases.released_tables import OUT_CONTRACTS

BESIDE = Path(__file__).with_suffix(".yaml")
READY = Path(__file__).resolve().parents[1] / "studies" / "mappings" / "ggm.yaml"


def mapped() -> Any:
    """The groups of tables and the columns, as they were laid beside the GGM."""
    return YAML(typ="safe").load(BESIDE.read_text(encoding="utf-8"))


def page() -> str:
    """The page; raises ValueError for a table or column that is mapped and not published, or the other way round."""
    beside = mapped()
    listed = [table for group in beside["groups"] for table in group["tables"]]
    strange = sorted(set(listed) ^ set(OUT_CONTRACTS)) or [one for one in listed if listed.count(one) > 1]
    strange += sorted(set(beside["columns"]) - {one for contract in OUT_CONTRACTS.values() for one in contract.columns})
    if strange:
        raise ValueError(f"{BESIDE.name}: give {strange[0]} one group, or take it out")
    return "\n".join([_SAYS.format(source=beside["source"]), *_read(), *_tables(beside), *_columns(beside), ""])


_SAYS = """# Het Gemeentelijk Gegevensmodel ernaast

Wat wijkbaat leest en openbaar maakt, naast de objecten van het {source}.

Het GGM beschrijft wat een gemeente over één cliënt, voorziening of rekening vastlegt. Wij publiceren alleen over
groepen ([gate.md](gate.md)); daarom is een openbare tabel nooit een object van het GGM, en zegt deze bladzijde waar
haar cijfers *over* gaan. Gemaakt door `make docs`; een openbare tabel die hier niet staat, houdt de toets tegen.
"""


def _read() -> Iterator[str]:
    yield "## Wat we lezen\n\nUit een datawarehouse, met `use: [mappings/ggm.yaml]` ([exports.md](exports.md)):\n"
    yield "| bestand | kolom bij ons | attribuut in het GGM |\n|---|---|---|"
    for file in YAML(typ="safe").load(READY.read_text(encoding="utf-8"))["files"]:
        for ours, theirs in file["columns"].items():
            name = theirs["from"] if isinstance(theirs, dict) else theirs
            yield f"| `{file['match']}` | `{ours}` | {name} |"
    yield ""


def _tables(beside: Any) -> Iterator[str]:
    yield "## Wat we openbaar maken\n\n| objecten van het GGM | tabellen | hoe zij zich verhouden |\n|---|---|---|"
    for group in beside["groups"]:
        tables = "<br>".join(f"`{one}`: {table_meaning(one)}" for one in group["tables"])
        yield f"| {', '.join(group['objects']) or '(geen)'} | {tables} | {group['what'].strip()} |"
    yield ""


def _columns(beside: Any) -> Iterator[str]:
    yield "## Kolommen\n\n| kolom | wat zij bij ons zegt | in het GGM | verschil | tabellen |\n|---|---|---|---|---|"
    for column, (attribute, note) in beside["columns"].items():
        times = sum(column in contract.columns for contract in OUT_CONTRACTS.values())
        yield f"| `{column}` | {column_meaning(column)} | {attribute} | {note} | {times} |"
