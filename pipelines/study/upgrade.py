"""`wijkbaat study upgrade`: a mapping.yaml of version 1 as one of version 2, with its comments.

Version 1 had one style of dates and numbers per file (`dialect`); version 2 has them per column.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from data_contracts.errors import StudyError
from data_contracts.mapping.date_notation import notation_of
from data_contracts.mapping.fields import DATES, NUMBERS
from data_contracts.mapping.file import Mapping
from data_contracts.yaml_file import as_model, parse, read_text
from pipelines.study.directory import require_study

_FORMAT = {"csv": (",", "."), "xlsx": (",", "."), "parquet": (".", "")}
_DUTCH_DAY, _DUTCH_NUMBER = ("dd-mm-yyyy", "d-m-yyyy"), (",", ".")
_TIME_PARTS = (" %H:%M:%S", " %H:%M", "T%H:%M:%S")


def upgrade_study(directory: Path) -> bool:
    """Rewrite mapping.yaml in place; False when it is of version 2 already. Raises StudyError, and then writes nothing.

    The file that stood there stays beside it as mapping.yaml.v1.
    """
    require_study(directory)
    path = directory / "mapping.yaml"
    text = read_text(path)
    version = _version(text)
    if version == 2:
        return False
    if version != 1:
        raise StudyError("mapping.yaml heeft geen schema_version 1 of 2. Kijk het bestand na.")
    new = upgraded(text)
    as_model(new, Mapping, path.name)
    path.with_name("mapping.yaml.v1").write_text(text, encoding="utf-8")
    path.write_text(new, encoding="utf-8")
    return True


def _version(text: str) -> Any:  # whatever the file holds
    data, _ = parse(text, "mapping.yaml")
    return data.get("schema_version") if isinstance(data, dict) else None


def upgraded(text: str) -> str:
    """The text of version 2, comments kept where their key stays."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(io.StringIO(text))
    tree["schema_version"] = 2
    for file in tree.get("files") or []:
        _upgrade_file(file)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _upgrade_file(file: CommentedMap) -> None:
    place = list(file).index("dialect") if "dialect" in file else 1
    dialect = file.pop("dialect", {})
    opening, frame = _open(dialect), _frame(dialect)
    if frame:
        file.insert(place, "frame", frame)
    if opening:
        file.insert(place, "open", opening)
    _style_columns(file, dialect)
    scores = file.get("scores")
    if scores:
        file["scores"] = _turned(scores)
    if "not_scored" in file:
        at = list(file).index("not_scored")
        file.insert(at, "codes", CommentedMap(score=file.pop("not_scored")))


def _open(dialect: dict[str, Any]) -> CommentedMap:
    """What the dialect said of the bytes; version 1 read UTF-8 and semicolons where it said nothing."""
    found = CommentedMap(format=dialect.get("kind", "csv"))
    if found["format"] == "csv":
        found["encoding"] = dialect.get("encoding", "utf-8")
        found["delimiter"] = dialect.get("delimiter", ";")
        if dialect.get("quote", '"') != '"':
            found["quote"] = dialect["quote"]
    if dialect.get("sheet"):
        found["sheets"] = CommentedSeq([dialect["sheet"]])
    found.fa.set_flow_style()
    return found


def _frame(dialect: dict[str, Any]) -> CommentedMap | None:
    skipped = dialect.get("skip_rows", 0)
    if not skipped:
        return None
    rows = CommentedSeq([skipped + 1])
    rows.fa.set_flow_style()
    return CommentedMap(header_rows=rows)


def _style_columns(file: CommentedMap, dialect: dict[str, Any]) -> None:
    """Dates and numbers get the style of the dialect, where it is another one than the Dutch."""
    kind = dialect.get("kind", "csv")
    form = dialect.get("date", "%Y-%m-%d" if kind == "parquet" else "%d-%m-%Y")
    for time in _TIME_PARTS:
        form = form.removesuffix(time)
    day = notation_of(form)
    default = _FORMAT.get(kind, _DUTCH_NUMBER)
    number = (dialect.get("decimal", default[0]), dialect.get("thousands", default[1]))
    columns = file.get("columns", {})
    for ours, theirs in columns.items():
        if ours in DATES and day not in _DUTCH_DAY:
            columns[ours] = _flow(CommentedMap({"from": theirs, "date": _flow(CommentedSeq([day]))}))
        elif ours in NUMBERS and number != _DUTCH_NUMBER:
            style = _flow(CommentedMap(decimal=number[0], thousands=number[1]))
            columns[ours] = _flow(CommentedMap({"from": theirs, "number": style}))


def _flow(node: Any) -> Any:  # a map or a list of ruamel
    node.fa.set_flow_style()
    return node


def _turned(scores: CommentedMap) -> CommentedMap:
    """Life domain -> its column or columns, where version 1 had column -> life domain; of two the first was lost."""
    turned = CommentedMap()
    for theirs, domain in scores.items():
        if domain in turned:
            given = turned[domain]
            turned[domain] = [*(given if isinstance(given, list) else [given]), theirs]
        else:
            turned[domain] = theirs
    return turned
