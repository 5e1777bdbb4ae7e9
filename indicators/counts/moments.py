"""Moments are made by date: which assessment of a client is the first, the last, the second, the one at six months.

Always per life domain: a client's first assessment is the first at which that domain was scored. The ZRM looks back
about thirty days, so an assessment within `replicate_days` of the first is a replicate or a correction, never change.
Source: ZRM-Handleiding 2017 (the instrument is a snapshot of the last thirty days).

Both ends are treated alike, so that reversing time turns every change into its opposite: of the assessments close
together at the beginning the very first counts and of those at the end the very last, and a day with several scores
has one by the panel's rule or none (same_day.py). A moment is chosen by date, never by what was scored on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data_contracts.errors import ContractBroken
from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.arrays import Flags, Integers
from indicators.counts.panel import Panel
from indicators.counts.same_day import one_per_day

WINDOW_DAYS = int(3 * DAYS_PER_MONTH)
NONE = np.intp(-1)


@dataclass(frozen=True)
class ScoredRows:
    """The assessments at which one life domain was scored, client after client.

    `row`: position in the panel, int64[m]; `bounds`: where in `row` each client begins and where the last one ends,
    int64[c + 1]; `disagreed`: those of `row` whose day has several scores and no one of them counts.
    """

    panel: Panel
    row: Integers
    bounds: Integers
    disagreed: Integers = field(default_factory=lambda: np.zeros(0, np.intp))

    @property
    def start(self) -> Integers:
        """Where in `row` the first assessment of each client stands, int64[c]."""
        return self.bounds[:-1]

    @cached_property
    def client(self) -> Integers:
        """Position of each such client among the clients of the panel, int64[c]."""
        return self.panel.client_of_row.take(self.row.take(self.start)).astype(np.intp)

    @cached_property
    def owner(self) -> Integers:
        """Which client of `client` each of `row` belongs to, int32[m]."""
        is_next = np.zeros(len(self.row), np.int32)
        is_next[self.start[1:]] = 1
        return np.cumsum(is_next, dtype=np.int32)

    @cached_property
    def days_since_first(self) -> Integers:
        """Days since the client's first score in this life domain, int32[m]."""
        day = self.panel.day[self.row]
        return day - day[self.start][self.owner]

    def agreed(self, row: Integers) -> Flags:
        """Which of these panel rows stand for a day with one score."""
        if not len(self.disagreed):
            return np.ones(len(row), np.bool_)
        return ~np.isin(row, self.disagreed)


def scored_rows(panel: Panel, scores: Integers, rows: slice = slice(0, None)) -> ScoredRows:
    """The days with a score in one life domain, one row each, grouped by client; only of the clients in `rows`."""
    every = every_scored_row(panel, scores, rows)
    days = one_per_day(every.owner, panel.day, scores, every.row, panel.same_day) if panel.has_shared_days else None
    return every if days is None else _by_client(panel, days.row, days.row[days.disagrees])


def every_scored_row(panel: Panel, scores: Integers, rows: slice = slice(0, None)) -> ScoredRows:
    """All assessments with a score in one life domain, also several on one day."""
    # Positions stay as wide as numpy's own: a narrower index is copied at each use.
    row = np.flatnonzero(scores[rows] != 0)
    row += rows.start
    return _by_client(panel, row)


def _by_client(panel: Panel, row: Integers, *disagreed: Integers) -> ScoredRows:
    if not len(row):
        return ScoredRows(panel, row, np.zeros(1, np.intp))
    # `take` reads the same as an index in brackets in two thirds of the time.
    client = panel.client_of_row.take(row)
    is_bound = np.ones(len(row) + 1, np.bool_)
    np.not_equal(client[1:], client[:-1], out=is_bound[1:-1])
    return ScoredRows(panel, row, np.flatnonzero(is_bound), *disagreed)


def moment_rows(scored: ScoredRows, moment: str, replicate_days: int) -> Integers:
    """The panel row of `moment` for every client in `scored`; -1 when the client has none.

    first; last (the last before the monitoring phase); latest (by date, whatever the phase); k2 to k9 (each more than
    `replicate_days` after the one before); m6 (of the assessments within three months of six months after the first,
    the nearest; of two as near, the earlier); monitoring (the last in the monitoring phase).
    """
    if not len(scored.row):
        return scored.row
    number = int(re.sub(r"\D", "", moment) or 0)
    kind = moment.rstrip("0123456789")
    if kind == "first":
        return scored.row.take(scored.start)
    if kind == "latest" or (kind == "last" and not scored.panel.has_monitoring):
        return scored.row.take(scored.bounds[1:] - 1)
    if kind == "last":
        found = np.flatnonzero(~scored.panel.is_monitoring[scored.row])
        return _best(scored, found, found)
    if kind == "monitoring":
        found = np.flatnonzero(scored.panel.is_monitoring[scored.row])
        return _best(scored, found, found)
    if kind == "k" and number >= 2:
        return _kth(scored, number, replicate_days)
    if kind == "m" and number >= 1:
        distance = np.abs(scored.days_since_first - round(number * DAYS_PER_MONTH))
        found = np.flatnonzero((distance <= WINDOW_DAYS) & (scored.days_since_first > replicate_days))
        return _best(scored, found, -distance[found])
    raise ContractBroken(f"moment '{moment}' is not known")


def comparable_pairs(
    scored: ScoredRows, life_domain: str, before: Integers, after: Integers, replicate_days: int
) -> Integers:
    """Which clients have a pair of moments that may be compared, as positions in `before`.

    Both exist and have one score, the second is more than `replicate_days` after the first, and the life domain means
    the same in both.
    """
    panel = scored.panel
    # Row -1, where there is no moment, is somebody's row: what its day says is struck out.
    is_pair = panel.day.take(after) - panel.day.take(before) > replicate_days
    is_pair &= (before >= 0) & (after > before)
    if len(scored.disagreed):
        is_pair &= scored.agreed(before) & scored.agreed(after)
    if len(panel.editions) > 1 and life_domain not in panel.comparable:
        is_pair &= panel.edition[after] == panel.edition[before]
    return np.flatnonzero(is_pair)


@dataclass(frozen=True, slots=True)
class ClientPairs:
    """Clients with both moments of one pair, in one life domain: row before, row after, client; int64[c] each."""

    moment_from: str
    moment_to: str
    before: Integers
    after: Integers
    client: Integers


def client_pairs(
    panel: Panel,
    life_domain: str,
    moment_pairs: Sequence[tuple[str, str]],
    replicate_days: int,
    rows: slice = slice(0, None),
) -> Iterator[ClientPairs]:
    """The comparable pairs of one life domain, per pair of moments; only of the clients in `rows`, if given."""
    scored = scored_rows(panel, panel.scores[life_domain], rows)
    moments = {name: moment_rows(scored, name, replicate_days) for pair in moment_pairs for name in pair}
    for name_from, name_to in moment_pairs:
        before, after = moments[name_from], moments[name_to]
        found = comparable_pairs(scored, life_domain, before, after, replicate_days)
        starts = before.take(found)
        client = panel.client_of_row.take(starts).astype(np.intp)
        yield ClientPairs(name_from, name_to, starts, after.take(found), client)


def _best(scored: ScoredRows, found: Integers, preference: Integers) -> Integers:
    """Per client the row in `found` that is preferred most; of two as good, the earlier; -1 without any."""
    chosen = np.full(len(scored.start), NONE)
    if len(found):
        owner = scored.owner[found]
        start = np.append(0, np.flatnonzero(owner[1:] != owner[:-1]) + 1)
        rank = (preference.astype(np.int64) << 32) - np.arange(len(found))
        best = np.maximum.reduceat(rank, start)
        chosen[owner[start]] = scored.row[found[-best & 0xFFFFFFFF]]
    return chosen


def _kth(scored: ScoredRows, number: int, replicate_days: int) -> Integers:
    # Client and day in one rising number, so the next measurement is one binary search away; the last entry is nobody.
    span = np.int64(scored.days_since_first.max()) + replicate_days + 2
    n_clients = len(scored.start)
    owner = np.append(scored.owner, n_clients)
    timeline = owner * span
    timeline[:-1] += scored.days_since_first
    position = scored.start
    for _ in range(number - 1):
        position = np.searchsorted(timeline, timeline[position] + replicate_days, side="right")
        position = np.minimum(position, len(scored.row))
    exists = owner[position] == np.arange(n_clients)
    return np.where(exists, np.append(scored.row, NONE)[position], NONE)
