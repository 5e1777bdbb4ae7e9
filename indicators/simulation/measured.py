"""The measurements as a registration system holds them: ZRM and Participatieladder at the moments that took place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.simulation.moments import LABELS, Plan, in_period, takes_place
from indicators.simulation.people import People, pseudonyms, stream
from indicators.simulation.ratings import Moments, RatedDomain, as_score, rated_domain, raters
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import dates
from indicators.simulation.truth import effects_on_scores, window_masks


def measured_moments(
    people: People,
    plan: Plan,
    dropped: np.ndarray,
    by_itself: np.ndarray,
    dose: np.ndarray,
    settings: SimulationSettings,
    seed: int,
) -> Moments:
    """All planned moments within the period, in order of client and slot, with those that took place marked."""
    client, slot = np.nonzero(plan.is_planned & in_period(plan, settings))
    return Moments(
        client=client,
        slot=slot.astype(np.int8),
        day=plan.day[client, slot],
        takes_place=takes_place(plan, dropped, settings, seed)[client, slot],
        by_itself=by_itself[client, slot],
        dose=dose[client, slot],
        rater=raters(people, client, slot, settings.ratings, seed),
    )


def assessments(
    people: People, moments: Moments, settings: SimulationSettings, seed: int
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """The ZRM, ordered by date, and the true effects on its scores; an assessment without any score is not kept."""
    masks = window_masks(people, moments)
    effects: list[dict[str, object]] = []
    scores: dict[str, pd.Series] = {}
    given = np.zeros(len(moments.client), dtype=bool)
    for name, domain in settings.life_domains.items():
        rated = rated_domain(name.value, domain, people, moments, settings, seed)
        effects += effects_on_scores("zrm", name.value, rated, domain.effect, moments, masks)
        scores[name.value] = pd.Series(pd.arrays.IntegerArray(rated.score, ~rated.is_scored))
        given |= rated.is_scored
    kept = np.flatnonzero(moments.takes_place & given)
    kept = kept[np.lexsort((moments.slot[kept], moments.client[kept], moments.day[kept]))]
    teams = np.array([team.team for team in settings.teams], dtype=object)
    keys = pseudonyms(stream(seed, "workers"), "MW-", len(teams) * settings.ratings.raters_per_team, 8)
    client = moments.client[kept]
    frame = {
        "client_key": pd.Series(people.client_key[client], dtype="str"),
        "team": pd.Series(teams[people.team_no[client]], dtype="str"),
        "moment_label": pd.Series(np.array(LABELS, dtype=object)[moments.slot[kept]], dtype="str"),
        "assessed_on": dates(moments.day[kept]),
        "rater_key": pd.Series(keys[moments.rater[kept]], dtype="str"),
    }
    return pd.DataFrame(
        frame | {name: column.take(kept).reset_index(drop=True) for name, column in scores.items()}
    ), effects


def ladder(
    people: People, moments: Moments, settings: SimulationSettings, seed: int
) -> tuple[pd.DataFrame, list[dict[str, object]]]:
    """client_key, assessed_on, ladder_step, ordered by date, and the true effect on the step."""
    rules, rng = settings.ladder, stream(seed, "ladder")
    own_level = rules.level + rules.between_clients_sd * rng.standard_normal(people.count)
    state = own_level[moments.client] + rules.follows_course * moments.by_itself
    seen = state + rules.effect * moments.dose + rules.noise_sd * rng.standard_normal(len(state))
    is_asked = rng.random(len(state)) < rules.asked
    rated = RatedDomain(state, rules.noise_sd, as_score(seen, 6), is_asked)
    effects = effects_on_scores("ladder", "all", rated, rules.effect, moments, window_masks(people, moments), 6)
    kept = np.flatnonzero(moments.takes_place & is_asked)
    kept = kept[np.lexsort((moments.slot[kept], moments.client[kept], moments.day[kept]))]
    frame = pd.DataFrame(
        {
            "client_key": pd.Series(people.client_key[moments.client[kept]], dtype="str"),
            "assessed_on": dates(moments.day[kept]),
            "ladder_step": rated.score[kept],
        }
    )
    return frame, effects
