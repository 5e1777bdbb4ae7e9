"""A small invented study with its delivery: the whole chain in seconds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipelines.simulation.studies import simulate_study
from pipelines.storage.home import Home

VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad"
AS_OF = "2026-01-31"
NAME = "Kanarie de Vries"


def small_study(directory: Path, approval: str = "none", design: str = "staggered") -> Path:
    """voorbeeldstad with few slices and pairs of moments, so that a run is short."""
    study = directory / "demostad"
    shutil.copytree(VOORBEELDSTAD, study)
    text = (study / "study.yaml").read_text(encoding="utf-8")
    slices = (
        "slices:\n  - name: all\n  - name: team_type\n    merges_into: all\n  - name: cohort\n    merges_into: all\n"
    )
    text = re.sub(r"slices:\n(?:  .*\n|    .*\n)+", slices, text)
    text = re.sub(r"approval: \w+", f"approval: {approval}", text)
    text = text.replace("kind: staggered", f"kind: {design}")
    if design != "staggered":  # the tree binds indicators to the staggered start
        (study / "results_logic.yaml").unlink()
    (study / "study.yaml").write_text(text, encoding="utf-8")
    return study


def small_delivery(study: Path, directory: Path, n_clients: int = 400, seed: int = 1) -> Path:
    """A directory with one delivery of the small study."""
    home = Home(directory / "simulated")
    home.prepare()
    return simulate_study(study, home, seed, n_clients)


def plant_rare_labels(delivery: Path) -> None:
    """A product and an event that one client had, and a kind of costs of one team, each with somebody's name."""
    for file, position in (("voorzieningen.csv", 1), ("gebeurtenissen.csv", 2), ("kosten.csv", 2)):
        path = delivery / file
        head, first, *rest = path.read_bytes().decode("windows-1252").splitlines()
        cells = first.split(";")
        cells[position] = f"Zorg voor {NAME}"
        path.write_bytes("\r\n".join([head, ";".join(cells), *rest]).encode("windows-1252"))
