"""One workbook computed by everybody: our engine, the library `formulas`, and LibreOffice from .xlsx and .ods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mkba.balance.balance import balance
from mkba.balance.overlap import overlap_shares
from mkba.binding.line_table import LineTable
from reports.workbook.formulas import Names
from reports.workbook.look import HEAD_ROW
from tests.office.calc import Cells, Edits, cells, edited_ods, edited_xlsx, formula_places, recalculated
from tests.surfaces.recalculated import by_formulas

CENT = 0.005
Engine = dict[str, float]  # 'what: choice' -> its value now


@dataclass(frozen=True, slots=True)
class Pair:
    """The two files of one workbook, and the lines behind them."""

    xlsx: bytes
    ods: bytes
    lines: LineTable


def draws_of_edits(lines: LineTable, seed: int, times: int) -> list[dict[str, float]]:
    """Per time some inputs by name, each half to one and a half times what it was."""
    rng, known = np.random.default_rng(seed), Names(lines).assumptions
    edits = []
    for _ in range(times):
        chosen = rng.choice(len(known), size=min(len(known), int(rng.integers(1, 6))), replace=False)
        edits.append({known[at].name: round(known[at].value * float(rng.uniform(0.5, 1.5)), 6) for at in chosen})
    return edits


def places(lines: LineTable, edits: Mapping[str, float]) -> dict[str, float]:
    """The same edits by the cell that a reader fills in."""
    rows = {one.name: row for row, one in enumerate(Names(lines).assumptions, start=HEAD_ROW + 2)}
    return {f"B{rows[name]}": value for name, value in edits.items()}


def by_engine(lines: LineTable, edits: Mapping[str, float]) -> Engine:
    """The balance of every choice, and what each budget gets of it, with other inputs and shares of overlap kept."""
    names, means = Names(lines), lines.inputs.means.copy()
    for column, name in enumerate(names.inputs):
        means[0, column] = edits.get(name, means[0, column])
    schedule = lines.packs.discount[lines.model.discount]
    rates = {kind: edits.get(names.rates.get(kind, ""), rate) for kind, rate in schedule.classes.items()}
    discount = {**lines.packs.discount, lines.model.discount: schedule.model_copy(update={"classes": rates})}
    factors = {key: edits.get(name) for key, name in names.conversions.items()}
    rows = tuple(
        replace(
            row,
            conversions=tuple(
                one if factors[one.label, one.factor] is None else replace(one, factor=factors[one.label, one.factor])
                for one in row.conversions
            ),
        )
        for row in lines.rows
    )
    table = replace(lines, rows=rows, packs=replace(lines.packs, discount=discount))
    found: Engine = {}
    for choice in lines.model.alternatives:
        result = balance(table, means, choice, overlap_shares(lines, choice))
        found[f"Saldo: {choice.label}"] = float(result.npv[0])
        for party, value in zip(result.parties, result.party_pv[0], strict=True):
            found[f"{party.label}: {choice.label}"] = float(value)
    return found


def differences(pair: Pair, folder: Path, edits: list[dict[str, float]]) -> Iterator[str]:
    """Where anybody says something else than the others, untouched and after each of the edits."""
    rounds: list[Edits] = [{}, *(places(pair.lines, one) for one in edits)]
    books = {f"{at}.xlsx": edited_xlsx(pair.xlsx, one) for at, one in enumerate(rounds)}
    books |= {f"{at}-ods.ods": edited_ods(pair.ods, one) for at, one in enumerate(rounds)}
    office, stored = recalculated(books, folder), cells(pair.xlsx)
    formulas = set(formula_places(pair.xlsx))
    for at, one in enumerate(rounds):
        seen = {"xlsx": office[f"{at}.xlsx"], "ods": office[f"{at}-ods.ods"]}
        library = by_formulas(pair.xlsx, folder / "formulas.xlsx", one)
        expected = (stored if not at else {key: stored[key] for key in stored.keys() - formulas}) | {
            f"Uitgangspunten!{place}": value for place, value in one.items()
        }
        for name, found in seen.items():
            yield from (f"{at} {name} {told}" for told in _unlike(expected, found, expected.keys()))
            yield from (f"{at} {name} {told} (formulas)" for told in _unlike(library, found, formulas))
            yield from (f"{at} {name} {key} {found[key]}" for key in found if str(found[key]).startswith("#"))
        yield from (f"{at} {told} (ods beside xlsx)" for told in _unlike(seen["xlsx"], seen["ods"], seen["xlsx"]))
        engine = by_engine(pair.lines, dict(edits[at - 1]) if at else {})
        yield from (f"{at} {told} (engine)" for told in _unlike(engine, _control(seen["ods"]), _control(seen["ods"])))


def _control(found: Cells) -> dict[str, Any]:
    """What the workbook itself computed for each line of its check."""
    rows = (int(place.removeprefix("Controle!A")) for place in found if re.fullmatch(r"Controle!A\d+", place))
    return {found[f"Controle!A{row}"]: found[f"Controle!C{row}"] for row in rows if row > HEAD_ROW + 1}


def _unlike(expected: Mapping[str, Any], found: Mapping[str, Any], keys: Any) -> Iterator[str]:
    for key in sorted(keys):
        wanted, got = expected.get(key), found.get(key)
        numbers = all(isinstance(one, int | float) for one in (wanted, got))
        if not (abs(wanted - got) < CENT if numbers else wanted == got):  # type: ignore[operator]
            yield f"{key}: {wanted!r} and {got!r}"
