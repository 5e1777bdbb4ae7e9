"""The workbook recalculated by the library `formulas`, which knows nothing of our engine."""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

logging.getLogger("formulas").setLevel(logging.ERROR)
Values = dict[str, Any]


def by_formulas(content: bytes, path: Path, edits: Mapping[str, float]) -> Values:
    """Every cell by 'Sheet!A1', with other numbers in cells of the sheet Uitgangspunten."""
    return dict(_computed(content, path, tuple(sorted(edits.items()))))


@functools.lru_cache(maxsize=64)
def _computed(content: bytes, path: Path, edits: tuple[tuple[str, float], ...]) -> Values:
    """The same workbook with the same changes is recalculated once: it takes seconds."""
    model, titles = _model(content, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own
        found = model.calculate(inputs={f"'[{path.name}]UITGANGSPUNTEN'!{place}": value for place, value in edits})
    said = {str(key).split("]")[1].replace("'", ""): cell for key, cell in found.items() if "]" in str(key)}
    values = {key: cell.value[0, 0] for key, cell in said.items() if ":" not in key and hasattr(cell, "value")}
    return {f"{titles[sheet]}!{place}": _plain(value) for sheet, place, value in _places(values) if sheet in titles}


@functools.lru_cache(maxsize=2)
def _model(content: bytes, path: Path) -> tuple[Any, dict[str, str]]:
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish()
    return model, {name.upper(): name for name in openpyxl.load_workbook(path, read_only=True).sheetnames}


def _places(values: Values) -> list[tuple[str, str, Any]]:
    return [(*key.split("!"), value) for key, value in values.items()]  # type: ignore[misc]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
