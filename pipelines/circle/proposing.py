"""From what a circle agreed and filed to a proposed patch of the tree, without hand-written YAML or hashes."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML

from data_contracts.errors import StudyError
from data_contracts.vocabulary.circle import FiledAs, RoleGroup, group_label
from data_contracts.vocabulary.logic import EvidenceDirection, EvidenceKind, EvidenceStrength
from indicators.results_logic.tree.model import Tree
from reports.circle.events import Card, Erased, Filed, Promise
from reports.circle.memory import Memory, Session

_DIRECTIONS = {
    FiledAs.EVIDENCE_FOR: EvidenceDirection.SUPPORTS,
    FiledAs.EVIDENCE_AGAINST: EvidenceDirection.CONTRADICTS,
}
_RESIDENTS = (RoleGroup.RESIDENTS.value, RoleGroup.CLIENT_COUNCIL.value)


def proposal_text(memory: Memory, session: Session, tree: Tree) -> str:
    """The patch as YAML, for this version of the tree; StudyError where the session has nothing for the tree."""
    groups = [group_label(one) for one in session.groups]  # a copy at each place: YAML would refer to the first
    filed = [one for one in memory.filed if one.session == session.id]
    decided = [one for one in memory.promises.values() if one.session == session.id and one.link is not None]
    if not filed and not decided:
        raise StudyError(
            f"In de bijeenkomst van {session.id} is niets over een verband van de boom besloten of bij een verband "
            "gelegd. Doe dat in de app, bij 7. Afspraken."
        )
    name = f"leerkring-{session.id}"
    proposal = {
        "schema_version": 1,
        "tree": tree.version,
        "session": {"date": session.opened.on.isoformat(), "by": list(groups), "session": name},
        "evidence": [_evidence(session, one) for one in filed if one.filed_as in _DIRECTIONS],
        "rivals": [
            {"link": one.link, "rival": {"explanation": one.text}} for one in filed if one.filed_as is FiledAs.RIVAL
        ],
        "decisions": [_decision(one, groups, name) for one in decided],
    }
    return _yaml({name: part for name, part in proposal.items() if part})


def _evidence(session: Session, one: Filed) -> dict[str, Any]:
    card: Card | Erased | None = session.cards.get(one.card) or session.erased.get(one.card)
    kind = EvidenceKind.RESIDENTS if card is not None and card.group in _RESIDENTS else EvidenceKind.PRACTICE
    return {
        "link": one.link,
        "evidence": {
            "kind": kind.value,
            "direction": _DIRECTIONS[one.filed_as].value,
            "strength": EvidenceStrength.WEAK.value,  # one voice; research and own figures weigh more
            "source": f"leerkring {session.id}: {one.text}",
            "year": session.opened.on.year,
        },
    }


def _decision(one: Promise, groups: list[str], name: str) -> dict[str, Any]:
    said: dict[str, Any] = {"date": one.on.isoformat(), "session": name, "decision": one.text, "by": list(groups)}
    if one.link_status is not None:
        said["status"] = one.link_status.value
    return {"link": one.link, "decision": said, "next_look": one.due.isoformat()}


def _yaml(content: dict[str, Any]) -> str:
    writer, into = YAML(), io.StringIO()
    writer.default_flow_style = False
    writer.dump(content, into)
    return into.getvalue()
