"""What a municipality may deliver per table: our names of the columns, and which of them a table cannot do without."""

from __future__ import annotations

from typing import Literal

Table = Literal[
    "assessments",
    "ladder",
    "clients",
    "trajectories",
    "provisions",
    "events",
    "experienced",
    "costs",
    "teams",
    "bridge",
]

# Our column -> is it required. `record_id` is the number that the system itself gave to the record.
FIELDS: dict[str, dict[str, bool]] = {
    "assessments": {
        "client_key": True,
        "assessed_on": True,
        "team": False,
        "moment_label": False,
        "rater_key": False,
        "life_domain": False,
        "score": False,
        "record_id": False,
    },
    "ladder": {
        "client_key": True,
        "assessed_on": True,
        "ladder_step": True,
        "ambition_step": False,
        "record_id": False,
    },
    "clients": {
        "client_key": True,
        "age_band": False,
        "household": False,
        "target_group": False,
        "area": False,
        "referred_by": False,
    },
    "trajectories": {
        "client_key": True,
        "team": False,
        "started_on": True,
        "ended_on": False,
        "hours": False,
        "solution_kind": False,
        "registered_on": False,
        "has_plan": False,
        "evaluated_on": False,
        "question_answered": False,
        "record_id": False,
    },
    "provisions": {
        "client_key": True,
        "product": True,
        "law": True,
        "started_on": True,
        "ended_on": False,
        "volume": False,
        "unit": False,
        "amount_eur": False,
        "provider": False,
        "life_domain": False,
        "provision_kind": False,
        "record_id": False,
    },
    "events": {"client_key": True, "occurred_on": True, "event_kind": True, "record_id": False},
    "experienced": {"client_key": True, "asked_on": True, "value": True, "record_id": False},
    "costs": {"team": False, "year": True, "cost_kind": True, "amount_eur": True},
    "teams": {
        "team": True,
        "team_type": False,
        "valid_from": False,
        "valid_until": False,
        "succeeded_by": False,
        "approach_started_on": False,
    },
    "bridge": {"client_key": True, "client_key_new": True},
}
DATES = frozenset(
    {
        "assessed_on",
        "started_on",
        "ended_on",
        "occurred_on",
        "asked_on",
        "registered_on",
        "evaluated_on",
        "valid_from",
        "valid_until",
        "approach_started_on",
    }
)
# Days on which something ends: 31-12-9999 there means that it has no end.
OPEN_ENDS = frozenset({"ended_on", "valid_until"})
NUMBERS = frozenset({"hours", "volume", "amount_eur", "value"})
# Columns whose words a study may explain under `codes`; `score` also explains the columns under `scores`.
CODED = frozenset(
    {
        "score",
        "life_domain",
        "ladder_step",
        "ambition_step",
        "age_band",
        "household",
        "target_group",
        "area",
        "referred_by",
        "provider",
        "solution_kind",
        "provision_kind",
        "has_plan",
        "question_answered",
        "team",
        "team_type",
        "product",
        "law",
        "unit",
        "event_kind",
        "cost_kind",
        "moment_label",
    }
)
