"""study.yaml from what the files allow and what only the municipality can say; nothing in it was chosen for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data_contracts.vocabulary.field import DOMAINS, Edition, LifeDomain
from pipelines.init.design_found import design_entry
from pipelines.init.proposal import Proposal
from pipelines.init.words import edition_by

# What is published: nothing per life domain. The user decides whether to keep the band.
RELIABILITY_SOURCE = (
    "Per leefgebied is voor de ZRM geen herhaalbaarheid gepubliceerd gevonden. De bovenkant is de hoogste samenhang "
    "binnen de hele lijst in twee Nederlandse groepen (Cronbachs alfa 0,85 en 0,89; Fassaert e.a. 2014, Community "
    "Mental Health Journal 50). De onderkant is een gangbare ondergrens."
)
# Every edition has some of these.
HEADLINE = (LifeDomain.FINANCES, LifeDomain.HOUSING, LifeDomain.SOCIAL_NETWORK, LifeDomain.COMMUNITY_PARTICIPATION)


@dataclass(frozen=True, slots=True)
class Answers:
    """What only the municipality can say; the day on which it chose its way of measuring may stay open."""

    municipality: str
    purpose: str
    ground: str
    decided_by: str
    records_until: dt.date
    approval: str
    declared_on: dt.date | None = None


def editions_in(entries: Sequence[dict[str, Any]]) -> list[Edition]:
    """The editions that the files hold, as the mapping says."""
    found = {entry["edition"] for entry in entries if "edition" in entry}
    for entry in entries:
        for role in entry.get("rows", []):
            meanings = [*role.get("values", {}).values(), *([role["empty"]] if "empty" in role else [])]
            found |= {meaning["edition"] for meaning in meanings if "edition" in meaning}
    return sorted(edition_by(edition) for edition in found)


def study_entry(proposal: Proposal, answers: Answers) -> dict[str, Any]:
    """study.yaml. Justitie stays off until somebody gives its ground."""
    editions = editions_in(proposal.entries)
    domains = [domain for edition in editions for domain in DOMAINS[edition] if domain != LifeDomain.JUSTICE]
    domains = list(dict.fromkeys(domains))
    design = design_entry(proposal, proposal.talk)
    design |= {"declared_on": answers.declared_on} if answers.declared_on else {}
    headline = [domain.value for domain in HEADLINE if domain in domains]
    return {
        "schema_version": 1,
        "municipality": answers.municipality,
        "title": f"Worden cliënten van de wijkteams in {answers.municipality} zelfredzamer?",
        "question": "Is de zelfredzaamheid gestegen, gedaald of gelijk gebleven, per leefgebied?",
        "legal_ground": {"purpose": answers.purpose, "ground": answers.ground, "decided_by": answers.decided_by},
        "retention": {"raw_days": 30, "records_until": answers.records_until},
        "approval": answers.approval,
        "pseudonym_pattern": proposal.pattern,
        "editions": [edition.value for edition in editions],
        "life_domains": [domain.value for domain in domains],
        "slices": _slices(proposal),
        "moment_pairs": [{"from": "first", "to": moment} for moment in ("last", "m6", "m12")],
        "design": {**design, "headline_domains": headline},
        "reliability": {"values": [0.70, 0.80, 0.89], "source": RELIABILITY_SOURCE},
    }


def _slices(proposal: Proposal) -> list[dict[str, str]]:
    scored = [reading for reading in proposal.readings if reading.table == "assessments"]
    has_team = any("team" in reading.columns for reading in scored)
    has_type = any(one.table == "teams" and "team_type" in one.columns for one in proposal.readings)
    slices = [{"name": "all"}]
    slices += [{"name": "team_type", "merges_into": "all"}] if has_type else []
    slices += [{"name": "team", "merges_into": "team_type" if has_type else "all"}] if has_team else []
    slices += [{"name": "cohort", "merges_into": "all"}]
    return slices + ([{"name": "team+cohort", "merges_into": "team"}] if has_team else [])
