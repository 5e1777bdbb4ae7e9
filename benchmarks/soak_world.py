"""Ten years of an invented municipality, cut by date into small deliveries: each holds what is new since the last.

Now and then a delivery repeats rows of the one before it, puts scores right, or lacks a column and must be refused;
what it held then comes with the next. Every third has a score that does not exist.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.simulation.studies import simulate_study
from pipelines.storage.home import Home
from tests.flow.small import small_study

REFUSED_EVERY, REPEATED_EVERY, CORRECTED_EVERY, SPOILED_EVERY = 25, 7, 10, 3
FIRST, LAST = dt.date(2016, 1, 1), dt.date(2025, 12, 31)
_OPTIONS = {"sep": ";", "encoding": "windows-1252"}
_DOMAINS = ("finances", "housing", "social_network", "community_participation")
_CLIENT = "Cliëntnummer"
_DATED = {
    "zrm": "Datum afname",
    "participatieladder": "Datum",
    "trajecten": "Startdatum",
    "voorzieningen": "Ingangsdatum",
    "gebeurtenissen": "Datum",
    "ervaren_baat": "Datum",
}


def soak_study(place: Path) -> Path:
    """The small study of the tests over ten years: four life domains, two slices, one pair of moments, no MKBA."""
    study = small_study(place, design="before_after")
    file = study / "study.yaml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"slices:\n(?:  .*\n)+", "slices:\n  - name: all\n  - name: team_type\n    merges_into: all\n", text)
    text = re.sub(r"life_domains:\n(?:  .*\n)+", f"life_domains: [{', '.join(_DOMAINS)}]\n", text)
    text = re.sub("max_quarantined_share: .*", "max_quarantined_share: 0.5", text)  # one row of twenty is much
    text = re.sub(r"moment_pairs:\n(?:  .*\n)+", "moment_pairs:\n  - from: first\n    to: last\n", text)
    file.write_text(text, encoding="utf-8")
    (study / "mkba.yaml").unlink()
    settings = study / "simulation.yaml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub("first_day: .*", f"first_day: {FIRST}", text)
    text = re.sub("last_day: .*", f"last_day: {LAST}", text)
    text = re.sub("double_rated: .*", "double_rated: 0", text)
    # What is wrong in a delivery is planted here, so that every account is known beforehand.
    settings.write_text(re.sub(r"faults:\n(?:  .*\n)+", "", text), encoding="utf-8")
    return study


class World:
    """All files, and from which delivery on each row is in one; `days` are those on which a delivery is put down."""

    def __init__(self, study: Path, place: Path, n_clients: int, n: int) -> None:
        inbox = simulate_study(study, Home(place / "simulated"), 1, n_clients)
        read = {"dtype": "str", "keep_default_na": False, **_OPTIONS}
        self.files = {one.stem: pd.read_csv(one, **read) for one in inbox.iterdir()}
        self.folder, self.n = place / "deliveries", n
        edges = pd.date_range(FIRST, LAST, periods=n + 1)
        self.days = [day.date() + dt.timedelta(days=1) for day in edges[1:]]
        self.first = {name: self._first(name, frame, edges) for name, frame in self.files.items()}
        self.written: dict[int, int] = {}

    def name(self, at: int) -> str:
        """What the directory of a delivery is called."""
        return f"levering-{at + 1:03d}"

    def is_refused(self, at: int) -> bool:
        """Whether a column is missing."""
        return at % REFUSED_EVERY == REFUSED_EVERY - 1 and at + 1 < self.n

    def assessments_known(self, at: int) -> int:
        """How many ZRM assessments stand after this delivery: one per client and day."""
        known = self.files["zrm"][self.first["zrm"] <= (at - 1 if self.is_refused(at) else at)]
        return len(known.drop_duplicates([_CLIENT, "Datum afname"]))

    def rows(self, at: int) -> int:
        """How many rows were put down."""
        return self.written[at]

    def n_spoiled(self, at: int) -> int:
        """How many rows must be set aside."""
        return int(at % SPOILED_EVERY == 1)

    def rows_of(self, name: str, at: int) -> pd.DataFrame:
        """The rows of one file in a delivery."""
        frame, first = self.files[name], self.first[name]
        if name == "wijkteams":
            return frame
        if name == "kosten":
            return frame[frame["Jaar"] == str(self.days[at].year)]
        since = at - 1 if at and (self.is_refused(at - 1) or at % REPEATED_EVERY == 0) else at
        return frame[(first <= at) & (first >= since)]

    def _first(self, name: str, frame: pd.DataFrame, edges: pd.DatetimeIndex) -> np.ndarray:
        """Per row the number of the delivery in which it comes first."""
        if name == "clienten":
            born = self._dates("trajecten").groupby(self.files["trajecten"][_CLIENT]).min()
            dates = frame[_CLIENT].map(born).fillna(pd.Timestamp(FIRST))
        elif name in _DATED:
            dates = self._dates(name)
        else:
            return np.zeros(len(frame), int)
        return np.clip(np.searchsorted(edges, dates.to_numpy(), side="left") - 1, 0, self.n - 1)

    def _dates(self, name: str) -> pd.Series:
        return pd.to_datetime(self.files[name][_DATED[name]], format="%d-%m-%Y")


def delivered(world: World, at: int) -> Path:
    """The directory of one delivery, written."""
    place = world.folder / world.name(at)
    place.mkdir(parents=True)
    world.written[at] = 0
    for name in world.files:
        rows = world.rows_of(name, at)
        if name == "zrm" and at and at % CORRECTED_EVERY == 0:
            rows = pd.concat([rows, _put_right(world, at)])
        if name == "zrm" and world.n_spoiled(at):
            rows = pd.concat([rows, rows.tail(1).assign(**{"Financiën": "9"})])
        if name == "zrm" and world.is_refused(at):
            rows = rows.drop(columns="Datum afname")
        if rows.empty:  # nothing happened: no file
            continue
        rows.to_csv(place / f"{name}.csv", index=False, lineterminator="\n", **_OPTIONS)
        world.written[at] += len(rows)
    return place


def _put_right(world: World, at: int) -> pd.DataFrame:
    """Five assessments of two deliveries ago, with another score for finances."""
    frame = world.files["zrm"][world.first["zrm"] == at - 2].drop_duplicates([_CLIENT, "Datum afname"]).head(5)
    other = frame["Financiën"].map({str(mark): str(mark % 5 + 1) for mark in range(1, 6)})
    return frame.assign(**{"Financiën": other.fillna(frame["Financiën"])})
