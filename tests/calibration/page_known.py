"""The part of docs/calibration.md on chances with what was known elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data_contracts.vocabulary.certainty import Z_95
from indicators.synthesis.random_effects import Synthesis
from tests.calibration import figures
from tests.calibration.knowledge import judged, known_from
from tests.calibration.lines import line, percent, reliability, rule, share

_HOW = """
## With what was known elsewhere

A study may declare what was found elsewhere ([decision 123](decisions/0123-what-was-known-elsewhere-is-declared.md)).
Here municipalities with an odd seed are those elsewhere: the synthesis of their released figures of all provisions
together (never their truth) says what a next one may expect. Those with an even seed are judged, with the same draws as
above, weighed by it. Both come from the same mix of populations. The rule was written down before the first run; the
table with Brier scores and the averages were added when half of the municipalities were done. What the council reads
first was changed once by what stood here: until 3,464 municipalities were done it followed knowledge with doubt on top.
Where few stand in a bin its band is wide, and that ten of ten agree says little: look at the averages too.

"""
_BRIER = """
Is a chance worth more with it? The Brier score is the mean square of the chance minus what happened (1 or 0): lower is
better, and who always says 50 % has 0.250.

"""


@dataclass(frozen=True, slots=True)
class Light:
    """What was known, and the municipalities that it was held beside; `column` is the chance that is judged."""

    title: str
    asked: str
    column: str
    without: str
    known: Synthesis
    rows: pd.DataFrame

    @property
    def told(self) -> pd.DataFrame:
        """Those of which a chance was given."""
        return self.rows.dropna(subset=[self.column])

    def agreeing(self, column: str) -> int:
        """In how many of ten bins what was said agrees with what happened."""
        bins = figures.reliability(self.told[column], self.told["truth"] > 0)
        return sum(one.holds for one in bins)

    def squares(self, column: str) -> pd.Series:
        """The square of what was said minus what happened."""
        return (self.told[column] - (self.told["truth"] > 0)) ** 2


def lights(holds: pd.DataFrame, frame: pd.DataFrame) -> list[Light]:
    """Where assumptions hold, and what a council reads first in all populations; none while too few are done."""
    found = []
    for title, asked, own, names in (
        ("where assumptions hold", "the chance", holds, ("known", "chance")),
        ("what a council reads first, all populations", "what a council reads first", frame, ("first_known", "first")),
    ):
        known = known_from(own)
        if known is not None:
            found.append(Light(title, asked, *names, known, judged(own, known)))
    return found


def asked_and_found(found: list[Light]) -> list[str]:
    """Rows of the table at the top."""
    rows = []
    for one in found:
        n = len(one.told)
        rows.append(line(f"bins of {one.asked} with what was known elsewhere", "10 of 10", _bins(one, one.column, n)))
        rows.append(line("the same municipalities without it", "-", _bins(one, one.without, n)))
    return rows


def _bins(one: Light, column: str, n: int) -> str:
    """An empty bin agrees with everything, so it is told."""
    empty = sum(not each.happened.n for each in figures.reliability(one.told[column], one.told["truth"] > 0))
    return f"{one.agreeing(column)} of 10 ({f'{empty} empty, ' if empty else ''}n {n})"


def with_what_was_known(found: list[Light]) -> list[str]:
    """What was known, reliability, the interval and the words."""
    if not found:
        return []
    heads = ("", "from", "mean", "spread", "judged", "no chance given", "said on average", "happened")
    lines = [_HOW, line(*heads), rule(len(heads))]
    for one in found:
        known, refused = one.known, len(one.rows) - len(one.told)
        euros = (f"{value:.0f} euro" for value in (known.mean, known.expected_spread))
        means = percent(one.told[one.column].mean()), percent((one.told["truth"] > 0).mean())
        lines.append(line(one.title, known.n, *euros, len(one.told), refused, *means))
    lines += _brier(found)
    for one in found:
        lines += reliability(f"{one.title}, with what was known elsewhere", one.told, one.column)
    lines.append(f"\n90 % interval where assumptions hold: {share(_covered(found[0]))}.\n")
    return [*lines, *_words(found)]


def _brier(found: list[Light]) -> list[str]:
    lines = [_BRIER, line("", "with it", "without it", "difference (95 %)"), rule(4)]
    for one in found:
        with_it, without = one.squares(one.column), one.squares(one.without)
        apart = with_it - without
        low, high = (apart.mean() + sign * Z_95 * apart.std() / len(apart) ** 0.5 for sign in (-1, 1))
        margin = f"{apart.mean():+.3f} ({low:+.3f} to {high:+.3f})"
        lines.append(line(one.title, f"{with_it.mean():.3f}", f"{without.mean():.3f}", margin))
    return lines


def _covered(one: Light) -> figures.Share:
    quantile = one.told["quantile_known"]
    return figures.share_of((quantile >= 0.05) & (quantile <= 0.95))


def _words(found: list[Light]) -> list[str]:
    lines = ["\n## Words for a chance with what was known elsewhere\n\n"]
    lines += [line("word", *(one.title for one in found)), rule(1 + len(found))]
    columns = [list(figures.words_of_chance(one.told, one.column)) for one in found]
    for rows in zip(*columns, strict=True):
        lines.append(line(rows[0][0], *(f"{percent(said)} said, {share(seen)}" for _, said, seen in rows)))
    return lines
