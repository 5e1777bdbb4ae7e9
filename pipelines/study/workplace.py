"""What one run works with: a study read from its directory, and a home."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from data_contracts.area_map import AreaMap
from data_contracts.errors import Finding, StudyError
from data_contracts.house_style import OURS, HouseStyle
from data_contracts.mapping.file import Mapping, ReadyMapping, WholeMapping
from data_contracts.slices import stored
from data_contracts.study import Study
from data_contracts.team_register import TeamRegister
from data_contracts.vocabulary.slices import OF_PEOPLE
from data_contracts.yaml_file import read_model, read_text, require_unbroken
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.study.area_map import map_files, read_area_map
from pipelines.study.directory import require_study
from pipelines.study.house_style import read_house_style, style_files
from pipelines.study.municipal_file import read_municipal_file
from pipelines.study.pseudonym_pattern import pattern_problem

Found = TypeVar("Found")
Model = TypeVar("Model", Study, Mapping, ReadyMapping, TeamRegister)
# Ready mappings for known exports: of the studies beside this one, else those that ship with the program.
_SHIPPED = HOUSE / "studies"


@dataclass(frozen=True, slots=True)
class StudyFiles:
    """A study's directory, read and checked; the two chapters that may be missing are read by their own rooms."""

    directory: Path
    study: Study
    mapping: WholeMapping
    teams: TeamRegister | None
    municipal: pd.DataFrame | None = None
    house_style: HouseStyle = OURS
    area_map: AreaMap | None = None

    @property
    def policy(self) -> list[Path]:
        """The files that say what the study is, public figures and looks among them: a release depends on them."""
        series = self.study.design.municipal_series
        figures = [self.directory / series.file] if series else []
        return [*sorted(self.directory.glob("*.yaml")), *figures, *_beside(self.directory)]

    @property
    def results_logic(self) -> Path | None:
        """results_logic.yaml, where there is one."""
        return self._optional("results_logic.yaml")

    @property
    def mkba(self) -> Path | None:
        """mkba.yaml, where there is one."""
        return self._optional("mkba.yaml")

    @property
    def intake_fingerprint(self) -> str:
        """Changes when the study says something else about how a delivery is read."""
        text = self.mapping.model_dump_json() + (self.teams.model_dump_json() if self.teams else "")
        text += self.study.model_dump_json(include={"pseudonym_pattern", "life_domains", "thresholds"})
        # What is stored of a client hangs on the slices; a study without such slices keeps its old fingerprint.
        text += ",".join(sorted(stored(self.study.slices).intersection(OF_PEOPLE)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def sha256(self) -> str:
        """Of the files of `policy`, one after the other."""
        return hashlib.sha256(b"".join(path.read_bytes() for path in self.policy)).hexdigest()

    @property
    def measured_sha256(self) -> str:
        """The same without mkba.yaml: of what no measured figure hangs on, a change explains none."""
        measured = [path for path in self.policy if path != self.mkba]
        return hashlib.sha256(b"".join(path.read_bytes() for path in measured)).hexdigest()

    def _optional(self, name: str) -> Path | None:
        path = self.directory / name
        return path if path.exists() else None


def read_study(directory: Path) -> StudyFiles:
    """Read and check a study; raises StudyError with the findings of all its files at once."""
    require_study(directory)
    files = [*sorted(directory.glob("*.yaml")), *sorted(directory.glob("*.csv")), *_beside(directory)]
    return _read(directory, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@functools.lru_cache(maxsize=8)
def _read(directory: Path, _files: tuple[tuple[str, int, int], ...]) -> StudyFiles:
    """Every table of a run asks for the study; unchanged files are parsed once."""
    findings: list[Finding] = []

    def read(name: str, model: type[Model]) -> Model | None:
        try:
            return read_model(directory / name, model)
        except StudyError as error:
            findings.extend(error.findings)
            return None

    study, own = read("study.yaml", Study), read("mapping.yaml", Mapping)
    teams = read("teams.yaml", TeamRegister) if (directory / "teams.yaml").exists() else None
    mapping = _whole_mapping(directory, own, findings) if own else None
    if study and (broken := pattern_problem(study.pseudonym_pattern)):
        try:
            require_unbroken([broken], read_text(directory / "study.yaml"), "study.yaml")
        except StudyError as error:
            findings += error.findings
    if study and mapping:
        findings += _editions_disagree(study, mapping)
    municipal = _or_findings(lambda: read_municipal_file(directory, study) if study else None, findings)
    looks = _or_findings(lambda: read_house_style(directory), findings) or OURS
    drawn = _or_findings(lambda: read_area_map(directory), findings)
    if findings or study is None or mapping is None:
        raise StudyError(findings)
    return StudyFiles(directory, study, mapping, teams, municipal, looks, drawn)


def _or_findings(read: Callable[[], Found], findings: list[Finding]) -> Found | None:
    """What was read; None with what is wrong added to `findings`."""
    try:
        return read()
    except StudyError as error:
        findings += error.findings
        return None


def _beside(directory: Path) -> list[Path]:
    """What a study may bring beside its policy: the looks of the municipality and its map."""
    return [*style_files(directory), *map_files(directory)]


def _whole_mapping(directory: Path, own: Mapping, findings: list[Finding]) -> WholeMapping:
    """The study's mapping with the files of the ready mappings that it names; adds to `findings` what is wrong."""
    ready = []
    for name in own.use:
        places = [root / name for root in (directory.resolve().parent, _SHIPPED)]
        path = next((place for place in places if place.exists()), None)
        if path is None:
            known = ", ".join(f"mappings/{one.name}" for one in sorted((_SHIPPED / "mappings").glob("*.yaml")))
            findings.append(Finding("mapping.yaml", None, f"use: '{name}' bestaat niet.", f"Kies uit: {known}."))
            continue
        try:
            ready += read_model(path, ReadyMapping).files
        except StudyError as error:
            findings += error.findings
    whole = WholeMapping(**{field: getattr(own, field) for field in Mapping.model_fields}, ready=ready)
    if not any(file.table == "assessments" for file in whole.every_file):
        what = "er is geen bestand met ZRM-metingen (table: assessments)."
        findings.append(Finding("mapping.yaml", None, what, "Dat is het enige dat niet mag ontbreken."))
    return whole


def _editions_disagree(study: Study, mapping: WholeMapping) -> list[Finding]:
    mapped = {edition for file in mapping.files for edition in file.editions}
    return [
        Finding(
            "mapping.yaml",
            None,
            f"{edition.label} staat niet onder editions in study.yaml.",
            "Voeg de editie daar toe.",
        )
        for edition in sorted(mapped - set(study.editions))
    ]


@dataclass(frozen=True, slots=True)
class Workplace:
    """A study, a home, and the few things that a run is told instead of looking up: a date and a seed."""

    files: StudyFiles
    home: Home
    as_of: str | None
    seed: int
