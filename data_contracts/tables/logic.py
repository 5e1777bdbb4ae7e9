"""Contracts of out_logic__ tables: what the released figures say about a Resultatenlogica.

Made from released tables only, and never about a named team. `tree` is the id and content hash of the tree, so that a
figure in an old report still opens against its own tree. `is_demonstrable` minds how many outcomes were looked at;
a change `is_outweighed` when the comparison of the same outcome shows no difference.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import by_name, contract, day, flag, integer, number, text
from data_contracts.tables.team_years import TESTED
from data_contracts.vocabulary import logic as words
from data_contracts.vocabulary.field import Labelled, Stamp


def _codes(vocabulary: type[Labelled], *, nullable: bool = False) -> pa.Column:
    return text(*[member.value for member in vocabulary], nullable=nullable)


INDICATORS = contract(
    "out_logic__indicators",
    {
        "tree": text(),
        "indicator": text(),
        "node": text(),
        "level": _codes(words.TreeLevel),
        "question": text(),
        "kind": _codes(words.IndicatorKind),
        "measure": text(nullable=True),
        "measured": text(),
        "unit": text("points", "share", "ratio", "amount", nullable=True),
        "slice": text("all", "team_type", "cohort"),
        "slice_value": text(),
        "estimate": number(nullable=True),
        "ci_low": number(nullable=True),
        "ci_high": number(nullable=True),
        "n_clients": integer(0, nullable=True),
        "status": text(),
        "stamp": _codes(Stamp, nullable=True),
        "expected": _codes(words.Direction, nullable=True),
        "expectation": text(),
        "smallest_difference": number(0, nullable=True),
        "is_demonstrable": flag(),
        "is_outweighed": flag(),
        "is_early_signal": flag(),
        "is_steering": flag(),
        "verdict": _codes(words.Verdict),
        "verdict_text": text(),
        "pitfall": text(),
        "to_register": text(),
    },
    key=["tree", "indicator", "slice", "slice_value"],
)
NODES = contract(
    "out_logic__nodes",
    {
        "tree": text(),
        "node": text(),
        "level": _codes(words.TreeLevel),
        "title": text(),
        "noticed_by": text(),
        "outside_our_influence": text(),
        "n_indicators": integer(0),
        "n_judged": integer(0),
        "verdict": _codes(words.Verdict),
        "verdict_text": text(),
    },
    key=["tree", "node"],
)
LINKS = contract(
    "out_logic__links",
    {
        "tree": text(),
        "link": text(),
        "node_from": text(),
        "node_to": text(),
        "title_from": text(),
        "title_to": text(),
        "assumption": text(),
        "rivals": text(),
        "n_evidence": integer(0),
        "strongest_evidence": _codes(words.EvidenceStrength, nullable=True),
        "test_status": _codes(words.TestStatus),
        "status_since": day(nullable=True),
        "verdict_from": _codes(words.Verdict),
        "verdict_to": _codes(words.Verdict),
        "verdict": _codes(words.LinkVerdict),
        "verdict_text": text(),
    },
    key=["tree", "link"],
)
LINK_TESTS = contract(
    "out_logic__link_tests",
    {
        "tree": text(),
        "link": text(),
        "indicator_from": text(nullable=True),
        "indicator_to": text(nullable=True),
        **TESTED,
        "verdict_text": text(),
        "to_register": text(),
    },
    key=["tree", "link"],
)
DIAGNOSIS = contract(
    "out_logic__diagnosis",
    {
        "tree": text(),
        "branch": text(),
        "node_approach": text(),
        "node_result": text(),
        "node_effect": text(),
        "diagnosis": _codes(words.Diagnosis),
        "headline": text(),
        "figures": text(),
        "next_step": text(),
        "what_would_change": text(),
        "to_register": text(),
    },
    key=["tree", "branch"],
)
PROPOSALS = contract(
    "out_logic__proposals",
    {
        "tree": text(),
        "link": text(),
        "kind": text(words.EvidenceKind.OWN_DATA.value),
        "direction": _codes(words.EvidenceDirection),
        "strength": _codes(words.EvidenceStrength),
        "source": text(),
        "question_for_the_circle": text(),
    },
    key=["tree", "link"],
)
STORY = contract(
    "out_logic__story",
    {
        "tree": text(),
        "effect": text(),
        "part": _codes(words.StoryPart),
        "place": integer(1),
        "sentence": text(),
    },
    key=["tree", "effect", "part", "place"],
)
WMO_PLAN = contract(
    "out_logic__wmo_plan",
    {
        "tree": text(),
        "node": text(),
        "intended_result": text(),
        "criterion": text(),
        "indicator": text(),
        "performance_indicator": text(),
        "outcome": text(),
    },
    key=["tree", "node", "indicator"],
)
SPREAD = contract(
    "out_logic__spread",
    {
        "tree": text(),
        "indicator": text(),
        "unit": text("points", "share", "ratio", "amount"),
        "n_teams": integer(5),
        "low": number(),
        "middle": number(),
        "high": number(),
        "sentence": text(),
    },
    key=["tree", "indicator"],
)
MKBA_BRIDGE = contract(
    "out_logic__mkba_bridge",
    {
        "tree": text(),
        "line": text(),
        "node": text(),
        "title": text(),
        "evidence_grade": _codes(words.EvidenceGrade),
        "weakest_link": text(nullable=True),
        "note": text(),
    },
    key=["tree", "line"],
)

LOGIC_TABLES = by_name(INDICATORS, NODES, LINKS, LINK_TESTS, DIAGNOSIS, PROPOSALS, STORY, WMO_PLAN, SPREAD, MKBA_BRIDGE)
