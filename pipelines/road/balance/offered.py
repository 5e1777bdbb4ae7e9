"""An edited workbook of a release, offered back: which assumption got another value, put where it belongs."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.book import Book
from data_contracts.yaml_file import broken_in
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Released
from mkba.inputs.model import Mkba
from mkba.inputs.named_prices import price_of
from mkba.inputs.packs import Packs
from reports.workbook.assumptions import ASSUMPTIONS
from reports.workbook.formulas import Names
from reports.workbook.look import HEAD_ROW

_SAME = 1e-9
_MEASURED = "dit is gemeten of geteld en staat in de publicatie; het verandert alleen met een nieuwe levering."
_ELSEWHERE = "dit komt uit een pakket. Kies een ander pakket of jaar met wijkbaat mkba export."


@dataclass(frozen=True, slots=True)
class Signed:
    """Who changes something, and why."""

    by: str
    why: str


def is_of_a_release(book: Book) -> bool:
    """Whether a workbook is that of a release, and not one of inputs."""
    return ASSUMPTIONS in book.sheets


def with_offered(book: Book, model: Mkba, packs: Packs, released: Released, signed: Signed) -> Mkba:
    """The balance with the values of the sheet; raises StudyError with the row of every one that may not be."""
    names = Names(line_table(model, packs, released))
    ids = {name: one.id for name, one in zip(names.inputs, names.lines.inputs.inputs, strict=True)}
    known = {one.name: one.value for one in names.assumptions}
    findings: list[Finding] = []
    data: dict[str, Any] = model.model_dump(exclude_defaults=True)
    for row, name, value in _rows(book):
        where = f"{book.file}, blad {ASSUMPTIONS}, rij {row}"
        problem = _problem(name, value, known)
        if problem is None and abs(float(value) - known[name]) > _SAME * max(1.0, abs(known[name])):
            changed = copy.deepcopy(data)
            problem = _put(changed, ids.get(name, ""), float(value), model, packs, signed) or _broken(changed)
            data = data if problem else changed
        if problem is not None:
            findings.append(Finding(where, None, f"'{name}': {problem}"))
    if findings:
        raise StudyError(findings)
    return Mkba.model_validate(data)


def _rows(book: Book) -> Iterator[tuple[int, str, Any]]:
    """Row number, name and value of every assumption."""
    for row, line in enumerate(book.sheets[ASSUMPTIONS][HEAD_ROW + 1 :], start=HEAD_ROW + 2):
        if len(line) > 1 and str(line[0]).strip():
            yield row, str(line[0]).strip(), line[1]


def _problem(name: str, value: Any, known: dict[str, float]) -> str | None:
    if name not in known:
        return "deze naam hoort niet bij deze studie en publicatie. Neem het werkblad van de laatste publicatie."
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "hier hoort een getal te staan."
    return None


def _put(data: dict[str, Any], name: str, value: float, model: Mkba, packs: Packs, signed: Signed) -> str | None:
    """Put a value where its input comes from; what is wrong with that otherwise."""
    group, _, rest = name.partition("/")
    if group in ("effect", "released"):
        return _MEASURED
    if group == "price":
        prices = data.setdefault("prices", [])
        own = next((one for one in prices if one["id"] == rest), None)
        if own is None:
            price = price_of(rest, model, packs)
            own = price.model_dump(exclude_defaults=True) if price is not None else {}
            prices.append(own)
        return _changed(own, value, signed)
    found = [one for one in _declared(data, group, rest) if one is not None]
    problems = [_changed(one, value, signed) for one in found]
    return next((one for one in problems if one), None) if found else _ELSEWHERE


def _declared(data: dict[str, Any], group: str, rest: str) -> Iterator[dict[str, Any] | None]:
    """The numbers of the study behind an input."""
    owner, _, key = rest.partition("/")
    lines = {line["id"]: line for line in data["lines"]}
    if group == "factor":
        yield from (
            one for line in lines.values() for one in line.get("factors", []) if rest in (one.get("id"), one["label"])
        )
    elif group == "alternative":
        yield from (one.get(key) for one in data["alternatives"] if one["id"] == owner)
    elif group == "null":
        yield from (one.get(key) for one in data["null_alternative"]["trajectories"] if one["id"] == owner)
    elif group == "line" and owner in lines:
        yield lines[owner].get(key) or lines[owner].get("chain", {}).get(key)
    elif group == "quantity" and rest in lines:
        yield lines[rest]["quantity"]
    elif group == "baseline":
        yield lines[rest]["quantity"].get("baseline") if rest in lines else data.get("induced_demand_baseline")
    elif group == "volume":
        yield data["volume"][rest]


def _changed(number: dict[str, Any], value: float, signed: Signed) -> str | None:
    """The number becomes an assumption of whoever changed it; its range must still hold it."""
    low, high = number.get("low"), number.get("high")
    if low is not None and high is not None and not low <= value <= high:
        return f"{value:g} ligt buiten laag ({low:g}) en hoog ({high:g}). Verander die met wijkbaat mkba export."
    source = f"{number['source']} (in de werkmap veranderd van {number['value']:g}: {signed.why})"
    number |= {"value": value, "status": "assumption", "signed_by": signed.by, "source": source}
    return None


def _broken(data: dict[str, Any]) -> str | None:
    try:
        Mkba.model_validate(data)
    except ValidationError as error:
        return " ".join(f"{one.what} {one.do}".strip() for one in broken_in(error, Mkba))
    return None
