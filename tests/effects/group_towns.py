"""Municipalities of which the effect in every group is known, and the road of their clients to what is said of it.

Four life domains, and two slices, of four groups and of two.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data_contracts.design import Design
from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.ledger import Before
from data_contracts.study import Study
from data_contracts.tables.estimates import DESIGN, ESTIMATES
from data_contracts.tables.for_whom import OUT_FOR_WHOM
from data_contracts.tables.released import ESTIMATES as OUT_ESTIMATES
from data_contracts.yaml_file import as_model
from indicators.contributions import Added
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.designs.declared_design import declared_estimates
from indicators.designs.effect_tables import compared_clients
from indicators.designs.for_whom import for_whom
from indicators.designs.supported import DesignVerdict
from indicators.effects.before_after_estimates import before_after_estimates
from indicators.effects.estimates import Outcome
from indicators.effects.group_differences import with_adjusted_differences
from indicators.staggered.estimates import staggered_estimates
from reports.released.source import Source
from tests.effects.road import facts_of

DOMAINS = ("finances", "housing", "social_network", "community_participation")
AGES = ("18-26", "27-44", "45-66", "67+")
HOUSEHOLDS = ("alleen", "met anderen")
SHARES = {"age_band": (0.15, 0.35, 0.35, 0.15), "household": (0.4, 0.6)}
LABELS = {"age_band": AGES, "household": HOUSEHOLDS}
N_PERIODS = 8
MOMENTS = {"moment_from": "first", "moment_to": "within_12_months"}
SCORED = tuple(
    Scored(Outcome(f"change_{one}", "zrm", "point", one, **MOMENTS), f"before_{one}", f"after_{one}") for one in DOMAINS
)
STUDY = """
schema_version: 1
municipality: Toetsstad
title: Een gemeente om mee te toetsen
question: Verschilt het effect tussen groepen?
legal_ground: {{purpose: Testen van de software, ground: verzonnen gegevens, decided_by: de makers}}
retention: {{raw_days: 30, records_until: 2035-01-01}}
approval: none
pseudonym_pattern: 'demo-[0-9]{{4}}'
editions: [zrm_2013]
life_domains: [{domains}]
slices:
  - name: all
  - {{name: age_band, merges_into: all, ground: verzonnen gegevens}}
  - {{name: household, merges_into: all, ground: verzonnen gegevens}}
moment_pairs: [{{from: first, to: last}}]
design:
  declared_on: 2020-01-01
  headline_domains: [{domains}]
  new_approach: Nieuwe werkwijze
  {design}
  for_whom:
    - {{slice: age_band, because: Verzonnen om de software te toetsen.}}
    - {{slice: household, because: Verzonnen om de software te toetsen.}}
"""
STAGGERED = "kind: staggered"
COMPARISON = "kind: comparison\n  comparison: {against: never_started, headline: %s}"


@dataclass(frozen=True, slots=True)
class GroupWorld:
    """What is true; `extra` is what a group of a slice gains beside `effect`, in points of the score.

    `recovery` is how far groups lie apart in what they gain without any approach, and `shocks` how far in each
    half-year apart; `spread` is how far teams lie apart in their effect, for every group alike; `fit` how far
    the groups of one team lie apart in it, on average over the teams not at all.
    """

    effect: float = 0.4
    extra: dict[str, float] = field(default_factory=dict)
    recovery: float = 0.3
    shocks: float = 0.0
    spread: float = 0.0
    fit: float = 0.0
    n_teams: int = 40
    n_started: int = 24
    clients: tuple[int, int] = (800, 4000)
    cohesion: float = 1.0


@dataclass(frozen=True, slots=True)
class GroupRoad:
    """What one municipality became: exact rows, who adds what to them, released rows, and what reports read."""

    exact: pd.DataFrame
    added: list[Added]
    rows: pd.DataFrame
    source: Source


def travelled(world: GroupWorld, design: str, rng: np.random.Generator) -> GroupRoad:
    """Clients made anew, led through the estimates, the gate and the correction."""
    study = study_of(design)
    kind = study.design.kind
    clients, labels = clients_of(world, rng, is_staggered=kind != "comparison")
    found = ClientOutcomes(clients, SCORED, ())
    estimates = _everybody(compared_clients(found, study.design), found, study.design)
    tables = {str(DESIGN.name): pd.DataFrame({"used": [kind]}), str(ESTIMATES.name): estimates}
    exact, added = for_whom(found, labels, study, tables)
    out = {
        str(schema.name): release_tables({str(schema.name): frame}, study.thresholds, study.slices, Before())[
            str(schema.name)
        ].frame
        for schema, frame in ((OUT_FOR_WHOM, exact), (OUT_ESTIMATES, estimates))
    }
    out[str(OUT_FOR_WHOM.name)] = with_adjusted_differences(out[str(OUT_FOR_WHOM.name)])
    return GroupRoad(exact, added, out[str(OUT_FOR_WHOM.name)], Source(facts_of(study), out))


def _everybody(clients: pd.DataFrame, found: ClientOutcomes, design: Design) -> pd.DataFrame:
    """What the declared design says of everybody together."""
    if design.kind == "staggered":
        return staggered_estimates(clients, [one.change for one in found.scored]).estimates
    if design.kind == "comparison":
        return declared_estimates(clients, found, design, DesignVerdict(design.kind, design.kind, ())).estimates
    return before_after_estimates(clients, [one.change for one in found.scored]).estimates


def study_of(design: str) -> Study:
    """The study that declares what is looked at."""
    return as_model(STUDY.format(domains=", ".join(DOMAINS), design=design), Study, "study.yaml")


def clients_of(
    world: GroupWorld, rng: np.random.Generator, *, is_staggered: bool = True
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """One municipality as the estimates start from it, and the group of each client per slice."""
    n = int(rng.integers(world.clients[0], world.clients[1] + 1))
    team = rng.choice(world.n_teams, n, p=rng.dirichlet(np.full(world.n_teams, 8.0)))
    period = rng.integers(0, N_PERIODS, n)
    start = np.full(world.n_teams, 99)
    start[: world.n_started] = rng.integers(2, 7, world.n_started) if is_staggered else 0
    exposed = (period >= start[team]).astype(int)
    groups = {name: _groups(world, SHARES[name], team, rng) for name in SHARES}
    columns: dict[str, object] = {
        "client_no": np.arange(n),
        "team_no": team,
        "intake_period": period,
        "exposed": pd.array(exposed, dtype="Int8"),
        "never_starts": start[team] == 99,
        "first_year_complete": True,
        "age_band": np.array(AGES)[groups["age_band"]],
    }
    gain = world.effect + sum(_extra(world, name)[groups[name]] for name in SHARES)
    for domain in DOMAINS:
        natural = sum(rng.normal(0, world.recovery, len(LABELS[name]))[groups[name]] for name in SHARES)
        natural = natural + sum(
            rng.normal(0, world.shocks, (len(LABELS[name]), N_PERIODS))[groups[name], period] for name in SHARES
        )
        natural = natural + rng.normal(0, 0.1, world.n_teams)[team] + rng.normal(0, 0.1, N_PERIODS)[period]
        of_team = rng.normal(0, world.spread, world.n_teams)[team] + sum(
            rng.normal(0, world.fit, (world.n_teams, len(LABELS[name])))[team, groups[name]] for name in SHARES
        )
        by_approach = exposed * (gain + of_team)
        change = natural + by_approach + rng.normal(0, 0.8, n)
        before = rng.integers(1, 5, n).astype(float)
        change = np.floor(change + rng.random(n))  # whole points, right on average
        columns |= {f"before_{domain}": before, f"after_{domain}": before + change, f"change_{domain}": change}
    labels = {name: pd.Series(np.array(LABELS[name])[groups[name]]) for name in SHARES}
    return pd.DataFrame(columns), labels


def truth_of(world: GroupWorld, rows: pd.DataFrame) -> pd.Series:
    """The true effect in the group of each row: what a group gains more by another slice it has on average."""
    everywhere = {name: float(np.dot(_extra(world, name), SHARES[name])) for name in SHARES}
    extra = [
        world.extra.get(value, 0.0) + sum(mean for name, mean in everywhere.items() if name != slice_)
        for slice_, value in zip(rows["slice"], rows["slice_value"], strict=True)
    ]
    return pd.Series(extra, rows.index, dtype="float64") + world.effect


def _extra(world: GroupWorld, slice_: str) -> np.ndarray:
    return np.array([world.extra.get(label, 0.0) for label in LABELS[slice_]])


def _groups(world: GroupWorld, shares: tuple[float, ...], team: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(N,) the group of each client; with little cohesion a team has mostly one group."""
    per_team = np.tile(shares, (world.n_teams, 1))
    if world.cohesion < 1:
        per_team = rng.dirichlet(np.array(shares) * len(shares) * world.cohesion * 4, world.n_teams)
    drawn = rng.random(team.size)[:, None] > per_team.cumsum(axis=1)[team][:, :-1]
    return np.asarray(drawn.sum(axis=1))
