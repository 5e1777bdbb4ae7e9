"""Contracts of what team-years tell: the outcome per link of a tree, and how far teams lie apart.

Exact in est_logic__, rounded in gated_logic__; the words that a release carries are made of the rounded ones. The
team-years themselves are in neither.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import contract, flag, integer, number, text
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.logic import LinkTestVerdict

# How a link came through its test; every table of these says it alike.
TESTED = {
    "n_teams": integer(0),
    "n_team_years": integer(0),
    "periods": text(),
    "lag_months": integer(0),
    "adjusted_for": text(),
    "not_adjusted_for": text(),
    "slope": number(nullable=True),
    "slope_low": number(nullable=True),
    "slope_high": number(nullable=True),
    "spread_from": number(0, nullable=True),
    "verdict": text(*[one.value for one in LinkTestVerdict]),
}
# Explanations in `adjusted_for` and `not_adjusted_for` stand on lines of their own. `one_from` and `one_to` are a
# difference that counts, in the indicator's unit; `is_hidden_from` and `is_hidden_to`: there are team-years, but none
# of them is about enough people.
_LINK_TESTS = {
    "tree": text(),
    "link": text(),
    "indicator_from": text(nullable=True),
    "indicator_to": text(nullable=True),
    "one_from": number(0),
    "one_to": number(0),
    "is_hidden_from": flag(),
    "is_hidden_to": flag(),
    **TESTED,
    "has_team_years": flag(),
}
_SPREAD = {
    "tree": text(),
    "indicator": text(),
    "unit": text("points", "share", "ratio", "amount"),
    "n_teams": integer(5),
    "low": number(),
    "middle": number(),
    "high": number(),
}
LINK_TESTS = contract("est_logic__link_tests", _LINK_TESTS, key=["tree", "link"])
SPREAD = contract("est_logic__spread", _SPREAD, key=["tree", "indicator"])
# Behind the gate: shown, held from an earlier release, or not to be shown any more.
_SHOWN = {"status": text(*Status), "held_from": text(nullable=True)}
GATED_LINK_TESTS = contract("gated_logic__link_tests", {**_LINK_TESTS, **_SHOWN}, key=["tree", "link"])
GATED_SPREAD = contract("gated_logic__spread", {**_SPREAD, **_SHOWN}, key=["tree", "indicator"])

BEFORE_THE_GATE: list[pa.DataFrameSchema] = [LINK_TESTS, SPREAD]
BEHIND_THE_GATE: list[pa.DataFrameSchema] = [GATED_LINK_TESTS, GATED_SPREAD]
