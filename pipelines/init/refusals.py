"""What the engine would refuse under the proposal: a question about its file, or the end of the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.errors import DeliveryRefused, StudyError
from pipelines.init.kinds import slug
from pipelines.init.proposal import Proposal
from pipelines.init.questions import Question, Talk
from pipelines.init.repeated import ask_told_twice
from pipelines.intake.door import shown_name
from pipelines.intake.meeting import TABLE_WORDS

LEAVE_OUT, STOP = "weglaten", "stoppen"
# Questions whose reply changes which rows fit.
_HOW_IT_IS_READ = ("tabel", "kolom", "datumvorm", "getalvorm", "team-leeg", "team-mensen", "doorvullen")


def left_out(talk: Talk, names: Sequence[str]) -> list[str]:
    """The files that a person left out after the engine refused them."""
    return [name for name in names if str(talk.given.get(_refusal_name(name), "")) == LEAVE_OUT]


def _refusal_name(file: str) -> str:
    return f"geweigerd.{slug(file.rpartition('.')[0])}"


def ask_about_refusals(refusals: Sequence[DeliveryRefused], proposal: Proposal, names: Sequence[str]) -> bool:
    """A refusal by the engine is a question about its file: without it, or stop. Of the measurements it is the end.

    Gives whether there was any; raises StudyError for those that no reply can mend.
    """
    talk = proposal.talk
    scored = {sheet.file for one in proposal.readings if one.table == "assessments" for sheet in one.kind.sheets}
    stop: list[DeliveryRefused] = []
    tables = [one.table for one in proposal.readings]
    for refused in refusals:
        if ask_told_twice(talk, refused, tables):
            continue
        file = next((name for name in names if refused.file and refused.file.startswith(shown_name(name))), None)
        file = file or _file_of_table(refused, proposal)
        if file is None or file in scored:
            stop.append(refused)
            continue
        do = _to_do(refused, talk, _words(proposal, file))
        talk.reply(
            Question(
                _refusal_name(file),
                f"{shown_name(file)} zou geweigerd worden: {refused.what} {do} Verder zonder dit bestand?",
                {LEAVE_OUT: "het bestand blijft erbuiten", STOP: "schrijf niets"},
            )
        )
        if talk.given.get(_refusal_name(file)) == STOP:
            stop.append(refused)
    if stop:
        lines = [f"{one.file or 'De levering'}: {one.what} {_to_do(one, talk)}" for one in stop]
        raise StudyError("\n".join(lines))
    return bool(refusals)


def _words(proposal: Proposal, file: str) -> set[str]:
    """How questions name a file."""
    return {one.kind.word for one in proposal.readings if any(sheet.file == file for sheet in one.kind.sheets)}


def _to_do(refused: DeliveryRefused, talk: Talk, words: set[str] | None = None) -> str:
    """What to do, in a conversation that has no mapping.yaml yet: which replies say how the file is read.

    `words`: how questions name it; without them, those about every file.
    """
    if "mapping.yaml" not in refused.do:
        return refused.do
    names = [name for name in talk.questions if name.partition(".")[0] in _HOW_IT_IS_READ]
    names = [name for name in names if not words or name.split(".")[1] in words]
    if not names:
        return "Vraag een uitdraai zonder deze regels."
    return f"Lezen wij het verkeerd, antwoord dan anders op: {', '.join(names)}. Vraag anders een nieuwe uitdraai."


def _file_of_table(refused: DeliveryRefused, proposal: Proposal) -> str | None:
    """The file behind a refusal that names a table: its clients are not those of the measurements."""
    table = next((table for table, words in TABLE_WORDS.items() if words in refused.what), None)
    return next((sheet.file for one in proposal.readings if one.table == table for sheet in one.kind.sheets), None)
