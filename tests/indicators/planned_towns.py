"""Invented towns to plan: teams that start one after the other, four declared outcomes, and a study about them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.study import Study
from data_contracts.yaml_file import as_model
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.effects.estimates import Outcome
from indicators.effects.team_cells import EXPOSED, UNEXPOSED

NAMES = ("finances", "housing", "social_network", "community_participation")
SCORED = tuple(Scored(Outcome(f"change_{one}", "zrm", "point", one), f"before_{one}", f"after_{one}") for one in NAMES)
KINDS = {
    "staggered": "kind: staggered",
    "comparison": "kind: comparison, comparison: {against: never_started, headline: difference}",
    "equal start": "kind: comparison, comparison: {against: never_started, headline: ancova}",
}
STUDY = """
schema_version: 1
municipality: Verzonnen
title: Een studie om mee te testen
question: Verandert de zelfredzaamheid van cliënten?
legal_ground: {{purpose: Testen van de software, ground: verzonnen gegevens, decided_by: de makers}}
retention: {{raw_days: 30, records_until: 2090-01-01}}
approval: none
pseudonym_pattern: 'demo-[0-9]{{4}}'
editions: [zrm_2013]
life_domains: [finances, housing, social_network, community_participation]
slices: [{{name: all}}]
moment_pairs: [{{from: first, to: last}}]
design: {{headline_domains: [finances, housing, social_network, community_participation], {design}}}
"""


def study(design: str = KINDS["staggered"]) -> Study:
    """A study with this design; any but before-after has an approach with a name."""
    approach = "" if "before_after" in design else ", new_approach: Nieuwe werkwijze"
    return as_model(STUDY.format(design=design + approach), Study, "study.yaml")


def town(
    seed: int = 1, n_teams: int = 12, n_started: int = 8, effect: float = 0.0, lost: float = 0.3
) -> ClientOutcomes:
    """1,200 clients over eight half-years; `effect` is what the approach adds to the first outcome."""
    rng = np.random.default_rng(seed)
    n = 1200
    team, period = rng.integers(0, n_teams, n), rng.integers(0, 8, n)
    start = np.where(np.arange(n_teams) < n_started, rng.integers(2, 7, n_teams), 99)
    exposed = np.where(period >= start[team], EXPOSED, UNEXPOSED)
    frame = pd.DataFrame({"client_no": np.arange(n), "team_no": team, "intake_period": period, "exposed": exposed})
    frame = frame.assign(first_year_complete=True, never_starts=team >= n_started)
    missing = np.where(rng.random(n) < lost, np.nan, 0.0)
    for at, one in enumerate(SCORED):
        frame[one.before] = rng.integers(1, 6, n).astype(float)
        frame[one.change.column] = rng.normal(0.3, 1, n) + effect * (exposed == EXPOSED) * (at == 0) + missing
        frame[one.after] = frame[one.before] + frame[one.change.column]
    return ClientOutcomes(frame, SCORED, ())
