"""Shipped studies in memory: what a run would estimate for a seed, beside the planted truth or beside nothing at all.

The same queries and estimators as a run, before the gate. No estimator was tuned on these studies.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from data_contracts.demonstrable import shows
from data_contracts.headline import is_headline
from data_contracts.study import Study
from data_contracts.vocabulary.certainty import RARE
from data_contracts.yaml_file import read_model
from indicators.designs.declared_design import declared_estimates
from indicators.designs.effect_tables import compared_clients
from indicators.designs.supported import design_verdict
from indicators.series.municipal import municipal_estimates
from indicators.simulation.municipality import Municipality, simulate
from indicators.simulation.settings import SimulationSettings
from pipelines.simulation.delivery import write_public_figures
from pipelines.simulation.truth_beside import true_effects
from pipelines.study.municipal_file import read_municipal_file
from pipelines.study.workplace import read_study
from tests.calibration.records import outcomes_of

STUDIES = Path(__file__).parents[2] / "studies"
NAMES = ("heidestad", "kanaalstad")
COLUMNS = [
    "design",
    "subject",
    "life_domain",
    "what",
    "unit",
    "truth",
    "estimate",
    "ci_low",
    "ci_high",
    "stamp",
    "word",
]


@cache
def _read(name: str) -> tuple[Study, SimulationSettings]:
    return read_study(STUDIES / name).study, read_model(STUDIES / name / "simulation.yaml", SimulationSettings)


def found_in(name: str, seed: int) -> pd.DataFrame:
    """COLUMNS: every leading estimate of which the truth is known; the public figures as design 'municipal'."""
    study, settings = _read(name)
    rows, municipality = _leading(study, settings, seed)
    rows = rows[rows["refused_because"].isna()]
    truth = true_effects(municipality.truth.effects.to_dict("records"))
    about = rows[["subject", "life_domain", "what", "moment_to"]].itertuples(index=False, name=None)
    found = rows.assign(truth=[truth.get(one) for one in about])[COLUMNS].dropna(subset=["truth"])
    return pd.concat([found, _municipal(study, settings, seed)], ignore_index=True)


def of_nothing(name: str, seed: int, *, alike: bool = False) -> pd.DataFrame:
    """COLUMNS of every leading estimate, refused ones too, where the approach changes nothing at all.

    `alike`: teams of all types have the same people.
    """
    study, settings = _read(name)
    settings = without_effects(settings, alike=alike)
    rows, _ = _leading(study, settings, seed)
    return pd.concat([rows.assign(truth=0.0)[COLUMNS], _municipal(study, settings, seed)], ignore_index=True)


def without_effects(settings: SimulationSettings, *, alike: bool) -> SimulationSettings:
    """The same municipality under an approach that does nothing."""
    public, course, support = settings.public_figures, settings.course, settings.support
    domains = {name: one.model_copy(update={"effect": 0.0}) for name, one in settings.life_domains.items()}
    changed = {
        "life_domains": domains,
        "ladder": settings.ladder.model_copy(update={"effect": 0.0}),
        "provisions": [one.model_copy(update={"ratio": 1.0}) for one in settings.provisions],
        "events": [one.model_copy(update={"ratio": 1.0}) for one in settings.events],
        "support": support.model_copy(update={"hours_ratio": 1.0, "solution_kinds_approach": support.solution_kinds}),
        "public_figures": public.model_copy(update={"effect": 0.0}) if public else None,
    }
    if alike:
        changed["course"] = course.model_copy(update={"team_type_levels": dict.fromkeys(course.team_type_levels, 0.0)})
    return settings.model_copy(update=changed)


def _leading(study: Study, settings: SimulationSettings, seed: int) -> tuple[pd.DataFrame, Municipality]:
    """The leading estimates of a simulated municipality, each with its word."""
    municipality = simulate(settings, seed)
    outcomes, _, _ = outcomes_of(municipality, study)
    compared = compared_clients(outcomes, study.design)
    changes = [one.change.column for one in outcomes.scored]
    twice = compared.assign(is_measured_twice=compared[changes].notna().any(axis=1))
    estimated = declared_estimates(compared, outcomes, study.design, design_verdict(study.design.kind, twice))
    rows = estimated.estimates
    rows = rows[is_headline(rows, study.design.kind, study.design.headline_measure)]
    return rows.assign(word=shows(rows)), municipality


def _municipal(study: Study, settings: SimulationSettings, seed: int) -> pd.DataFrame:
    rules, design = settings.public_figures, study.design
    if rules is None or design.started_on is None or design.municipal_series is None:
        return pd.DataFrame(columns=COLUMNS)
    with TemporaryDirectory() as directory:
        write_public_figures(settings, seed, Path(directory) / design.municipal_series.file)
        figures = read_municipal_file(Path(directory), study)
    assert figures is not None
    compared, _ = municipal_estimates(figures, design.started_on)
    rows = compared.assign(
        design="municipal",
        subject="municipal",
        life_domain="all",
        what=compared["indicator"],
        truth=rules.effect,
        ci_low=compared["lowest"],
        ci_high=compared["highest"],
        word=compared["p_value"].le(RARE).map({True: "aanwijzing", False: "geen aanwijzing"}),
    )
    return rows[COLUMNS]
