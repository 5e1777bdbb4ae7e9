"""What each table cannot do without: no more is asked of a municipality, and no less."""

from __future__ import annotations

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.fields import FIELDS
from data_contracts.mapping.file import Mapping
from data_contracts.yaml_file import as_model

REQUIRED = {
    "assessments": ["client_key", "assessed_on"],
    "ladder": ["client_key", "assessed_on", "ladder_step"],
    "clients": ["client_key"],
    "trajectories": ["client_key", "started_on"],
    "provisions": ["client_key", "product", "law", "started_on"],
    "events": ["client_key", "occurred_on", "event_kind"],
    "experienced": ["client_key", "asked_on", "value"],
    "costs": ["year", "cost_kind", "amount_eur"],
    "teams": ["team"],
    "bridge": ["client_key", "client_key_new"],
}
BESIDE = {
    "assessments": "    edition: zrm_2017\n    scores: {finances: Financiën}\n",
    "ladder": "    ladder_variant: classic\n",
    "experienced": "    scale: mark_1_10\n",
}


def mapping(table: str, columns: list[str]) -> Mapping:
    listed = ", ".join(f"{name}: Kolom {name}" for name in columns)
    head = "schema_version: 2\nfiles:\n  - match: bestand.csv\n"
    text = f"{head}    table: {table}\n{BESIDE.get(table, '')}    columns: {{{listed}}}\n"
    return as_model(text, Mapping, "mapping.yaml")


def test_every_table_is_listed_here() -> None:
    assert REQUIRED.keys() == FIELDS.keys()


@pytest.mark.parametrize("table", REQUIRED)
def test_a_table_needs_no_other_columns(table: str) -> None:
    (file,) = mapping(table, REQUIRED[table]).files
    assert file.provided >= set(REQUIRED[table])


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in REQUIRED for column in REQUIRED[table]])
def test_without_a_column_that_a_table_needs_it_is_named(table: str, column: str) -> None:
    others = [one for one in REQUIRED[table] if one != column] or ["valid_from" if table == "teams" else "age_band"]
    with pytest.raises(StudyError, match=rf"{column}\b.*ontbreekt|ontbreekt.*{column}\b"):
        mapping(table, others)
