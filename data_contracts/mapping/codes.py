"""What the words of a delivery stand for, where ours do not say it already: `codes` in mapping.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.errors import Broken
from data_contracts.mapping.fields import CODED, FIELDS
from data_contracts.vocabulary.field import (
    SCORE_LABELS,
    AgeBand,
    Labelled,
    Law,
    NotScored,
    SolutionKind,
    TeamType,
)
from data_contracts.vocabulary.ladder import LADDER_LABELS, LadderVariant
from data_contracts.vocabulary.names import domain_named, folded, ladder_names, names_of
from data_contracts.vocabulary.provisions import ProvisionKind

UNKNOWN = "unknown"  # the word says nothing: the cell counts as empty
Codes = dict[str, dict[str, str | int | bool]]

CLOSED_LISTS: dict[str, type[Labelled]] = {
    "age_band": AgeBand,
    "law": Law,
    "solution_kind": SolutionKind,
    "provision_kind": ProvisionKind,
    "team_type": TeamType,
}
LADDER_ROLES = ("ladder_step", "ambition_step")
YES_NO = ("has_plan", "question_answered")
NOT_SCORED = {reason.value: reason for reason in NotScored}


def score_code(code: str | int | bool) -> int | NotScored | None:
    """A score of 1 to 5 by its number or words, or why there is none; None when it is neither."""
    if isinstance(code, int) and not isinstance(code, bool):
        return code if code in SCORE_LABELS else None
    if code in NOT_SCORED:
        return NOT_SCORED[str(code)]
    return {folded(label): score for score, label in SCORE_LABELS.items()}.get(folded(str(code)))


def ladder_code(code: str | int | bool) -> int | None:
    """A step of 1 to 6 by its number or words; None when it is neither."""
    if isinstance(code, int) and not isinstance(code, bool):
        return code if code in LADDER_LABELS else None
    return ladder_names(LadderVariant.EXTENDED).get(folded(str(code)))


def code_faults(codes: Codes, table: str) -> Iterator[Broken]:
    """What is wrong with the codes of one file, each at its place."""
    for role, words in codes.items():
        if role not in CODED or role not in FIELDS[table]:
            roles = sorted(CODED & set(FIELDS[table]))
            yield Broken(("codes", role), f"hoort niet bij {table}.", f"Kies uit: {', '.join(roles)}.")
            continue
        for text, code in words.items():
            if code != UNKNOWN and (allowed := _not_allowed(role, code)):
                yield Broken(("codes", role, text), f"'{code}' kennen we niet.", f"Kies uit: {allowed}, {UNKNOWN}.")


def _not_allowed(role: str, code: str | int | bool) -> str:
    """What may be written for a role; empty when `code` is right."""
    if role == "score":
        return "" if score_code(code) is not None else ", ".join(["1 tot en met 5", *NOT_SCORED])
    if role in LADDER_ROLES:
        return "" if ladder_code(code) is not None else "1 tot en met 6"
    if role == "life_domain":
        return "" if domain_named(str(code)) else "een leefgebied, bijvoorbeeld finances"
    if role in YES_NO:
        return "" if isinstance(code, bool) else "true, false"
    vocabulary = CLOSED_LISTS.get(role)
    if vocabulary is None:
        return "" if isinstance(code, str) and code.strip() else "een naam tussen aanhalingstekens"
    known = names_of(vocabulary)
    return "" if folded(str(code)) in known else ", ".join(sorted(set(known.values())))
