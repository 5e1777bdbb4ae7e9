"""How sure a change is when clients of one team resemble one another: the team jackknife of the effects, from counts.

The same as `effects.few_teams` for a mean over clients: leave out one team at a time, scale so that it is right under
equal noise, and take Bell and McCaffrey's degrees of freedom. For a mean all of it has a closed form in the numbers of
clients per team, so that every row of est_change__by_domain is done at once. A share gets its margin by the design
effect: how many times larger the clustered variance is than that of independent clients, averaged over the shares of
the row (Rao and Scott 1981, Journal of the American Statistical Association 76:221-230), few teams included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from data_contracts.vocabulary.certainty import Z_95
from indicators.arrays import Floats, Integers
from indicators.change.signed_rank import double_ranks
from indicators.counts.pair_counts import PAIR, PairCounts

# Of cells: their table, the score before and the score after -> what a client in them is worth, V times.
Values = Callable[[Integers, Integers, Integers], Sequence[Integers]]


@dataclass(frozen=True, slots=True)
class Clustered:
    """Per table (G,): half the width of the mean change, the p-value of the signed rank, and the design effect.

    NaN, and a design effect of 1, where there is one team only: then clients are the unit.
    """

    half_width: Floats
    p_value: Floats
    design_effect: Floats


def clustered(pairs: PairCounts, by_team: pd.DataFrame, sufficient: Integers) -> Clustered:
    """What teams make of the sureness of each table; `by_team`: est_change__transitions_by_team of the same clients.

    `sufficient` (G, K + 1) tells which scores are sufficient. The signed rank keeps Pratt's ranks over all clients; its
    mean over the clients is what is tested.
    """
    ranks = _ranks(pairs)

    def values(table: Integers, before: Integers, after: Integers) -> list[Integers]:
        moved = after - before
        rank = np.sign(moved) * ranks[table, np.abs(moved)]
        return [moved, rank, moved > 0, moved == 0, moved < 0, sufficient[table, before], sufficient[table, after]]

    mean, spread, freedom = team_means(pairs, by_team, values)
    bound = np.asarray(scipy.stats.t.ppf(0.975, freedom))
    with np.errstate(invalid="ignore", divide="ignore"):
        p_value = 2 * scipy.stats.t.sf(np.abs(mean[1] / spread[1]), freedom)
        share = mean[2:]
        alone = share * (1 - share) / pairs.n_clients
        effect = np.where(alone > 0, spread[2:] ** 2 / alone, np.nan) * (bound / Z_95) ** 2
    known = np.isfinite(effect)
    average = np.where(known, effect, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    certain = spread[0] > 1e-9
    return Clustered(
        np.where(certain, bound * spread[0], np.nan),
        np.where(spread[1] > 1e-9, p_value, np.nan),
        np.maximum(average, 1.0),
    )


def team_means(pairs: PairCounts, by_team: pd.DataFrame, values: Values) -> tuple[Floats, Floats, Floats]:
    """Means over clients (V, G) of V values, their standard errors (V, G) by team, and degrees of freedom (G,).

    `values` gives, for the table and the scores before and after of each cell, what a client in it is worth.
    """
    cells = by_team.merge(pairs.keys.assign(table=np.arange(len(pairs.keys))), on=PAIR, validate="many_to_one")
    table = cells["table"].to_numpy(np.int64)
    before, after, n = (cells[name].to_numpy(np.int64) for name in ("score_from", "score_to", "n_clients"))
    worth = np.stack(values(table, before, after)).astype(np.float64)
    codes = np.column_stack([table, cells["team_no"].to_numpy(np.int64)])
    teams, team = np.unique(codes, axis=0, return_inverse=True)
    sums = np.stack([_of_tables(team.ravel(), value * n, len(teams)) for value in worth])
    size = _of_tables(team.ravel(), n.astype(np.float64), len(teams))
    spread, freedom = _jackknife(teams[:, 0], size, sums, len(pairs.keys))
    mean = np.stack([_of_tables(teams[:, 0], one, len(pairs.keys)) for one in sums]) / pairs.n_clients
    return mean, spread, freedom


def _ranks(pairs: PairCounts) -> Integers:
    """(G, K + 1) twice Pratt's rank of a move of so many levels; 0 for who stayed."""
    up, down, equal = pairs.by_size()
    ranks = double_ranks(np.column_stack([equal, up + down]))
    ranks[:, 0] = 0
    return ranks


def _jackknife(table: Integers, n: Floats, sums: Floats, n_tables: int) -> tuple[Floats, Floats]:
    """Standard errors (V, G) of the means of V values, and degrees of freedom (G,), from sums per team.

    With n_i clients in a team out of N: leaving it out moves the mean by (mean - own mean) x n_i / (N - n_i). Under
    equal noise these moves have covariances a_i on, and -N a_i a_j off the diagonal, with a_i = n_i / (N (N - n_i)).
    """
    whole = _of_tables(table, n, n_tables)
    rest = whole[table] - n
    share = np.divide(n, whole[table] * rest, out=np.full_like(rest, np.nan, dtype=np.float64), where=rest > 0)
    trace, square, fourth = (_of_tables(table, share**power, n_tables) for power in (1, 2, 4))
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = trace**2 / (square + whole**2 * (square**2 - fourth))
        scale = np.sqrt(1 / (whole * trace))
        mean = np.stack([_of_tables(table, one, n_tables) for one in sums]) / whole
        moves = (mean[:, table] * n - sums) / rest
        spread = np.sqrt(np.stack([_of_tables(table, one**2, n_tables) for one in moves])) * scale
    return spread, freedom


def _of_tables(table: Integers, values: Floats, n_tables: int) -> Floats:
    return np.bincount(table, values, n_tables).astype(np.float64)
