"""Contracts of the est_ tables that stand beside the change figures: noise, room, raters, models and teams.

Counts and model figures, no clients; see data_contracts.tables.estimates.
"""

from __future__ import annotations

from data_contracts.contract import by_name, contract, integer, number, share, text
from data_contracts.tables.estimates import PAIR_KEY, group_columns, pair_columns
from data_contracts.vocabulary import field as words
from data_contracts.vocabulary.field import ALL, SUBJECTS

CURVES = contract(
    "est_change__curves",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **group_columns(),
        "moment": text(),
        "n_clients": integer(0),
        "share_sufficient": share(),
        "share_sufficient_low": share(),
        "share_sufficient_high": share(),
        "p_proportional_odds": share(),
        "method": text("clmm", "clmm_at_cut"),
        "refused_because": text(nullable=True),
    },
    key=["subject", "life_domain", "slice", "slice_value", "moment"],
)
GROWTH = contract(
    "est_change__growth",
    {
        "subject": text(*SUBJECTS),
        "life_domain": text(),
        **group_columns(),
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
        **pair_columns(),
        "test": text("sign", "mcnemar", "stuart_maxwell"),
        "n_clients": integer(0),
        "statistic": number(nullable=True),
        "df": integer(0, nullable=True),
        "p_value": share(),
        "refused_because": text(nullable=True),
    },
    key=[*PAIR_KEY, "test"],
)
REGRESSION = contract(
    "est_change__regression_to_mean",
    {
        **pair_columns(),
        "reference_mean": number(),
        "n_clients": integer(0),
        "change_beyond_regression": number(nullable=True),
        "change_low": number(nullable=True),
        "change_high": number(nullable=True),
        "p_value": share(),
    },
    key=[*PAIR_KEY, "reference_mean"],
)
ROOM = contract(
    "est_change__room",
    {
        **pair_columns(),
        "n_clients": integer(0),
        "n_at_floor": integer(0),
        "n_at_ceiling": integer(0),
        "n_capped": integer(0),
        "n_cannot_rise": integer(0),
        "n_could_rise": integer(0),
        "n_up": integer(0),
    },
    key=PAIR_KEY,
)
RELIABLE = contract(
    "est_change__reliable",
    {
        **pair_columns(),
        "method": text("beyond_noise", "edwards_nunnally"),
        "reliability": number(0, 1),
        "n_clients": integer(0),
        "levels_needed": number(0, nullable=True),
        **{f"n_{kind.value}": integer(0) for kind in words.ReliableChange},
        "refused_because": text(nullable=True),
    },
    key=[*PAIR_KEY, "method", "reliability"],
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
        **group_columns(),
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
# Of both members of a pair of scores: whether clients score themselves lower than, as or higher than the professional.
SELF_REPORT = contract(
    "est_quality__self_report",
    {
        "life_domain": text(),
        "n_clients": integer(0),
        "n_lower": integer(0),
        "n_equal": integer(0),
        "n_higher": integer(0),
    },
    key=["life_domain"],
)
# How far clients are from the step of the ladder that they want to reach, at both ends of a pair of moments.
GROWTH_POTENTIAL = contract(
    "est_ladder__growth_potential",
    {
        "moment_from": text(),
        "moment_to": text(),
        "steps_at": text("before", "after"),
        "n_clients": integer(0),
        "n_reached": integer(0),
        "n_one_step": integer(0),
        "n_more_steps": integer(0),
    },
    key=["moment_from", "moment_to", "steps_at"],
)
TEAMS = contract(
    "est_change__teams_pooled",
    {
        **pair_columns(),
        "n_clients": integer(0),
        "mean_change": number(nullable=True),
        "mean_change_pooled": number(nullable=True),
        "pooled_low": number(nullable=True),
        "pooled_high": number(nullable=True),
        "weight_of_own_data": share(),
        "refused_because": text(nullable=True),
    },
    key=PAIR_KEY,
)

COMPANION_TABLES = by_name(
    CURVES,
    GROWTH,
    COMPANIONS,
    REGRESSION,
    ROOM,
    RELIABLE,
    BY_RATER,
    RATING_QUALITY,
    AGREEMENT,
    TEAMS,
    SELF_REPORT,
    GROWTH_POTENTIAL,
)
