"""How the dates of a column are written, from every row: the forms in which all of them can be read."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from data_contracts.mapping.date_notation import ISO, SERIAL, WEEKDAY, WEEKDAYS, without_weekday
from pipelines.init.grid import kind_of
from pipelines.intake.reading.sheets import DATE, MOMENT

_TIME = re.compile(
    r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?P<half> ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|[+-]\d\d:?(?:\d\d)?))?$"
)
_MARK = r"([-/. ]|\s[-/.]\s)"
_PARTS = re.compile(rf"(\d{{1,4}}){_MARK}(\d{{1,2}})\2(\d{{1,4}})")
_NAMED = re.compile(r"(\d{1,2})([-/. ])([A-Za-z]{3,9})(\.?)\2(\d{4}|\d{2})")
_WEEKDAY = re.compile(WEEKDAYS, re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari february", "mrt maart mar march", "apr april", "mei may",
            "jun juni june", "jul juli july", "aug augustus august", "sep sept september", "okt oktober oct october",
            "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
FIRST = dt.date(1990, 1, 1)
_ENOUGH = 0.95


@dataclass(frozen=True, slots=True)
class DatesRead:
    """`readings`: sets of forms that each read all but a few of the texts, the plainest first; `rows`: how many."""

    readings: tuple[tuple[str, ...], ...]
    rows: int
    unread: int
    has_halves: bool


def is_open_end(day: dt.date) -> bool:
    """A day such as 31-12-9999, which systems write for 'no end'."""
    return day.year >= 2900


def day_forms(text: str, last: dt.date) -> dict[str, dt.date]:
    """Every form in which a text is a day between 1990 and `last`, with that day."""
    bare = _TIME.sub("", text.strip())
    if (without := _WEEKDAY.sub("", bare)) != bare:
        return {f"{WEEKDAY} {form}": day for form, day in day_forms(without, last).items() if form != SERIAL}
    found: dict[str, dt.date] = {}
    if parts := _PARTS.fullmatch(bare):
        found = _of_parts(parts[1], parts[2], parts[3], parts[4])
    elif named := _NAMED.fullmatch(bare):
        month = _MONTHS.get(named[3].lower())
        year = "yyyy" if len(named[5]) == 4 else "yy"
        form = f"d{named[2]}mmm{named[2]}{year}"
        found = {form: day} if month and (day := _day(_year(named[5]), month, int(named[1]))) else {}
    elif re.fullmatch(r"(?:19|20|99)\d{6}", bare):
        day = _day(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
        found = {"yyyymmdd": day} if day else {}
    elif re.fullmatch(r"[0-3]\d[01]\d(?:19|20|99)\d\d", bare):
        day = _day(int(bare[4:]), int(bare[2:4]), int(bare[:2]))
        found = {"ddmmyyyy": day} if day else {}
    elif re.fullmatch(r"\d{5}(?:[.,]\d+)?", bare):
        found = {SERIAL: dt.date(1899, 12, 30) + dt.timedelta(days=int(re.split(r"[.,]", bare)[0]))}
    return {form: day for form, day in found.items() if FIRST <= day <= last or is_open_end(day)}


def _of_parts(one: str, mark: str, two: str, three: str) -> dict[str, dt.date]:
    orders: list[tuple[str, str, str, str]] = []
    if len(one) == 4 and len(three) <= 2:
        orders = [("yyyy{0}mm{0}dd", one, two, three)]
    elif len(three) == 4 and len(one) <= 2:
        orders = [("d{0}m{0}yyyy", three, two, one), ("m{0}d{0}yyyy", three, one, two)]
    elif len(three) == 2 and len(one) <= 2:
        orders = [("d{0}m{0}yy", three, two, one), ("m{0}d{0}yy", three, one, two)]
        orders += [("yy{0}m{0}d", one, two, three)] if len(one) == 2 else []
    days = ((form.format(mark), _day(_year(year), int(month), int(day))) for form, year, month, day in orders)
    return {form: day for form, day in days if day}


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def dates_read(cells: Iterable[str], last: dt.date) -> DatesRead:
    """The readings of a column; two remain when every text is a day in both and not always the same one."""
    counts = Counter(cell.strip() for cell in cells if cell and kind_of(cell) not in (DATE, MOMENT))
    options = {text: day_forms(text, last) for text in counts}
    rows = sum(counts.values())
    halves = any((time := _TIME.search(text)) and time["half"] for text in counts)
    readable = {text: forms for text, forms in options.items() if forms}
    unread = rows - sum(counts[text] for text in readable)
    readings = list(_readings(readable, counts, last))
    return DatesRead(tuple(readings), rows, unread, halves)


def _readings(options: dict[str, dict[str, dt.date]], counts: Counter[str], last: dt.date) -> list[tuple[str, ...]]:
    """Day first and month first, each with the forms that leave no choice; only those that read nearly all."""
    fixed = sorted({form for forms in options.values() if len(forms) == 1 for form in forms if not _order(form)})
    fixed += sorted({form for forms in options.values() for form in forms if not _order(form)} - set(fixed))
    total = sum(counts[text] for text in options)
    if not total:
        return []
    found: list[tuple[tuple[str, ...], int, dict[str, dt.date]]] = []
    for order in ("dm", "md", "yy"):
        forms = [form for form in dict.fromkeys(f for one in options.values() for f in one) if _order(form) == order]
        used = tuple([*forms, *fixed])
        days = {text: day for text, one in options.items() if (day := next((one[f] for f in used if f in one), None))}
        n_read = sum(counts[text] for text in days)
        if (forms or order == "dm") and n_read >= _ENOUGH * total and used:
            found.append((used, n_read, days))
    best = max((n for _, n, _ in found), default=0)
    kept: list[tuple[tuple[str, ...], dict[str, dt.date]]] = []
    for used, n_read, days in found:
        if n_read == best and not any(days == other for _, other in kept):
            kept.append((used, days))
    return [used for used, _ in kept]


def _order(form: str) -> str:
    """'dm', 'md' or 'yy' for a form that may be taken for another order; '' for one that may not."""
    form = without_weekday(form)
    if form in (ISO, SERIAL, "yyyymmdd", "ddmmyyyy") or "mmm" in form or form.startswith("yyyy"):
        return ""
    return "dm" if form.startswith("d") else ("md" if form.startswith("m") else "yy")


def looks_like_dates(cells: Iterable[str], last: dt.date) -> bool:
    """Whether nearly every filled cell of a column is a day that is written as one."""
    filled = [cell for cell in cells if cell]
    days = sum(kind_of(cell) in (DATE, MOMENT) or bool(set(day_forms(cell, last)) - {SERIAL}) for cell in set(filled))
    return bool(filled) and days >= 0.9 * len(set(filled))
