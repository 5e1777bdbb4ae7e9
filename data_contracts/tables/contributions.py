"""What each person adds to each figure: what the ledger compares, so that no two releases differ by a few people.

An outcome is one figure about everybody, before it is divided into groups; who is in which group stands beside it. The
names are made here and nowhere else: those who count and the gate must mean the same figure.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from data_contracts.contract import column, contract, text

BIG = "BIGINT"
_ADDED = {
    "outcome": text(),
    "client_no": column(BIG),
    "contribution": column(BIG),  # what surely moves the figure
    "beside": column(BIG, nullable=True),  # what else the figure may hang on: a team, an age, days in view
}
CONTRIBUTIONS = contract("closed_gate__contributions", _ADDED, key=["outcome", "client_no"])
# The same, to what team-years tell of a tree: made of those above.
LOGIC_CONTRIBUTIONS = contract("closed_gate__logic_contributions", _ADDED, key=["outcome", "client_no"])
LINK, LOGIC_SPREAD = "link", "logic_spread"  # kinds of outcomes in it, by the name of a link or an indicator
MEMBERS = contract(
    "closed_gate__members",
    {"client_no": column(BIG), "slice": text(), "slice_value": text()},
    key=["client_no", "slice"],
)
FOR_WHOM = "for_whom"  # an effect per group: everybody of all groups adds to each of them
EVERY_GROUP = "*"  # all groups of a slice together: everybody who adds to one of them, or who changed group
DIVIDED = ("funnel", "pair", "series", "use")  # kinds of outcomes that are counted per group too


def outcome_name(kind: str, about: Sequence[object]) -> str:
    """The one name of a figure about everybody: its kind and what it is about."""
    return json.dumps([kind, *(None if part is None else str(part) for part in about)], ensure_ascii=False)


def outcome_of_others(table: str, outcome: str) -> str:
    """The name of an outcome of the teams that are too small to be named in this out_ table, together."""
    return f'["{table}"]{outcome}'
