"""From granted to preliminary, or back: est_care__shift, and who adds what to it.

The share of clients with preliminary provisions alone, among whom something began in the last year against the first.
A change in what is given, not an effect: who comes in may have changed as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import scipy

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.provision_kinds import SHIFT
from data_contracts.vocabulary.field import ALL
from indicators.contributions import Added
from indicators.counts.pair_counts import as_table
from indicators.many_outcomes import adjusted

_FIRST, _LAST = 0, 1


def shift_of_kinds(given: pd.DataFrame, least: Callable[[str], int]) -> pd.DataFrame:
    """The shift per life domain between the same two years; `least` gives the fewest clients of a kind and year.

    `given` is as for `by_life_domain`, with `team_no`. Years are the first and the last with twice `least` clients of
    any life domain. A kind with fewer than `least` clients in one of them: too few to say. P-values are Holm's, over
    every life domain that is looked at. A row counts the clients of the last year, as the table of that year does:
    those of both years together would tell, beside each of them, how many stand in both, and a year of few.
    """
    years = _years(given, 2 * least(ALL))
    if years is None:
        return empty_frame(SHIFT)
    of_years = [(name, own) for name, own in _per_domain(given, years) if (own["at"] == _LAST).any()]
    table = pd.DataFrame([_row(name, years, own, least(name)) for name, own in of_years])
    return as_table(SHIFT, table.assign(p_adjusted=adjusted(table["p_value"].to_numpy(np.float64), "holm")))


def shift_contributions(given: pd.DataFrame, least: Callable[[str], int]) -> Iterator[Added]:
    """Who was given something in either year adds the kind of both."""
    years = _years(given, 2 * least(ALL))
    if years is None:
        return
    for name, own in _per_domain(given, years):
        code = (1 + own["is_individual"].astype("int64")) * 3 ** own["at"]
        of_client = code.groupby(own["client_no"]).sum().sort_index()
        client = of_client.index.to_numpy(np.int64)
        yield Added(outcome_name("provision_shift", [name, *years]), client, of_client.to_numpy(np.int64))


def _years(given: pd.DataFrame, least: int) -> tuple[int, int] | None:
    """The first and the last year with so many clients; None where they are one year, or there is none."""
    counted = given.loc[given["life_domain"] == ALL, "year"].value_counts()
    enough = counted.index[counted >= least]
    return (int(enough.min()), int(enough.max())) if len(enough) > 1 else None


def _per_domain(given: pd.DataFrame, years: tuple[int, int]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Per life domain who was given something in either year, with `at`: the first or the last one."""
    own = given[given["year"].isin(years)]
    own = own.assign(at=np.where(own["year"] == years[_LAST], _LAST, _FIRST))
    yield from ((str(name), rows) for name, rows in own.groupby("life_domain", observed=True))


def _row(name: str, years: tuple[int, int], own: pd.DataFrame, least: int) -> dict[str, object]:
    at, light = own["at"].to_numpy(), ~own["is_individual"].to_numpy(np.bool_)
    told: dict[str, object] = {"life_domain": name, "year_from": years[_FIRST], "year_to": years[_LAST]}
    told["n_clients"] = np.sum(at == _LAST)
    of_kind = [np.sum((at == year) & (light == kind)) for year in (_FIRST, _LAST) for kind in (True, False)]
    nothing = {"shift": np.nan, "shift_low": np.nan, "shift_high": np.nan, "p_value": np.nan}
    if min(of_kind) < least:
        return told | nothing | {"refused_because": "too_few"}
    shares = [float(light[at == year].mean()) for year in (_FIRST, _LAST)]
    shift = shares[_LAST] - shares[_FIRST]
    # What one row moves the shift, so that a client of both years, and clients of one team, go together.
    sign, size = np.where(at == _LAST, 1.0, -1.0), np.where(at == _LAST, np.sum(at == _LAST), np.sum(at == _FIRST))
    moves = pd.Series(sign * (light - np.take(shares, at)) / size, own.index)
    se, freedom = _wider(moves, own)
    if not se:  # the same people with the same in both years: nothing varies, and a margin of nothing tells of each
        return told | nothing | {"refused_because": "too_few"}
    half = scipy.stats.t.ppf(0.975, freedom) * se
    figures = {"shift": shift, "shift_low": shift - half, "shift_high": shift + half}
    return told | figures | {"p_value": 2 * scipy.stats.t.sf(abs(shift) / se, freedom), "refused_because": None}


def _wider(moves: pd.Series, own: pd.DataFrame) -> tuple[float, int]:
    """Standard error and degrees of freedom by client, or by team where that gives the wider margin.

    Clients of one team resemble one another; with few teams their spread may be small by chance, which is no ground to
    be surer than clients alone allow.
    """
    by_client = _of_clusters(moves.groupby(own["client_no"]).sum())
    known = own["team_no"].notna()
    team = moves[known].groupby(own.loc[known, "team_no"]).sum()
    if len(team) < 2:
        return by_client
    alone = moves[~known].groupby(own.loc[~known, "client_no"]).sum()
    by_team = _of_clusters(pd.concat([team, alone], ignore_index=True), freedom=len(team) - 1)
    return max(by_client, by_team, key=lambda one: one[0] * float(scipy.stats.t.ppf(0.975, one[1])))


def _of_clusters(moves: pd.Series, freedom: int | None = None) -> tuple[float, int]:
    n = len(moves)
    return float(np.sqrt(n / (n - 1) * np.square(moves).sum())), n - 1 if freedom is None else freedom
