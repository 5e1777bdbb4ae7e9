"""From unknown files to a proposed mapping and study; everything proposed is shown before it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data_contracts.errors import StudyError
from data_contracts.mapping.fields import FIELDS
from data_contracts.vocabulary.field import DOMAINS, Edition, LifeDomain
from data_contracts.vocabulary.identifiers import identifier_in_header
from data_contracts.vocabulary.names import LADDER_NAMES, domain_named, folded
from pipelines.init.names import FIELD_NAMES, NOT_SCORED_NAMES, TELLING
from pipelines.init.sniff import Sniffed

# What is published: nothing per life domain. The user decides whether to keep the band.
RELIABILITY_SOURCE = (
    "Per leefgebied is voor de ZRM geen herhaalbaarheid gepubliceerd gevonden. De bovenkant is de hoogste samenhang "
    "binnen de hele lijst in twee Nederlandse groepen (Cronbachs alfa 0,85 en 0,89; Fassaert e.a. 2014, Community "
    "Mental Health Journal 50). De onderkant is een gangbare ondergrens."
)


@dataclass(slots=True)
class Proposal:
    """How one file would be read."""

    file: Sniffed
    table: str
    columns: dict[str, str]
    scores: dict[str, LifeDomain] = field(default_factory=dict)
    edition: Edition | None = None

    @property
    def unknown(self) -> list[str]:
        """Columns that we do not recognise; they are only read when somebody says what they are."""
        used = {*self.columns.values(), *self.scores}
        return [name for name in self.file.header if name not in used]


def propose(file: Sniffed) -> Proposal:
    """The table that fits a file best; raises StudyError when none does or personal data are announced."""
    for name in file.header:
        kind = identifier_in_header(name)
        if kind:
            what = f"'{file.name}': de kolom '{name}' kondigt {kind} aan."
            raise StudyError(f"{what} Dat mag niet binnenkomen. Laat de sleutelhouder het bestand opnieuw maken.")
    scores = {name: domain for name in file.header if (domain := domain_named(name))}
    if len(scores) >= 3:
        columns = _fields(file, "assessments", exclude={"life_domain", "score", *()})
        return Proposal(file, "assessments", columns, scores, _edition(set(scores.values())))
    best = max(FIELD_NAMES, key=lambda table: _fit(file, table))
    if _fit(file, best) <= 0:
        names = ", ".join(f"'{name}'" for name in file.header[:12])
        raise StudyError(f"'{file.name}': we herkennen dit bestand niet. Gevonden kolommen: {names}.")
    columns = _fields(file, best)
    domains = {
        domain for text in file.columns.get(columns.get("life_domain", ""), []) if (domain := domain_named(text))
    }
    return Proposal(file, best, columns, {}, _edition(domains) if best == "assessments" else None)


def _fields(file: Sniffed, table: str, exclude: set[str] = frozenset()) -> dict[str, str]:  # type: ignore[assignment]
    """Our field -> their column, by folded name; of two candidates the more certain name."""
    by_name = {folded(name): name for name in file.header}
    found: dict[str, str] = {}
    for ours, names in FIELD_NAMES[table].items():
        theirs = next((by_name[name] for name in names if name in by_name), None)
        if theirs and ours not in exclude and theirs not in found.values():
            found[ours] = theirs
    return found


def _fit(file: Sniffed, table: str) -> int:
    """How well a table fits: 0 when a required field is missing or nothing tells it from the others."""
    found = _fields(file, table)
    if any(required and ours not in found for ours, required in FIELDS[table].items()):
        return 0
    if not any(ours in found for ours in TELLING[table]):
        return 0
    if table == "ladder" and not _looks_like_ladder(file.columns[found["ladder_step"]]):
        return 0
    if table == "assessments" and not {"life_domain", "score"} <= set(found):
        return 0
    return len(found)


def _looks_like_ladder(texts: Sequence[str]) -> bool:
    known = [text for text in texts if text in "123456" or folded(text) in LADDER_NAMES or text[:1] in "123456"]
    return len(known) > len(texts) / 2


def _edition(domains: set[LifeDomain]) -> Edition:
    """2017 has domains that 2013 has not, and the other way round; a few strays do not decide."""
    only_2017 = domains - set(DOMAINS[Edition.ZRM_2013])
    only_2013 = domains - set(DOMAINS[Edition.ZRM_2017])
    return Edition.ZRM_2017 if len(only_2017) > len(only_2013) else Edition.ZRM_2013


def file_entry(proposal: Proposal, match: str) -> dict[str, Any]:
    """One entry of mapping.yaml; columns that are not known go under `ignore`."""
    texts = [text for name in proposal.scores for text in proposal.file.columns[name]]
    texts += proposal.file.columns.get(proposal.columns.get("score", ""), [])
    reasons = {text: NOT_SCORED_NAMES[folded(text)] for text in sorted(set(texts)) if folded(text) in NOT_SCORED_NAMES}
    entry: dict[str, Any] = {"match": match, "table": proposal.table}
    if proposal.edition:
        entry["edition"] = proposal.edition.value
    if proposal.table == "ladder":
        entry["ladder_variant"] = "classic"
    if proposal.table == "experienced":
        marks = [text for text in proposal.file.columns[proposal.columns["value"]] if text.isdigit()]
        entry["scale"] = "mark_1_10" if any(int(mark) > 5 for mark in marks) else "scale_1_5"
    entry |= {"dialect": proposal.file.dialect(), "columns": proposal.columns}
    if proposal.scores:
        entry["scores"] = {name: domain.value for name, domain in proposal.scores.items()}
    if reasons:
        entry["not_scored"] = reasons
    if proposal.table == "costs":
        kinds = set(proposal.file.columns[proposal.columns["cost_kind"]])
        entry["new_approach_costs"] = sorted(kind for kind in kinds if folded(kind).startswith("nieuwe "))
    if proposal.unknown:
        entry["ignore"] = proposal.unknown
    return entry


def pattern_of(names: Sequence[str]) -> dict[str, str]:
    """A pattern per file name: years and other numbers may change with the next delivery."""
    loose = {name: re.sub(r"\d+([_-]\d+)*", "*", name) for name in names}
    twice = {pattern for pattern in loose.values() if list(loose.values()).count(pattern) > 1}
    return {name: name if pattern in twice or pattern.startswith("*.") else pattern for name, pattern in loose.items()}


def pseudonym_pattern(keys: Sequence[str]) -> str:
    """The form that the pseudonyms have: the prefixes that occur and what may follow."""
    parts = [re.fullmatch(r"([A-Za-z0-9]{1,8}[-_:])(.+)", key) for key in sorted(set(keys))]
    found = [part for part in parts if part]
    if not found or len(found) < 0.9 * len(parts):
        what = "De cliëntnummers hebben geen voorvoegsel en kunnen gewone nummers van mensen zijn."
        raise StudyError(
            f"{what} Laat de sleutelhouder pseudoniemen maken, bijvoorbeeld 'ZR1-' met 20 letters en cijfers."
        )
    prefixes = sorted({part[1] for part in found})
    rest = [part[2] for part in found]
    letters = "[A-Z2-7]" if all(re.fullmatch(r"[A-Z2-7]+", text) for text in rest) else "[A-Za-z0-9]"
    lengths = sorted({len(text) for text in rest})
    count = f"{{{lengths[0]}}}" if len(lengths) == 1 else f"{{{lengths[0]},{lengths[-1]}}}"
    start = re.escape(prefixes[0]) if len(prefixes) == 1 else "(" + "|".join(map(re.escape, prefixes)) + ")"
    return f"{start}{letters}{count}".replace("\\-", "-")


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


def study_entry(proposals: Sequence[Proposal], answers: Answers) -> dict[str, Any]:
    """study.yaml: what the files allow. Justitie stays off until somebody gives its ground."""
    scored = [proposal for proposal in proposals if proposal.table == "assessments"]
    editions = sorted({proposal.edition for proposal in scored if proposal.edition})
    domains = [domain for edition in editions for domain in DOMAINS[edition] if domain != LifeDomain.JUSTICE]
    domains = list(dict.fromkeys(domains))
    register = next((proposal for proposal in proposals if proposal.table == "teams"), None)
    has_team = any("team" in proposal.columns for proposal in scored)
    has_type = register is not None and "team_type" in register.columns
    staggered = register is not None and "approach_started_on" in register.columns
    slices: list[dict[str, str]] = [{"name": "all"}]
    slices += [{"name": "team_type", "merges_into": "all"}] if has_type else []
    slices += [{"name": "team", "merges_into": "team_type" if has_type else "all"}] if has_team else []
    slices += [{"name": "cohort", "merges_into": "all"}]
    slices += [{"name": "team+cohort", "merges_into": "team"}] if has_team else []
    headline = [LifeDomain.FINANCES, LifeDomain.HOUSING, LifeDomain.SOCIAL_NETWORK, LifeDomain.COMMUNITY_PARTICIPATION]
    keys = [
        key for proposal in proposals for key in proposal.file.columns.get(proposal.columns.get("client_key", ""), [])
    ]
    design: dict[str, Any] = {"kind": "staggered" if staggered else "before_after"}
    design |= {"declared_on": answers.declared_on} if answers.declared_on else {}
    design |= {"new_approach": "Nieuwe werkwijze"} if staggered else {}
    return {
        "schema_version": 1,
        "municipality": answers.municipality,
        "title": f"Worden cliënten van de wijkteams in {answers.municipality} zelfredzamer?",
        "question": "Is de zelfredzaamheid gestegen, gedaald of gelijk gebleven, per leefgebied?",
        "legal_ground": {"purpose": answers.purpose, "ground": answers.ground, "decided_by": answers.decided_by},
        "retention": {"raw_days": 30, "records_until": answers.records_until},
        "approval": answers.approval,
        "pseudonym_pattern": pseudonym_pattern(keys),
        "editions": [edition.value for edition in editions],
        "life_domains": [domain.value for domain in domains],
        "slices": slices,
        "moment_pairs": [{"from": "first", "to": moment} for moment in ("last", "m6", "m12")],
        "design": {**design, "headline_domains": [domain.value for domain in headline if domain in domains]},
        "reliability": {"values": [0.70, 0.80, 0.89], "source": RELIABILITY_SOURCE},
    }
