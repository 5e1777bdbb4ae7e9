"""Lines of the pages of the bench."""

from __future__ import annotations

import pandas as pd

from tests.calibration import figures


def reliability(title: str, frame: pd.DataFrame, column: str) -> list[str]:
    """What was said beside what happened, in ten bins."""
    lines = [f"\n## Said and happened, {title}\n\nThe bands of the ten bins hold together in 95 of 100 cases.\n\n"]
    lines += [line("said", "n", "mean said", "happened", "band", "agrees"), rule(6)]
    for one in figures.reliability(frame[column], frame["truth"] > 0):
        name = f"{one.low:.0%} to {one.low + 0.1:.0%}"
        found = one.happened
        agrees = "yes" if one.holds else "**no**"
        lines.append(line(name, found.n, percent(one.said), percent(found.share), band(found), agrees))
    return lines


def line(*cells: object) -> str:
    """A row of a table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def rule(columns: int) -> str:
    """The line under the headings."""
    return f"|{'---|' * columns}\n"


def percent(share: float) -> str:
    """With one decimal; of nothing a dash."""
    return "-" if pd.isna(share) else f"{100 * share:.1f} %"


def band(one: figures.Share) -> str:
    """The ends of an interval."""
    return f"{percent(one.low)} to {percent(one.high)}"


def share(one: figures.Share) -> str:
    """A share with its interval and of how many."""
    return f"{percent(one.share)} ({band(one)}, n {one.n})" if one.n else "-"
