"""Heidestad and kanaalstad: studies of the two other designs, of which the truth is planted and no estimator knows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.yaml_file import read_model
from indicators.simulation.municipality import simulate
from indicators.simulation.public_figures import public_figures
from indicators.simulation.settings import SimulationSettings
from pipelines.run import Order, run
from pipelines.simulation.delivery import write_public_figures
from pipelines.simulation.studies import simulate_study
from pipelines.storage.home import Home
from pipelines.study.checking import check_study
from pipelines.study.workplace import read_study
from tests.calibration.designs import STUDIES, found_in, of_nothing, without_effects

AS_OF = "2026-01-31"


def settings(name: str) -> SimulationSettings:
    return read_model(STUDIES / name / "simulation.yaml", SimulationSettings)


def test_teams_that_never_start_begin_higher_than_those_of_the_approach() -> None:
    made = simulate(settings("heidestad"), 1)
    kind = made.assessments["team"].map(made.teams.set_index("team")["team_type"])
    first = made.assessments.assign(kind=kind)[
        made.assessments["moment_label"] == made.assessments["moment_label"].iloc[0]
    ]
    level = first.groupby("kind")[["finances", "housing"]].mean().mean(axis=1)
    assert level["team"] - level["network"] > 0.15


def test_the_public_figures_of_kanaalstad_are_those_that_its_simulation_makes(tmp_path: Path) -> None:
    write_public_figures(settings("kanaalstad"), 1, tmp_path / "made.csv")
    shipped = STUDIES / "kanaalstad" / "gemeentecijfers.csv"
    assert shipped.read_text(encoding="utf-8") == (tmp_path / "made.csv").read_text(encoding="utf-8")


def test_without_an_effect_the_own_municipality_is_like_the_others() -> None:
    rules = settings("kanaalstad").public_figures
    assert rules is not None
    start = read_study(STUDIES / "kanaalstad").study.design.started_on
    assert start is not None
    with_it, without = (
        public_figures(one, "Kanaalstad", start, seed=1) for one in (rules, rules.model_copy(update={"effect": 0.0}))
    )
    moved = with_it["waarde"] - without["waarde"]
    own = (with_it["gemeente"] == "Kanaalstad") & (with_it["periode"] >= "2022")
    assert moved[own].tolist() == pytest.approx([rules.effect] * 8) and not moved[~own].any()


@pytest.mark.parametrize("name", ["heidestad", "kanaalstad"])
def test_a_seed_gives_the_estimates_of_the_declared_design_beside_the_truth(name: str) -> None:
    found = found_in(name, 1)
    design = read_study(STUDIES / name).study.design.kind
    assert set(found["design"]) == {design} | ({"municipal"} if design == "series" else set())
    # The groups of heidestad differ by nature, so that what they use is not compared.
    assert {"zrm", "ladder"} | ({"provisions", "events"} if design == "series" else set()) <= set(found["subject"])
    assert found["truth"].notna().all()


def test_where_the_approach_does_nothing_groups_unlike_by_nature_get_no_figure_of_use_and_alike_groups_do() -> None:
    unlike, alike = (of_nothing("heidestad", 3, alike=one) for one in (False, True))
    of_use = ["provisions", "events", "hours", "solutions"]
    assert unlike.loc[unlike["subject"].isin(of_use), "estimate"].isna().all()
    assert alike.loc[alike["subject"].isin(of_use), "estimate"].notna().any()


def test_a_series_has_an_mkba_that_holds_and_groups_unlike_by_nature_have_none() -> None:
    assert not any("mkba" in note for note in check_study(STUDIES / "kanaalstad"))
    assert any("mkba.yaml ontbreekt" in note for note in check_study(STUDIES / "heidestad"))


def test_an_approach_without_effects_changes_only_what_is_said_to_be_its_effect() -> None:
    one = without_effects(settings("heidestad"), alike=False)
    effects = simulate(one, 1).truth.effects
    assert (effects["effect"] == 0).all() and not effects.empty


@pytest.mark.slow
@pytest.mark.parametrize("name", ["heidestad", "kanaalstad"])
def test_it_simulates_runs_and_reports(name: str, tmp_path: Path) -> None:
    study = tmp_path / name
    shutil.copytree(STUDIES / name, study)
    delivery = simulate_study(study, Home(tmp_path / "simulated"), 1, None)
    outcome = run(Order(study, tmp_path / "home", delivery, AS_OF, 1))
    assert outcome.release is not None
    text = (outcome.release.directory / "report.html").read_text(encoding="utf-8")
    words = {"heidestad": "teams die nooit met de nieuwe werkwijze begonnen", "kanaalstad": "Verzonnen gemeente"}[name]
    assert words in text
    assert ("de cijfers komen uit één reeks" in text) is (name == "kanaalstad") and "kans dat de baten" not in text
    estimates = pd.read_csv(outcome.release.directory / "tables" / "out_effects__estimates.csv", sep=";")
    assert (estimates["design"] == read_study(study).study.design.kind).any()
