"""`wijkbaat simulate`: the municipality that a study's simulation.yaml describes, as a delivery in its inbox."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.yaml_file import read_model
from indicators.simulation.municipality import simulate
from indicators.simulation.settings import SimulationSettings
from pipelines.intake.door import key_of
from pipelines.simulation.delivery import write_delivery, write_public_figures, write_truth
from pipelines.storage.home import Home
from pipelines.study.directory import SIMULATION, is_invented, require_directory

TRUTH = "truth.json"
PUBLIC = "gemeentecijfers.csv"  # of this seed; the study brings its own


def simulate_study(study: Path, home: Home, seed: int, n_clients: int | None) -> Path:
    """Write the delivery and, in the closed zone, the truth behind it; returns the delivery's directory."""
    require_directory(study)
    if not is_invented(study):
        if (study / "deliveries").is_dir():
            raise StudyError(f"Deze studie brengt haar leveringen mee. Draai meteen: wijkbaat run {study}")
        raise StudyError(
            f"Bij '{study}' hoort geen verzonnen gemeente ({SIMULATION} ontbreekt). Zet een echte levering in de "
            "inbox, of probeer het met een studie die verzonnen is, zoals studies/voorbeeldstad."
        )
    settings = read_model(study / SIMULATION, SimulationSettings)
    if n_clients is not None:
        settings = settings.model_copy(update={"n_clients": n_clients})
    municipality = simulate(settings, seed)
    delivery = home.inbox / study.resolve().name
    home.prepare()  # only now: a study that is not there makes no home
    with home.lock():
        write_delivery(municipality, delivery, "semicolon")
        write_truth(municipality, key_of(delivery), home.closed / TRUTH)
        write_public_figures(settings, seed, home.closed / PUBLIC)
    return delivery
