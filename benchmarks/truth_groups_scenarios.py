"""The scenarios of the truth bench of 'for whom': a kind of municipality, and whether its effects are equal."""

from __future__ import annotations

from dataclasses import dataclass

from tests.effects.group_towns import COMPARISON, STAGGERED, GroupWorld


@dataclass(frozen=True, slots=True)
class GroupScenario:
    """`is_judged` where equal effects may not be told as different."""

    name: str
    world: GroupWorld
    note: str
    is_judged: bool = True
    design: str = STAGGERED


SCENARIOS = (
    GroupScenario("no effect at all", GroupWorld(effect=0.0), "nothing happens in any group"),
    GroupScenario("one effect for all", GroupWorld(), "groups recover differently, the approach does the same for all"),
    GroupScenario(
        "groups with half-years of their own",
        GroupWorld(shocks=0.2),
        "each group has good and bad half-years of its own, in every team alike",
    ),
    GroupScenario("teams that differ", GroupWorld(spread=0.3), "teams differ in their effect, in every group alike"),
    GroupScenario(
        "teams that fit one group better",
        GroupWorld(spread=0.2, fit=0.3),
        "in each team the approach does more for one group than for another, over all teams for none",
    ),
    GroupScenario(
        "groups that live apart", GroupWorld(spread=0.3, cohesion=0.15), "groups live in other teams, and teams differ"
    ),
    GroupScenario("small municipality", GroupWorld(clients=(400, 700)), "400 to 700 clients"),
    GroupScenario("few teams", GroupWorld(spread=0.2, n_teams=12, n_started=8), "12 teams, 8 of them started"),
    GroupScenario(
        "very few teams", GroupWorld(spread=0.2, n_teams=6, n_started=4), "6 teams, 4 of them started", is_judged=False
    ),
    GroupScenario(
        "compared with other teams",
        GroupWorld(spread=0.2),
        "half of the teams work the new way, and change is set beside change",
        design=COMPARISON % "difference",
    ),
    GroupScenario(
        "compared at an equal start",
        GroupWorld(spread=0.2),
        "the same at an equal starting score",
        design=COMPARISON % "ancova",
    ),
    GroupScenario(
        "one group gains more",
        GroupWorld(extra={"18-26": 0.5}),
        "the youngest, one in seven, gain half a point more: how often is it told, and of the right group?",
        is_judged=False,
    ),
    GroupScenario(
        "one of two gains more",
        GroupWorld(extra={"alleen": 0.3}),
        "who lives alone, two in five, gains 0.3 more",
        is_judged=False,
    ),
)
