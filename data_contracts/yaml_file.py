"""A YAML file as a strict model: every fault with its line, in Dutch.

Anchors, aliases and tags are refused: a study needs none, and an alias bomb or a Python tag is an attack. So is depth.
"""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from data_contracts.errors import Broken, Finding, RulesBroken, StudyError
from data_contracts.yaml_tricks import TrickError, Untricked
from data_contracts.yaml_words import words

MAX_BYTES = 512 * 1024
_MADE_BY = {
    "study.yaml": "Maak een studie van uw bestanden met wijkbaat init.",
    "mapping.yaml": "Maak een studie van uw bestanden met wijkbaat init.",
    "results_logic.yaml": "Maak het met wijkbaat tree new {at}.",
    "mkba.yaml": "Maak het met wijkbaat mkba new {at}.",
    "region.yaml": "Een voorbeeld staat in docs/regio.md.",
}
Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]


def read_model(path: Path, model: type[Model]) -> Model:
    """The file at `path` as a `model`; raises StudyError with all findings at once."""
    return as_model(read_text(path), model, path.name)


@functools.lru_cache(maxsize=32)
def as_model(text: str, model: type[Model], file: str) -> Model:
    """`text` as a `model`; `file` is the name that the findings show."""
    data, lines = parse(text, file)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        broken = broken_in(error, model)
    raise StudyError(_findings(broken, lines, file))


def require_unbroken(broken: list[Broken], text: str, file: str) -> None:
    """Raise StudyError with the line of each broken rule; for rules that need more than the file itself."""
    if broken:
        raise StudyError(_findings(broken, parse(text, file)[1], file))


def broken_in(error: ValidationError, model: type[BaseModel]) -> list[Broken]:
    """Every fault that pydantic found, in Dutch, with its place in the data."""
    return [one for detail in error.errors(include_url=False) for one in _broken(detail, model)]


def _broken(detail: ErrorDetails, model: type[BaseModel]) -> list[Broken]:
    at, cause = detail["loc"], detail.get("ctx", {}).get("error")
    if isinstance(cause, RulesBroken):
        return [Broken((*at, *one.at), one.what, one.do) for one in cause.broken]
    if detail["type"] == "union_tag_not_found":
        return [Broken((*at, detail["ctx"]["discriminator"].strip("'")), "dit ontbreekt.", "Vul het in.")]
    return [Broken(at, *words(detail, model))]


def read_text(path: Path) -> str:
    """The text of a study's file; raises StudyError when it is missing, too large or not UTF-8."""
    if path.is_dir():
        raise StudyError([Finding(path.name, None, "dit is een map.", "Noem het bestand zelf.")])
    if not path.is_file():
        how = _MADE_BY.get(path.name, "Kijk de naam na: in '{at}' staat het niet.").format(at=path.parent)
        raise StudyError([Finding(path.name, None, "dit bestand ontbreekt.", how)])
    if path.stat().st_size > MAX_BYTES:
        raise StudyError(
            [Finding(path.name, None, f"dit bestand is groter dan {MAX_BYTES // 1024} KB.", "Splits het.")]
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem = "dit bestand is geen UTF-8-tekst."
    raise StudyError([Finding(path.name, None, problem, "Bewaar het opnieuw als UTF-8.")])


def parse(text: str, file: str) -> tuple[Any, dict[Location, int]]:
    """Plain data and the line (from 1) of every key and item."""
    reader = YAML(typ="rt", pure=True)
    reader.Scanner = Untricked
    try:
        tree = reader.load(io.StringIO(text))
    except TrickError as trick:
        line, what, do = trick.args
        raise StudyError([Finding(file, line, what, do)]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = error.problem or ""
    except (YAMLError, ValueError):
        # A number of thousands of digits is a ValueError of Python itself.
        line, problem = None, ""
    else:
        lines: dict[Location, int] = {}
        return _plain(tree, (), lines), lines
    if "duplicate key" in problem:
        what, do = "deze sleutel staat er twee keer.", "Haal er één weg."
    else:
        what = "dit is geen geldige YAML."
        do = "Kijk naar het inspringen, de dubbele punt en aanhalingstekens om tekst met : # ? of { erin."
    raise StudyError([Finding(file, line, what, do)])


def _plain(node: Any, at: Location, lines: dict[Location, int]) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*at, key)] = node.lc.data[key][0] + 1
        return {key: _plain(value, (*at, key), lines) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            lines[(*at, index)] = node.lc.data[index][0] + 1
        return [_plain(value, (*at, index), lines) for index, value in enumerate(node)]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """ruamel keeps how a number was written; models want the plain value."""
    for plain in (bool, int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return node


def _findings(broken: list[Broken], lines: dict[Location, int], file: str) -> list[Finding]:
    known = {part for place in lines for part in place}
    findings = []
    for one in broken:
        name = ".".join(str(part) for part in one.at if part in known or part == one.at[-1])
        findings.append(Finding(file, _line_of(one.at, lines), f"'{name}': {one.what}" if name else one.what, one.do))
    return sorted(findings, key=lambda finding: finding.line or 0)


def _line_of(at: Location, lines: dict[Location, int]) -> int | None:
    """The line of the nearest parent that stands in the file (union tags of pydantic do not)."""
    known = at
    while known:
        if known in lines:
            return lines[known]
        without_tag = [known[:i] + known[i + 1 :] for i in range(len(known))]
        for shorter in without_tag:
            if shorter in lines and len(shorter) == len(known) - 1 and known[-1] == shorter[-1:][0:1]:
                return lines[shorter]
        known = known[:-1]
    return 1 if lines else None
