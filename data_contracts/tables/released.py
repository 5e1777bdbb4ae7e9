"""Contracts of out_ tables: what leaves the gate, could be published as it stands, and is all that a report may read.

A table mirrors the est_ table of that name. Counts are rounded, so parts need not add up to their whole, and a figure
that is not shown is null. Two columns say why: `status` for the row, `<count>_status` for a count that is a part of
another. `held_from` names the release whose row is shown again.
"""

from __future__ import annotations

from data_contracts.contract import by_name, contract, flag, integer, number, share, text
from data_contracts.tables.assumptions import CONDITIONS_AS_PROMISED
from data_contracts.tables.for_whom import OUT_FOR_WHOM
from data_contracts.tables.municipal import RELEASED_MUNICIPAL_TABLES
from data_contracts.tables.provision_kinds import OUT_KINDS, OUT_SHIFT
from data_contracts.tables.released_companions import COMPANION_TABLES
from data_contracts.tables.released_parts import GROUP as _GROUP
from data_contracts.tables.released_parts import MOMENTS as _MOMENTS
from data_contracts.tables.released_parts import SHOWS_FIGURES as SHOWS_FIGURES
from data_contracts.tables.released_parts import SUBJECT as _SUBJECT
from data_contracts.tables.released_parts import PartStatus as PartStatus
from data_contracts.tables.released_parts import Status as Status
from data_contracts.tables.released_parts import count as _count
from data_contracts.tables.released_parts import figure as _figure
from data_contracts.tables.released_parts import status_columns as _status
from data_contracts.vocabulary import field as words
from data_contracts.vocabulary.field import DESIGNS, PER

FUNNEL = contract(
    "out_change__funnel",
    {
        **_SUBJECT,
        **_GROUP,
        "n_clients": _count(),
        "n_scored": _count(),
        "n_scored_twice": _count(),
        "n_monitored": _count(),
        **_status("n_scored", "n_scored_twice", "n_monitored"),
    },
    key=[*_SUBJECT, *_GROUP],
)
CHANGE = contract(
    "out_change__by_domain",
    {
        **_SUBJECT,
        **_GROUP,
        **_MOMENTS,
        "n_clients": _count(),
        "n_up": _count(),
        "n_equal": _count(),
        "n_down": _count(),
        "n_sufficient_before": _count(),
        "n_sufficient_after": _count(),
        "mean_before": _figure(),
        "mean_after": _figure(),
        "mean_change": _figure(),
        "mean_change_low": _figure(),
        "mean_change_high": _figure(),
        "effect_size": number(-1, 1, nullable=True),
        "p_value": share(),
        "p_adjusted": share(),
        "design_effect": number(1, nullable=True),
        "method": text(),
        "refused_because": text(nullable=True),
        **_status("n_up", "n_equal", "n_down", "n_sufficient_before", "n_sufficient_after"),
    },
    key=[*_SUBJECT, *_GROUP, *_MOMENTS],
)
SERIES = contract(
    "out_change__series",
    {
        **_SUBJECT,
        "edition": text(),
        "cohort": text(),
        "months_since_intake": integer(0),
        "n_clients": _count(),
        "n_sufficient": _count(),
        "mean_score": _figure(),
        **_status("n_sufficient"),
    },
    key=[*_SUBJECT, "edition", "cohort", "months_since_intake"],
)
USE = contract(
    "out_care__use",
    {
        "subject": text("events", "provisions", "hours", "solutions", "cases"),
        "what": text(),
        "law": text(*words.Law, nullable=True),
        "unit": text(),
        **_GROUP,
        "n_clients": _count(),
        "n_clients_base": _count(),
        "client_years": _figure(0),
        "total": _figure(0),
        **_status("n_clients"),
    },
    key=["subject", "what", "unit", *_GROUP],
)
COSTS = contract(
    "out_costs__by_year",
    {
        "year": integer(1990, 2100),
        "cost_kind": text(),
        "is_new_approach": flag(),
        "n_teams": integer(0),
        "amount_eur": number(),
        "status": text(*Status),
    },
    key=["year", "cost_kind", "is_new_approach"],
)
REACH = contract(
    "out_reach__by_year",
    {
        "year": integer(1990, 2100),
        "way": text("new", "regular", "between"),
        "n_clients": _count(),
        "is_whole_year": flag(nullable=True),
        **_status(),
    },
    key=["year", "way"],
)
ESTIMATES = contract(
    "out_effects__estimates",
    {
        "estimate_id": text(),
        **_SUBJECT,
        "what": text(),
        **_GROUP,
        **_MOMENTS,
        "design": text(*DESIGNS),
        "measure": text(),
        "unit": text(),
        "per": text(*PER),
        "estimate": _figure(),
        "se": _figure(0),
        "ci_low": _figure(),
        "ci_high": _figure(),
        "n_clients": _count(),
        "n_workers": _count(),
        "method": text(),
        "stamp": text(*words.Stamp),
        "assumptions": text(),
        "refused_because": text(nullable=True),
        **_status(),
    },
    key=["estimate_id"],
    rows=CONDITIONS_AS_PROMISED,
)
JOINT = contract(
    "out_effects__joint",
    {
        "vector": text(),
        "estimate_id": text(),
        "with_estimate_id": text(),
        "mean": number(),
        "covariance": number(nullable=True),  # missing between vintages: nobody computed it
        "vintage": text(nullable=True),  # the earlier release that mean, variance and covariances are of
        "scale": text("identity", "log"),
        "n_clients": _count(),
        "status": text(*Status),
    },
    key=["vector", "estimate_id", "with_estimate_id"],
)
DESIGN = contract(
    "out_effects__design",
    {
        "place": integer(0),
        "declared": text(*DESIGNS),
        "used": text(*DESIGNS),
        "remark": text(nullable=True),
        "status": text(*Status),
    },
    key=["place"],
)
WHO_IS_MISSING = contract(
    "out_effects__who_is_missing",
    {
        "known_at_start": text("way", "start_level", "age_band"),
        "value": text(),
        "n_clients": _count(),
        "n_measured": _count(),
        **_status("n_measured"),
    },
    key=["known_at_start", "value"],
)
ODD_COURSES = contract(
    "out_quality__odd_courses",
    {
        "what": text("two_teams_at_once", "came_back", "two_pseudonyms"),
        "n_clients": _count(),
        "n_odd": _count(),
        **_status("n_odd"),
    },
    key=["what"],
)
ACCOUNTING = contract(
    "out_intake__accounting",
    {
        "delivery": text(),
        "table_name": text(),
        "rows": _count(),
        "accepted": _count(),
        "quarantined": _count(),
        "exact_duplicates": _count(),
        "not_used": _count(),
        "status": text(*Status),
    },
    key=["delivery", "table_name"],
)

RELEASED_TABLES = by_name(
    FUNNEL,
    CHANGE,
    SERIES,
    USE,
    COSTS,
    REACH,
    ESTIMATES,
    JOINT,
    DESIGN,
    WHO_IS_MISSING,
    ODD_COURSES,
    ACCOUNTING,
    OUT_FOR_WHOM,
    OUT_KINDS,
    OUT_SHIFT,
    *COMPANION_TABLES,
    *RELEASED_MUNICIPAL_TABLES,
)
