"""Where in a sheet the table stands: its header rows, and the lines that are no records."""

from __future__ import annotations

import re
from collections import Counter

from data_contracts.vocabulary.names import folded
from pipelines.init.domains_found import domain_of, says_goal, without_number
from pipelines.init.grid import Grid, Top
from pipelines.init.names import FIELD_NAMES
from pipelines.init.tables_found import rank

_KNOWN = list(dict.fromkeys(name for fields in FIELD_NAMES.values() for names in fields.values() for name in names))
TOTAL = re.compile(r"(?:sub|eind)?totaal\b|(?:grand )?total\b|gemiddelde?\b|som\b|aantal\b|sum\b|average\b", re.I)


def _is_known(name: str) -> bool:
    return bool(name) and (rank(name, _KNOWN) is not None or domain_of(without_number(name)) is not None)


def header_rows(top: Top) -> list[int]:
    """The row with most names that we know, or the first that is filled; two rows when they name the columns together.

    Title rows may stand above it. A group name ('Instroom') above names that stand there twice makes two header rows.
    """
    known = [sum(_is_known(cell) for cell in cells) for _, cells in top.rows]
    if not top.rows:
        return [1]
    if max(known) < 2:
        wide = [sum(bool(cell) for cell in cells) for _, cells in top.rows]
        return [top.rows[wide.index(max(wide))][0] if wide[0] < 2 else top.rows[0][0]]
    at = known.index(max(known))
    number, cells = top.rows[at]
    above = top.rows[at - 1] if at else None
    if above and above[0] == number - 1 and _twice(cells) and sum(bool(cell) for cell in above[1]) >= 2:
        return [above[0], number]
    below = top.rows[at + 1] if at + 1 < len(top.rows) else None
    if below and below[0] == number + 1 and _is_second_header(cells, below[1]):
        return [number, below[0]]
    return [number]


def in_lower_row(names: list[str]) -> dict[str, str]:
    """Name over two header rows -> the part of it that we know by itself: 'Cliënt Cliëntnummer' -> 'Cliëntnummer'.

    Life domains are left as they are: what stands above them may say which measurement it is, or that it is a goal.
    """
    found = {}
    for name in names:
        words = name.split()
        ends = (" ".join(words[at:]) for at in range(1, len(words)))
        if rank(name, _KNOWN) is None and (end := next((one for one in ends if rank(one, _KNOWN) is not None), None)):
            found[name] = end
    return found


def is_recognised(names: list[str]) -> bool:
    """Whether a header row is one: a row of data that was taken for it may not be shown."""
    return sum(_is_known(name) for name in names) >= 2


def _twice(cells: list[str]) -> bool:
    """Whether several domains stand in a row more than once."""
    counts = Counter(folded(cell) for cell in cells if domain_of(cell))
    return sum(n > 1 for n in counts.values()) >= 3


def _is_second_header(upper: list[str], lower: list[str]) -> bool:
    """Whether a row below names moments under the domains: T0, T1, T0, T1 under Financiën and so on."""
    words = [cell for cell in lower if cell]
    # Bare numbers are no names of moments: a row of scores looks like that.
    moments = [
        cell for cell in words if re.fullmatch(r"[TM] ?\d{1,2}|begin|eind\w*|start|instroom|uitstroom", cell, re.I)
    ]
    has_moments = len(words) >= 4 and len(moments) >= 0.7 * len(words) and len(set(moments)) <= len(moments) / 2
    named = sum(1 for cell in upper if domain_of(cell))
    # A row of scores has as many filled cells as the header; a group name stands above several.
    return has_moments and named <= len(moments) / 2


def second_table(grid: Grid) -> int | None:
    """The row on which, below an empty line, the header of another table stands."""
    for at in range(1, grid.height):
        if grid.numbers[at] - grid.numbers[at - 1] < 2:
            continue
        cells = [cell for name in grid.names if (cell := grid.columns[name][at])]
        named = sum(map(_is_known, cells))
        sums = sum(not _is_known(cell) and bool(TOTAL.match(cell)) for cell in cells)
        if named and len(cells) > 1 and 2 * (named + sums) > len(cells):
            return grid.numbers[at]
    return None


def footnotes(grid: Grid) -> int:
    """How many lines at the end fill the first column only."""
    names = grid.names
    count = 0
    for at in range(grid.height - 1, -1, -1):
        filled = [name for name in names if grid.columns[name][at]]
        if len(filled) > 1 or len(names) < 3 or (filled and filled[0] != names[0]):
            break
        count += 1
    return count


def totals(grid: Grid, columns: list[str]) -> dict[str, Counter[str]]:
    """Column -> the words in it that speak of a total, each with the number of its rows."""
    found = {name: Counter({text: n for text, n in grid.counts(name).items() if TOTAL.match(text)}) for name in columns}
    return {name: counts for name, counts in found.items() if counts}


def goal_in_title(name: str) -> bool:
    """Whether a file or sheet is named after scores that are wished for."""
    return says_goal(re.sub(r"[_.-]", " ", name))
