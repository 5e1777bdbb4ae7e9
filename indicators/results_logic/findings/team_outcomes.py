"""What team-years tell of a tree, computed before the gate, and read back behind it for the words.

A team-year counts when the people it is about reach the threshold, so that a test never hangs on a few people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.protection import Thresholds
from data_contracts.tables.contributions import LINK, LOGIC_SPREAD, outcome_name
from data_contracts.tables.released import Status
from data_contracts.tables.team_years import LINK_TESTS, SPREAD
from data_contracts.vocabulary.logic import LinkTestVerdict
from indicators.results_logic.findings.association import Slope
from indicators.results_logic.findings.link_tests import LinkTest, bounded, link_tests
from indicators.results_logic.findings.rests_on import COLUMNS, of_spread, outcomes_of
from indicators.results_logic.findings.teams import spread_of_teams, teams_told
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.frames import frame_of
from indicators.results_logic.values.panel import NO_TEAM_YEARS, NodeYears
from indicators.results_logic.values.released import Released

_ENDS = (("slope_low", -1), ("slope_high", 1))
_LINES = "\n"  # no explanation or title of a tree has more than one


@dataclass(frozen=True, slots=True)
class TeamOutcomes:
    """The outcome per link and the spread per indicator, and on which people they rest (rests_on.py)."""

    link_tests: pd.DataFrame
    spread: pd.DataFrame
    rests: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS, dtype="str"))


def before_the_gate(
    change: pd.DataFrame, funnel: pd.DataFrame, use: pd.DataFrame, reach: pd.DataFrame, thresholds: Thresholds
) -> Released:
    """est_change__by_domain, est_change__funnel and est_care__use as a tree reads them: exact, `too_few` left out.

    est_reach__by_year says which years are delivered in part.
    """
    limit = thresholds.clients
    found = Released(
        change=_with_status(change, "n_clients", change["life_domain"].map(thresholds.of)),
        funnel=_with_status(funnel, "n_clients", funnel["life_domain"].map(thresholds.of)),
        use=_with_status(use, "n_clients_base", pd.Series(limit, use.index)),
        round_to=0,
    ).without_part_years(reach)
    users = use["n_clients"].astype("float64")
    return replace(found, use=found.use.assign(n_clients=users.where(users >= limit)))


def _with_status(table: pd.DataFrame, whole: str, limit: pd.Series) -> pd.DataFrame:
    enough = table[whole] >= limit
    return table.assign(status=enough.map({True: Status.RELEASED.value, False: Status.TOO_FEW.value}))


def team_outcomes(tree: Tree, figures: Released) -> TeamOutcomes:
    """The test of every link and the spread of every indicator."""
    tests = link_tests(tree, figures)
    return TeamOutcomes(
        link_tests=frame_of(LINK_TESTS, [row_of_test(tree, test) for test in tests]),
        spread=frame_of(SPREAD, spread_of_teams(tree, figures)),
        rests=pd.concat([*_rests_of_links(tests, figures), *_rests_of_spread(tree, figures)], ignore_index=True),
    )


def _rests_of_links(tests: list[LinkTest], figures: Released) -> Iterator[pd.DataFrame]:
    yield pd.DataFrame(columns=COLUMNS, dtype="str")
    for test in tests:
        yield outcomes_of(outcome_name(LINK, [test.link.id]), test.rests_on, figures)


def _rests_of_spread(tree: Tree, figures: Released) -> Iterator[pd.DataFrame]:
    for one in tree.indicators:
        found = teams_told(one.measure, figures) if one.measure else None
        if one.measure is not None and found is not None:
            rests = of_spread(one.measure, found["slice_value"].to_list(), figures)
            yield outcomes_of(outcome_name(LOGIC_SPREAD, [one.id]), [rests], figures)


def row_of_test(tree: Tree, test: LinkTest) -> dict[str, Any]:
    """A test as the row of its link."""
    slope = test.slope
    return {
        "tree": tree.version,
        "link": test.link.id,
        "indicator_from": test.lower.indicator.id if test.lower.indicator else None,
        "indicator_to": test.upper.indicator.id if test.upper.indicator else None,
        "one_from": test.lower.one,
        "one_to": test.upper.one,
        "is_hidden_from": test.lower.is_hidden,
        "is_hidden_to": test.upper.is_hidden,
        "n_teams": test.n_teams,
        "n_team_years": test.n_team_years,
        "periods": test.periods,
        "lag_months": test.lag_months,
        "adjusted_for": _LINES.join(test.adjusted_for),
        "not_adjusted_for": _LINES.join(test.not_adjusted_for),
        "slope": bounded(slope.estimate) if slope else None,
        "slope_low": bounded(slope.low) if slope else None,
        "slope_high": bounded(slope.high) if slope else None,
        "spread_from": slope.spread_x if slope else None,
        "verdict": test.verdict.value,
        "has_team_years": test.has_team_years,
    }


def links_tested(tree: Tree, outcomes: TeamOutcomes) -> list[LinkTest]:
    """The tests read back from their rows, in the order of the tree; without the team-years."""
    rows = {str(row["link"]): row for row in outcomes.link_tests.to_dict("records")}
    indicators = {one.id: one for one in tree.indicators}
    found = []
    for link in tree.links:
        row = rows[link.id]
        lower, upper = (
            NodeYears(
                indicators.get(row[f"indicator_{end}"]), row[f"one_{end}"], NO_TEAM_YEARS, row[f"is_hidden_{end}"]
            )
            for end in ("from", "to")
        )
        found.append(
            LinkTest(
                link=link,
                lower=lower,
                upper=upper,
                n_teams=row["n_teams"],
                n_team_years=row["n_team_years"],
                periods=row["periods"],
                lag_months=row["lag_months"],
                adjusted_for=tuple(row["adjusted_for"].splitlines()),
                not_adjusted_for=tuple(row["not_adjusted_for"].splitlines()),
                slope=_slope(row),
                verdict=LinkTestVerdict(row["verdict"]),
                has_team_years=row["has_team_years"],
                held_from=row["held_from"] if row.get("status") == Status.HELD else None,
                is_withheld=row.get("status") == Status.WITHDRAWN,
            )
        )
    return found


def _slope(row: dict[Any, Any]) -> Slope | None:
    """An end of the interval that was left empty is unbounded."""
    if pd.isna(row["spread_from"]):
        return None
    low, high = (sign * np.inf if pd.isna(row[name]) else row[name] for name, sign in _ENDS)
    return Slope(row["slope"], low, high, row["spread_from"])
