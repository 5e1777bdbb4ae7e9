"""Where our expectation was off: what each group guessed over the year, beside what the figures showed.

Brier score over three outcomes (Brier 1950): 0 is all hands on what came, 2 all hands on one thing that did not come,
0.67 hands spread evenly. Never per person: hands are counted in a group of four or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.circle.events import Guess
from reports.circle.memory import Session


@dataclass(frozen=True, slots=True)
class Expected:
    """One group over a number of figures."""

    group: str
    n_figures: int
    share_right: float
    brier: float
    off: tuple[str, ...]  # figures where most hands were on another direction


def expectations(sessions: Iterable[Session]) -> list[Expected]:
    """Per group, over every figure that was guessed and then shown."""
    pairs: dict[str, list[tuple[Guess, int]]] = {}
    for session in sessions:
        for (figure, group), guess in session.guesses.items():
            revealed = session.revealed.get(figure)
            if revealed is not None and revealed.shows is not None:
                pairs.setdefault(group, []).append((guess, revealed.shows))
    return [_expected(group, found) for group, found in sorted(pairs.items())]


def _expected(group: str, found: list[tuple[Guess, int]]) -> Expected:
    shares = [(_shares(guess), shows) for guess, shows in found]
    right = sum(share[shows] for share, shows in shares) / len(shares)
    brier = sum(sum((share[one] - (one == shows)) ** 2 for one in share) for share, shows in shares) / len(shares)
    off = tuple(guess.figure for guess, shows in found if _shares(guess)[shows] < max(_shares(guess).values()))
    return Expected(group, len(found), right, brier, off)


def _shares(guess: Guess) -> dict[int, float]:
    hands = guess.up + guess.equal + guess.down
    return {1: guess.up / hands, 0: guess.equal / hands, -1: guess.down / hands}
