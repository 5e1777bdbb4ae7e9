"""What the releases of a region say together. Nothing is read but released tables, each behind its manifest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_contracts.errors import OlderRelease, StudyError
from data_contracts.practice import Practice
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from indicators.synthesis.outcomes import COLUMNS, EURO, OutcomeTogether, together, told_by
from pipelines.region.members import Municipality, RegionFiles
from pipelines.region.price_years import euros_of, in_one_year
from pipelines.releases.release import DECISIONS, status_of
from pipelines.releases.released_tables import OF_OLDER_VERSION, OUT_CONTRACTS, released_directory, tables_of
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.storage.platform import write_whole
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import read_study
from reports.content.parts import Chapter
from reports.content.region.facts import RegionFacts, Taker
from reports.content.region.own import own_chapter
from reports.content.region.synthesis import synthesis_chapter
from reports.html.one_chapter import region_html
from reports.plain_text import as_text

PAGE, OWN_PAGE = "synthese.html", "synthese-{name}.html"
QUESTIONS = "praktijkvragen.yaml"
_NOT_COUNTING = {"withdrawn": "ingetrokken", "concept": "een concept"}
_NO_YEAR = (
    "{name}: van welk jaar de euro's zijn, is niet bekend; haar cijfers in euro's worden met geen andere samengenomen. "
    "Zet bij haar in region.yaml euros_of: JAAR."
)
_TABLES = ("out_effects__estimates", "out_effects__design")


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and the same as text; `left_out` says for the terminal who does not count, and why."""

    page: Path
    text: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synthesized:
    """What takes part, and every outcome; `notes` name who cannot be put together, for the terminal."""

    facts: RegionFacts
    outcomes: list[OutcomeTogether]
    notes: tuple[str, ...]


def synthesized(region: RegionFiles, on: dt.date) -> Synthesized:
    """Read every release that counts.

    A municipality without one is named as missing, and one of which an older version made it is left out with the
    reason. A damaged one stops all, and so does a municipality that is there twice.
    """
    told, years, takers, notes = [], [], [], []
    studies = [one.says() for one in region.municipalities]
    _require_once(region.municipalities, studies)
    for at, (one, study) in enumerate(zip(region.municipalities, studies, strict=True)):
        with one.named():
            directory = _release(one)
            found = _told(at, one, study, directory) if directory is not None else None
            year = euros_of(one)
        left_out = str(found) if isinstance(found, OlderRelease) else ""
        if isinstance(found, pd.DataFrame):
            told.append(found)
            years.append(year)
            if year is None and found["unit"].eq(EURO).any():
                notes.append(_NO_YEAR.format(name=one.name))
        counts = found is not None and not left_out
        takers.append(Taker(one.name, study.municipality, bool(study.named_in_region), counts, left_out))
    facts = RegionFacts(region.policy.region, on, tuple(takers), region.policy.features, _features(region))
    frames = [one for one in in_one_year(told, years) if len(one)] or [pd.DataFrame(columns=COLUMNS)]
    return Synthesized(facts, together(pd.concat(frames, ignore_index=True)), tuple(notes))


def write_synthesis(region: RegionFiles, out: Path, on: dt.date) -> Written:
    """Write the page of a region."""
    found = synthesized(region, on)
    return _written(out / PAGE, found, synthesis_chapter(found.facts, found.outcomes, _practice(region)))


def write_own(region: RegionFiles, name: str, out: Path, on: dt.date) -> Written:
    """Write the page of one municipality: its own figures beside what is expected elsewhere."""
    names = [one.name for one in region.municipalities]
    if name not in names:
        raise StudyError(f"'{name}' staat niet in {region.file.name}. Bekend: {', '.join(names)}.")
    found = synthesized(region, on)
    left_out = found.facts.takers[names.index(name)].left_out
    if left_out:
        raise StudyError(left_out)
    chapter = own_chapter(found.facts, found.outcomes, names.index(name))
    return _written(out / OWN_PAGE.format(name=name), found, chapter)


def _require_once(municipalities: Sequence[Municipality], studies: Sequence[Study]) -> None:
    """Every municipality weighs once, whatever its studies are called and wherever its release lies."""
    seen: dict[str, str] = {}
    for one, study in zip(municipalities, studies, strict=True):
        first = seen.setdefault(study.municipality.casefold().strip(), one.name)
        if first != one.name:
            raise StudyError(
                f"'{first}' en '{one.name}' zijn allebei van {study.municipality}. Een gemeente telt een keer: "
                "haal er een uit region.yaml."
            )


def _release(one: Municipality) -> Path | None:
    """The release that counts, whole as it was made; None where none was approved yet.

    One that is named in region.yaml may lie in a home on this machine: then what was decided about it counts too.
    """
    if one.release is None:
        return released_directory(one.place) if (one.place / "released" / "CURRENT").is_file() else None
    home = Home(one.release.parent.parent)
    if one.release.parent == home.released and (home.closed.is_dir() or (home.released / DECISIONS).is_file()):
        status = status_of(home, one.release.name)
        if status in _NOT_COUNTING:
            raise StudyError(
                f"publicatie '{one.release.name}' is {_NOT_COUNTING[status]}. Zet in region.yaml de home van de "
                "gemeente, of de publicatie die geldt."
            )
    return released_directory(one.release)


def _ladder(at: int, one: Municipality) -> str:
    """Which kind of Participatieladder a municipality delivers; where that is not known or mixed, one of its own."""
    own = f"unknown {at}"
    if not (one.study / "mapping.yaml").is_file():
        return own
    try:
        files = read_study(one.study).mapping.every_file
    except StudyError:  # a municipality that handed over its release may have handed over less of its study
        return own
    kinds = {file.ladder_variant.value for file in files if file.ladder_variant is not None}
    return kinds.pop() if len(kinds) == 1 else own


def _told(at: int, one: Municipality, study: Study, directory: Path) -> pd.DataFrame | OlderRelease:
    """The figures of a release; or, where an older version made it, what says so."""
    if manifest_of(directory).get("municipality") != study.municipality:
        raise StudyError(
            f"Publicatie {directory.name} is niet van {study.municipality}. Zet in region.yaml de home of de "
            "publicatie bij de studie waar zij van is."
        )
    try:
        tables = tables_of(directory, _TABLES)
    except OlderRelease as older:
        return older
    lacking = [name for name, frame in tables.items() if not set(OUT_CONTRACTS[name].columns) <= set(frame)]
    if lacking:
        return OlderRelease(OF_OLDER_VERSION.format(release=directory.name))
    design = str(tables["out_effects__design"].sort_values("place")["used"].iloc[0])
    measure = "mean_change" if design == "before_after" else study.design.headline_measure
    return told_by(at, tables["out_effects__estimates"], design, measure, _ladder(at, one))


def _features(region: RegionFiles) -> Sequence[dict[str, str]]:
    return [one.features for one in region.municipalities]


def _practice(region: RegionFiles) -> Practice:
    """The region's own register of questions, or the one that ships."""
    own = region.file.parent / QUESTIONS
    return read_model(own if own.is_file() else HOUSE / "studies" / "regio" / QUESTIONS, Practice)


def _written(page: Path, found: Synthesized, chapter: Chapter) -> Written:
    facts = found.facts
    page.parent.mkdir(parents=True, exist_ok=True)
    write_whole(page, region_html(facts, chapter).encode("utf-8"))
    left_out = tuple(f"{one.code} telt niet mee: {one.left_out}" for one in facts.takers if one.left_out)
    return Written(page, as_text(chapter), (*left_out, *found.notes))
