"""Citizen numbers (BSN) in text, however they are written, and the test that tells them from chance.

One in eleven numbers passes the elfproef, so that among many numbers only a share says something: numbers that
are drawn at random reach the share that is asked in fewer than one column in a hundred thousand.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stdnum.nl import bsn

# Groups of digits with one separator between them: 123456782, 1234.56.782, 123-456-782, CL-123456782, 123456782.0.
_GROUPS = re.compile(r"(?<!\d)\d+(?:[ .-]\d+){0,5}(?!\d)")
# What a spreadsheet writes behind a whole number.
_NO_CENTS = re.compile(r"(?<=\d{8})[.,]0+(?!\d)")
_WORD_BEFORE, _WORD_BEHIND = re.compile(r"[0-9A-Za-z]*$"), re.compile(r"[0-9A-Za-z]*")
# 1.23456782E8, as a spreadsheet writes it.
_EXPONENT = re.compile(r"(?<![\w.,])(\d)[.,](\d{4,8})[Ee]\+?0?([78])(?!\d)")
# What a citizen number has at the least, so that other values cost nothing.
_ENOUGH = re.compile(r"\d(?:[ .-]?\d){7}|\d[.,]\d{4,8}[Ee]")
_BY_CHANCE, _NEARLY_ALL, _SO_RARE, _RARER = 1 / 11, 0.9, 1e-4, 1e-6
_FEW, _MANY = 3, 10
# A number of so many digits may be a citizen number with others glued to it.
_LONGER = range(10, 14)


@dataclass
class _Numbers:
    """Distinct numbers of a column -> the place of the first value that holds them.

    `alone`: those that stand by themselves; a run of digits in a hash does not.
    """

    short: dict[str, int] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    longer: dict[str, int] = field(default_factory=dict)


def place_of_citizen_number(values: Sequence[str]) -> int | None:
    """The place of the first value with a citizen number, or None when what was found may well be chance.

    A number among values that are something else counts by itself; a column of numbers counts by its share.
    """
    numbers, holding = _Numbers(), 0
    for at, value in enumerate(values):
        if not _ENOUGH.search(value):
            continue
        found = list(_candidates(value))
        holding += bool(found)
        for number, is_alone in found:
            (numbers.short if len(number) < 10 else numbers.longer).setdefault(number, at)
            if is_alone:
                numbers.alone.add(number)
    passing = [number for number in numbers.short if bsn.is_valid(number)]
    if len(numbers.short) <= _FEW:
        passing = [number for number in passing if number in numbers.alone]
    if passing and _proves(len(passing), len(numbers.short), is_exception=holding * 2 < len(values)):
        return numbers.short[passing[0]]
    return _inside_longer(numbers.longer)


def _proves(n_passing: int, n: int, *, is_exception: bool) -> bool:
    if n <= _FEW:
        return is_exception or n_passing == n
    share = n_passing / n
    # A column of citizen numbers has few others in it; a mixed one must say more.
    return _chance(share, n) < (_SO_RARE if share >= _NEARLY_ALL else _RARER)


def _chance(share: float, n: int) -> float:
    """An upper bound (Chernoff) on the chance that random numbers pass in at least this share."""
    if share <= _BY_CHANCE:
        return 1.0
    rest = (1 - share) * math.log((1 - share) / (1 - _BY_CHANCE)) if share < 1 else 0.0
    return math.exp(-n * (share * math.log(share / _BY_CHANCE) + rest))


def _inside_longer(longer: dict[str, int]) -> int | None:
    """A citizen number at a fixed place of longer numbers, such as a year in front of it."""
    for length in _LONGER:
        numbers = [number for number in longer if len(number) == length]
        for start in range(length - 8):
            parts = {number[start : start + 9]: number for number in numbers}
            passing = [part for part in parts if bsn.is_valid(part)]
            if len(parts) >= _MANY and _chance(len(passing) / len(parts), len(parts)) < _RARER:
                return longer[parts[passing[0]]]
    return None


def _candidates(value: str) -> Iterator[tuple[str, bool]]:
    """Numbers of nine digits that the text may hold (eight get their zero back), and longer ones as they stand.

    With each: whether it stands by itself, without other digits in the same word.
    """
    for first, rest, power in _EXPONENT.findall(value):
        yield (first + rest).ljust(int(power) + 1, "0")[: int(power) + 1].zfill(9), True
    value = _NO_CENTS.sub("", value)
    for match in _GROUPS.finditer(value):
        groups = re.split(r"[ .-]", match[0])
        around = _WORD_BEFORE.search(value[: match.start()])[0] + _WORD_BEHIND.match(value[match.end() :])[0]  # type: ignore[index]
        is_alone = not any(map(str.isdigit, around))
        for start in range(len(groups)):
            for end in range(start + 1, len(groups) + 1):
                digits = "".join(groups[start:end])
                plain = digits.lstrip("0")
                if len(plain) in (8, 9) and len(digits) <= 12 and not _is_date(digits):
                    yield plain.zfill(9), is_alone
                elif end == start + 1 and len(digits) in _LONGER:
                    yield digits, is_alone


def _is_date(digits: str) -> bool:
    """20250131 or 31012025: dates are no numbers of people."""
    if len(digits) != 8:
        return False
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        try:
            if 1900 <= dt.date(int(year), int(month), int(day)).year <= 2100:
                return True
        except ValueError:
            continue
    return False
