"""The public figures per municipality that a study may bring: one small CSV file in its own directory, read strictly.

Columns gemeente; periode; indicator; waarde, decimal comma. A figure that was never published is an empty cell or a
point. A row that is missing altogether is a fault: it would look the same as a slip of the pen in a name or a period.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_contracts.design import MunicipalSeries
from data_contracts.errors import Finding, StudyError
from data_contracts.study import Study
from data_contracts.vocabulary.identifiers import identifier_in_values, is_free_text
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import read_text

COLUMNS = ["gemeente", "periode", "indicator", "waarde"]
NOT_PUBLISHED = ("", ".")
_NUMBER = re.compile(r"-?\d+(,\d+)?")
# As people write it and as StatLine has it: 2019, 2019-H1, 2019HJ01, 2019-K3, 2019-M07, 1e halfjaar 2019*.
_PERIOD = re.compile(r"(199\d|20\d\d)(?:-?(JJ|HJ|H|KW|K|MM|M)0?(\d{1,2}))?")
_STATLINE = re.compile(r"(\d)E ([HK])(?:ALFJAAR|WARTAAL) (\d{4})")
_PER_YEAR = {"J": 1, "H": 2, "K": 4, "M": 12}
_WORDS = {1: "{year}", 2: "{year}, {place}e halfjaar", 4: "{year}, {place}e kwartaal", 12: "{year}, maand {place}"}
_MOST_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class _Period:
    """The `number`-th part of a year that is cut in `per_year`, counted on over the years."""

    number: int
    per_year: int

    def columns(self) -> dict[str, object]:
        """What the table says of it: words, its place in time, and its first and last day."""
        year, place = divmod(self.number, self.per_year)
        begins = pd.Timestamp(year, 1 + place * 12 // self.per_year, 1)
        ends = begins + pd.DateOffset(months=12 // self.per_year) - pd.Timedelta(days=1)
        words = _WORDS[self.per_year].format(year=year, place=place + 1)
        at = round(self.number / self.per_year, 4)
        return {"begins_at": at, "period": words, "begins_on": begins, "ends_on": ends}


def read_municipal_file(directory: Path, study: Study) -> pd.DataFrame | None:
    """The figures as indicators.series.municipal takes them; None without the key. Raises StudyError."""
    series = study.design.municipal_series
    if series is None:
        return None
    findings: list[Finding] = []
    units = {folded(one.name): one for one in series.indicators}
    rows = []
    for line, cells in _cells(read_text(directory / series.file), series.file):
        faults, row = _row(cells, units)
        findings += [Finding(series.file, line, what, do) for what, do in faults]
        rows.append((line, row))
    if not findings:
        table = pd.DataFrame([row for _, row in rows], columns=["indicator", "municipality", "at", "value"])
        table["line"] = [line for line, _ in rows]
        findings = list(_faults_of_the_whole(table, series, study.municipality))
    if findings:
        raise StudyError(_few(findings, series.file))
    return _table(table, series, study.municipality)


def _cells(text: str, file: str) -> list[tuple[int, list[str]]]:
    """The number and the cells of every line below the header that holds anything."""
    reader = csv.reader(text.splitlines(), delimiter=";", strict=True)
    try:
        header, *found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader] or [(1, [])]
    except csv.Error:
        what = "een aanhalingsteken wordt niet gesloten, of er staat een teken dat er niet hoort."
        raise StudyError([Finding(file, reader.line_num, what, "Bewaar het opnieuw als CSV.")]) from None
    if [name.casefold() for name in header[1]] != COLUMNS:
        do = f"Zet er precies deze kolommen in, met puntkomma's ertussen: {'; '.join(COLUMNS)}."
        raise StudyError([Finding(file, 1, "de kolommen zijn niet wat hier hoort.", do)])
    return [(line, cells) for line, cells in found if any(cells)]


def _row(cells: list[str], known: Collection[str]) -> tuple[list[tuple[str, str]], tuple[object, ...]]:
    """The faults of one line (what, what to do), and its values when there are none."""
    if len(cells) != len(COLUMNS):
        return [("deze regel heeft niet vier kolommen.", "Zet puntkomma's tussen de kolommen.")], ()
    municipality, period, indicator, value = cells
    faults = []
    if not municipality:
        faults.append(("de gemeente ontbreekt.", "Vul de naam in."))
    found = _period(period)
    if found is None:
        faults.append(("deze periode kennen we niet.", "Schrijf 2019, 2019-H1, 2019-K3 of 2019-M07."))
    if folded(indicator) not in known:
        do = "Zet hem in study.yaml onder municipal_series.indicators, of haal de regel weg."
        faults.append(("deze indicator staat niet in study.yaml.", do))
    if value not in NOT_PUBLISHED and not _NUMBER.fullmatch(value):
        do = "Schrijf een getal met een komma, zonder punten en zonder woorden; laat leeg wat niet is gepubliceerd."
        faults.append(("waarde is geen getal.", do))
    if faults:
        return faults, ()
    number = None if value in NOT_PUBLISHED else float(value.replace(",", "."))
    return [], (folded(indicator), municipality, found, number)


def _period(text: str) -> _Period | None:
    plain = text.upper().rstrip("*")  # a star is a provisional figure
    match = _PERIOD.fullmatch(_STATLINE.sub(r"\3-\2\1", plain))
    if match is None:
        return None
    per_year = _PER_YEAR[(match[2] or "J")[0]]
    place = int(match[3] or 1) if per_year > 1 else 1
    return _Period(int(match[1]) * per_year + place - 1, per_year) if 1 <= place <= per_year else None


def _faults_of_the_whole(table: pd.DataFrame, series: MunicipalSeries, own: str) -> Iterator[Finding]:
    """What no single line can tell: doubles, lines that are missing, and whether the own municipality is there."""
    names = list(dict.fromkeys(table["municipality"]))
    strange = identifier_in_values(names) or ("vrije tekst" if is_free_text(names) else None)
    if strange:
        do = "Hier horen namen van gemeenten te staan, en geen gegevens van personen."
        yield Finding(series.file, None, f"in de kolom gemeente staat mogelijk {strange}.", do)
        return
    if folded(own) not in map(folded, names):
        near = difflib.get_close_matches(own, names, n=1)
        line = int(table.loc[table["municipality"] == near[0], "line"].iloc[0]) if near else None
        do = "Bedoelde u deze gemeente? Schrijf haar" if near else "Schrijf de eigen gemeente"
        yield Finding(series.file, line, f"'{own}' uit study.yaml staat er niet in.", f"{do} op beide plekken gelijk.")
        return
    for one in series.indicators:
        rows = table[table["indicator"] == folded(one.name)]
        if rows.empty:
            yield Finding(series.file, None, f"van '{one.name}' staat er niets in.", "Vul aan, of haal hem weg.")
            continue
        if len({period.per_year for period in rows["at"]}) > 1:
            do = "Kies er één: jaren, halfjaren, kwartalen of maanden."
            yield Finding(series.file, None, f"'{one.name}' heeft perioden van verschillende lengte.", do)
            continue
        if folded(own) not in map(folded, rows["municipality"]):
            do = "Voeg haar regels toe, of haal de indicator weg."
            yield Finding(series.file, None, f"bij '{one.name}' ontbreekt de eigen gemeente.", do)
        yield from _doubles_and_gaps(rows, one.name, series.file)


def _doubles_and_gaps(rows: pd.DataFrame, indicator: str, file: str) -> Iterator[Finding]:
    for line in rows.loc[rows.duplicated(["municipality", "at"]), "line"]:
        yield Finding(file, int(line), "deze gemeente heeft deze periode al.", "Haal een van de twee weg.")
    numbers = [period.number for period in rows["at"]]
    expected = set(range(min(numbers), max(numbers) + 1))
    per_year = rows["at"].iloc[0].per_year
    for _, own in rows.groupby("municipality", sort=False):
        missing = sorted(expected - {period.number for period in own["at"]})
        if missing:
            first = _Period(missing[0], per_year).columns()["period"]
            what = f"van deze gemeente ontbreekt '{indicator}' voor {first}" + (
                f" en nog {len(missing) - 1} perioden." if len(missing) > 1 else "."
            )
            do = "Voeg de regel toe, en laat waarde leeg als het cijfer niet is gepubliceerd. Of kijk de naam na."
            yield Finding(file, int(own["line"].iloc[0]), what, do)


def _few(findings: list[Finding], file: str) -> list[Finding]:
    """The first findings and how many more there are: a file in the wrong shape has a fault on every line."""
    more = len(findings) - _MOST_FINDINGS
    if more <= 0:
        return findings
    return [*findings[:_MOST_FINDINGS], Finding(file, None, f"en nog {more} fouten.", "Herstel eerst deze.")]


def _table(table: pd.DataFrame, series: MunicipalSeries, own: str) -> pd.DataFrame:
    named = {folded(one.name): one for one in series.indicators}
    times = pd.DataFrame([period.columns() for period in table["at"]])
    return pd.concat([table[["municipality", "value"]], times], axis=1).assign(
        indicator=[named[name].name for name in table["indicator"]],
        unit=[named[name].unit for name in table["indicator"]],
        is_own=[folded(name) == folded(own) for name in table["municipality"]],
        value=table["value"].astype("float64"),
    )
