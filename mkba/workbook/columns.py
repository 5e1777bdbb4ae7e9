"""How mkba.yaml stands in a workbook: which sheets, which columns; both follow from the model itself."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from data_contracts.vocabulary.field import Labelled
from data_contracts.workbook.sheets import Column, Path, Sheet
from mkba.inputs.line_model import Factor, Line
from mkba.inputs.model import Alternative, Mkba, NullTrajectory, OverlapGroup, RankCorrelation
from mkba.inputs.prices import Price
from mkba.workbook.words import CODES, WORDS

_KINDS: dict[Any, str] = {int: "whole", float: "number", str: "text", dt.date: "date"}


def _columns(model: type[BaseModel], at: Path = (), required: bool = True) -> Iterator[Column]:
    for name, info in model.model_fields.items():
        yield from _column((*at, name), info.annotation, required and info.is_required())


def _column(path: Path, annotation: Any, required: bool) -> Iterator[Column]:
    inner, is_optional = _bare(annotation)
    origin, arguments = get_origin(inner), get_args(inner)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        yield from _columns(inner, path, required and not is_optional)
    elif origin in (Union, types.UnionType):
        yield from _of_several(path, arguments, required)
    elif origin is list:
        item = _bare(arguments[0])[0]
        if not (isinstance(item, type) and issubclass(item, BaseModel)):
            kind = "numbers" if item is float else "list"
            yield Column(heading_of(path), path, kind, {}, required, may_be_none=is_optional)
    else:
        yield Column(heading_of(path), path, _kind(inner), _names(inner), required, may_be_none=is_optional)


def _of_several(path: Path, members: tuple[Any, ...], required: bool) -> Iterator[Column]:
    """The columns of what may be one of several parts: each once, with the names of all, required where all ask it."""
    found: dict[Path, list[Column]] = {}
    for member in members:
        for column in _column(path, member, required):
            found.setdefault(column.path, []).append(column)
    for columns in found.values():
        first = columns[0]
        names = {code: label for one in columns for code, label in one.names.items()}
        is_required = len(columns) == len(members) and all(one.required for one in columns)
        yield replace(first, names=names, required=is_required)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The annotation without Annotated and None, and whether None was in it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        others = [one for one in get_args(annotation) if one is not type(None)]
        if len(others) == 1:
            return _bare(others[0])[0], True
        if len(others) < len(get_args(annotation)):
            return Union[tuple(others)], True  # noqa: UP007  made while running
    return annotation, False


def _kind(inner: Any) -> str:
    if get_origin(inner) is Literal:
        return "whole" if isinstance(get_args(inner)[0], int) else "text"
    return _KINDS.get(inner, "text")


def _names(inner: Any) -> dict[str, str]:
    """Code -> Dutch, for a closed list."""
    if isinstance(inner, type) and issubclass(inner, Labelled):
        return {member.value: member.label for member in inner}
    if get_origin(inner) is Literal and isinstance(get_args(inner)[0], str):
        return {code: CODES[code] for code in get_args(inner)}
    return {}


def heading_of(path: Path) -> str:
    """The Dutch heading of a field."""
    return ": ".join(WORDS[part] for part in path)


_LINE = Column("regel", ("line",), required=True, ids_of="Regels")
SHEETS = (
    Sheet("Balans", (), tuple(_columns(Mkba)), is_form=True),
    Sheet("Zonder aanpak", ("null_alternative", "trajectories"), tuple(_columns(NullTrajectory))),
    Sheet("Keuzes", ("alternatives",), tuple(_columns(Alternative))),
    Sheet("Prijzen", ("prices",), tuple(_columns(Price))),
    Sheet("Regels", ("lines",), tuple(_columns(Line))),
    Sheet("Omrekenen", ("lines", "factors"), (_LINE, *_columns(Factor)), owner=_LINE),
    Sheet("Overlap", ("overlap_groups",), tuple(_columns(OverlapGroup))),
    Sheet("Samenhang", ("correlations",), tuple(_columns(RankCorrelation))),
)
