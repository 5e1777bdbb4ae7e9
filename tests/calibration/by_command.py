"""The same municipalities through the command line: does a run say to the cent what the bench says in memory?

A municipality is written as a study and as the files that a registration system delivers, in a home of its own;
`wijkbaat run` reads, estimates, releases and weighs it, and what it published is laid beside what was made in memory.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from data_contracts.demonstrable import shows
from data_contracts.tables import released as out
from data_contracts.tables.mkba import mkba_frames
from indicators.simulation.mechanisms import Faults
from indicators.simulation.municipality import Municipality
from mkba.appraisal import Settings
from mkba.binding.released_quantities import headline_estimates
from mkba.tables.headline import headline_rows
from pipelines.simulation.delivery import write_delivery
from tests.calibration.populations import POPULATIONS, STUDY
from tests.calibration.world import declared, weighed, words_of

_AS_OF = "2027-01-01"
_SAME = 1e-9  # of what is no amount: a chance, a share, years
_SEED = 1
_BALANCE = "out_mkba__headline"
_ABOUT, _FIGURES = ["subject", "life_domain", "what", "unit", "word"], ["estimate", "ci_low", "ci_high"]


@dataclass(frozen=True, slots=True)
class Beside:
    """One municipality said twice. `largest_eur` is the largest difference in any euro of the headline."""

    population: str
    seed: int
    npv_eur: float | None
    chance: float | None
    largest_eur: float
    other_differences: tuple[str, ...]
    n_words: int
    seconds: float

    @property
    def is_equal(self) -> bool:
        """To the cent, and in every other figure, word and sentence."""
        return self.largest_eur < 0.005 and not self.other_differences


def asked(n: int) -> Iterator[tuple[str, int]]:
    """The first `n` municipalities, population after population, seeds that the bench has too."""
    every = ((one.name, seed) for seed in range(1, n + 1) for one in POPULATIONS)
    return islice(every, n)


def beside(name: str, seed: int) -> Beside:
    """The municipality in memory and by command; raises CalledProcessError where a run stops."""
    found = weighed(name, seed, Settings(seed=_SEED), whole=True)
    began = time.monotonic()
    with TemporaryDirectory(prefix="calibration-") as place:
        tables = _by_command(found.made.municipality, Path(place))
    seconds = time.monotonic() - began
    headline = mkba_frames({_BALANCE: headline_rows(found.appraisal)})[_BALANCE]
    largest, others = differences(headline, tables[_BALANCE])
    if not _are_equal(_worded(found.tables[str(out.ESTIMATES.name)]), _worded(tables[str(out.ESTIMATES.name)])):
        others = (*others, "estimates or words")
    first = headline.iloc[0]
    shown = [None if pd.isna(first[one]) else float(first[one]) for one in ("npv_mean_eur", "prob_npv_positive")]
    return Beside(name, seed, shown[0], shown[1], largest, others, len(words_of(found)), seconds)


def _by_command(municipality: Municipality, place: Path) -> dict[str, pd.DataFrame]:
    study, home, delivery = place / "study", place / "home", place / "deliveries" / "whole"
    _write_study(study)
    # Without the faulty rows of voorbeeldstad, which a run sets aside and the bench never has.
    settings = municipality.settings.model_copy(update={"faults": Faults()})
    write_delivery(replace(municipality, settings=settings), delivery, "semicolon")
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", str(study), "--home", str(home)]
    command += ["--deliveries", str(delivery.parent), "--as-of", _AS_OF, "--seed", str(_SEED)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (release,) = (one.parent for one in (home / "released").glob("*/manifest.json"))
    return {name: _released(release, name) for name in (_BALANCE, str(out.ESTIMATES.name))}


def _write_study(place: Path) -> None:
    """The study that the bench weighs, as files; the tree is no part of a balance."""
    study, model, _ = declared(whole=True)
    place.mkdir()
    yaml = YAML(typ="safe")
    mapping = yaml.load(STUDY / "mapping.yaml")
    for one in mapping["files"]:
        if "scores" in one:
            one["scores"] = {str(key): one["scores"][key] for key in study.life_domains}
    policy = model.model_dump(mode="json", exclude_unset=True, by_alias=True)
    policy["lines"] = [{key: value for key, value in line.items() if value is not None} for line in policy["lines"]]
    written = {
        "study": study.model_dump(mode="json", exclude_unset=True, by_alias=True),
        "mkba": {key: value for key, value in policy.items() if value is not None},
        "mapping": mapping,
    }
    for name, content in written.items():
        yaml.dump(content, place / f"{name}.yaml")


def _released(release: Path, name: str) -> pd.DataFrame:
    return duckdb.read_parquet(str(release / "tables" / f"{name}.parquet")).df()


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    study, _, _ = declared()
    own = headline_estimates(rows, study.design)
    own = own[own["estimate"].notna()]
    own = own.assign(word=shows(own))[[*_ABOUT, *_FIGURES]]
    own = own.astype(dict.fromkeys(_ABOUT, "str") | dict.fromkeys(_FIGURES, "float64"))
    return own.sort_values(_ABOUT, ignore_index=True)


def _are_equal(mine: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Every estimate of the bench is in the release, with its figures and its word; a run has marks of clients too."""
    both = mine.merge(theirs, on=_ABOUT, how="left", suffixes=("", "_released"), validate="1:1")
    return all(np.allclose(both[name], both[f"{name}_released"], rtol=0, atol=_SAME) for name in _FIGURES)


def differences(one: pd.DataFrame, other: pd.DataFrame) -> tuple[float, tuple[str, ...]]:
    """The largest difference in euros, and the columns that differ otherwise."""
    largest, others = 0.0, []
    for column in one.columns:
        mine, theirs = (frame[column].reset_index(drop=True) for frame in (one, other))
        if not pd.api.types.is_float_dtype(mine):
            if mine.astype("str").tolist() != theirs.astype("str").tolist():
                others.append(column)
            continue
        apart = (mine.astype("float64") - theirs.astype("float64")).abs()
        if (mine.isna() != theirs.isna()).any():
            others.append(column)
        elif column.endswith("_eur"):
            largest = max(largest, float(apart.max()) if apart.notna().any() else 0.0)
        elif (apart > _SAME).any():
            others.append(column)
    return largest, tuple(others)
