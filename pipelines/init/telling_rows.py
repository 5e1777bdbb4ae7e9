"""Columns of one kind of file that tell rows apart: each of their values is asked about."""

from __future__ import annotations

from pipelines.init.codes_found import (
    may_be_shown,
)
from pipelines.init.kinds import slug
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question
from pipelines.init.roles_found import EMPTY_WORD, SAYS_NOTHING, Telling, choices_for, row_role, telling_columns
from pipelines.intake.reading.telling import NATURAL_KEY

_SHARE = 0.05


def place_roles(reading: Reading) -> None:
    """Every column that tells rows apart, with what each of its values says; without a reply the reading is open."""
    scored = reading.table == "assessments"
    natural = NATURAL_KEY[reading.table]
    key = [reading.columns.get(one, one) for one in natural if one in reading.columns or one in reading.grid.made]
    label = reading.columns.get("moment_label")
    looked_at = [*reading.leftovers, *([label] if label else [])]
    has_amounts = "amount_eur" in (*reading.columns, *reading.grid.made)
    found = telling_columns(reading.grid, looked_at, key, scored=scored, has_amounts=has_amounts, share=_SHARE)
    for telling in found:
        parts = tuple(value or EMPTY_WORD for value in telling.values)
        if not may_be_shown(list(telling.values)):
            _without_words(reading, telling)
            continue
        said = reading.talk.words(
            _role_question(reading, telling, parts, choices_for(scored=scored, has_amounts=has_amounts))
        )
        if said is None:
            continue
        replies = {"" if part == EMPTY_WORD else part: reply for part, reply in said.items()}
        if telling.column == label and set(replies.values()) <= {"moment", SAYS_NOTHING}:
            continue
        if telling.column == label:
            del reading.columns["moment_label"]
        reading.entry.setdefault("rows", []).append(row_role(telling, replies))
        _leave_rows_out(reading, telling.column, replies)


def _without_words(reading: Reading, telling: Telling) -> None:
    """Words that may be of a person are not shown: the column says nothing, or its file stays out."""
    said = reading.asked(
        "regels",
        f"Kolom '{telling.column}' van {reading.kind.label} houdt regels uit elkaar: {telling.because}. "
        "De waarden tonen wij niet. Doet deze kolom ertoe?",
        {SAYS_NOTHING: "nee, alle regels tellen mee", "weglaten": "ja; dit bestand blijft erbuiten"},
        of=slug(telling.column),
    )
    if said == SAYS_NOTHING:
        reading.entry.setdefault("rows", []).append({"column": telling.column, "same": True})
    elif said:
        reading.aside = f"kolom '{telling.column}' houdt regels uit elkaar; vraag een uitdraai met codes in die kolom."


def _role_question(reading: Reading, telling: Telling, parts: tuple[str, ...], choices: dict[str, str]) -> Question:
    text = (
        f"Kolom '{telling.column}' van {reading.kind.label} houdt regels uit elkaar: {telling.because}. "
        "Wat zegt elke waarde van de regel?"
    )
    return Question(reading.name("regels", slug(telling.column)), text, choices, parts=parts)


def _leave_rows_out(reading: Reading, column: str, replies: dict[str, str]) -> None:
    """The rows that the role leaves out have no say in what follows."""
    out = {value for value, reply in replies.items() if reply in ("doel", "weglaten")}
    if not out:
        return
    reading.grid.keep([at for at, cell in enumerate(reading.grid.columns[column]) if cell not in out])
