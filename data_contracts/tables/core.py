"""Contracts of core_ tables: pseudonymised people as typed values, closed zone only.

`client_no` is a number made from the pseudonym, which itself stands only in core_clients__keys.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import by_name, column, contract, day, flag, integer, money, number, text
from data_contracts.tables.intake import ACCEPTED_DELIVERIES, ACCOUNTING, CHANGED_BY, QUARANTINE
from data_contracts.vocabulary import field as words
from data_contracts.vocabulary.ladder import LadderVariant
from data_contracts.vocabulary.provisions import ProvisionKind
from data_contracts.vocabulary.slices import BROADER, GROUPED_BY, ONLY_FOR_SLICES

DOMAIN_COLUMNS = [domain.value for domain in words.LifeDomain]


def _codes(vocabulary: type[words.Labelled]) -> list[str]:
    return [member.value for member in vocabulary]


def _client() -> pa.Column:
    return column("BIGINT")


def _record() -> pa.Column:
    """A number made from the one that the system gave to the record; empty where the mapping names none."""
    return column("BIGINT", nullable=True)


def _score() -> pa.Column:
    return integer(1, 5, sql="TINYINT", nullable=True)


ASSESSMENTS = contract(
    "core_zrm__assessments",
    {
        "client_no": _client(),
        "assessed_on": day(),
        "date_kind": text("assessed", "entered"),
        "delivery": text(),
        "team_no": integer(0, sql="SMALLINT", nullable=True),
        "edition": text(*_codes(words.Edition)),
        "rater_type": text("professional", "client"),
        "rater_no": column("BIGINT", nullable=True),
        "moment_label": text(nullable=True),
        # 0 is outside the window round the first trajectory, 1 the first episode, 2 and on those after a long gap.
        "episode_id": integer(0, sql="SMALLINT"),
        **{name: _score() for name in DOMAIN_COLUMNS},
        "file": text(nullable=True),
        "record_no": _record(),
    },
)
NOT_SCORED = contract(
    "core_zrm__not_scored",
    {
        "client_no": _client(),
        "assessed_on": day(),
        "life_domain": text(*DOMAIN_COLUMNS),
        "reason": text(*_codes(words.NotScored)),
    },
)
KEYS = contract("core_clients__keys", {"client_no": _client(), "client_key": text()}, key=["client_no"])
BRIDGE = contract("core_clients__bridge", {"client_no": _client(), "client_no_new": _client()}, key=["client_no"])
CLIENTS = contract(
    "core_clients__attributes",
    {
        "client_no": _client(),
        "age_band": text(*_codes(words.AgeBand), nullable=True),
        # Empty where the study divides by none of them (vocabulary/slices.py).
        **{dimension.value: text(nullable=True) for dimension in ONLY_FOR_SLICES},
    },
)
TRAJECTORIES = contract(
    "core_cases__trajectories",
    {
        "client_no": _client(),
        "team_no": integer(0, sql="SMALLINT", nullable=True),
        "started_on": day(),
        "ended_on": day(nullable=True),
        "hours": column("DECIMAL(9,2)", pa.Check.ge(0), nullable=True),
        "solution_kind": text(*_codes(words.SolutionKind), nullable=True),
        "registered_on": day(nullable=True),
        "has_plan": flag(nullable=True),
        "evaluated_on": day(nullable=True),
        "question_answered": flag(nullable=True),
        "record_no": _record(),
    },
)
PROVISIONS = contract(
    "core_provisions__use",
    {
        "client_no": _client(),
        "product": text(),
        "law": text(*_codes(words.Law)),
        "started_on": day(),
        "ended_on": day(nullable=True),
        "volume": number(0, nullable=True),
        "unit": text(nullable=True),
        "amount_eur": money(nullable=True),
        "provider": text(nullable=True),
        "life_domain": text(*DOMAIN_COLUMNS, nullable=True),
        "provision_kind": text(*_codes(ProvisionKind), nullable=True),
        "record_no": _record(),
    },
)
EVENTS = contract(
    "core_events__incidents",
    {"client_no": _client(), "occurred_on": day(), "event_kind": text(), "record_no": _record()},
)
EXPERIENCED = contract(
    "core_experienced__marks",
    {
        "client_no": _client(),
        "asked_on": day(),
        "scale": text("mark_1_10", "scale_1_5"),
        "value": number(0, 10),
        "record_no": _record(),
    },
)
LADDER = contract(
    "core_ladder__scores",
    {
        "client_no": _client(),
        "assessed_on": day(),
        "ladder_variant": text(*_codes(LadderVariant)),
        "ladder_step": integer(1, 6, sql="TINYINT"),
        "ambition_step": integer(1, 6, sql="TINYINT", nullable=True),  # the step that the client wants to reach
        "record_no": _record(),
    },
)
COSTS = contract(
    "core_costs__yearly",
    {
        "team_no": integer(0, sql="SMALLINT", nullable=True),
        "year": integer(1990, 2100, sql="SMALLINT"),
        "cost_kind": text(),
        "is_new_approach": flag(),
        "amount_eur": money(),
    },
)
TEAMS = contract(
    "core_teams__register",
    {
        "team_no": integer(0, sql="SMALLINT"),
        "team": text(),
        "team_type": text(*_codes(words.TeamType), nullable=True),
        "valid_from": day(nullable=True),
        "valid_until": day(nullable=True),
        "succeeded_by": integer(0, sql="SMALLINT", nullable=True),
        "approach_started_on": day(nullable=True),
    },
    key=["team_no"],
)


# A row that was set aside and whose record is known; a part of its key that could not be read is empty.
SPOILED = contract(
    "core_intake__spoiled",
    {
        "table_name": text(),
        "client_no": _client(),
        "record_no": _record(),
        "on_day": day(nullable=True),
        "what": text(nullable=True),
    },
)


def current(schema: pa.DataFrameSchema, **more: pa.Column) -> pa.DataFrameSchema:
    """The contract of the same table over all deliveries that count."""
    return contract(f"{schema.name}__current", {**schema.columns, **more}, key=schema.unique)


ASSESSMENTS_CURRENT = current(ASSESSMENTS)
NOT_SCORED_CURRENT = current(NOT_SCORED)
CLIENTS_CURRENT = current(CLIENTS)
TRAJECTORIES_CURRENT = current(TRAJECTORIES)
PROVISIONS_CURRENT = current(PROVISIONS)
EVENTS_CURRENT = current(EVENTS)
EXPERIENCED_CURRENT = current(EXPERIENCED)
LADDER_CURRENT = current(LADDER)
COSTS_CURRENT = current(COSTS)
TEAMS_CURRENT = current(TEAMS, counted_as=integer(0, sql="SMALLINT"))
ACCOUNTING_CURRENT = current(ACCOUNTING)

# One row per client: the groups that a client belongs to, fixed at the first record.
GROUPS = contract(
    "core_clients__groups",
    {
        "client_no": _client(),
        "team_no": integer(0, sql="SMALLINT", nullable=True),
        "team": text(nullable=True),
        "team_type": text(*_codes(words.TeamType), nullable=True),
        "cohort": text(),
        # Filled where the study divides by it, as known at the start or at the delivery.
        **{name: text(nullable=True) for name in (*GROUPED_BY, *BROADER)},
        "intake_on": day(),
        "in_view_until": day(),
        "first_year_complete": flag(),
        "approach_from": day(nullable=True),
        "approach_by": day(nullable=True),
    },
    key=["client_no"],
)
CHANGES = contract(
    "core_clients__changes",
    {
        "client_no": _client(),
        "subject": text(*sorted(words.SCORES)),
        "life_domain": text(),
        "first_on": day(),
        "score_first": number(0, 10),
        "last_on": day(nullable=True),
        "score_last": number(0, 10, nullable=True),
    },
    key=["client_no", "subject", "life_domain"],
)
USE = contract(
    "core_clients__use",
    {
        "client_no": _client(),
        "subject": text("events", "provisions", "hours", "solutions", "cases"),
        "what": text(),
        "law": text(*_codes(words.Law), nullable=True),
        "unit": text(),
        "quantity": number(),
        "in_first_year": flag(),
    },
)

# One file per delivery; the others are over all deliveries that count.
_DELIVERED = by_name(
    ASSESSMENTS,
    NOT_SCORED,
    KEYS,
    BRIDGE,
    CLIENTS,
    TRAJECTORIES,
    PROVISIONS,
    EVENTS,
    EXPERIENCED,
    LADDER,
    COSTS,
    TEAMS,
    QUARANTINE,
    SPOILED,
    CHANGED_BY,
    ACCOUNTING,
    ACCEPTED_DELIVERIES,
)
CORE = _DELIVERED | by_name(
    ASSESSMENTS_CURRENT,
    NOT_SCORED_CURRENT,
    CLIENTS_CURRENT,
    TRAJECTORIES_CURRENT,
    PROVISIONS_CURRENT,
    EVENTS_CURRENT,
    EXPERIENCED_CURRENT,
    LADDER_CURRENT,
    COSTS_CURRENT,
    TEAMS_CURRENT,
    ACCOUNTING_CURRENT,
    GROUPS,
    CHANGES,
    USE,
)


def is_delivered(table: str) -> bool:
    """Whether a table has one file per delivery: its text, and what intake makes of that."""
    return table.startswith("raw_") or table in _DELIVERED
