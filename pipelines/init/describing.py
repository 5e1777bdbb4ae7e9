"""What was understood of a delivery, in Dutch lines: per file and column, and what is not read."""

from __future__ import annotations

from typing import Any

from pipelines.init.design_found import DESIGN
from pipelines.init.extract_found import EXTRACT_DATE
from pipelines.init.one_kind import Reading
from pipelines.init.proposal import Proposal
from pipelines.init.words import COLUMN_LABELS, TABLE_LABELS, domain_by, edition_by


def described(proposal: Proposal) -> list[str]:
    """A block of lines per kind of file, then what stays outside."""
    lines = []
    for reading, entry in zip(proposal.readings, proposal.entries, strict=True):
        lines += _kind(reading, entry)
    lines += [f"Niet gelezen: {one.label}: {one.why}" for one in proposal.aside]
    day = proposal.talk.questions.get(EXTRACT_DATE)
    lines += [f"Peildatum: {day.choices[str(proposal.talk.reply(day))]}."] if day else []
    question = proposal.talk.questions.get(DESIGN)
    lines += (
        [f"Let op: {question.text} Kies dat bij '{DESIGN}'; nu: {proposal.talk.reply(question)}."] if question else []
    )
    return lines


def _kind(reading: Reading, entry: dict[str, Any]) -> list[str]:
    edition = f", {edition_by(entry['edition']).label}" if "edition" in entry else ""
    lines = ["", f"{reading.kind.label}: {TABLE_LABELS[reading.table]}{edition}, {reading.grid.height} regels gezien"]
    rows = entry.get("frame", {}).get("header_rows")
    lines += [f"  kopregel op regel {' en '.join(map(str, rows))}"] if rows else []
    for drop in entry.get("frame", {}).get("drop_rows", []):
        lines.append(f"  regels met '{drop['is']}' in kolom '{drop['column']}' tellen niet mee (totaal)")
    if "footnotes" in entry.get("frame", {}):
        lines.append("  voetnoten onderaan tellen niet mee")
    lines += _shape(entry.get("shape", {}))
    for ours, source in entry["columns"].items():
        name = source if isinstance(source, str) else source.get("from", "(uit de kolomnamen)")
        lines.append(f"  {name}  ->  {COLUMN_LABELS.get(ours, ours)}{_style(source)}")
    for domain, names in entry.get("scores", {}).items():
        shown = names if isinstance(names, str) else " + ".join(names)
        lines.append(f"  {shown}  ->  leefgebied {domain_by(domain).label}")
    for role in entry.get("rows", []):
        lines.append(
            f"  {role['column']}  ->  houdt regels uit elkaar"
            if "values" in role
            else f"  {role['column']}  ->  zegt niets"
        )
    if "delivers" in entry:
        what = "alles over haar periode" if entry["delivers"]["kind"] == "complete" else "een aanvulling"
        lines.append(f"  een levering is {what}")
    for role, words in entry.get("codes", {}).items():
        lines += [f"  '{text}' bij {COLUMN_LABELS.get(role, role)} betekent: {code}" for text, code in words.items()]
    lines += [f"  {name}  ->  wordt niet gelezen" for name in entry.get("ignore", [])]
    return lines


def _shape(shape: dict[str, Any]) -> list[str]:
    if "repeat" in shape:
        moments = ", ".join(shape["repeat"]["suffixes"].values())
        return [f"  één regel per cliënt met meer metingen naast elkaar ({moments}): elke meting wordt een regel"]
    if "melt" in shape:
        return ["  jaren staan in kolommen: elk gevuld bedrag wordt een regel"]
    if "fill_down" in shape:
        return [f"  lege cellen in {', '.join(shape['fill_down'])} krijgen de waarde erboven"]
    return []


def _style(source: Any) -> str:
    if isinstance(source, str):
        return ""
    parts = []
    if "date" in source:
        parts.append(f"geschreven als {' of '.join(source['date'])}")
    if "number" in source:
        parts.append(f"decimaalteken '{source['number']['decimal']}'")
    if "empty" in source:
        parts.append("leeg mag")
    return f" ({', '.join(parts)})" if parts else ""
