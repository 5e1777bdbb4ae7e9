"""From the true state to a score: a worker with a strictness of their own, noise, and only domains that matter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from indicators.simulation.mechanisms import Ratings, Relevance, TrueDomain
from indicators.simulation.moments import AGAIN, INTAKE
from indicators.simulation.people import People, stream
from indicators.simulation.settings import SimulationSettings


@dataclass(frozen=True, slots=True)
class Moments:
    """Planned moments within the period, one entry per moment in every array."""

    client: np.ndarray
    slot: np.ndarray
    day: np.ndarray
    takes_place: np.ndarray
    by_itself: np.ndarray  # points above the client's own level without the new approach, relapse included
    dose: np.ndarray
    rater: np.ndarray  # number over all teams


@dataclass(frozen=True, slots=True)
class RatedDomain:
    """One life domain at all moments: the true state without the new approach, the scores, and which were given."""

    state: np.ndarray
    noise_sd: float
    score: np.ndarray
    is_scored: np.ndarray


def raters(people: People, moments_client: np.ndarray, slot: np.ndarray, ratings: Ratings, seed: int) -> np.ndarray:
    """The worker at each moment: the client's own, sometimes another of the team; the second rating always another."""
    rng, size = stream(seed, "raters"), ratings.raters_per_team
    own = rng.integers(0, size, people.count)[moments_client]
    step = rng.integers(1, size, len(slot))
    changes = (rng.random(len(slot)) < ratings.rater_changes) & (slot != INTAKE)
    within_team = np.where(changes | (slot == AGAIN), own + step, own) % size
    return people.team_no[moments_client] * size + within_team


def strictness(settings: SimulationSettings, seed: int) -> np.ndarray:
    """Per worker how much higher they score than others, in units of the noise that is theirs."""
    return stream(seed, "strictness").standard_normal(len(settings.teams) * settings.ratings.raters_per_team)


def noise_sd(state_at_intake: np.ndarray, reliability: float) -> float:
    """The noise that makes two workers correlate by `reliability`: var(state) / (var(state) + var(noise))."""
    return float(np.std(state_at_intake) * np.sqrt((1 - reliability) / reliability))


def rated_domain(
    name: str, domain: TrueDomain, people: People, moments: Moments, settings: SimulationSettings, seed: int
) -> RatedDomain:
    """The scores in one life domain."""
    rng, ratings = stream(seed, f"domain {name}"), settings.ratings
    own_level = domain.level + people.overall + settings.course.between_domains_sd * rng.standard_normal(people.count)
    state = own_level[moments.client] + moments.by_itself
    at_intake = moments.slot == INTAKE
    noise = noise_sd(state[at_intake], ratings.reliability)
    of_rater = np.sqrt(ratings.rater_share) * strictness(settings, seed)[moments.rater]
    own_noise = np.sqrt(1 - ratings.rater_share) * rng.standard_normal(len(state))
    seen = state + domain.effect * moments.dose + noise * (of_rater + own_noise)
    return RatedDomain(state, noise, as_score(seen), _is_scored(state, moments, people.count, settings.relevance, rng))


def as_score(seen: np.ndarray, highest: int = 5) -> np.ndarray:
    """What a worker sees, as a score from 1 to `highest`."""
    return np.clip(np.rint(seen), 1, highest).astype(np.int8)


def expected_score(state: np.ndarray, noise: float, highest: int = 5) -> np.ndarray:
    """The mean score that workers give to `state`."""
    cuts = np.arange(1, highest) + 0.5
    if noise == 0:
        return as_score(state, highest).astype(float)
    return 1 + sum(ndtr((state - cut) / noise) for cut in cuts)


def _is_scored(
    state: np.ndarray, moments: Moments, n_clients: int, relevance: Relevance, rng: np.random.Generator
) -> np.ndarray:
    at_intake = moments.slot == INTAKE
    matters = np.zeros(n_clients, dtype=bool)
    logit = np.log(relevance.scored_at_3 / (1 - relevance.scored_at_3))
    share = 1 / (1 + np.exp(relevance.per_point_better * (state[at_intake] - 3) - logit))
    matters[moments.client[at_intake]] = rng.random(len(share)) < share
    again = at_intake | (rng.random(len(state)) < relevance.scored_again)
    return matters[moments.client] & again
