"""Questions with names: what a reading of files leaves unclear, which replies there are, and what stands unanswered.

Every decision of the reading is such a question. One that the files answer themselves is `certain`: it is shown, not
asked, and a reply under its name still wins. So correcting and answering are one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data_contracts.vocabulary.names import folded

Reply = str | list[str] | dict[str, str]


class WrongReply(Exception):
    """A reply that is none of the choices: what is wrong with it, in Dutch."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a person decides. `choices`: reply -> what it means; without choices any text may be given.

    `parts`: the reply is given for each of these, or once for all. `several`: more than one choice may be given.
    `default` is what unanswered means, where that is allowed. `fits` says of free text why it does not do, or None.
    `guide` explains the question: an example and where it comes from.
    """

    name: str
    text: str
    choices: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    several: bool = False
    default: Reply | None = None
    certain: Reply | None = None
    fits: Callable[[str], str | None] | None = None
    guide: str = ""

    def understood(self, given: Any) -> Reply:  # whatever a YAML file holds
        """The reply in the words of the choices; raises WrongReply."""
        if self.parts:
            return self._per_part(given)
        if self.several:
            listed = given if isinstance(given, list) else [given]
            return list(self.choices) if _word(given) == "alle" else [self._choice(one) for one in listed]
        return self._choice(given)

    def _per_part(self, given: Any) -> dict[str, str]:
        if not isinstance(given, dict):
            return dict.fromkeys(self.parts, self._choice(given))
        replies = {_word(part): reply for part, reply in given.items()}
        missing = [part for part in self.parts if _word(part) not in replies]
        strange = [str(part) for part in given if _word(part) not in {_word(one) for one in self.parts}]
        if missing or strange:
            what = f"voor '{missing[0]}' staat er geen antwoord" if missing else f"'{strange[0]}' komt hier niet voor"
            raise WrongReply(f"{what}. Antwoord voor elk van: {', '.join(self.parts)}.")
        return {part: self._choice(replies[_word(part)]) for part in self.parts}

    def _choice(self, given: Any) -> str:
        if isinstance(given, list | dict) or given is None:
            raise WrongReply(self._instead())
        if not self.choices:
            return self._text(str(given).strip())
        known = {_word(choice): choice for choice in self.choices}
        known |= {_word(words): choice for choice, words in self.choices.items() if _word(words) not in known}
        choice = known.get(_word(given))
        if choice is None:
            raise WrongReply(self._instead())
        return choice

    def _text(self, given: str) -> str:
        problem = self.fits(given) if self.fits is not None else None
        if problem is not None:
            raise WrongReply(problem)
        return given

    def _instead(self) -> str:
        return f"Kies uit: {', '.join(self.choices)}." if self.choices else "Geef één antwoord."

    def shown(self) -> list[str]:
        """The question as lines of text: what is asked, for which parts, and the choices."""
        lines = [self.text, *([f"({self.guide})"] if self.guide else [])]
        if self.parts:
            lines.append(f"Antwoord voor elk van: {', '.join(repr(part) for part in self.parts)}.")
        if self.several:
            lines.append("Meer dan één antwoord mag, als lijst.")
        return lines + [f"- {choice}: {words}" if words else f"- {choice}" for choice, words in self.choices.items()]


def _word(given: Any) -> str:
    """How replies are compared: without case and accents; yes and no of YAML are ours."""
    if isinstance(given, bool):
        return "ja" if given else "nee"
    return folded(str(given)) or str(given).strip()


@dataclass(slots=True)
class Talk:
    """The replies that were given, and the questions that one pass over the files came to, in their order."""

    given: Mapping[str, Any]
    questions: dict[str, Question] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def reply(self, question: Question) -> Reply | None:
        """The reply to a question: given, certain or its default; None when it is still open."""
        self.questions[question.name] = question
        if question.name in self.given:
            try:
                return question.understood(self.given[question.name])
            except WrongReply as wrong:
                self.wrong[question.name] = str(wrong)
                return None
        return question.certain if question.certain is not None else question.default

    def text(self, question: Question) -> str | None:
        """The reply to a question that has one choice as its reply."""
        reply = self.reply(question)
        return reply if isinstance(reply, str) else None

    def words(self, question: Question) -> dict[str, str] | None:
        """The reply to a question with parts."""
        reply = self.reply(question)
        return reply if isinstance(reply, dict) else None

    def listed(self, question: Question) -> list[str] | None:
        """The reply to a question with several choices."""
        reply = self.reply(question)
        return reply if isinstance(reply, list) else None

    @property
    def open(self) -> list[Question]:
        """Questions without a reply that stands."""
        return [
            one
            for one in self.questions.values()
            if one.name in self.wrong or (one.name not in self.given and one.certain is None and one.default is None)
        ]

    @property
    def unknown(self) -> list[str]:
        """Names of replies to questions that were not asked."""
        return [name for name in self.given if name not in self.questions]


def shown(questions: Sequence[Question], wrong: Mapping[str, str]) -> str:
    """Questions as a person reads them before they answer in a file."""
    lines = []
    for one in questions:
        first, *rest = one.shown()
        lines += [f"{one.name}", f"    {first}", *(f"    {line}" for line in rest)]
        if one.name in wrong:
            lines.append(f"    Uw antwoord past niet: {wrong[one.name]}")
    return "\n".join(lines)
