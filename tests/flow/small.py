"""A small invented study with its delivery: the whole chain in seconds."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipelines.simulation.studies import simulate_study
from pipelines.storage.home import Home

VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad"
AS_OF = "2026-01-31"


def small_study(directory: Path, approval: str = "none", design: str = "staggered") -> Path:
    """voorbeeldstad with few slices and pairs of moments, so that a run is short."""
    study = directory / "demostad"
    shutil.copytree(VOORBEELDSTAD, study)
    text = (study / "study.yaml").read_text(encoding="utf-8")
    slices = (
        "slices:\n  - name: all\n  - name: team_type\n    merges_into: all\n  - name: cohort\n    merges_into: all\n"
        "  - {name: target_group, merges_into: all, shown: asked, ground: verzonnen gegevens, threshold: 40}\n"
    )
    text = re.sub(r"slices:\n(?:  .*\n|    .*\n)+", slices, text)
    text = re.sub(r"approval: \w+", f"approval: {approval}", text)
    text = re.sub(r"records_until: .*", "records_until: 2090-12-31", text)  # a run looks at the clock
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
