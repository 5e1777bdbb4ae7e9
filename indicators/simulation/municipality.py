"""A synthetic municipality with a known truth: every table that a municipality may deliver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.simulation.costs import yearly_costs
from indicators.simulation.course import course_by_itself, dose_of_approach
from indicators.simulation.events import events
from indicators.simulation.first_year import effects_in_first_year
from indicators.simulation.measured import assessments, ladder, measured_moments
from indicators.simulation.moments import (
    CLOSING,
    INTAKE,
    N_SLOTS,
    dropped_before,
    end_of_support,
    planned_moments,
    relapse_day,
)
from indicators.simulation.people import client_attributes, day_number, people_coming_in, team_register
from indicators.simulation.provisions import provisions
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import experienced_marks, support, trajectories
from indicators.simulation.truth import (
    EFFECT_COLUMNS,
    KnownTruth,
    effects_on_events,
    effects_on_provisions,
    effects_on_support,
)


@dataclass(frozen=True, slots=True)
class Municipality:
    """The tables as delivered, columns named as in data_contracts.mapping.file.FIELDS, and the truth beside them.

    `assessments` has one row per assessment and one Int8 column per life domain, missing where it was not scored.
    """

    settings: SimulationSettings
    seed: int
    assessments: pd.DataFrame
    ladder: pd.DataFrame
    clients: pd.DataFrame
    trajectories: pd.DataFrame
    provisions: pd.DataFrame
    events: pd.DataFrame
    experienced: pd.DataFrame
    costs: pd.DataFrame
    teams: pd.DataFrame
    truth: KnownTruth


def simulate(settings: SimulationSettings, seed: int) -> Municipality:
    """The municipality of `settings`; the same seed gives the same one."""
    clients, teams = client_attributes(settings, seed), team_register(settings.teams)
    people = people_coming_in(settings, clients, seed)
    plan = planned_moments(people, settings, seed)
    by_itself = course_by_itself(people, plan.day, settings.course, seed)
    dose = dose_of_approach(people, plan.day, settings.effect_months)
    mean_effect = np.mean([domain.effect for domain in settings.life_domains.values()])
    progress = by_itself - by_itself[:, [INTAKE]] + mean_effect * dose
    dropped = dropped_before(progress, plan, settings.drop_out, seed)
    end_day = end_of_support(plan, dropped, seed)
    falls_back = relapse_day(end_day, dropped, settings.monitoring.relapse_share, seed)
    by_itself -= settings.monitoring.relapse_points * (plan.day >= falls_back[:, None])
    moments = measured_moments(people, plan, dropped, by_itself, dose, settings, seed)
    done = support(people, end_day, settings, seed)
    last_day = day_number(settings.last_day)
    is_closed = dropped == N_SLOTS
    answers = is_closed & (plan.day[:, CLOSING] <= last_day)
    scored, score_effects = assessments(people, moments, settings, seed)
    steps, step_effects = ladder(people, moments, settings, seed)
    effects = [*score_effects, *step_effects, *effects_on_support(people, done, settings)]
    effects += [*effects_on_provisions(people, done, settings), *effects_on_events(people, settings)]
    effects += effects_in_first_year(people, settings)
    realised = {
        "share_under_approach": float(people.is_exposed.mean()),
        "share_dropped_out": float(1 - is_closed.mean()),
        "share_of_closed_relapsed_within_year": float((falls_back - end_day < 365.25)[is_closed].mean()),
    }
    return Municipality(
        settings=settings,
        seed=seed,
        assessments=scored,
        ladder=steps,
        clients=clients,
        trajectories=trajectories(people, done, teams["team"].to_numpy(dtype=object), settings, seed),
        provisions=provisions(people, end_day, done.share_under_approach, settings, seed),
        events=events(people, settings, seed),
        experienced=experienced_marks(
            people, plan.day[:, CLOSING], answers, progress[:, CLOSING], settings.experienced, seed
        ),
        costs=yearly_costs(people, done, settings, seed),
        teams=teams,
        truth=KnownTruth(pd.DataFrame(effects, columns=EFFECT_COLUMNS), realised),
    )
