"""`wijkbaat init`: read everything, say what was understood, ask what is open, write what a run accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from data_contracts.mapping.date_notation import day_written
from pipelines.init.design_found import design_entry
from pipelines.init.extract_found import days_by_form, extract_form
from pipelines.init.kinds import Given, Unread, slug
from pipelines.init.over_time import measured_over_time, place_delivers
from pipelines.init.proposal import Proposal, proposed
from pipelines.init.questions import Question, Talk
from pipelines.init.readback import Drafted, drafted, read_back
from pipelines.init.refusals import ask_about_refusals, left_out
from pipelines.init.repeated import place_repeated
from pipelines.init.scratch import scratch
from pipelines.init.study_entry import Answers, study_entry
from pipelines.intake.door import shown_name
from pipelines.intake.read_only import Read
from pipelines.intake.reading.confined import Asked, opened_apart
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.storage.platform import connect, is_of_a_system, sha256_of

LEFT_OUT = "dit bestand is weggelaten."
# What people put beside a delivery to read; nobody expects rows in it, so it is named and not asked about.
_DOCUMENTS = (".pdf", ".doc", ".docx", ".rtf", ".msg", ".eml", ".png", ".jpg", ".jpeg", ".md", ".ini", ".lnk", ".url")
OF_A_SYSTEM = "dit hoort bij Office of bij de computer, en niet bij de levering."


@dataclass(slots=True)
class Outcome:
    """One pass: what was proposed and what the engine made of it, or which questions come first."""

    talk: Talk
    proposal: Proposal
    used: list[Path]
    draft: Drafted | None = None
    read: Read | None = None
    aside: list[Unread] = field(default_factory=list)
    deliveries: dict[str, Any] = field(default_factory=dict)

    def extract_day(self, today: dt.date) -> str | None:
        """The extract date as names hold it; None where the day of receipt decides."""
        form = self.deliveries.get("as_at", {}).get("from_name")
        return day_written(days_by_form(self.used, today)[form], form) if form else None


def check_files(paths: Sequence[Path]) -> None:
    """Raise StudyError for files that are not there, or that would lie on top of each other in one delivery."""
    if whole := [path for path in paths if path.is_dir()]:
        named = ", ".join(f"{path}/*" for path in whole)
        raise StudyError(f"Noem de bestanden zelf, en niet de map waar zij in staan: {named}")
    missing = [shown_name(path.name) for path in paths if not path.is_file()]
    if missing:
        raise StudyError(f"Deze bestanden bestaan niet: {', '.join(missing)}. Kijk de namen na.")
    names = [path.name.casefold() for path in paths]
    twice = sorted({shown_name(path.name) for path in paths if names.count(path.name.casefold()) > 1})
    if twice:
        raise StudyError(f"Deze naam komt twee keer voor: {', '.join(twice)}. Geef de bestanden een andere naam.")


class FilesOfDelivery:
    """The files of a delivery, opened once for the whole conversation; a context that removes the rows behind it.

    `earlier`: directories with what was delivered before, to measure what a delivery is over time.
    """

    def __init__(self, paths: Sequence[Path], earlier: Sequence[Path] = ()) -> None:
        self.paths = [path for path in paths if not is_of_a_system(path.name)]
        self.of_a_system = [path for path in paths if path not in self.paths]
        self.earlier = list(earlier)
        self._held = ExitStack()
        self.folder = self._held.enter_context(scratch())
        asked = [Asked(path, sha256_of(path), Declared()) for path in self.paths]
        self._answers = dict(zip(self.paths, opened_apart(asked, self.folder), strict=True))
        self._with_formulas: dict[Path, tuple[Opened, ...] | Unreadable] = {}

    def __enter__(self) -> FilesOfDelivery:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the rows, whatever happened."""
        self._held.close()

    def opened(self, path: Path, talk: Talk) -> tuple[Opened, ...] | Unreadable:
        """What opening a file gave; with the outcomes of its formulas when a person says that they may be read."""
        answer = self._answers[path]
        if isinstance(answer, Unreadable) and "laatst bewaarde uitkomst" in answer.what:
            question = Question(
                formulas_name(path.name),
                f"In {shown_name(path.name)} staan formules. Mogen de uitkomsten die erin bewaard zijn gelezen worden?",
                {"ja": "lees de bewaarde uitkomsten", "nee": "lees het bestand niet"},
            )
            if talk.text(question) == "ja":
                if path not in self._with_formulas:
                    again = Asked(path, sha256_of(path), Declared(with_formulas=True))
                    (self._with_formulas[path],) = opened_apart([again], self.folder)
                return self._with_formulas[path]
        return answer


def formulas_name(file: str) -> str:
    """The name of the question about formulas in a file."""
    return f"formules.{slug(file.rpartition('.')[0] or file)}"


def one_pass(files: FilesOfDelivery, given: Mapping[str, Any], answers: Answers, today: dt.date) -> Outcome:
    """Read the files under the replies so far; raises StudyError for what no reply can mend.

    What is missing may stand in a file about which a question is open: that goes first.
    """
    talk = Talk(given)
    opened, aside = _opened(files, talk)
    aside += [Unread(shown_name(path.name), OF_A_SYSTEM) for path in files.of_a_system]
    gone = left_out(talk, [file.name for file in opened])
    used = [file for file in opened if file.name not in gone]
    try:
        with connect() as connection:
            proposal = proposed(connection, used, talk, today)
    except StudyError:
        if not talk.open:
            raise
        return Outcome(talk, Proposal((), (), (), "", talk), [])
    design_entry(proposal, talk)
    older = {sheet.file for one in proposal.readings for sheet in one.without if not sheet.several}
    kept = [path for path in files.paths if path.name in {file.name for file in used} - older]
    outcome = Outcome(talk, proposal, kept, aside=[*aside, *(Unread(name, LEFT_OUT) for name in gone), *proposal.aside])
    if talk.open:
        return outcome
    for reading, entry in zip(proposal.readings, proposal.entries, strict=True):
        if any(talk.given.get(formulas_name(sheet.file)) for sheet in reading.kind.sheets):
            entry.setdefault("open", {}).setdefault("formulas", "cached")
    place_repeated(talk, proposal.entries)
    outcome.draft = drafted(study_entry(proposal, answers), proposal.entries)
    with scratch() as made:
        outcome.read = read_back(outcome.draft, kept, made, today)
    if ask_about_refusals(outcome.read.refusals, proposal, [path.name for path in kept]):
        outcome.draft = None
    else:
        last = outcome.read.tables["core_zrm__assessments"]["last"]
        form = extract_form(talk, kept, last, today)
        outcome.deliveries = {"as_at": {"from_name": form}} if form else {}
        measured = measured_over_time(outcome.draft, files.earlier, kept, today)
        place_delivers(talk, proposal.entries, measured, with_earlier=bool(files.earlier))
        outcome.draft = drafted(study_entry(proposal, answers), proposal.entries, outcome.deliveries)
    return outcome


def _opened(files: FilesOfDelivery, talk: Talk) -> tuple[list[Given], list[Unread]]:
    """Every file that opens; one that does not is named, and going on without it is for a person to decide."""
    answers = {path: files.opened(path, talk) for path in files.paths}
    opened = [Given(path.name, answer) for path, answer in answers.items() if isinstance(answer, tuple)]
    closed = [
        Unread(shown_name(path.name), f"{answer.what} {answer.do}")
        for path, answer in answers.items()
        if isinstance(answer, Unreadable)
    ]
    if closed and not opened and not talk.open:
        raise StudyError("\n".join(f"{one.label}: {one.why}" for one in closed))
    for path, one in zip([p for p in answers if isinstance(answers[p], Unreadable)], closed, strict=True):
        if not opened or path.suffix.lower() in _DOCUMENTS:
            continue
        said = talk.text(
            Question(
                f"onleesbaar.{slug(one.label)}",
                f"{one.label} is niet te lezen: {one.why} Gaat u verder zonder dit bestand?",
                {"ja": "het bestand blijft erbuiten", "nee": "stop"},
            )
        )
        if said == "nee":
            raise StudyError(f"{one.label}: {one.why}")
    return opened, closed
