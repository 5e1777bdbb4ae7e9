"""From a question to its page: the release that stands with this answer in it, and nothing else that is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.gate.admission import objection
from data_contracts.question import Question, broken_in_study
from data_contracts.study import Study
from data_contracts.yaml_file import as_model, read_text, require_unbroken
from pipelines.asking.preview import Preview
from pipelines.releases.deciding import decided_about
from pipelines.releases.release import Release, current, releases
from pipelines.releases.steps_done import is_made_of_this, steps_to_do
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST
from pipelines.storage.questions import Registered, questions, registered, still_declared, withdrawing, withdrawn
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import StudyFiles, Workplace


@dataclass(frozen=True, slots=True)
class Answering:
    """The question as it stands in the register, and the release that answers it."""

    registered: Registered
    release: Release

    @property
    def pages(self) -> list[Path]:
        """The page of the question in its three forms."""
        return sorted((self.release.directory / "vragen").glob(f"{self.registered.id}.*"))


def read_question(path: Path, files: StudyFiles) -> Question:
    """vraag.yaml, checked by itself and against the study; StudyError with every fault and its line."""
    text = read_text(path)
    question = as_model(text, Question, path.name)
    require_unbroken(list(broken_in_study(question, files.study)), text, path.name)
    return question


def place_of_answers(files: StudyFiles, home: Home) -> Workplace:
    """The workplace as the release that counts was made; StudyError where something newer waits.

    An answer changes nothing else, so it is made beside figures that somebody approved already.
    """
    name = current(home) if home.released.is_dir() else None
    if name is None:
        raise StudyError("Er is nog niets gepubliceerd. Draai eerst wijkbaat run en keur het concept goed.")
    for place in (Workplace(files, home, as_of, seed) for as_of, seed in _told(home, name)):
        if is_made_of_this(place, name):
            return place
    raise StudyError(
        "Wat hier ligt, is nieuwer dan de geldende publicatie (een levering, de studie of het programma). Draai eerst "
        "wijkbaat run en keur het concept goed; een antwoord mag niets anders veranderen."
    )


def _told(home: Home, name: str) -> list[tuple[str | None, int]]:
    """What the run that made a release may have been told: the date of its documents or none, and its seed."""
    manifest = manifest_of(home.released / name)
    return [(None, int(manifest["seed"])), (str(manifest["as_of"]), int(manifest["seed"]))]


def answer(place: Workplace, preview: Preview, by: str, why: str, on: dt.date) -> Answering:
    """Publish an answer that can be given, in the name of who approves it; StudyError, and nothing done, else."""
    _require_words(preview, by)
    home, study = place.home, place.files.study
    with home.lock(), registered(home, preview.question, preview.slice.name, by.strip(), why.strip(), on) as found:
        release = _published(place, study, by, why, on)
    return Answering(found, release)


def withdraw(place: Workplace, id: str, by: str, why: str, on: dt.date) -> Release:
    """Publish without the answer to this question, in the name of who decides that; StudyError, nothing done, else.

    Its number stays its own, and the ledger goes on minding what was shown.
    """
    home, study = place.home, place.files.study
    stand = [one.id for one in still_declared(home, study)]
    if id not in stand:
        raise StudyError(f"Vraag '{id}' wordt nu niet beantwoord. Wel: {', '.join(stand) or 'geen'}.")
    with home.lock(), withdrawing(home, id, by.strip(), why.strip(), on):
        return _published(place, study, by, why, on)


def _published(place: Workplace, study: Study, by: str, why: str, on: dt.date) -> Release:
    """The release that the register asks for now, approved by name where it waits for that."""
    _publish(place)
    newest = (place.home.closed / LAST).read_text(encoding="utf-8").strip()
    release = next(one for one in releases(place.home) if one.name == newest)
    return decided_about(place.home, study, newest, "approve", by, why, on) if release.status == "concept" else release


def _require_words(preview: Preview, by: str) -> None:
    """The question and the name of the group will stand outside, so they pass the check of all words that leave."""
    for what, words in (("question", preview.question.question), ("group", preview.value)):
        problem = objection(words, released_by=by)
        if problem is not None:
            raise StudyError(f"Bij {what}: deze tekst {problem}. Zij komt op de bladzijde; pas haar aan.")


def _publish(place: Workplace) -> None:
    # Dagster takes seconds to import: a preview does without.
    from pipelines.assets.table_asset import WorkplaceResource
    from pipelines.in_process import in_process

    files, home = place.files, place.home
    resource = WorkplaceResource(
        study=str(files.directory), home=str(home.root), as_of=place.as_of, seed=place.seed
    )  # fmt: skip
    with in_process(resource, lambda *_: None) as dagster:
        dagster.publish(steps_to_do(place))


def asked_before(home: Home, question: Question) -> Registered | None:
    """The same question, where it is answered already; one that was withdrawn may be asked anew."""
    same, gone = question.model_copy(update={"question": ""}), withdrawn(home)
    stand = [one for one in questions(home) if one.id not in gone]
    return next((one for one in stand if one.question.model_copy(update={"question": ""}) == same), None)
