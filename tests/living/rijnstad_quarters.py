"""Rijnstad's four years cut into eight quarterly deliveries, each complete, with corrections and people who leave.

A delivery holds what the municipality could have exported on its last day: nothing that happens later, no end that is
still to come, hours and euros as far as they were used. By lot, with a fixed seed, a few scores are wrong at first and
right in a later quarter, and a few people are in no file any more from some quarter on.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

STUDY = Path("studies/rijnstad")
CLIENT = "Cliëntnummer"
DAYS = tuple(pd.date_range("2023-03-31", periods=8, freq="QE"))
N_WRONG, N_GONE = 40, 5  # per quarter
# Per file the date that says when a record came to be, and what grows with time until its end.
_BEGINS = {
    "zrm_2021_2024": "Datum afname",
    "participatieladder": "Datum",
    "trajecten": "Startdatum",
    "voorzieningen": "Ingangsdatum",
    "gebeurtenissen": "Datum",
    "ervaren_baat": "Datum",
}
_GROWS = {"trajecten": ("Uren",), "voorzieningen": ("Volume", "Bedrag")}
_OPTIONS = {"sep": ";", "encoding": "windows-1252"}
_DELIVERS = {
    "assessments": "assessed_on",
    "ladder": "assessed_on",
    "trajectories": "started_on",
    "provisions": "started_on",
    "events": "occurred_on",
    "experienced": "asked_on",
}


@dataclass(frozen=True)
class Fate:
    """By lot: from which quarter on a client is gone, and until which quarter a row of scores is wrong; 8 is never."""

    gone_from: pd.Series
    wrong_until: np.ndarray


def quarterly_study(folder: Path, source: Path = STUDY) -> Path:
    """A study like rijnstad's whose mapping says that every file is complete, and where its extract date stands."""
    study = folder / "rijnstad"
    shutil.copytree(source, study, ignore=shutil.ignore_patterns("deliveries"))
    text = (study / "mapping.yaml").read_text(encoding="utf-8")
    for table, by in _DELIVERS.items():
        line = f"    table: {table}\n"
        assert line in text, table
        text = text.replace(line, f"{line}    delivers: {{kind: complete, period_by: {by}}}\n")
    text += "deliveries: {as_at: {from_name: yyyymmdd}}\n"
    (study / "mapping.yaml").write_text(text, encoding="utf-8")
    return study


def cut(folder: Path, seed: int = 1, source: Path = STUDY) -> list[Path]:
    """Eight directories, named after their extract date, oldest first."""
    files = {
        path.stem: pd.read_csv(path, dtype="str", keep_default_na=False, **_OPTIONS)
        for path in sorted((source / "deliveries" / "rijnstad").glob("*.csv"))
    }
    fate = _drawn(files, np.random.default_rng(seed))
    found = []
    for at, day in enumerate(DAYS):
        place = folder / f"{day:%Y%m%d}"
        place.mkdir(parents=True)
        for name, frame in files.items():
            known = _known_on(name, frame, at, day, fate)
            known.to_csv(place / f"{name}.csv", index=False, lineterminator="\n", **_OPTIONS)
        found.append(place)
    return found


def _drawn(files: dict[str, pd.DataFrame], rng: np.random.Generator) -> Fate:
    clients = files["clienten"][CLIENT].drop_duplicates()
    quarters = np.full(len(clients), len(DAYS))
    chosen = rng.permutation(len(clients))[: N_GONE * (len(DAYS) - 1)]
    quarters[chosen] = np.repeat(np.arange(1, len(DAYS)), N_GONE)
    n_rows = len(files["zrm_2021_2024"])
    until = np.zeros(n_rows, int)
    until[rng.permutation(n_rows)[: N_WRONG * (len(DAYS) - 1)]] = np.repeat(np.arange(1, len(DAYS)), N_WRONG)
    return Fate(pd.Series(quarters, clients), until)


def _known_on(name: str, frame: pd.DataFrame, at: int, day: pd.Timestamp, fate: Fate) -> pd.DataFrame:
    """The rows of one file as they stood on a day."""
    if name == "kosten":
        return frame[frame["Jaar"].astype(int) <= day.year]
    if name == "wijkteams":
        return frame.assign(**{"Nieuwe werkwijze vanaf": _past(frame["Nieuwe werkwijze vanaf"], day)})
    known = frame.copy()
    if name == "zrm_2021_2024":
        is_wrong = at < fate.wrong_until
        score = known["Financiën"]
        other = score.map({str(mark): str(mark % 5 + 1) for mark in range(1, 6)})
        known["Financiën"] = score.mask(is_wrong & other.notna(), other)
    known = known[~(known[CLIENT].map(fate.gone_from) <= at)]
    if name in _BEGINS:
        known = known[_days(known[_BEGINS[name]]) <= day]
    if name == "clienten":
        return known
    return _grown(name, known, day) if name in _GROWS else known


def _grown(name: str, known: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """What still runs has no end yet, and has used what goes with its days so far."""
    begin, end = _days(known[_BEGINS[name]]), _days(known["Einddatum"])
    share = ((day - begin).dt.days + 1) / ((end - begin).dt.days + 1)
    runs = share < 1
    known = known.assign(Einddatum=_past(known["Einddatum"], day))
    for column in _GROWS[name]:
        numbers = pd.to_numeric(known[column].str.replace(".", "").str.replace(",", "."))
        used = (numbers * share).where(runs, numbers)
        known[column] = known[column].mask(runs & numbers.notna(), used.map("{:.2f}".format).str.replace(".", ","))
    return known


def _past(texts: pd.Series, day: pd.Timestamp) -> pd.Series:
    return texts.mask(_days(texts) > day, "")


def _days(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, format="%d-%m-%Y", errors="coerce")
