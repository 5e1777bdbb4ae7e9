"""How the dates and numbers of one kind of file are written, and the lines in it that are totals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

from data_contracts.mapping.date_notation import without_weekday
from data_contracts.mapping.fields import DATES, FIELDS, NUMBERS
from data_contracts.mapping.steps import NumberStyle
from pipelines.init.dates_found import DatesRead, dates_read
from pipelines.init.frame_found import totals
from pipelines.init.kinds import slug
from pipelines.init.no_day import without_day
from pipelines.init.numbers_found import is_clock, number_styles, plain_number, three_beside_two
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question

_WORDS = {"dm": "dag eerst", "md": "maand eerst, zoals in Amerika", "yy": "jaar eerst"}
_DUTCH: tuple[list[str], ...] = (["d-m-yyyy"], [])
_NONE = "geen"
_PAST = ("assessed_on", "occurred_on", "asked_on")
_TIMES = ("hours", "volume")
_FAR = dt.date(2200, 12, 31)
TOTAL, COUNTS = "totaal", "telt mee"
ENOUGH_PARTS = 3  # of two words with the same sum neither is the total of the other


def drop_totals(reading: Reading) -> None:
    """Lines that read Totaal: left out where the key of a client should stand, asked about everywhere else."""
    key = reading.columns.get("client_key")
    grid = reading.grid
    words = totals(grid, [key] if key else _texts(reading))
    for column, text in [] if key else _sums(reading):
        words.setdefault(column, Counter())[text] = grid.counts(column)[text]
    drops: list[dict[str, str]] = []
    if key:
        keys = grid.counts(key)
        few = sum(words.get(key, {}).values()) < 0.1 * sum(keys.values())
        drops = [{"column": key, "is": text, "as": "total"} for text in words.get(key, {}) if few]
    for column, counts in {} if key else words.items():
        said = reading.talk.words(
            Question(
                reading.name("totalen", slug(column)),
                f"In kolom '{column}' van {reading.kind.label} staan woorden die op een totaal lijken, op "
                f"{sum(counts.values())} van {grid.height} regels. Zijn dat optellingen van andere regels?",
                {TOTAL: "optelling; de regel telt niet mee", COUNTS: "een gewone regel"},
                parts=tuple(sorted(counts)),
            )
        )
        drops += [{"column": column, "is": text, "as": "total"} for text, one in (said or {}).items() if one == TOTAL]
    if drops:
        reading.frame["drop_rows"] = drops
        left = {(drop["column"], drop["is"]) for drop in drops}
        kept = [
            at
            for at in range(grid.height)
            if not any(grid.columns[column][at] == text for column, text in left if column in grid.columns)
        ]
        grid.keep(kept)


def _texts(reading: Reading) -> list[str]:
    return [
        name for name in reading.grid.names if name not in reading.grid.made and len(reading.grid.counts(name)) < 500
    ]


def _sums(reading: Reading) -> list[tuple[str, str]]:
    """Column and word whose rows add up to all other rows together: a total, whatever it is called."""
    name = reading.columns.get("amount_eur")
    cells = reading.grid.columns.get(name, []) if name else reading.cells("amount_eur")
    amounts = [plain_number(cell) for cell in cells]
    if not amounts or any(amount is None for amount in amounts):
        return []
    every = sum(amount for amount in amounts if amount is not None)
    found = []
    for column in [reading.columns.get(one, "") for one in ("team", "cost_kind")]:
        words = reading.grid.columns.get(column, [])
        parts: dict[str, Decimal] = {}
        for word, amount in zip(words, amounts, strict=False):
            parts[word] = parts.get(word, Decimal(0)) + (amount or Decimal(0))
        if len(parts) >= ENOUGH_PARTS:
            found += [(column, word) for word, part in parts.items() if word and part and 2 * part == every]
    return found


def place_styles(reading: Reading) -> None:
    """Write under `columns` how every date and number is written."""
    written: dict[str, Any] = {}
    for ours, name in reading.columns.items():
        extra: dict[str, Any] = {}
        if ours in DATES:
            found = _dates(reading, ours, name)
            if found is None:
                continue
            extra = found | without_day(reading, ours, name)
        elif ours in NUMBERS:
            extra = _numbers(reading, ours, name)
        written[ours] = {"from": name, **extra} if extra else name
    for ours in reading.grid.made:
        if ours in NUMBERS and (extra := _numbers(reading, ours, ours)):
            written[ours] = extra
    reading.columns = {ours: name for ours, name in reading.columns.items() if ours in written}
    reading.entry["columns"] = written


def _dates(reading: Reading, ours: str, name: str) -> dict[str, Any] | None:
    """How a column of dates is written; None when somebody says that no days stand in it: it is not read then."""
    last = reading.today if ours in _PAST else _FAR
    read = dates_read(reading.grid.columns[name], last)
    if not read.rows:
        return {}
    choices = {" of ".join(forms): _meaning(forms, read) for forms in read.readings}
    text = (
        f"De datums in kolom '{name}' van {reading.kind.label} zijn op {len(choices)} manieren te lezen. Welke is het?"
    )
    if not choices:
        text = f"De datums in kolom '{name}' van {reading.kind.label} herkennen wij niet. Hoe zijn zij geschreven?"
        choices = {"d-m-yyyy": "dag eerst", "m/d/yyyy": "maand eerst", "yyyy-mm-dd": "jaar eerst"}
        choices[_NONE] = "anders, of er staat geen dag in; de kolom wordt niet gelezen"
    elif read.has_halves and len(choices) > 1:
        text += " (AM en PM erachter wijst op Amerikaanse instellingen.)"
    certain = next(iter(choices)) if len(read.readings) == 1 else None
    said = reading.asked("datumvorm", text, choices, of=slug(name), certain=certain)
    if said == _NONE:
        if FIELDS[reading.table][ours]:
            what = f"de datums in kolom '{name}' kunnen wij niet lezen."
            reading.aside = f"{what} Vraag een uitdraai met dag, maand en jaar, zoals 31-12-2024."
        return None
    forms = said.split(" of ") if said else list(read.readings[0]) if read.readings else []
    return {} if forms in _DUTCH else {"date": forms}


def _meaning(forms: tuple[str, ...], read: DatesRead) -> str:
    order = next((_WORDS[key] for form in forms for key in _WORDS if _starts(form, key)), "er is maar één manier")
    return f"{order}; zo zijn {read.rows - read.unread} van {read.rows} regels te lezen"


def _starts(form: str, key: str) -> bool:
    form = without_weekday(form)
    return form[0] == key[0] and "mmm" not in form and (key != "yy" or form.startswith("yy"))


def _numbers(reading: Reading, ours: str, name: str) -> dict[str, Any]:
    cells = reading.grid.columns[name]
    if ours in _TIMES and is_clock(cells):
        return {"number": {"clock": True}}
    styles = number_styles(cells)
    choices = {_style_name(style): _style_words(style) for style in styles}
    if len(styles) < 2:
        style = styles[0] if styles else NumberStyle()
        if (odd := three_beside_two(cells, style)) and not _are_decimals(reading, name, odd, style):
            what = f"in kolom '{name}' zijn de getallen op twee manieren geschreven."
            reading.aside = f"{what} Vraag een uitdraai met één schrijfwijze."
        return {} if style == NumberStyle() else {"number": style.model_dump(exclude={"clock"})}
    said = reading.asked(
        "getalvorm",
        f"De getallen in kolom '{name}' van {reading.kind.label} zijn op twee manieren te lezen: is 412.500 ruim "
        "vierhonderdduizend of ruim vierhonderd?" if choices.keys() <= {"komma", "punt"} else
        f"De getallen in kolom '{name}' van {reading.kind.label} zijn op meer manieren te lezen.",
        choices,
        of=slug(name),
    )  # fmt: skip
    style = next((one for one in styles if _style_name(one) == said), styles[0])
    return {} if style == NumberStyle() else {"number": style.model_dump(exclude={"clock"})}


def _are_decimals(reading: Reading, name: str, odd: int, style: NumberStyle) -> bool:
    """Whether a person says that '38.250' beside '412500.00' is a number with three decimals; true while it is open."""
    mark = _MARKS[style.decimal]
    said = reading.asked(
        "decimalen",
        f"In kolom '{name}' van {reading.kind.label} staan bij {odd} getallen drie cijfers achter de {mark}, "
        "en bij andere een of twee. Zijn dat decimalen?",
        {"ja": f"ja; achter de {mark} staan decimalen", "nee": f"nee; soms deelt de {mark} de duizendtallen af"},
        of=slug(name),
    )
    return said != "nee"


_MARKS = {",": "komma", ".": "punt", " ": "spatie", "'": "apostrof"}


def _style_name(style: NumberStyle) -> str:
    return {(",", "."): "komma", (".", ","): "punt"}.get(
        (style.decimal, style.thousands), f"{style.decimal}{style.thousands}"
    )


def _style_words(style: NumberStyle) -> str:
    return f"{_MARKS[style.decimal]} voor de decimalen, {_MARKS[style.thousands]} tussen de duizendtallen"
