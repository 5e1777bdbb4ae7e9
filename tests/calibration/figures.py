"""From what was said and what was true to figures: reliability, coverage, and how often a word was true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from data_contracts.demonstrable import LESS, MORE
from reports.language import wording

BINS = 10
LEVEL = 0.95
# The words for a chance, from high to low.
CHANCE_WORDS = list(dict.fromkeys(wording.chance(at / 100) for at in range(100, -1, -1)))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n`, with the ends of an exact interval for the share."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Not a number of nothing."""
        return self.hits / self.n if self.n else float("nan")


def share_of(hits: pd.Series, confidence: float = LEVEL) -> Share:
    """Clopper and Pearson; of nothing everything is possible."""
    n, found = len(hits), int(hits.sum())
    if not n:
        return Share(0, 0, 0.0, 1.0)
    ends = stats.binomtest(found, n).proportion_ci(confidence)
    return Share(found, n, float(ends.low), float(ends.high))


@dataclass(frozen=True, slots=True)
class Bin:
    """Municipalities of which about the same was said."""

    low: float
    said: float
    happened: Share

    @property
    def holds(self) -> bool:
        """Whether what was said on average lies in the band of what happened."""
        return self.happened.n == 0 or self.happened.low <= self.said <= self.happened.high


def reliability(said: pd.Series, happened: pd.Series) -> list[Bin]:
    """Ten bins of what was said; their bands hold together in 95 of 100 cases (Bonferroni)."""
    place = np.minimum((said * BINS).astype(int), BINS - 1)
    found = []
    for at in range(BINS):
        own = place == at
        band = share_of(happened[own], 1 - (1 - LEVEL) / BINS)
        found.append(Bin(at / BINS, float(said[own].mean()), band))
    return found


def quantile_bins(quantile: pd.Series) -> list[Share]:
    """How often the truth lay in each tenth of what was drawn: a tenth each, when the margin is what it says."""
    place = np.minimum((quantile * BINS).astype(int), BINS - 1)
    return [share_of(place == at, 1 - (1 - LEVEL) / BINS) for at in range(BINS)]


def coverage(frame: pd.DataFrame, interval: str) -> Share:
    """How often an interval holds the truth, where one was given."""
    frame = frame.dropna(subset=[interval])
    low, high = (frame[interval].str[at].astype(float) for at in (0, 1))
    return share_of((low <= frame["truth"]) & (frame["truth"] <= high))


def loudly_wrong(frame: pd.DataFrame, at_least: float, column: str = "chance") -> Share:
    """Of the municipalities where costs exceed benefits: how often at least this chance of the reverse was given."""
    return share_of(frame.loc[frame["truth"] <= 0, column].dropna() >= at_least)


def words_of_chance(frame: pd.DataFrame, column: str) -> Iterator[tuple[str, float, Share]]:
    """Word for a chance, what was said on average, and how often benefits exceeded costs."""
    frame = frame.dropna(subset=[column])
    words = frame[column].map(wording.chance)
    for word in CHANCE_WORDS:
        own = frame[words == word]
        yield word, float(own[column].mean()), share_of(own["truth"] > 0)


def words_of_effects(frame: pd.DataFrame) -> Iterator[tuple[str, str, Share, Share, Share]]:
    """Subject, word, and how often the true effect was more, less, and exactly none."""
    rows = pd.DataFrame([one for words in frame["words"] for one in words], columns=["subject", "word", "truth"])
    for (subject, word), own in rows.groupby(["subject", "word"]):
        found = own["truth"]
        yield str(subject), str(word), share_of(found > 0), share_of(found < 0), share_of(found == 0)


def false_claims(frame: pd.DataFrame) -> Share:
    """How often at least one difference was called demonstrable that goes the other way, or is not there."""
    return share_of(frame["words"].map(_claims_wrongly))


def _claims_wrongly(words: list[tuple[str, str, float]]) -> bool:
    return any((word == MORE and truth <= 0) or (word == LESS and truth >= 0) for _, word, truth in words)
