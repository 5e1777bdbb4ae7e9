"""What a plan says when two groups do not begin alike: no figure of use, and a wider margin of scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from indicators.designs.clients import ClientOutcomes
from indicators.effects.estimates import Outcome
from indicators.effects.team_cells import EXPOSED, UNEXPOSED
from indicators.planning.plan import Plan, asked_outcomes, plan_of_study
from tests.indicators.planned_towns import KINDS, SCORED, study, town

USED = (
    Outcome("n_police", "events", "event", what="politiemelding"),
    Outcome("eur_wmo", "provisions", "eur", what="wmo"),
)
OWN = ("now", "another_year", "twice_as_many_teams")


def two_groups(lower: float) -> ClientOutcomes:
    """Six teams under the approach from the first day and six that never start; scores of the first are lower."""
    found, rng = town(), np.random.default_rng(6)
    clients = found.clients.copy()
    treated = clients["team_no"] < 6
    clients["exposed"] = np.where(treated, EXPOSED, UNEXPOSED)
    clients["never_starts"] = ~treated
    for one in SCORED:
        state = rng.normal(2.6, 0.9, len(clients)) - lower * treated
        clients[one.before] = np.clip(np.rint(state), 1, 5)
        later = np.clip(np.rint(state + 0.5 + rng.normal(0, 0.5, len(clients))), 1, 5)
        clients[one.after] = later.where(clients[one.after].notna())
        clients[one.change.column] = clients[one.after] - clients[one.before]
    clients["n_police"], clients["eur_wmo"] = rng.poisson(0.4, len(clients)), rng.gamma(1, 900, len(clients))
    return replace(found, clients=clients, used=USED)


def plan_of(lower: float, design: str = "comparison") -> Plan:
    return plan_of_study(two_groups(lower), study(KINDS[design]), 1)


def of_use(plan: Plan) -> list[float | None]:
    every = [one for one in plan.outcomes if one.outcome.subject in ("events", "provisions")] + [plan.euros]
    return [one.smallest[choice] for one in every if one for choice in OWN]


def test_groups_that_differ_by_nature_and_begin_apart_are_told_that_use_gets_no_figure() -> None:
    plan = plan_of(0.6)
    assert plan.use_refused == "yes"
    assert of_use(plan) == [None] * 9
    assert plan.outcomes[0].smallest["now"] is not None  # scores have a start of their own
    assert plan.euros is not None and plan.euros.smallest["drawn_order"] is not None


def test_groups_that_begin_alike_are_told_that_it_may_still_happen() -> None:
    plan = plan_of(0.0)
    assert plan.use_refused == "perhaps"
    assert None not in of_use(plan)


@pytest.mark.parametrize("design", ["equal start", "staggered"])
def test_where_nothing_is_said_to_differ_by_nature_nothing_is_refused(design: str) -> None:
    assert plan_of(0.6, design).use_refused == "no"


def test_before_any_first_year_is_over_the_starts_tell_already() -> None:
    found = two_groups(0.6)
    clients = found.clients.assign(first_year_complete=False)
    for one in SCORED:
        clients[[one.after, one.change.column]] = np.nan
    assert plan_of_study(replace(found, clients=clients), study(KINDS["comparison"]), 1).use_refused == "yes"


def test_an_unequal_start_near_an_end_of_the_scale_asks_for_a_larger_difference() -> None:
    """By half the distance between the two figures that the margin of the report holds."""
    (apart, level), (alike, _) = (
        asked_outcomes(two_groups(lower), study(KINDS["comparison"]), 1)[0] for lower in (0.8, 0.0)
    )
    assert apart.apart > 0.03 > alike.apart
    (wide,) = apart.precisions("now", 1)
    (narrow,) = replace(apart, apart=0.0).precisions("now", 1)
    assert wide.half_width == pytest.approx(narrow.half_width + apart.apart / 2)
    assert wide.smallest_difference(level) > narrow.smallest_difference(level)


def test_later_scores_of_clients_under_the_approach_are_not_read() -> None:
    found = two_groups(0.8)
    clients = found.clients.copy()
    under = clients["exposed"] == EXPOSED
    for one in SCORED:
        clients.loc[under & clients[one.after].notna(), one.after] = 5.0
        clients[one.change.column] = clients[one.after] - clients[one.before]
    own = study(KINDS["comparison"])
    assert plan_of_study(replace(found, clients=clients), own, 1) == plan_of_study(found, own, 1)
