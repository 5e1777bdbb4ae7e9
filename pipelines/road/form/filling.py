"""A conversation as pages of a form: the same questions and kept replies; a wrong reply is asked again in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from data_contracts.errors import StudyError
from pipelines.init.questions import Question, Talk
from pipelines.init.writing import keep_in, kept_in
from reports.html.form import Field, FormPage, Option, Settled

Made = TypeVar("Made")
Sent = Mapping[str, Sequence[str]]
AT_ONCE = 6
_NO_REPLY = "Hier staat nog geen antwoord."


@dataclass(slots=True)
class Filling(Generic[Made]):
    """One form while it is filled in. `about`: what the kept replies are about; `empty`: sent without a reply."""

    title: str
    writes: str
    build: Callable[[Talk], Made | None]
    shown: Callable[[Made], list[str]]
    kept: Path
    about: str
    given: dict[str, Any] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    finished: Made | None = None

    def __post_init__(self) -> None:
        self.given = kept_in(self.kept, self.about)

    def take(self, sent: Sent) -> None:
        """Keep the replies of a page, also one that does not do: it is asked again with what is wrong about it."""
        talk, _, _ = self._pass()
        self.empty = set()
        for name in sent.get("vraag", ()):
            question = talk.questions.get(name)
            if question is None:
                continue
            reply = _reply(question, sent)
            if reply:
                self.given[name] = reply
            else:
                self.given.pop(name, None)
                self.empty.add(name)
        keep_in(self.kept, self.about, self.given)

    def finish(self) -> bool:
        """Take what the replies make, when nothing is open; whether that is so."""
        talk, made, _ = self._pass()
        if talk.open or made is None:
            return False
        self.finished = made
        self.kept.unlink(missing_ok=True)
        return True

    def page(self, wanted: str | None = None) -> FormPage:
        """What to show now: the question that is wanted, else the first that are open, else what comes of it."""
        talk, made, problem = self._pass()
        questions = [talk.questions[wanted]] if wanted in talk.questions else talk.open[:AT_ONCE]
        outcome: list[str] = []
        if not questions and made is not None:
            outcome = [line.removeprefix("- ") for line in self.shown(made) if line]
        asked = {one.name for one in questions}
        rest = [one for name, one in talk.questions.items() if name not in asked and one not in talk.open]
        return FormPage(
            self.title,
            self.writes,
            names=tuple(one.name for one in questions),
            fields=tuple(part for one in questions for part in self._fields(one, talk)),
            settled=tuple(_settled(one, talk) for one in rest if one.name in self.given),
            by_itself=tuple(_settled(one, talk) for one in rest if one.name not in self.given),
            outcome=tuple(outcome),
            problem=problem,
            is_first=not self.given,
            is_done=self.finished is not None,
        )

    def _pass(self) -> tuple[Talk, Made | None, str]:
        """The questions that the replies so far come to, what they make, and what is wrong with that as a whole."""
        talk = Talk(self.given)
        try:
            return talk, self.build(talk), ""
        except StudyError as error:
            return talk, None, str(error)

    def _fields(self, question: Question, talk: Talk) -> list[Field]:
        problem = talk.wrong.get(question.name, _NO_REPLY if question.name in self.empty else "")
        reply = self.given.get(question.name, question.certain or question.default)
        if not question.parts:
            return [_field(question, f"v:{question.name}", question.text, reply, problem)]
        each = reply if isinstance(reply, dict) else dict.fromkeys(question.parts, reply)
        return [
            _field(question, f"v:{question.name}:{at}", f"{question.text} {part}", each.get(part), problem)
            for at, part in enumerate(question.parts)
        ]


def _field(question: Question, name: str, text: str, reply: Any, problem: str) -> Field:
    taken = {str(one) for one in (reply if isinstance(reply, list) else [reply])}
    options = tuple(Option(choice, words or choice, choice in taken) for choice, words in question.choices.items())
    typed = "" if options or reply is None else str(reply)
    return Field(name, text, question.guide, options, question.several, typed, problem)


def _reply(question: Question, sent: Sent) -> str | list[str] | dict[str, str]:
    """What was sent as the reply to a question; empty when nothing was."""
    if question.parts:
        each = {part: _text(sent.get(f"v:{question.name}:{at}", ())) for at, part in enumerate(question.parts)}
        return {part: reply for part, reply in each.items() if reply}
    found = sent.get(f"v:{question.name}", ())
    return [one for one in found if one] if question.several else _text(found)


def _text(values: Sequence[str]) -> str:
    """One line, as at a terminal."""
    return " ".join(" ".join(values).split())


def _settled(question: Question, talk: Talk) -> Settled:
    reply = talk.reply(question)
    if isinstance(reply, dict):
        words = "; ".join(f"{part}: {question.choices.get(one) or one}" for part, one in reply.items())
    else:
        listed = reply if isinstance(reply, list) else [str(reply)]
        words = "; ".join(question.choices.get(one) or one for one in listed)
    return Settled(question.name, question.text, words)
