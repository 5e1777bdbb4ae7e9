"""Which columns the files of each table have, and how they are judged and typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import duckdb

from data_contracts.mapping.file import FileMapping
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.field import DOMAINS, AgeBand, Edition, Law, LifeDomain, SolutionKind, TeamType
from data_contracts.vocabulary.ladder import LadderVariant
from data_contracts.vocabulary.provisions import ProvisionKind
from data_contracts.vocabulary.reasons import Reason
from data_contracts.vocabulary.slices import ONLY_FOR_SLICES
from pipelines.intake.reading.codes import (
    domain_meaning,
    explained,
    ladder_meaning,
    score_meaning,
    yes_no_meaning,
)
from pipelines.intake.reading.texts import CLIENT_NO, Rules, Texts, Typing, lookup
from pipelines.storage.sql import quoted


def typing_of(connection: duckdb.DuckDBPyConnection, rows: str, mapping: FileMapping, rules: Rules) -> Typing:
    """How the rows of one file (DuckDB table `rows`, our column names, text) are judged and typed."""
    texts = Texts(connection, rows, mapping, rules, Typing())
    _TABLES[mapping.table](texts)
    return texts.typing


def _assessments(texts: Texts) -> None:
    mapping, typing = texts.mapping, texts.typing
    texts.client()
    texts.record()
    texts.day("assessed_on", past=True)
    texts.team(required=True)
    texts.label("moment_label")
    typing.value("date_kind", quoted(mapping.date_kind))
    typing.value("edition", "edition")
    # Unknown is read as the professional, who scores the ZRM by its manual; the account says that it was not told.
    typing.value("rater_type", "CASE rater_type WHEN 'not_told' THEN 'professional' ELSE rater_type END")
    typing.fault(Reason.EDITION_MISSING, "edition IS NULL")
    typing.value("rater_no", CLIENT_NO.format("rater_key") if texts.has("rater_key") else "NULL::BIGINT")
    score = explained("score", mapping.codes, score_meaning)
    if mapping.is_long:
        in_edition = partial(domain_meaning, editions=mapping.editions)
        texts.coded("life_domain", "VARCHAR", in_edition, missing=Reason.DOMAIN_UNKNOWN)
        typing.fault(Reason.DOMAIN_NOT_IN_EDITION, _not_in_edition(mapping, typing.columns["life_domain"]))
        texts.coded("score", "TINYINT", score_meaning, missing=Reason.SCORE_MISSING)
        typing.value("not_scored", lookup(texts.meanings(["score"], score), "score", "not_scored") + "::VARCHAR")
        return
    typing.fault(Reason.SCORES_DISAGREE, "is_contradicted")
    columns = [domain.value for domain in mapping.scores]
    known = texts.meanings(columns, score)
    for name in DOMAIN_COLUMNS:
        given = name in columns
        typing.value(name, (lookup(known, name, "code") if given else "NULL") + "::TINYINT")
        typing.value(f"{name}_not_scored", (lookup(known, name, "not_scored") if given else "NULL") + "::VARCHAR")
    for reason in sorted({found.fault for found in known.values() if found.fault}):
        wrong = ", ".join(quoted(text) for text, found in known.items() if found.fault == reason)
        typing.fault(reason, " OR ".join(f"coalesce({name} IN ({wrong}), false)" for name in columns))
    for domain in mapping.scores:
        elsewhere = _editions_without(mapping, domain)
        if elsewhere:
            filled = f"edition IN ({elsewhere}) AND ({typing.columns[domain.value]}) IS NOT NULL"
            typing.fault(Reason.DOMAIN_NOT_IN_EDITION, filled)


def _editions_without(mapping: FileMapping, domain: LifeDomain) -> str:
    """The editions of a file that do not know a life domain, as a list in SQL; empty when all know it."""
    return ", ".join(quoted(edition.value) for edition in sorted(mapping.editions) if domain not in DOMAINS[edition])


def _not_in_edition(mapping: FileMapping, life_domain: str) -> str:
    """SQL: the life domain is one of another edition of the same file."""
    pairs = [(domain, listed) for domain in LifeDomain if (listed := _editions_without(mapping, domain))]
    known = {domain for edition in mapping.editions for domain in DOMAINS[edition]}
    cases = [
        f"(({life_domain}) = '{domain.value}' AND edition IN ({listed}))" for domain, listed in pairs if domain in known
    ]
    return " OR ".join(cases) or "false"


def _ladder(texts: Texts) -> None:
    texts.client()
    texts.record()
    texts.day("assessed_on", past=True)
    variant = texts.mapping.ladder_variant or LadderVariant.CLASSIC
    texts.typing.value("ladder_variant", quoted(variant.value))
    in_variant = partial(ladder_meaning, variant=variant)
    texts.coded("ladder_step", "TINYINT", in_variant, missing=Reason.SCORE_MISSING)
    texts.coded("ambition_step", "TINYINT", in_variant)


def _clients(texts: Texts) -> None:
    texts.client()
    texts.code_of("age_band", AgeBand)
    for dimension in ONLY_FOR_SLICES:
        texts.label(dimension.value)
    texts.once("client_key", Reason.CLIENT_TWICE)


def _trajectories(texts: Texts) -> None:
    texts.client()
    texts.record()
    texts.team(required=False)
    _period(texts)
    texts.number("hours", "DECIMAL(9,2)")
    texts.code_of("solution_kind", SolutionKind)
    for name in ("registered_on", "evaluated_on"):
        texts.day(name, required=False)
    for name in ("has_plan", "question_answered"):
        texts.coded(name, "BOOLEAN", yes_no_meaning)


def _period(texts: Texts) -> None:
    texts.day("started_on")
    texts.day("ended_on", required=False)
    start, end = texts.typing.columns["started_on"], texts.typing.columns["ended_on"]
    texts.typing.fault(Reason.END_BEFORE_START, f"{end} < {start}")


def _provisions(texts: Texts) -> None:
    texts.client()
    texts.record()
    texts.label("product", required=True)
    texts.code_of("law", Law, required=True)
    _period(texts)
    texts.number("volume", "DOUBLE")
    texts.label("unit")
    texts.number("amount_eur", "DECIMAL(14,2)", negative=True)
    texts.label("provider")
    texts.coded("life_domain", "VARCHAR", partial(domain_meaning, editions=list(Edition)))
    texts.code_of("provision_kind", ProvisionKind)


def _events(texts: Texts) -> None:
    texts.client()
    texts.record()
    texts.day("occurred_on", past=True)
    texts.label("event_kind", required=True)


def _experienced(texts: Texts) -> None:
    texts.client()
    texts.record()
    texts.day("asked_on", past=True)
    texts.typing.value("scale", quoted(str(texts.mapping.scale)))
    texts.number("value", "DOUBLE", required=True)
    top = 10 if texts.mapping.scale == "mark_1_10" else 5
    texts.typing.fault(Reason.SCORE_OUT_OF_RANGE, f"NOT ({texts.typing.columns['value']} BETWEEN 1 AND {top})")


def _costs(texts: Texts) -> None:
    texts.team(required=False)
    texts.typing.value("year", "try_cast(year AS SMALLINT)")
    unreadable = "try_cast(year AS SMALLINT) IS NULL OR try_cast(year AS SMALLINT) NOT BETWEEN 1990 AND 2100"
    texts.typing.fault(Reason.YEAR_UNREADABLE, unreadable)
    # What a year still has to cost is a budget.
    texts.typing.fault(Reason.YEAR_IN_FUTURE, f"try_cast(year AS SMALLINT) > year(DATE '{texts.rules.received_on}')")
    texts.label("cost_kind", required=True)
    kinds = ", ".join(quoted(kind) for kind in texts.mapping.new_approach_costs)
    said = texts.typing.columns["cost_kind"]
    texts.typing.value("is_new_approach", f"coalesce(({said}) IN ({kinds}), false)" if kinds else "false")
    texts.number("amount_eur", "DECIMAL(14,2)", required=True, negative=True)


def _teams(texts: Texts) -> None:
    texts.label("team", required=True)
    texts.code_of("team_type", TeamType)
    for name in ("valid_from", "valid_until", "approach_started_on"):
        texts.day(name, required=False)
    texts.label("succeeded_by")
    texts.once("team", Reason.TEAM_TWICE)


def _bridge(texts: Texts) -> None:
    texts.client()
    texts.client("client_key_new", "client_no_new")


_TABLES: dict[str, Callable[[Texts], None]] = {
    "assessments": _assessments,
    "ladder": _ladder,
    "clients": _clients,
    "trajectories": _trajectories,
    "provisions": _provisions,
    "events": _events,
    "experienced": _experienced,
    "costs": _costs,
    "teams": _teams,
    "bridge": _bridge,
}
