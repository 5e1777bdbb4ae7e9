"""Changes to a tree arrive as a proposal, from a circle or from the figures, and become part of it when adopted.

A proposal names the version of the tree that it was made for. Adopting gives new text; nothing is changed in place.
Only a decision with a date changes the status of a link; figures can propose evidence, never a status.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from data_contracts.errors import Broken, broken_rule
from data_contracts.yaml_file import as_model, require_unbroken
from indicators.results_logic.tree.link import Decision, Evidence, Rival
from indicators.results_logic.tree.model import Session, Tree
from indicators.results_logic.tree.parts import Id, TreePart
from indicators.results_logic.tree.yaml_text import merged


class NewEvidence(TreePart):
    """Evidence to add to a link."""

    link: Id
    evidence: Evidence


class NewRival(TreePart):
    """Another explanation to add to a link."""

    link: Id
    rival: Rival


class NewDecision(TreePart):
    """What a session decided about a link, and when it looks again."""

    link: Id
    decision: Decision
    next_look: dt.date | None = None

    @model_validator(mode="after")
    def _looks_again_later(self) -> NewDecision:
        if self.next_look is not None and self.next_look <= self.decision.date:
            raise broken_rule("u kijkt weer op een dag na het besluit.", "Kies een latere dag.", "next_look")
        return self


class Proposal(TreePart):
    """A proposed patch (YAML): who proposes what to which version of a tree."""

    schema_version: Literal[1]
    tree: str = Field(pattern=r"^[a-z0-9-]+@[0-9a-f]{10}$")
    session: Session
    evidence: list[NewEvidence] = []
    rivals: list[NewRival] = []
    decisions: list[NewDecision] = []


def adopted(tree_text: str, tree_file: str, proposal_text: str, proposal_file: str) -> str:
    """The text of the tree with the proposal in it, comments kept; raises StudyError with file and line."""
    tree = as_model(tree_text, Tree, tree_file)
    proposal = as_model(proposal_text, Proposal, proposal_file)
    require_unbroken(_misfits(tree, proposal), proposal_text, proposal_file)
    text = merged(tree_text, _with_proposal(tree, proposal))
    as_model(text, Tree, tree_file)  # the rules of a tree hold for what comes out as well
    return text


def _misfits(tree: Tree, proposal: Proposal) -> list[Broken]:
    if proposal.tree != tree.version:
        what = f"dit voorstel is voor {proposal.tree}, maar de boom is nu {tree.version}."
        return [Broken(("tree",), what, "Bekijk wat er veranderd is en maak het voorstel opnieuw.")]
    known = {link.id: link.test.since for link in tree.links}
    unknown = [
        Broken((group, index, "link"), f"'{change.link}' is geen verband van deze boom.", "Schrijf de id precies over.")
        for group in ("evidence", "rivals", "decisions")
        for index, change in enumerate(getattr(proposal, group))
        if change.link not in known
    ]
    return unknown + [
        Broken(
            ("decisions", index, "decision", "date"),
            f"dit besluit is van voor de stand van nu ({since:%d-%m-%Y}).",
            "Kijk de datum na.",
        )
        for index, change in enumerate(proposal.decisions)
        if (since := known.get(change.link)) is not None and change.decision.date < since
    ]


def _with_proposal(tree: Tree, proposal: Proposal) -> Tree:
    links = []
    for link in tree.links:
        mine = sorted(
            (change for change in proposal.decisions if change.link == link.id), key=lambda one: one.decision.date
        )
        decisions = [change.decision for change in mine]
        settled = [one for one in decisions if one.status]
        test = link.test
        if settled:
            test = test.model_copy(update={"status": settled[-1].status, "since": settled[-1].date})
        if mine:
            test = test.model_copy(update={"next_look": _next_look(test.next_look, mine[-1])})
        additions = {
            "evidence": link.evidence + [change.evidence for change in proposal.evidence if change.link == link.id],
            "rivals": link.rivals + [change.rival for change in proposal.rivals if change.link == link.id],
            "decisions": link.decisions + decisions,
            "test": test,
        }
        links.append(link.model_copy(update=additions))
    # Who established the whole tree did not do so anew: a decision about a link stands at that link.
    return tree.model_copy(update={"links": links})


def _next_look(known: dt.date | None, last: NewDecision) -> dt.date | None:
    """The date that was agreed; one that lies before the decision is no next look any more."""
    if last.next_look is not None:
        return last.next_look
    return known if known is not None and known > last.decision.date else None
