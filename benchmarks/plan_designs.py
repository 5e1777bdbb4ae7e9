"""The designs of the plan bench: what kind of municipality is planned, and what the promise is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.truth_worlds import World
from data_contracts.planned import Choice


@dataclass(frozen=True, slots=True)
class Design:
    """`shock` is what a team shares in a half-year, in points; `lost` the share that is not measured again, at random.

    `later` is the municipality that `choice` leads to, in which nobody is lost. Drop-out that the approach changes is
    not here: no estimator without weights is right there (docs/truth_bench.md), and no promise is about it.
    """

    number: int
    name: str
    world: World
    kind: Literal["staggered", "comparison", "equal start"] = "staggered"
    shock: float = 0.0
    lost: float = 0.0
    choice: Choice = "now"
    later: World | None = None


MANY = World(dip=0.6)
SOME = World(dip=0.6, n_teams=12, n_started=8, clients=(1000, 1500))
FEW = World(dip=0.6, n_teams=6, n_started=3, clients=(1000, 1500))
NATURE = World(n_teams=20, n_started=10, allocation="by nature", clients=(1000, 1500))
DESIGNS = (
    Design(1, "40 teams, 400 to 4,000 clients", MANY),
    Design(2, "40 teams, 400 to 600 clients", World(dip=0.6, clients=(400, 600))),
    Design(3, "12 teams, 8 start", SOME),
    Design(4, "6 teams, 3 start", FEW),
    Design(5, "40 teams, shocks per team", MANY, shock=0.3),
    Design(6, "12 teams, shocks per team", SOME, shock=0.3),
    Design(
        7, "12 teams, most start at 4 or 5", World(dip=0.6, n_teams=12, n_started=8, clients=(1000, 1500), level=1.2)
    ),
    Design(8, "12 teams, four in ten lost", SOME, lost=0.4),
    Design(9, "20 teams beside each other", NATURE, kind="comparison"),
    Design(
        10,
        "8 teams beside each other",
        World(n_teams=8, n_started=4, allocation="by nature", clients=(1000, 1500)),
        kind="comparison",
    ),
    Design(11, "20 teams beside each other, shocks per team", NATURE, kind="comparison", shock=0.3),
    Design(
        12,
        "12 teams, promise about twice as many",
        SOME,
        choice="twice_as_many_teams",
        later=World(dip=0.6, n_teams=24, n_started=16, clients=(2000, 3000)),
    ),
    Design(
        13,
        "12 teams, four in ten lost, promise about nobody lost",
        SOME,
        lost=0.4,
        choice="everybody_twice",
        later=SOME,
    ),
    Design(14, "20 teams beside each other, at an equal start", NATURE, kind="equal start"),
)
