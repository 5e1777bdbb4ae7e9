"""The conversation of `wijkbaat init`: with a person at a terminal, or with a file of replies; the same questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from data_contracts.errors import StudyError
from pipelines.init.describing import described
from pipelines.init.kinds import Unread
from pipelines.init.open_questions import questions_text
from pipelines.init.questions import Question, Talk, WrongReply
from pipelines.init.readback import Drafted, drafted, told
from pipelines.init.study_entry import Answers, study_entry
from pipelines.init.wizard import FilesOfDelivery, Outcome, one_pass
from pipelines.init.writing import keep_replies

_MOST_PASSES = 60
MUNICIPALITY = Question("gemeente", "Welke gemeente?")
STUDY = (
    Question("doel", "Waarvoor worden de gegevens gebruikt?"),
    Question("grondslag", "Op welke grondslag (wet en artikel)?"),
    Question("besluit", "Wie heeft dat besloten (functie)?"),
    Question("bewaren-tot", "Tot welke dag bewaren (jjjj-mm-dd)?"),
)
_OPTION = {"gemeente": "--municipality", "doel": "--purpose", "grondslag": "--ground", "besluit": "--decided-by",
           "bewaren-tot": "--records-until", "gekozen-op": "--declared-on"}  # fmt: skip
_LEAST = {"gemeente": 2, "doel": 10, "grondslag": 5, "besluit": 2}


@dataclass(slots=True)
class Dialogue:
    """Who is spoken with: `asks` tells a terminal from a file of replies."""

    paths: Sequence[Path]
    today: dt.date
    asks: bool
    say: Callable[[str], None]

    def municipality(self, given: dict[str, Any]) -> str:
        """The municipality, which names the study; asked first."""
        self._about_study(MUNICIPALITY, given)
        return str(given["gemeente"])

    def study(self, given: dict[str, Any], approval: str) -> Answers:
        """What only the municipality can say."""
        for question in STUDY:
            self._about_study(question, given)
        declared = given.get("gekozen-op")
        return Answers(
            municipality=str(given["gemeente"]),
            purpose=str(given["doel"]),
            ground=str(given["grondslag"]),
            decided_by=str(given["besluit"]),
            records_until=_day(given["bewaren-tot"]),
            approval=approval,
            declared_on=_day(declared) if declared is not None else None,
        )

    def _about_study(self, question: Question, given: dict[str, Any]) -> None:
        name = question.name
        while (problem := _unfit(name, given.get(name))) is not None:
            if not self.asks:
                text = f"{question.name}: {question.text} {problem}"
                raise StudyError(f"{text} Geef het antwoord bij {_OPTION[name]} of in het bestand van --answers.")
            if name in given:
                self.say(problem)
            given[name] = self.prompt(question.text)

    def prompt(self, text: str) -> str:
        """What a person typed; at the end of the input nothing more is asked."""
        try:
            return str(typer.prompt(text, default="", show_default=False)).strip()
        except typer.Abort:
            self.asks = False
            return ""

    def answer(self, question: Question, given: dict[str, Any]) -> None:
        """Ask one question until the reply fits, part by part where it has parts."""
        for line in ["", *question.shown()]:
            self.say(line)
        parts: Sequence[str | None] = question.parts or [None]
        replies: dict[str, Any] = {}
        for part in parts:
            while self.asks:
                typed = self.prompt(question.name if part is None else f"'{part}'")
                reply = [one.strip() for one in typed.split(",")] if question.several else typed
                try:
                    replies[part or ""] = _single(question).understood(reply)
                    break
                except WrongReply as wrong:
                    self.say(str(wrong))
        if self.asks:
            given[question.name] = replies if question.parts else replies[""]


def _single(question: Question) -> Question:
    return replace(question, parts=())


def _unfit(name: str, reply: Any) -> str | None:
    """Why a reply about the study does not do; None when it does."""
    if reply is None or str(reply).strip() == "":
        return "Hierop is geen antwoord gegeven."
    if name == "bewaren-tot":
        try:
            _day(reply)
        except StudyError as error:
            return str(error)
        return None
    least = _LEAST.get(name, 1)
    return f"Het antwoord is te kort (minstens {least} tekens)." if len(str(reply).strip()) < least else None


def _day(reply: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(str(reply).strip())
    except ValueError:
        problem = f"'{reply}' is geen datum"
    raise StudyError(f"{problem}. Schrijf hem als jjjj-mm-dd.")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on: the two files of the study, the files for the inbox, and how their extract day is written."""

    draft: Drafted
    used: list[Path]
    extract_day: str | None


def conversation(
    dialogue: Dialogue, files: FilesOfDelivery, given: dict[str, Any], approval: str, directory: Path
) -> Agreed:
    """Pass over the files until nothing is open and the person agrees; raises StudyError with the open questions."""
    for _ in range(_MOST_PASSES):
        answers = _NOBODY if dialogue.asks else dialogue.study(given, approval)
        outcome = one_pass(files, given, answers, dialogue.today)
        if outcome.talk.open:
            ask_open(dialogue, outcome.talk, given, lambda: keep_replies(directory, dialogue.paths, given))
            continue
        if outcome.draft is None:
            raise StudyError(questions_text(outcome.talk))
        _show(dialogue, outcome)
        if dialogue.asks and corrected(dialogue, outcome.talk, given):
            continue
        answers = dialogue.study(given, approval)
        draft = drafted(study_entry(outcome.proposal, answers), outcome.proposal.entries, outcome.deliveries)
        return Agreed(draft, outcome.used, outcome.extract_day(dialogue.today))
    do = "Begin opnieuw, of schrijf mapping.yaml zelf (docs/studie.md)."
    raise StudyError(f"Met deze antwoorden komen wij er niet uit. {do}")


_NOT_SAID = "nog niet gezegd"
_NOBODY = Answers(_NOT_SAID, _NOT_SAID, _NOT_SAID, _NOT_SAID, dt.date(2100, 1, 1), "required")


def ask_open(dialogue: Dialogue, talk: Talk, given: dict[str, Any], keep: Callable[[], None]) -> None:
    """Ask every open question and keep each reply; raises StudyError with them when nobody can be asked."""
    for question in talk.open:
        if dialogue.asks:
            if question.name in talk.wrong:
                dialogue.say(f"{question.name}: {talk.wrong[question.name]}")
            dialogue.answer(question, given)
            keep()
    if not dialogue.asks:
        raise StudyError(questions_text(talk))


def not_used(names: Iterable[str]) -> list[str]:
    """That nobody asked for replies with these names."""
    return [f"Niet gevraagd, dus niet gebruikt: het antwoord op '{name}'." for name in names]


def _show(dialogue: Dialogue, outcome: Outcome) -> None:
    if outcome.read is None:
        return
    beside: list[Unread] = [one for one in outcome.aside if one not in outcome.proposal.aside]
    lines = [*described(outcome.proposal), *(f"Niet gelezen: {one.label}: {one.why}" for one in beside)]
    lines += ["", "Zo gelezen:", *told(outcome.read)]
    ours = {MUNICIPALITY.name, "gekozen-op", *(question.name for question in STUDY)}
    for line in [*lines, *not_used(name for name in outcome.talk.unknown if name not in ours)]:
        dialogue.say(line)


def corrected(dialogue: Dialogue, talk: Talk, given: Mapping[str, Any]) -> bool:
    """Whether the person wants one thing otherwise, and said how."""
    names = [name for name, one in talk.questions.items() if one.choices or one.fits]
    while dialogue.asks:
        typed = dialogue.prompt("\nKlopt dit? Enter is ja; anders de naam van wat anders moet, of ? voor de namen")
        if typed.casefold() in ("", "ja", "j"):
            return False
        if typed in names:
            dialogue.answer(talk.questions[typed], given)  # type: ignore[arg-type]
            return True
        dialogue.say("Dit kan anders: " + ", ".join(names))
    return False
