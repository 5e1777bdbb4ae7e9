"""The questions of the council in the report: each with its number, its answer now, and its own page."""

from __future__ import annotations

from reports.content.asked.answer import answered
from reports.content.parts import Chapter, Text, Told
from reports.language import dutch
from reports.released.source import Source


def asked(source: Source) -> Chapter:
    """One finding per question, in the order in which they were asked."""
    title = "Wat vroeg de raad?"
    if not source.facts.asked:
        return Chapter("vragen", title, missing="Er is nog geen vraag gesteld. Dat kan met wijkbaat ask.")
    opening = Text(
        "Elke vraag houdt haar nummer en komt in elk volgend rapport terug, met het cijfer van nu of het cijfer dat "
        "nog staat. De bladzijde per vraag zegt ook wat het cijfer niet zegt."
    )
    found = [answered(source, one) for one in source.facts.asked]
    told = tuple(
        Told(f"{one.asked.id}. {one.asked.words}", _words(one.words, one.margin, one.n, dutch.day(one.asked.on)),
             (one.asked.table,), one.asked.id)
        for one in found
    )  # fmt: skip
    return Chapter("vragen", title, (opening, *told))


def _words(words: str, margin: str, n: str, on: str) -> str:
    return " ".join(part for part in (words, margin, f"Over {n}." if n else "", f"Gevraagd op {on}.") if part)
