"""What makes two rows of different deliveries the same record, as SQL expressions to partition or group by.

The number that the system itself gave to the record, where the mapping names it (`record_id`): then a corrected day or
client is a correction. Else the natural key of the kind: then it is one record gone and one new.
"""

from __future__ import annotations

from data_contracts.contract import sql_columns
from data_contracts.tables.core import CORE

NATURAL_KEY = {
    "core_zrm__assessments": ("client_no", "assessed_on", "edition", "rater_type"),
    "core_zrm__not_scored": ("client_no", "assessed_on", "life_domain"),
    "core_clients__attributes": ("client_no",),
    "core_cases__trajectories": ("client_no", "started_on"),
    "core_provisions__use": ("client_no", "product", "started_on"),
    "core_events__incidents": ("client_no", "occurred_on", "event_kind"),
    "core_experienced__marks": ("client_no", "asked_on", "scale"),
    "core_ladder__scores": ("client_no", "assessed_on", "ladder_variant"),
    "core_costs__yearly": ("team_no", "year", "cost_kind"),
}
# One form may hold the scores of the professional and those of the client: these are two records.
_APART = ("edition", "rater_type")


def has_own_number(table: str) -> bool:
    """Whether records of this kind may have a number of their system."""
    return "record_no" in sql_columns(CORE[table])


def identity(table: str) -> list[str]:
    """The expressions that are equal for two rows of one record; NULL is a value like another."""
    if not has_own_number(table):
        return list(NATURAL_KEY[table])
    without = "CASE WHEN record_no IS NULL THEN {name} END".format
    return ["record_no", *(name if name in _APART else without(name=name) for name in NATURAL_KEY[table])]


def same_record(table: str) -> str:
    """The same as one list, behind PARTITION BY or in a DISTINCT."""
    return ", ".join(identity(table))
