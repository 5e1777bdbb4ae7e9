"""Contracts of est_ tables: exact figures about groups, closed zone only. No client key, not yet rounded.

`slice` names a way of dividing the clients that the study declares; `slice_value` is one group in it.
`n_clients` counts distinct people, never rows.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts import vocabulary as words
from data_contracts.contract import contract, flag, integer, number, share, text
from data_contracts.vocabulary import ALL as ALL
from data_contracts.vocabulary import DESIGNS, PER, SUBJECTS


def _group() -> dict[str, pa.Column]:
    return {"slice": text(), "slice_value": text()}


def _pair() -> dict[str, pa.Column]:
    """One series and one pair of moments; life_domain is 'all' where the subject has no domains."""
    return {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **_group(),
        "moment_from": text(),
        "moment_to": text(),
    }


_PAIR_KEY = ["subject", "life_domain", "slice", "slice_value", "moment_from", "moment_to"]

FUNNEL = contract(
    "est_change__funnel",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **_group(),
        "n_clients": integer(0),
        "n_scored": integer(0),
        "n_scored_twice": integer(0),
        "n_monitored": integer(0),
    },
    key=["subject", "life_domain", "slice", "slice_value"],
)
TRANSITIONS = contract(
    "est_change__transitions",
    {**_pair(), "score_from": integer(1, 10), "score_to": integer(1, 10), "n_clients": integer(1)},
    key=[*_PAIR_KEY, "score_from", "score_to"],
)
CHANGE = contract(
    "est_change__by_domain",
    {
        **_pair(),
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
        "p_adjusted": share(),
        "method": text(),
        "refused_because": text(nullable=True),
    },
    key=_PAIR_KEY,
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
CURVES = contract(
    "est_change__curves",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **_group(),
        "moment": text(),
        "n_clients": integer(0),
        "share_sufficient": share(),
        "share_sufficient_low": share(),
        "share_sufficient_high": share(),
        "p_proportional_odds": share(),
        "method": text("clmm", "clmm_teams", "clmm_at_cut", "clmm_teams_at_cut"),
        "refused_because": text(nullable=True),
    },
    key=["subject", "life_domain", "slice", "slice_value", "moment"],
)
GROWTH = contract(
    "est_change__growth",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **_group(),
        "n_clients": integer(0),
        "level_at_start": number(nullable=True),
        "levels_per_year": number(nullable=True),
        "per_year_low": number(nullable=True),
        "per_year_high": number(nullable=True),
        "refused_because": text(nullable=True),
    },
    key=["subject", "life_domain", "slice", "slice_value"],
)
COMPANIONS = contract(
    "est_change__companions",
    {
        **_pair(),
        "test": text("sign", "mcnemar", "stuart_maxwell"),
        "n_clients": integer(0),
        "statistic": number(nullable=True),
        "df": integer(0, nullable=True),
        "p_value": share(),
        "refused_because": text(nullable=True),
    },
    key=[*_PAIR_KEY, "test"],
)
NOISE_FLOOR = contract(
    "est_change__noise_floor",
    {
        **_pair(),
        "reliability": number(0, 1),
        "n_clients": integer(0),
        "share_up_by_noise": share(),
        "share_down_by_noise": share(),
        "n_clients_low": integer(0),
        "share_up_by_noise_low": share(),
        "mean_gain_by_noise_low": number(nullable=True),
    },
    key=[*_PAIR_KEY, "reliability"],
)
REGRESSION = contract(
    "est_change__regression_to_mean",
    {
        **_pair(),
        "reference_mean": number(),
        "n_clients": integer(0),
        "change_beyond_regression": number(nullable=True),
        "change_low": number(nullable=True),
        "change_high": number(nullable=True),
        "p_value": share(),
    },
    key=[*_PAIR_KEY, "reference_mean"],
)
ROOM = contract(
    "est_change__room",
    {
        **_pair(),
        "n_clients": integer(0),
        "n_at_floor": integer(0),
        "n_at_ceiling": integer(0),
        "n_capped": integer(0),
        "n_cannot_rise": integer(0),
        "n_could_rise": integer(0),
        "n_up": integer(0),
    },
    key=_PAIR_KEY,
)
RELIABLE = contract(
    "est_change__reliable",
    {
        **_pair(),
        "method": text("jacobson_truax", "edwards_nunnally"),
        "reliability": number(0, 1),
        "n_clients": integer(0),
        "levels_needed": number(0, nullable=True),
        **{f"n_{kind.value}": integer(0) for kind in words.ReliableChange},
        "refused_because": text(nullable=True),
    },
    key=[*_PAIR_KEY, "method", "reliability"],
)
BY_RATER = contract(
    "est_change__by_rater",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        "rater": text(ALL, "same", "other", "unknown"),
        "moment_from": text(),
        "moment_to": text(),
        "n_clients": integer(1),
        "n_up": integer(0),
        "n_equal": integer(0),
        "n_down": integer(0),
        "mean_change": number(),
    },
    key=["subject", "life_domain", "rater", "moment_from", "moment_to"],
)
RATING_QUALITY = contract(
    "est_quality__ratings",
    {
        "subject": text(*SUBJECTS),
        **_group(),
        "n_clients": integer(0),
        "n_straight_lined": integer(0),
        "n_followed_up": integer(0),
        "n_copied_forward": integer(0),
    },
    key=["subject", "slice", "slice_value"],
)
AGREEMENT = contract(
    "est_quality__agreement",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        "n_clients": integer(0),
        "measure": text("icc_agreement", "icc_consistency", "weighted_kappa"),
        "estimate": number(-1, 1, nullable=True),
        "ci_low": number(-1, 1, nullable=True),
        "ci_high": number(-1, 1, nullable=True),
        "refused_because": text(nullable=True),
    },
    key=["subject", "life_domain", "measure"],
)
TEAMS = contract(
    "est_change__teams_pooled",
    {
        **_pair(),
        "n_clients": integer(0),
        "mean_change": number(nullable=True),
        "mean_change_pooled": number(nullable=True),
        "pooled_low": number(nullable=True),
        "pooled_high": number(nullable=True),
        "weight_of_own_data": share(),
        "refused_because": text(nullable=True),
    },
    key=_PAIR_KEY,
)
USE = contract(
    "est_care__use",
    {
        "subject": text("events", "provisions", "hours", "solutions", "cases"),
        "what": text(),
        "law": text(*[law.value for law in words.Law], nullable=True),
        "unit": text(),
        **_group(),
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
        **_group(),
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
    {"what": text("two_teams_at_once", "came_back"), "n_clients": integer(0), "n_odd": integer(0)},
    key=["what"],
)

ESTIMATE_TABLES = {schema.name: schema for schema in list(globals().values()) if isinstance(schema, pa.DataFrameSchema)}
