"""The whole municipality: same seed, same tables; pseudonyms that look invented; settings that are checked."""

import re

import pandas as pd
import pytest

from data_contracts.errors import StudyError
from data_contracts.study import Study
from data_contracts.yaml_file import as_model, read_model, read_text
from indicators.simulation.municipality import Municipality, simulate
from indicators.simulation.settings import SimulationSettings
from tests.simulation.conftest import VOORBEELDSTAD
from tests.simulation.simulated import changed, without_effect

TABLES = ["assessments", "ladder", "clients", "trajectories", "provisions", "events", "experienced", "costs", "teams"]


@pytest.fixture(scope="module")
def voorbeeldstad(settings) -> Municipality:
    return simulate(settings, seed=1)


def test_the_same_seed_gives_the_same_municipality(settings, voorbeeldstad):
    again = simulate(settings, seed=1)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(again, table), getattr(voorbeeldstad, table))
    pd.testing.assert_frame_equal(again.truth.effects, voorbeeldstad.truth.effects)


def test_another_seed_gives_other_people(settings, voorbeeldstad):
    other = simulate(settings, seed=2)
    assert not set(other.clients["client_key"]) & set(voorbeeldstad.clients["client_key"])


def test_taking_the_effect_away_leaves_all_other_chance_alone(settings, voorbeeldstad):
    without = simulate(without_effect(settings), seed=1)
    pd.testing.assert_frame_equal(without.clients, voorbeeldstad.clients)
    intakes = [municipality.assessments.query("moment_label == 'intake'") for municipality in (without, voorbeeldstad)]
    pd.testing.assert_frame_equal(*[intake.reset_index(drop=True) for intake in intakes])


def test_pseudonyms_are_unique_and_fit_the_study(voorbeeldstad):
    pattern = re.compile(read_model(VOORBEELDSTAD / "study.yaml", Study).pseudonym_pattern)
    keys = voorbeeldstad.clients["client_key"]
    assert keys.is_unique
    assert all(pattern.fullmatch(key) for key in keys)
    for table in ("assessments", "ladder", "trajectories", "provisions", "events", "experienced"):
        assert getattr(voorbeeldstad, table)["client_key"].isin(keys).all()


def test_voorbeeldstad_is_what_its_study_says(settings, voorbeeldstad):
    study = read_model(VOORBEELDSTAD / "study.yaml", Study)
    assert list(settings.life_domains) == study.life_domains
    assert settings.edition in study.editions
    assert len(voorbeeldstad.clients) == 4_000
    assert len(voorbeeldstad.teams) == 14
    assert voorbeeldstad.teams["approach_started_on"].nunique() == 9
    assert 8_500 < len(voorbeeldstad.assessments) < 10_500


def test_a_municipality_of_ten_people_is_possible(settings):
    assert len(simulate(changed(settings, n_clients=10), seed=1).clients) == 10


def test_an_edition_of_2013_has_its_own_domains(settings):
    older = {"adl": {"level": 3.0, "effect": 0.2}, "daytime_activities": {"level": 3.0, "effect": 0.1}}
    data = settings.model_dump() | {"edition": "zrm_2013", "life_domains": older}
    municipality = simulate(SimulationSettings.model_validate(data), seed=1)
    assert list(municipality.assessments.columns[-2:]) == ["adl", "daytime_activities"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zelf: 0.34", "zelf: 0.44", "samen niet 1"),
        ("edition: zrm_2017", "edition: zrm_2013", "'work_education' hoort niet bij ZRM 2013"),
        ("last_day: 2025-12-31", "last_day: 2021-12-31", "last_day ligt niet na first_day"),
        ("Wijkteam Boterbloem", "Wijkteam Akkerwinde", "een team staat er twee keer"),
        (", other: -0.05}", "}", "'other' ontbreekt"),
        ("reliability: 0.75", "reliability: 1.75", "hoogstens 1"),
        ("n_clients: 4000", "n_clients: 4000\nnoise: 1", "deze sleutel kennen we niet"),
    ],
)
def test_a_fault_in_the_settings_is_named_in_dutch(old, new, message):
    text = read_text(VOORBEELDSTAD / "simulation.yaml")
    assert old in text
    with pytest.raises(StudyError, match=message):
        as_model(text.replace(old, new), SimulationSettings, "simulation.yaml")
