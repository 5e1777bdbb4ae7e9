"""Contracts of out_logic__ tables: what the released figures say about a Resultatenlogica.

Made from released tables only, and never about a named team. `tree` is the id and content hash of the tree, so that a
figure in an old report still opens against its own tree.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts import logic_words as words
from data_contracts.contract import contract, day, flag, integer, number, text
from data_contracts.vocabulary import Labelled, Stamp


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
        "unit": text("points", "share", "ratio", nullable=True),
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

LOGIC_TABLES = {schema.name: schema for schema in list(globals().values()) if isinstance(schema, pa.DataFrameSchema)}
