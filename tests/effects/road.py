"""The road of the estimates without Dagster: core tables, est_ tables, the gate, the chapters that a reader meets."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import duckdb
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame, require, sql_columns
from data_contracts.gate.disclosure import release_table
from data_contracts.gate.joint import release_joint
from data_contracts.gate.ledger import Before
from data_contracts.gate.plain_tables import release_design, release_municipal_lines, release_municipalities
from data_contracts.study import Study
from data_contracts.tables import core, estimates, released
from data_contracts.tables.municipal import MUNICIPAL_TABLES
from data_contracts.yaml_file import as_model
from indicators.designs.effect_tables import effect_tables, municipal_effects
from pipelines.records import clients
from pipelines.records.courses import courses
from pipelines.records.outcomes import client_outcomes
from pipelines.storage.platform import connect
from reports.content.council.pages import council_pages
from reports.content.parts import Chapter
from reports.html.report import chapters_of, report_page
from reports.released.facts import Facts
from reports.released.source import Source

STUDY = """
schema_version: 1
municipality: Demostad
title: Een studie om mee te testen
question: Verandert de zelfredzaamheid van cliënten?
legal_ground: {{purpose: Testen van de software, ground: verzonnen gegevens, decided_by: de makers}}
retention: {{raw_days: 30, records_until: 2090-01-01}}
approval: none
pseudonym_pattern: 'demo-[0-9]{{4}}'
editions: [zrm_2013]
life_domains: [finances, housing]
slices: [{{name: all}}]
moment_pairs: [{{from: first, to: last}}]
design: {{declared_on: 2026-01-01, headline_domains: [finances, housing], {design}}}
"""
VIEWS = {
    "assessments": core.ASSESSMENTS_CURRENT,
    "ladder": core.LADDER_CURRENT,
    "experienced": core.EXPERIENCED_CURRENT,
    "attributes": core.CLIENTS_CURRENT,
    "trajectories": core.TRAJECTORIES_CURRENT,
    "provisions": core.PROVISIONS_CURRENT,
    "events": core.EVENTS_CURRENT,
    "teams": core.TEAMS_CURRENT,
}


@dataclass(frozen=True)
class Road:
    """What one study's records became: exact tables, released tables, and the report."""

    study: Study
    est: dict[str, pd.DataFrame]
    out: dict[str, pd.DataFrame]

    def rows(self, **wanted: str) -> pd.DataFrame:
        """Exact estimates with these values."""
        found = self.est["est_effects__estimates"]
        for column, value in wanted.items():
            found = found[found[column] == value]
        return found

    @cached_property
    def chapters(self) -> list[Chapter]:
        """Every chapter of the report."""
        return chapters_of(self.source)

    @cached_property
    def page(self) -> str:
        """report.html."""
        return report_page(self.source, self.chapters, council_pages(self.source))

    @cached_property
    def source(self) -> Source:
        """What the reports read."""
        return Source(facts_of(self.study), self.out)

    @property
    def report(self) -> str:
        """The words of the whole report."""
        return words(self.page)

    @property
    def cause(self) -> str:
        """The words of the chapter about cause, and of the annexes that hold the rest of it."""
        parts = re.findall(
            r'<section id="oorzaak".*?</section>|<details class="annex".*?</section>', self.page, re.DOTALL
        )
        assert parts[0].startswith("<section")
        return words(" ".join(parts))


def study(design: str) -> Study:
    """A study with this design, as its part of study.yaml says it."""
    return as_model(STUDY.format(design=design), Study, "study.yaml")


def facts_of(the_study: Study) -> Facts:
    """What the report knows beside the tables."""
    design = the_study.design
    return Facts(
        municipality=the_study.municipality,
        title=the_study.title,
        question=the_study.question,
        as_of=dt.date(2026, 1, 31),
        needs_approval=False,
        design=design.kind,
        headline_measure=design.headline_measure,
        declared_on=design.declared_on,
        new_approach=design.new_approach,
        headline_domains=tuple(domain.value for domain in design.headline_domains),
        moment_pairs=(("first", "last"),),
        editions=tuple(edition.value for edition in the_study.editions),
        thresholds=the_study.thresholds,
        replicate_days=the_study.replicate_days,
        deliveries=("levering",),
        refused=(),
        seed=1,
        versions=(),
        study_hash="0",
        compared_with=design.comparison.against if design.comparison else None,
        started_on=design.started_on,
        municipal_series=design.municipal_series,
        for_whom=tuple((one.slice, one.because) for one in design.for_whom),
    )


def with_views(records: Mapping[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
    """An engine with the core tables in `records`; the other ones are empty."""
    connection = connect()
    for name, schema in VIEWS.items():
        frame = records.get(name, empty_frame(schema))
        require(schema, frame)
        as_view(connection, name, schema, frame)
    return connection


def as_view(connection: duckdb.DuckDBPyConnection, name: str, schema: pa.DataFrameSchema, frame: pd.DataFrame) -> None:
    """The frame as a view with the types of its contract, as the working store has them."""
    connection.register(f"given_{name}", frame)
    cast = ", ".join(f"{column}::{kind} AS {column}" for column, kind in sql_columns(schema).items())
    connection.sql(f"SELECT {cast} FROM given_{name}").to_view(name, replace=True)


def travelled_to_clients(connection: duckdb.DuckDBPyConnection, the_study: Study) -> None:
    """From the core tables to the views of what is known per client."""
    as_view(connection, "groups", core.GROUPS, clients.groups(connection).df())
    as_view(connection, "changes", core.CHANGES, clients.changes(connection, the_study).df())
    as_view(connection, "use", core.USE, clients.use(connection).df())


def travelled(connection: duckdb.DuckDBPyConnection, the_study: Study, municipal: pd.DataFrame | None = None) -> Road:
    """From the views to the report, with public figures of municipalities where the study brings them."""
    travelled_to_clients(connection, the_study)
    found = client_outcomes(connection, [domain.value for domain in the_study.design.headline_domains])
    est = effect_tables(found, courses(connection, the_study), the_study, seed=1)
    for schema in estimates.EFFECT_TABLES:
        require(schema, est[str(schema.name)])
    return beside_others(Road(the_study, est, through_the_gate(est, the_study)), municipal)


def beside_others(road: Road, municipal: pd.DataFrame | None) -> Road:
    """The same road with public figures of municipalities beside it."""
    est = municipal_effects(municipal, road.study.design)
    for schema in MUNICIPAL_TABLES:
        require(schema, est[str(schema.name)])
    found = {
        "out_effects__municipalities": release_municipalities(est["est_effects__municipalities"]),
        "out_effects__municipal_lines": release_municipal_lines(est["est_effects__municipal_lines"]),
    }
    return Road(road.study, road.est | est, road.out | {name: one.frame for name, one in found.items()})


def through_the_gate(est: Mapping[str, pd.DataFrame], the_study: Study) -> dict[str, pd.DataFrame]:
    """The out_ tables of these est_ tables, at the first release."""
    thresholds, nothing, users = the_study.thresholds, Before(), est["est_effects__users"]
    found = {
        str(out.name): release_table(
            str(out.name), est[str(exact.name)], thresholds, the_study.slices, nothing, users=users
        )
        for exact, out in (
            (estimates.ESTIMATES, released.ESTIMATES),
            (estimates.WHO_IS_MISSING, released.WHO_IS_MISSING),
        )
    }
    joint = release_joint(est["est_effects__joint"], found["out_effects__estimates"], thresholds, nothing)
    found |= {"out_effects__joint": joint, "out_effects__design": release_design(est["est_effects__design"])}
    return {name: one.frame for name, one in found.items()}


def words(page: str) -> str:
    """The words of a page, without scripts, styles and pictures."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)))
