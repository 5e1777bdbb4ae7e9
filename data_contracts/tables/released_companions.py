"""Contracts of the out_ tables that stand beside the change figures: how much of a change may be noise, room or rater.

About all clients together; a team is never in them by name. Counts and status columns as in released.py.
"""

from __future__ import annotations

from data_contracts.contract import contract, flag, number, share, text
from data_contracts.tables.released_parts import GROUP, MOMENTS, SUBJECT, Status, count, figure, status_columns
from data_contracts.vocabulary import field as words

_REASON = {"refused_because": text(nullable=True)}

NOISE_FLOOR = contract(
    "out_change__noise_floor",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "reliability": number(0, 1),
        "share_up_by_noise": share(),
        "share_down_by_noise": share(),
        "status": text(*Status),
    },
    key=[*SUBJECT, *GROUP, *MOMENTS, "reliability"],
)
RELIABLE = contract(
    "out_change__reliable",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "method": text(),
        "reliability": number(0, 1),
        "n_clients": count(),
        **{f"n_{kind.value}": count() for kind in words.ReliableChange},
        **status_columns(*(f"n_{kind.value}" for kind in words.ReliableChange)),
    },
    key=[*SUBJECT, *GROUP, *MOMENTS, "method", "reliability"],
)
REGRESSION = contract(
    "out_change__regression_to_mean",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "reference_mean": number(),
        "n_clients": count(),
        "is_rise_beyond": flag(nullable=True),
        **status_columns(),
    },
    key=[*SUBJECT, *GROUP, *MOMENTS, "reference_mean"],
)
COMPANIONS = contract(
    "out_change__companions",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "test": text(),
        "n_clients": count(),
        "is_significant": flag(nullable=True),
        **status_columns(),
    },
    key=[*SUBJECT, *GROUP, *MOMENTS, "test"],
)
ROOM = contract(
    "out_change__room",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "n_clients": count(),
        "n_at_floor": count(),
        "n_could_rise": count(),
        "n_cannot_rise": count(),
        "n_capped": count(),
        **status_columns("n_at_floor", "n_could_rise", "n_cannot_rise", "n_capped"),
    },
    key=[*SUBJECT, *GROUP, *MOMENTS],
)
BY_RATER = contract(
    "out_change__by_rater",
    {
        **SUBJECT,
        "rater": text(),
        **MOMENTS,
        "n_clients": count(),
        "n_up": count(),
        "n_equal": count(),
        "n_down": count(),
        "mean_change": figure(),
        **status_columns("n_up", "n_equal", "n_down"),
    },
    key=[*SUBJECT, "rater", *MOMENTS],
)
CURVES = contract(
    "out_change__curves",
    {
        **SUBJECT,
        **GROUP,
        "moment": text(),
        "n_clients": count(),
        "share_sufficient": share(),
        "share_sufficient_low": share(),
        "share_sufficient_high": share(),
        "method": text(),
        **_REASON,
        **status_columns(),
    },
    key=[*SUBJECT, *GROUP, "moment"],
)
GROWTH = contract(
    "out_change__growth",
    {
        **SUBJECT,
        **GROUP,
        "n_clients": count(),
        "levels_per_year": figure(),
        "per_year_low": figure(),
        "per_year_high": figure(),
        **_REASON,
        **status_columns(),
    },
    key=[*SUBJECT, *GROUP],
)
TEAMS = contract(
    "out_change__teams_spread",
    {
        **SUBJECT,
        **MOMENTS,
        "n_teams": count(),
        "middle_half_low": figure(),
        "middle": figure(),
        "middle_half_high": figure(),
        **status_columns(),
    },
    key=[*SUBJECT, *MOMENTS],
)
RATING_QUALITY = contract(
    "out_quality__ratings",
    {
        "subject": SUBJECT["subject"],
        **GROUP,
        "n_clients": count(),
        "n_straight_lined": count(),
        "n_followed_up": count(),
        "n_copied_forward": count(),
        **status_columns("n_straight_lined", "n_followed_up", "n_copied_forward"),
    },
    key=["subject", *GROUP],
)
AGREEMENT = contract(
    "out_quality__agreement",
    {
        **SUBJECT,
        "measure": text(),
        "n_clients": count(),
        "estimate": number(-1, 1, nullable=True),
        "ci_low": number(-1, 1, nullable=True),
        "ci_high": number(-1, 1, nullable=True),
        **_REASON,
        **status_columns(),
    },
    key=[*SUBJECT, "measure"],
)
SELF_REPORT = contract(
    "out_quality__self_report",
    {
        "life_domain": text(),
        "n_clients": count(),
        "n_lower": count(),
        "n_equal": count(),
        "n_higher": count(),
        **status_columns("n_lower", "n_equal", "n_higher"),
    },
    key=["life_domain"],
)
GROWTH_POTENTIAL = contract(
    "out_ladder__growth_potential",
    {
        **MOMENTS,
        "steps_at": text("before", "after"),
        "n_clients": count(),
        "n_reached": count(),
        "n_one_step": count(),
        "n_more_steps": count(),
        **status_columns("n_reached", "n_one_step", "n_more_steps"),
    },
    key=[*MOMENTS, "steps_at"],
)

COMPANION_TABLES = [
    NOISE_FLOOR,
    RELIABLE,
    REGRESSION,
    COMPANIONS,
    ROOM,
    BY_RATER,
    CURVES,
    GROWTH,
    TEAMS,
    RATING_QUALITY,
    AGREEMENT,
    SELF_REPORT,
    GROWTH_POTENTIAL,
]
