"""Voorbeeldstad's settings."""

from pathlib import Path

import pytest

from data_contracts.yaml_file import read_model
from indicators.simulation.settings import SimulationSettings

VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad"


@pytest.fixture(scope="session")
def settings() -> SimulationSettings:
    return read_model(VOORBEELDSTAD / "simulation.yaml", SimulationSettings)
