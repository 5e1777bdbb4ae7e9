"""Each link put to the test on team-years: does the upper node move where and when the lower one moves?

A link stays behind only when the lower node demonstrably moved by more than counts, and even the high end of what the
upper node can have done with it is less than counts. Everything in between is too uncertain. The tests of one tree
share one error margin (Bonferroni), so that a tree with many links does not accuse more often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.vocabulary.logic import LinkTestVerdict
from indicators.results_logic.findings.association import Slope, TeamYears, slope
from indicators.results_logic.findings.rests_on import RestsOn, team_years_of
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.measures import Measure, PairMeasure
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.panel import CELL, NodeYears, months_per_period, node_team_years, team_years
from indicators.results_logic.values.released import Released

ERROR_MARGIN = 0.05
FEWEST_TEAMS, FEWEST_DEGREES = 5, 10
# Scores that one worker gives on one day share a part of their error; how much is unknown, so both ends must agree.
HALO = (0.0, 0.5)


@dataclass(frozen=True, slots=True)
class LinkTest:
    """The outcome for one link. Slope and spread are in differences that count; None where it could not be tested."""

    link: Link
    lower: NodeYears
    upper: NodeYears
    n_teams: int
    n_team_years: int
    periods: str
    lag_months: int
    adjusted_for: tuple[str, ...]
    not_adjusted_for: tuple[str, ...]
    slope: Slope | None
    verdict: LinkTestVerdict
    has_team_years: bool  # the study has any at all, of any node
    rests_on: tuple[RestsOn, ...] = ()
    held_from: str | None = None  # the release that it is shown from, where a few people would have moved it
    is_withheld: bool = False  # every earlier one was withdrawn as wrong, and a new one would tell of a few people


@dataclass(frozen=True, slots=True)
class _Cells:
    lower: NodeYears
    upper: NodeYears
    frame: pd.DataFrame
    lag_months: int
    adjusted_for: tuple[str, ...]
    not_adjusted_for: tuple[str, ...]
    rests_on: tuple[RestsOn, ...]

    @property
    def testable(self) -> bool:
        teams, periods = self.frame["team"].nunique(), self.frame["period"].nunique()
        degrees = len(self.frame) - teams - (periods - 1) - len(self.adjusted_for)
        return teams >= FEWEST_TEAMS and degrees >= FEWEST_DEGREES


def link_tests(tree: Tree, released: Released) -> list[LinkTest]:
    """The test of every link of the tree, in the order of the file."""
    nodes = {node.id: node_team_years(tree, node.id, released) for node in tree.nodes}
    cells = [_cells(tree, link, nodes, released) for link in tree.links]
    n_tests = sum(one.testable for one in cells)
    confidence = 1 - 2 * ERROR_MARGIN / max(n_tests, 2)  # each verdict looks at one end of its interval
    any_there = any(one.indicator or one.is_hidden for one in nodes.values())
    return [_tested(link, one, confidence, any_there) for link, one in zip(tree.links, cells, strict=True)]


def _tested(link: Link, cells: _Cells, confidence: float, has_team_years: bool) -> LinkTest:
    found = _slope(cells, confidence) if cells.testable else None
    frame = cells.frame
    periods = f"{frame['period'].min()} tot en met {frame['period'].max()}" if len(frame) else ""
    return LinkTest(
        link=link,
        lower=cells.lower,
        upper=cells.upper,
        n_teams=frame["team"].nunique(),
        n_team_years=len(frame),
        periods=periods,
        lag_months=cells.lag_months,
        adjusted_for=cells.adjusted_for,
        not_adjusted_for=cells.not_adjusted_for,
        slope=found,
        verdict=verdict_of_slope(found) if found else LinkTestVerdict.NOT_TESTABLE,
        has_team_years=has_team_years,
        rests_on=cells.rests_on,
    )


def verdict_of_slope(found: Slope) -> LinkTestVerdict:
    """What a slope, in differences that count, says about its link."""
    if found.low > 0:
        return LinkTestVerdict.MOVES_ALONG
    if found.spread_x >= 1 and found.high * found.spread_x < 1:
        return LinkTestVerdict.STAYS_BEHIND
    return LinkTestVerdict.TOO_UNCERTAIN


def _slope(cells: _Cells, confidence: float) -> Slope:
    frame = cells.frame
    numbers = TeamYears(
        x=frame["movement_lower"].to_numpy(float),
        y=frame["movement_upper"].to_numpy(float),
        variance_x=frame["variance_lower"].to_numpy(float),
        variance_y=frame["variance_upper"].to_numpy(float),
        team=pd.factorize(frame["team"])[0],
        period=pd.factorize(frame["period"])[0],
        covariates=frame[list(cells.adjusted_for)].to_numpy(float),
    )
    both = (cells.lower.indicator, cells.upper.indicator)
    same_hand = all(one and isinstance(one.measure, PairMeasure) for one in both)
    found = [slope(numbers, halo, confidence) for halo in (HALO if same_hand else HALO[:1])]
    return Slope(found[0].estimate, min(one.low for one in found), max(one.high for one in found), found[0].spread_x)


Nodes = dict[str, NodeYears]


def _cells(tree: Tree, link: Link, nodes: Nodes, released: Released) -> _Cells:
    """Team-years that both nodes have, the upper one the link's delay later, with the measured rivals beside them."""
    lower, upper = nodes[link.node_from], nodes[link.node_to]
    below, above = lower.cells, upper.cells
    periods = sorted({*below["period"], *above["period"]})
    months = months_per_period(pd.Series(periods, dtype="str"))
    lag = round(link.delay_months / months)
    earlier = {later: periods[index - lag] for index, later in enumerate(periods) if index >= lag}
    above = above[above["period"].isin(earlier)]
    above = above.assign(period=above["period"].replace(earlier))
    frame = below.merge(above, on=CELL, suffixes=("_lower", "_upper"), validate="one_to_one")
    several = frame.groupby("team")["period"].transform("size") > 1 if len(frame) else frame.index >= 0
    frame = frame[several]
    rivals = _rivals(tree, link, nodes, released)
    frame, adjusted, left = _with_rivals(frame, {name: cells for name, (_, cells) in rivals.items()})
    unmeasured = tuple(rival.explanation for rival in link.rivals if rival.measure is None)
    here = list(frame[CELL].itertuples(index=False, name=None))
    later = {before: after for after, before in earlier.items()}
    rests_on = [(lower.indicator, here), (upper.indicator, [(team, later[period]) for team, period in here])]
    people = [team_years_of(one.measure, cells) for one, cells in rests_on if one and one.measure]
    people += [team_years_of(measure, here) for name in adjusted if (measure := rivals[name][0])]
    return _Cells(lower, upper, frame, lag * months, adjusted, left + unmeasured, tuple(people))


def _rivals(tree: Tree, link: Link, nodes: Nodes, released: Released) -> dict[str, tuple[Measure | None, pd.DataFrame]]:
    """What else could move the upper node, with its team-years: measured rivals, and other nodes that lead to it."""
    found: dict[str, tuple[Measure | None, pd.DataFrame]] = {
        one.explanation: (one.measure, team_years(one.measure, released)) for one in link.rivals if one.measure
    }
    others = [one.node_from for one in tree.links if one.node_to == link.node_to and one.id != link.id]
    for other in others:
        node = nodes[other]
        found[tree.node(other).title] = (node.indicator.measure if node.indicator else None, node.cells)
    return found


def _with_rivals(
    frame: pd.DataFrame, rivals: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Each rival as a column when it is known for nearly all team-years and enough of them remain; else left out."""
    adjusted: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    for name, cells in rivals.items():
        column = cells[[*CELL, "movement"]].rename(columns={"movement": name})
        wider = frame.merge(column, on=CELL, how="left", validate="one_to_one")
        known = wider[name].notna()
        spare = known.sum() - frame["team"].nunique() - frame["period"].nunique() - len(adjusted)
        if len(frame) and known.mean() >= 0.8 and spare >= FEWEST_DEGREES:
            frame, adjusted = wider[known], (*adjusted, name)
        else:
            left = (*left, name)
    return frame.reset_index(drop=True), adjusted, left


def bounded(number: float) -> float | None:
    """The number for a table; an unbounded end of an interval is left empty."""
    return float(number) if np.isfinite(number) else None
