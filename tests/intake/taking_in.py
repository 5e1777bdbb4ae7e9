"""Take in a delivery without Dagster: the same functions that the assets call."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.mapping.file import Mapping
from data_contracts.study import Study
from data_contracts.yaml_file import as_model
from pipelines.intake import core
from pipelines.intake.accounting import accounting, by_reason
from pipelines.intake.door import Delivery, open_delivery
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.raw import raw_table
from pipelines.intake.reading.columns import text_columns
from pipelines.intake.reading.texts import Rules
from pipelines.intake.teams import delivered_register, numbered, team_numbers
from pipelines.storage.platform import connect

TABLES = ["assessments", "ladder", "clients", "trajectories", "provisions", "events", "experienced", "costs", "bridge"]
RECEIVED_ON = "2026-01-31"

STUDY = """
schema_version: 1
municipality: Demostad
title: Een studie om mee te testen
question: Verandert de zelfredzaamheid van cliënten?
legal_ground: {purpose: Testen van de software, ground: verzonnen gegevens, decided_by: de makers}
retention: {raw_days: 30, records_until: 2090-01-01}
approval: none
pseudonym_pattern: 'demo-[0-9]{4}'
editions: [zrm_2013]
life_domains: [finances, housing]
thresholds: {max_quarantined_share: 0.5}
slices: [{name: all}]
moment_pairs: [{from: first, to: last}]
design: {kind: before_after, declared_on: 2026-01-01, headline_domains: [finances]}
"""
MAPPING = """
schema_version: 2
files:
  - match: zrm.csv
    table: assessments
    edition: zrm_2013
    columns: {client_key: Nummer, assessed_on: Datum}
    scores: {finances: Financiën, housing: Huisvesting, justice: Justitie}
    codes: {score: {'99': not_discussed}}
    ignore: [Opmerking]
"""


@dataclass(frozen=True)
class TakenIn:
    """What the intake made of a delivery, and the engine that it lives in."""

    connection: duckdb.DuckDBPyConnection
    delivery: Delivery
    raws: dict[str, duckdb.DuckDBPyRelation]
    account: pd.DataFrame
    reasons: pd.DataFrame
    assessments: pd.DataFrame
    register: pd.DataFrame
    rules: Rules

    def verdicts(self, table: str = "assessments") -> list[str]:
        """The verdict of every row, in order."""
        return [verdict for (verdict,) in self.raws[table].project("verdict").fetchall()]


def study(text: str = STUDY) -> Study:
    return as_model(text, Study, "study.yaml")


def mapping(text: str = MAPPING) -> Mapping:
    return as_model(text, Mapping, "mapping.yaml")


def take_in(directory: Path, the_study: Study, the_mapping: Mapping) -> TakenIn:
    """Read, judge, type and count one delivery."""
    connection = connect()
    delivery = open_delivery(directory, the_mapping)
    blind = Rules(the_study, the_mapping.every_file, RECEIVED_ON, None)
    with OpenedFiles(delivery, the_mapping.every_file) as opened:
        raw_teams = raw_table(connection, delivery, opened, "teams", blind)
        register = delivered_register(connection, raw_teams, blind)
        numbers = None if register.empty else team_numbers(numbered(register))
        rules = Rules(the_study, the_mapping.every_file, RECEIVED_ON, numbers)
        raws = {table: raw_table(connection, delivery, opened, table, rules) for table in TABLES} | {"teams": raw_teams}
    account = accounting(connection, raws, delivery.key, rules).df()
    reasons = by_reason(core.quarantine(connection, raws))
    assessments = core.assessments(connection, raws["assessments"], delivery.key, rules).df()
    return TakenIn(connection, delivery, raws, account, reasons, assessments, register, rules)


def delivered(directory: Path, text: str, name: str = "zrm.csv", encoding: str = "utf-8") -> Path:
    """A delivery of one file."""
    directory.mkdir(exist_ok=True)
    (directory / name).write_bytes(text.encode(encoding))
    return directory


__all__ = [
    "MAPPING",
    "RECEIVED_ON",
    "STUDY",
    "TABLES",
    "TakenIn",
    "delivered",
    "mapping",
    "study",
    "take_in",
    "text_columns",
]
