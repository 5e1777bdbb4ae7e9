"""Design E: when a result was reached, and when it was lost again.

The clock starts when a client first scores at least 'voldoende zelfredzaam' (or when support ends); relapse is a later
score below it. A relapse is known only to lie between the last good and the first bad measurement (turnbull.py); that
somebody came back is known to the day, and follows Kaplan and Meier (1958).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from indicators.arrays import Flags, Floats, Integers


@dataclass(frozen=True, slots=True)
class Survival:
    """A step curve: after each of `times` (E,) a share `lasting` (E,) has not relapsed; `n_at_risk` just before it."""

    times: Floats
    lasting: Floats
    n_at_risk: Integers
    n_relapsed: Integers

    def at(self, months: float, confidence: float = 0.95) -> tuple[float, float, float]:
        """Share lasting at `months`, with the ends of its interval on the complementary log-log scale."""
        past = self.times <= months
        share = float(self.lasting[past][-1]) if past.any() else 1.0
        if share in (0.0, 1.0):
            return share, share, share
        risk, relapsed = self.n_at_risk[past], self.n_relapsed[past]
        greenwood = float((relapsed / (risk * (risk - relapsed))).sum())
        width = float(scipy.stats.norm.ppf((1 + confidence) / 2)) * np.sqrt(greenwood) / abs(np.log(share))
        return share, share ** float(np.exp(width)), share ** float(np.exp(-width))


@dataclass(frozen=True, slots=True)
class Spells:
    """Per client (N,): months from the origin to the last good measurement and to the first bad one.

    `origin` is the row of the measurement at which the clock started.
    Without relapse `first_bad` is NaN and `last_good` is the end of what was seen. Clients without any measurement
    after the origin have no part: nobody looked.
    """

    origin: Integers
    last_good: Floats
    first_bad: Floats

    @property
    def relapsed(self) -> Flags:
        """(N,)."""
        return ~np.isnan(self.first_bad)

    def of(self, chosen: Flags) -> Spells:
        """The spells of some of the clients."""
        return Spells(self.origin[chosen], self.last_good[chosen], self.first_bad[chosen])


def spells(client: Integers, months: Floats, score: Floats, cut: int = 4) -> Spells:
    """Spells of one life domain from rows sorted by client and time.

    `client`, `months` and `score` (M,) are measurements, missing scores left out. The origin is the first score of at
    least `cut`; only clients measured after it have a spell.
    """
    number = np.cumsum(np.diff(client, prepend=client[:1]) != 0)
    n_clients = int(number[-1]) + 1 if number.size else 0
    good, row = score >= cut, np.arange(client.size)
    origin = _first(number[good], row[good], n_clients)
    later = row > origin[number]
    first_bad = _first(number[later & ~good], row[later & ~good], n_clients)
    still_good = good & (row >= origin[number]) & (row < first_bad[number])
    last_good = np.zeros(n_clients, np.int64)
    np.maximum.at(last_good, number[still_good], row[still_good])
    has_spell = np.bincount(number[later], minlength=n_clients) > 0
    began, ended = origin[has_spell], first_bad[has_spell]
    relapsed = ended < client.size
    bad_after = np.full(ended.size, np.nan)
    bad_after[relapsed] = months[ended[relapsed]] - months[began[relapsed]]
    return Spells(began, months[last_good[has_spell]] - months[began], bad_after)


def kaplan_meier(months: Floats, relapsed: Flags) -> Survival:
    """The share that lasts, from months in view (N,) and whether they ended in relapse (N,)."""
    times, at = np.unique(months[relapsed], return_inverse=True)
    n_relapsed = np.bincount(at, minlength=times.size)
    n_at_risk = months.size - np.searchsorted(np.sort(months), times, side="left")
    return Survival(times, np.asarray(np.cumprod(1 - n_relapsed / n_at_risk)), n_at_risk, n_relapsed)


def not_returned(found: Spells, returned: Floats, seen_until: Floats) -> Survival:
    """The share that did not come back, from months after the origin (N,) to the return (NaN: none) and to today.

    A return is registered whenever it happens, so everybody is in view until today, or until a relapse was measured.
    Times the curve of a lower score it gives the share with neither: each cause has its own people at risk.
    """
    came_back = ~np.isnan(returned) & ~found.relapsed
    return kaplan_meier(np.fmin(np.fmin(returned, found.first_bad), seen_until), came_back)


def _first(number: Integers, row: Integers, n_clients: int) -> Integers:
    """(n_clients,) the first of `row` per client; a number beyond every row where there is none."""
    first = np.full(n_clients, np.iinfo(np.int64).max)
    np.minimum.at(first, number, row)
    return first
