"""A synthetic municipality as files that a registration system would deliver."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import xlsxwriter

from data_contracts.errors import StudyError
from data_contracts.vocabulary.field import LifeDomain
from indicators.simulation.mechanisms import Faults
from indicators.simulation.municipality import Municipality
from indicators.simulation.public_figures import public_figures
from indicators.simulation.settings import SimulationSettings
from pipelines.simulation.faults import accounting, with_faults
from pipelines.simulation.words import ASSESSMENTS, dutch_tables, labelled_ladder, long_assessments
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import connect

_SHEET_ROWS = 1_048_576
Dialect = Literal["semicolon", "comma", "workbook", "parquet"]


@dataclass(frozen=True, slots=True)
class _TextStyle:
    """How a CSV file writes its text."""

    encoding: str
    delimiter: str
    decimal: str
    thousands: str
    date: str


_STYLES = {
    "semicolon": _TextStyle("windows-1252", ";", ",", ".", "%d-%m-%Y"),
    "comma": _TextStyle("utf-8", ",", ".", "", "%Y-%m-%d"),
}


def write_delivery(municipality: Municipality, directory: Path, dialect: Dialect) -> dict[str, Any]:
    """Write every table of `municipality` into `directory`; gives the accounting that the intake must arrive at.

    semicolon: CSV, windows-1252, dd-mm-jjjj, decimal comma. comma: CSV, UTF-8, ISO dates. workbook: XLSX, one row per
    scored life domain under three title rows. parquet: typed columns. The faults of the settings are planted in the
    CSV dialects only: typed cells cannot hold them. Raises StudyError when faults or rows do not fit in the file.
    """
    directory.mkdir(parents=True, exist_ok=True)
    tables = dutch_tables(municipality)
    if dialect in _STYLES:
        return _write_csv(municipality, tables, directory, _STYLES[dialect])
    if dialect == "workbook":
        _write_workbooks(municipality, tables, directory)
        return accounting("zrm.xlsx", int(tables[ASSESSMENTS][_score_headers(tables)].notna().sum().sum()), Faults())
    for name, frame in tables.items():
        _write_parquet(frame, directory / f"{name}.parquet")
    return accounting("zrm.parquet", len(tables[ASSESSMENTS]), Faults())


def write_truth(municipality: Municipality, delivery: str, path: Path) -> None:
    """Write the known truth as JSON: the key of the delivery it is about, seed, settings, true effects and shares."""
    truth = municipality.truth
    content = {
        "delivery": delivery,
        "seed": municipality.seed,
        "settings": municipality.settings.model_dump(mode="json"),
        "effects": json.loads(truth.effects.to_json(orient="records", double_precision=6)),
        "realised": {name: round(share, 6) for name, share in truth.realised.items()},
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_public_figures(settings: SimulationSettings, seed: int, path: Path) -> None:
    """Write the public figures as the file that a study of this municipality brings, if it has any.

    The approach moves them from the day on which all teams start.
    """
    starts = {team.approach_started_on for team in settings.teams}
    started_on = next(iter(starts))
    if settings.public_figures is None or started_on is None or len(starts) > 1:
        return
    figures = public_figures(settings.public_figures, settings.municipality, started_on, seed)
    figures.to_csv(path, sep=";", index=False, float_format="%.1f", decimal=",", lineterminator="\n")


def _score_headers(tables: dict[str, pd.DataFrame]) -> list[str]:
    labels = {domain.label for domain in LifeDomain}
    return [header for header in tables[ASSESSMENTS].columns if header in labels]


def _write_csv(
    municipality: Municipality, tables: dict[str, pd.DataFrame], directory: Path, style: _TextStyle
) -> dict[str, Any]:
    faults, rows = municipality.settings.faults, 0
    for name, frame in tables.items():
        text = frame.apply(_as_text, style=style)
        if name == ASSESSMENTS:
            written = _faults_as_written(style, municipality.settings.last_day.year)
            text = with_faults(text, faults, _score_headers(tables), written, municipality.seed)
            rows = len(text)
        path = directory / f"{name}.csv"
        text.to_csv(path, sep=style.delimiter, encoding=style.encoding, index=False, lineterminator="\r\n")
    return accounting("zrm.csv", rows, faults)


def _faults_as_written(style: _TextStyle, last_year: int) -> dict[str, str]:
    impossible = style.date.replace("%d", "31").replace("%m", "02").replace("%Y", str(last_year - 1))
    return {
        "score_not_whole": f"2{style.decimal}5",
        "date_in_future": dt.date(last_year + 6, 3, 1).strftime(style.date),
        "impossible_date": impossible,
    }


def _as_text(column: pd.Series, style: _TextStyle) -> pd.Series:
    """A column as the file writes it; missing is empty."""
    if pd.api.types.is_datetime64_any_dtype(column):
        days, code = np.unique(column.to_numpy(), return_inverse=True)
        return pd.Series(pd.DatetimeIndex(days).strftime(style.date).fillna("").to_numpy(dtype=object)[code])
    if pd.api.types.is_float_dtype(column):
        swap = str.maketrans({",": style.thousands, ".": style.decimal})
        return pd.Series([f"{number:,.2f}".translate(swap) for number in column], dtype="str")
    if pd.api.types.is_integer_dtype(column):
        numbers, code = np.unique(column.to_numpy(dtype="int64", na_value=-1), return_inverse=True)
        return pd.Series(np.where(numbers < 0, "", numbers.astype(str)).astype(object)[code])
    return column


def _write_workbooks(municipality: Municipality, tables: dict[str, pd.DataFrame], directory: Path) -> None:
    settings = municipality.settings
    title = [
        f"Uitdraai zelfredzaamheid gemeente {settings.municipality}",
        f"Periode {settings.first_day.year}-{settings.last_day.year}",
        "",
    ]
    for name, frame in tables.items():
        rows = {ASSESSMENTS: long_assessments, "participatieladder": labelled_ladder}.get(name, pd.DataFrame)(frame)
        _write_workbook(rows, directory / f"{name}.xlsx", title if name == ASSESSMENTS else [], settings.last_day)


def _write_workbook(frame: pd.DataFrame, path: Path, title: list[str], created: dt.date) -> None:
    if len(frame) + len(title) >= _SHEET_ROWS:
        raise StudyError(f"{len(frame)} rijen passen niet in een werkblad. Kies een ander formaat of minder cliënten.")
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": dt.datetime(created.year, created.month, created.day, tzinfo=dt.UTC)})
        sheet, date_format = book.add_worksheet("Uitdraai"), book.add_format({"num_format": "dd-mm-yyyy"})
        for row, line in enumerate([*([text] for text in title), list(frame.columns)]):
            sheet.write_row(row, 0, line)
        for place, header in enumerate(frame.columns):
            is_date = pd.api.types.is_datetime64_any_dtype(frame[header])
            cells = frame[header].astype(object).where(frame[header].notna(), None)
            sheet.write_column(len(title) + 1, place, cells, date_format if is_date else None)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    kinds = {
        header: "DATE" if pd.api.types.is_datetime64_any_dtype(frame[header]) else "DECIMAL(14,2)"
        for header in frame.select_dtypes(["datetime", "float"]).columns
    }
    columns = ", ".join(
        f'"{name}"::{kinds[name]} AS "{name}"' if name in kinds else f'"{name}"' for name in frame.columns
    )
    with connect() as connection:
        write_parquet(connection.from_df(frame).project(columns), path)
