"""Why the outcome of two runs differs: Shapley values over price, index, rate, volume, effect and method.

Both runs are read from what they released: each line's parts, whose product is its amount. So the ends are the outcomes
as published, also when the software changed in between. Each group gets the average of what switching it adds over all
orders in which the groups can be switched; the parts add up to the whole difference, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial, isnan, prod

GROUPS = ("price", "index", "rate", "volume", "effect", "method")
Chosen = frozenset[str]
Rows = Iterable[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class LineAsRun:
    """One line of a run; `parts` are its factors by group, without the rate, and are empty where it has no amount.

    `course` holds (years from the base year, share of the full amount). `without` is the group that explains why a
    line has no amount: 'price' for a PM line, 'effect' or 'volume' for one whose quantity was not released. `euros_of`
    is the year of whose euros its quantity is, where that is an amount by itself, as costs of the last year are.
    """

    label: str
    unit: str
    parts: dict[str, float]
    rate: float = 0.0
    course: tuple[tuple[float, float], ...] = ()
    without: str | None = None
    euros_of: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of one alternative at the mean vector, and its lines by id."""

    outcome: float
    lines: dict[str, LineAsRun]


@dataclass(frozen=True, slots=True)
class Difference:
    """Outcome before and after, what each group adds in whole cents, and per line label what each group adds to it."""

    before: float
    after: float
    parts: dict[str, float]
    by_line: dict[str, dict[str, float]]


def run_of(outcome: float, balance: Rows, years: Rows) -> Run:
    """A run from its rows of out_mkba__balance and out_mkba__line_years, both of one alternative."""
    courses: dict[str, list[tuple[float, float]]] = {}
    rates: dict[str, float] = {}
    for row in years:
        name = str(row["line"])
        courses.setdefault(name, []).append((_number(row["years_from_base"]), _number(row["share"])))
        rates[name] = _number(row["rate"])
    lines = {}
    for row in balance:
        name = str(row["line"])
        lines[name] = _line(row, rates.get(name, 0.0), tuple(courses.get(name, ())))
    return Run(outcome, lines)


def _line(row: Mapping[str, object], rate: float, course: tuple[tuple[float, float], ...]) -> LineAsRun:
    label, unit, status = str(row["label"]), str(row["unit"]), str(row["status"])
    if status != "priced":
        measured = row["evidence"] == "measured"
        return LineAsRun(label, unit, {}, without="price" if status == "pm" else "effect" if measured else "volume")
    parts = {
        "price": _number(row["price_eur"], 1.0),
        "index": _number(row["price_level_factor"]),
        "volume": _number(row["volume"]) * _number(row.get("reach"), 1.0),
        "effect": _number(row["change"], 1.0),
        "method": prod(
            _number(row[name]) for name in ("welfare_sign", "sign", "factors", "remainder", "overlap_share")
        ),
    }
    return LineAsRun(label, unit, parts, rate, course, euros_of=_euros_of(row))


def _euros_of(row: Mapping[str, object]) -> float | None:
    """The year of a quantity that is an amount by itself: it has no price, and is no effect."""
    is_amount = all(isnan(_number(row[name])) for name in ("price_eur", "change"))
    return _number(row.get("price_year"), 0.0) if is_amount else None


def _number(value: object, missing: float = float("nan")) -> float:
    found = float(value) if isinstance(value, int | float) else float("nan")
    return missing if found != found else found


def difference(before: Run, after: Run) -> Difference:
    """What each group adds to the change of the outcome; ValueError when a run's lines are not its outcome."""
    for run in (before, after):
        whole = sum(_amount(line, line, frozenset()) for line in run.lines.values() if line.parts)
        if not abs(whole - run.outcome) <= 0.01:
            raise ValueError("the lines of a run do not add up to its outcome")
    by_line: dict[str, dict[str, float]] = {}
    for name in [*before.lines, *(name for name in after.lines if name not in before.lines)]:
        old, new = before.lines.get(name), after.lines.get(name)
        found = _of_line(old, new)
        label = next(line.label for line in (new, old) if line is not None)
        by_line[label] = {group: by_line.get(label, {}).get(group, 0.0) + found.get(group, 0.0) for group in GROUPS}
    totals = {group: sum(parts[group] for parts in by_line.values()) for group in GROUPS}
    return Difference(before.outcome, after.outcome, _to_the_cent(totals, before.outcome, after.outcome), by_line)


def _of_line(old: LineAsRun | None, new: LineAsRun | None) -> dict[str, float]:
    """What each group adds to one line; a line that came or went belongs to the group that explains it."""
    has_old, has_new = old is not None and bool(old.parts), new is not None and bool(new.parts)
    if old is not None and new is not None and has_old and has_new and old.unit == new.unit:
        if old.euros_of != new.euros_of:  # another year was delivered: nobody chose another price level
            old, new = _deflated(old), _deflated(new)
        return shapley(
            {
                frozenset(chosen): _amount(old, new, frozenset(chosen))
                for size in range(len(GROUPS) + 1)
                for chosen in combinations(GROUPS, size)
            }
        )
    parts: dict[str, float] = {}
    for line, other, sign in ((old, new, -1.0), (new, old, 1.0)):
        if line is not None and line.parts:
            group = (other.without if other is not None else None) or "method"
            parts[group] = parts.get(group, 0.0) + sign * _amount(line, line, frozenset())
    return parts


def _deflated(line: LineAsRun) -> LineAsRun:
    """The line with its quantity in euros of the study."""
    volume = line.parts["volume"] * line.parts["index"]
    return replace(line, parts=line.parts | {"volume": volume, "index": 1.0})


def _amount(old: LineAsRun, new: LineAsRun, chosen: Chosen) -> float:
    """Amount of a line with the chosen groups from `new` and the others from `old`."""
    side = {group: new if group in chosen else old for group in GROUPS}
    # A line without an amount in any year has no rate of its own.
    rate = (side["rate"] if side["rate"].course else side["method"]).rate
    years = sum(share * (1.0 + rate) ** -when for when, share in side["method"].course)
    return prod(side[group].parts[group] for group in GROUPS if group != "rate") * years


def shapley(worth: dict[Chosen, float]) -> dict[str, float]:
    """Shapley value of every member, from the worth of every set of members."""
    everyone = max(worth, key=len)
    n = len(everyone)
    values = dict.fromkeys(sorted(everyone), 0.0)
    for chosen, value in worth.items():
        for one in everyone - chosen:
            weight = factorial(len(chosen)) * factorial(n - len(chosen) - 1) / factorial(n)
            values[one] += weight * (worth[chosen | {one}] - value)
    return values


def _to_the_cent(parts: dict[str, float], first: float, last: float) -> dict[str, float]:
    """Parts in whole cents that add up to the rounded difference; what rounding leaves goes to the largest."""
    rounded = {name: round(parts[name], 2) for name in GROUPS}
    largest = max(GROUPS, key=lambda name: abs(parts[name]))
    rounded[largest] = round(rounded[largest] + (last - first) - sum(rounded.values()), 2)
    return rounded
