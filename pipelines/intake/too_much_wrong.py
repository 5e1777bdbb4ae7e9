"""A fault that hits more rows of a file than the study allows: something structural is wrong, and where to look."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.fields import DATES, NUMBERS
from data_contracts.mapping.file import FileMapping
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT, Reason, RefusalKind
from pipelines.intake.files import SheetRead
from pipelines.intake.reading.texts import Rules

_R = Reason
_DATES = (_R.DATE_MISSING, _R.DATE_UNREADABLE, _R.DATE_TOO_EARLY)
_NUMBERS = (_R.NUMBER_MISSING, _R.NUMBER_UNREADABLE, _R.NUMBER_NEGATIVE, _R.YEAR_UNREADABLE)
_CODES = (_R.CODE_UNKNOWN, _R.SCORE_UNKNOWN, _R.SCORE_OUT_OF_RANGE, _R.DOMAIN_UNKNOWN, _R.EDITION_MISSING)
_TEXTS: dict[str, str] = {
    _R.ROW_UNREADABLE: "Kijk delimiter en quote na in mapping.yaml.",
    _R.CLIENT_KEY_MALFORMED: "Kijk pseudonym_pattern na in study.yaml, en in mapping.yaml of dit de goede kolom is.",
    _R.TEAM_UNKNOWN: "Vul het register van teams aan, of zet in mapping.yaml bij codes hoe het team daar heet.",
}


def too_much_wrong(
    connection: duckdb.DuckDBPyConnection, table: str, sheets: Sequence[SheetRead], delivery: str, rules: Rules
) -> list[DeliveryRefused]:
    """One refusal per file in which one reason hits more than the study allows."""
    refusals = []
    for sheet in sheets:
        judged = f"judged_{table}_{sheet.entry}"
        counts = dict(
            connection.execute(
                f"SELECT verdict, count(*) FROM {judged} WHERE file = $file GROUP BY verdict", {"file": sheet.label}
            ).fetchall()
        )
        for no_fault in (EXACT_DUPLICATE, LEFT_OUT, Reason.ERASED.value):
            counts.pop(no_fault, None)
        rows = sum(counts.values())
        counts.pop(ACCEPTED, None)
        if not counts:
            continue
        reason, count = max(counts.items(), key=lambda item: item[1])
        if count > rules.allowed_share * rows:
            first = connection.execute(
                f"SELECT min(row_number) FROM {judged} WHERE file = $file AND verdict = $reason",
                {"file": sheet.label, "reason": reason},
            ).fetchall()[0][0]
            what = f"bij {count} van {rows} regels geldt: {_label(reason)} (de eerste keer op regel {first})."
            do = f"Dat is meer dan {rules.allowed_share:.0%}. {_where(reason, rules.mappings[sheet.entry], rules)}"
            kind = RefusalKind.TOO_MANY_FAULTS
            refusals.append(DeliveryRefused(delivery, what, do, file=sheet.label, kind=kind))
    return refusals


def _label(reason: str) -> str:
    return Reason.labels()[reason]


def _where(reason: str, mapping: FileMapping, rules: Rules) -> str:
    """Where to look: the columns that it can be about, and the step of the mapping that says how they are read."""
    if reason == Reason.DATE_IN_FUTURE:  # the form of the date was read, and the mapping is seldom to blame
        return f"Kijk na of de ontvangst klopt ({rules.received_on}), en of er geplande afspraken in staan."
    if reason == Reason.YEAR_IN_FUTURE:
        return f"Kijk na of de ontvangst klopt ({rules.received_on}). Lever een begroting niet mee."
    if reason in _DATES:
        return (
            f"Kijk in mapping.yaml na hoe datums geschreven zijn (date){_of(mapping, DATES)}. Bijvoorbeeld "
            "{from: Begin, date: [yyyy-mm-dd]}; staat er niets, dan wordt dag-maand-jaar gelezen."
        )
    if reason in _NUMBERS:
        return f"Kijk in mapping.yaml na hoe getallen geschreven zijn (number){_of(mapping, NUMBERS)}."
    if reason in _CODES:
        return (
            "Zet in mapping.yaml bij codes wat nieuwe waarden betekenen. 'wijkbaat init' met dit bestand en een andere "
            "map bij --to noemt ze."
        )
    return _TEXTS.get(reason, "Kijk mapping.yaml na: datumvorm, kolommen, patroon van het pseudoniem.")


def _of(mapping: FileMapping, kinds: frozenset[str]) -> str:
    names = [f"'{name}'" for ours in mapping.columns if ours in kinds and (name := mapping.source(ours).source)]
    return f" bij {', '.join(names)}" if names else ""
