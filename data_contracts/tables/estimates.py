"""Contracts of est_ tables: exact figures about groups, closed zone only. No client key, not yet rounded.

`slice` names a way of dividing the clients that the study declares; `slice_value` is one group in it.
`n_clients` counts distinct people, never rows.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import by_name, contract, flag, integer, number, share, text
from data_contracts.tables.assumptions import CONDITIONS_AS_PROMISED
from data_contracts.vocabulary import field as words
from data_contracts.vocabulary.field import ALL as ALL
from data_contracts.vocabulary.field import DESIGNS, PER, SUBJECTS
from data_contracts.vocabulary.reasons import NotCompared


def group_columns() -> dict[str, pa.Column]:
    """A way of dividing the clients, and one group in it."""
    return {"slice": text(), "slice_value": text()}


def pair_columns() -> dict[str, pa.Column]:
    """One series and one pair of moments; life_domain is 'all' where the subject has no domains."""
    return {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **group_columns(),
        "moment_from": text(),
        "moment_to": text(),
    }


PAIR_KEY = ["subject", "life_domain", "slice", "slice_value", "moment_from", "moment_to"]

FUNNEL = contract(
    "est_change__funnel",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **group_columns(),
        "n_clients": integer(0),
        "n_scored": integer(0),
        "n_scored_twice": integer(0),
        "n_monitored": integer(0),
    },
    key=["subject", "life_domain", "slice", "slice_value"],
)
# Everybody, once per pair of moments: compared, or the first reason why not. Told in the terminal only.
LEFT_OUT = contract(
    "est_quality__left_out",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        "moment_from": text(),
        "moment_to": text(),
        "reason": text(*(one.value for one in NotCompared)),
        "n_clients": integer(0),
    },
    key=["subject", "life_domain", "moment_from", "moment_to", "reason"],
)
TRANSITIONS = contract(
    "est_change__transitions",
    {**pair_columns(), "score_from": integer(1, 10), "score_to": integer(1, 10), "n_clients": integer(1)},
    key=[*PAIR_KEY, "score_from", "score_to"],
)
TRANSITIONS_BY_TEAM = contract(
    "est_change__transitions_by_team",
    {
        **pair_columns(),
        "team_no": integer(-1),
        "score_from": integer(1, 10),
        "score_to": integer(1, 10),
        "n_clients": integer(1),
    },
    key=[*PAIR_KEY, "team_no", "score_from", "score_to"],
)
CHANGE = contract(
    "est_change__by_domain",
    {
        **pair_columns(),
        "n_clients": integer(0),
        "n_up": integer(0),
        "n_equal": integer(0),
        "n_down": integer(0),
        "n_sufficient_before": integer(0),
        "n_sufficient_after": integer(0),
        "mean_before": number(nullable=True),
        "mean_after": number(nullable=True),
        "mean_change": number(nullable=True),
        "mean_change_low": number(nullable=True),
        "mean_change_high": number(nullable=True),
        "effect_size": number(-1, 1, nullable=True),
        "p_value": share(),
        "design_effect": number(1, nullable=True),
        "method": text(),
        "refused_because": text(nullable=True),
    },
    key=PAIR_KEY,
)
SERIES = contract(
    "est_change__series",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        "edition": text(),
        "cohort": text(),
        "months_since_intake": integer(0),
        "n_clients": integer(0),
        "n_sufficient": integer(0),
        "mean_score": number(nullable=True),
    },
    key=["subject", "life_domain", "edition", "cohort", "months_since_intake"],
)
USE = contract(
    "est_care__use",
    {
        "subject": text("events", "provisions", "hours", "solutions", "cases"),
        "what": text(),
        "law": text(*[law.value for law in words.Law], nullable=True),
        "unit": text(),
        **group_columns(),
        "n_clients": integer(0),
        "n_clients_base": integer(0),
        "client_years": number(0),
        "total": number(0),
        "largest_share": share(),
        "two_largest_share": share(),
    },
    key=["subject", "what", "unit", "slice", "slice_value"],
)
COSTS = contract(
    "est_costs__by_year",
    {
        "year": integer(1990, 2100),
        "cost_kind": text(),
        "is_new_approach": pa.Column("boolean", coerce=True, metadata={"sql": "BOOLEAN"}),
        "n_teams": integer(0),
        "amount_eur": number(),
    },
    key=["year", "cost_kind", "is_new_approach"],
)
WAYS = ("new", "regular", "between")
REACH = contract(
    "est_reach__by_year",
    {"year": integer(1990, 2100), "way": text(*WAYS), "n_clients": integer(1), "is_whole_year": flag()},
    key=["year", "way"],
)
ESTIMATES = contract(
    "est_effects__estimates",
    {
        "estimate_id": text(),
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        "what": text(),
        **group_columns(),
        "moment_from": text(),
        "moment_to": text(),
        "design": text(*DESIGNS),
        "measure": text(),
        "unit": text(),
        "per": text(*PER),
        "estimate": number(nullable=True),
        "se": number(0, nullable=True),
        "ci_low": number(nullable=True),
        "ci_high": number(nullable=True),
        "n_clients": integer(0),
        "n_workers": integer(0, nullable=True),
        "method": text(),
        "stamp": text(*[stamp.value for stamp in words.Stamp]),
        "assumptions": text(),
        "refused_because": text(nullable=True),
    },
    key=["estimate_id"],
    rows=CONDITIONS_AS_PROMISED,
)
JOINT = contract(
    "est_effects__joint",
    {
        "vector": text(),
        "estimate_id": text(),
        "with_estimate_id": text(),
        "mean": number(nullable=True),
        "covariance": number(nullable=True),
        "scale": text("identity", "log"),
        "n_clients": integer(0),
    },
    key=["vector", "estimate_id", "with_estimate_id"],
)
USERS = contract(
    "est_effects__users",  # clients with any of a kind of use, among those whose use is estimated
    {"subject": text(*SUBJECTS), "what": text(), "unit": text(), "n_clients": integer(0)},
    key=["subject", "what", "unit"],
)
DESIGN = contract(
    "est_effects__design",
    {
        "place": integer(0),
        "declared": text(*DESIGNS),
        "used": text(*DESIGNS),
        "remark": text(nullable=True),
    },
    key=["place"],
)
WHO_IS_MISSING = contract(
    "est_effects__who_is_missing",
    {
        "known_at_start": text("way", "start_level", "age_band"),
        "value": text(),
        "n_clients": integer(0),
        "n_measured": integer(0),
    },
    key=["known_at_start", "value"],
)

ODD_COURSES = contract(
    "est_quality__odd_courses",
    {
        "what": text("two_teams_at_once", "came_back", "two_pseudonyms"),
        "n_clients": integer(0),
        "n_odd": integer(0),
    },
    key=["what"],
)

ESTIMATE_TABLES = by_name(
    FUNNEL,
    LEFT_OUT,
    TRANSITIONS,
    TRANSITIONS_BY_TEAM,
    CHANGE,
    SERIES,
    USE,
    COSTS,
    REACH,
    ESTIMATES,
    JOINT,
    USERS,
    DESIGN,
    WHO_IS_MISSING,
    ODD_COURSES,
)
EFFECT_TABLES = (ESTIMATES, JOINT, DESIGN, WHO_IS_MISSING, USERS)  # of the declared design and its companions
