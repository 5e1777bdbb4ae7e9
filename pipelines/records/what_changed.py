"""In what a delivery changed records most: a new system that changes every client or team is seen at once."""

from __future__ import annotations

import duckdb

from data_contracts.vocabulary.field import LifeDomain
from pipelines.records.again import values_of
from pipelines.records.beside_the_last import beside_rows
from pipelines.records.identity import same_record
from pipelines.study.workplace import Workplace

MOST_TOLD = 3
_WORDS = {
    "client_no": "de cliënt",
    "team_no": "het wijkteam",
    "assessed_on": "de dag van de meting",
    "started_on": "de begindatum",
    "ended_on": "de einddatum",
    "hours": "de uren",
    "amount_eur": "het bedrag",
    "volume": "de hoeveelheid",
    "product": "de voorziening",
    "law": "de wet",
    "solution_kind": "de soort oplossing",
    "rater_type": "wie scoorde",
    "rater_no": "de medewerker",
    "moment_label": "het moment",
    **LifeDomain.labels(),
}


def changed_columns(
    connection: duckdb.DuckDBPyConnection, place: Workplace, key: str, table: str
) -> list[tuple[str, int]]:
    """(column, records that differ in it) beside the delivery before it, most first; records that both hold."""
    rows = beside_rows(connection, place, key, table)
    if rows is None:
        return []
    columns = values_of(table)
    said = "sum(hash({name})::HUGEINT) FILTER (delivery_order = {order})".format
    differs = ", ".join(
        f"({said(name=name, order=0)} IS DISTINCT FROM {said(name=name, order=1)})::INT AS {name}" for name in columns
    )
    each = f"SELECT {differs} FROM ({rows}) GROUP BY {same_record(table)} HAVING count(DISTINCT delivery_order) = 2"
    sums = ", ".join(f"coalesce(sum({name}), 0)::BIGINT" for name in columns)
    (counts,) = connection.execute(f"SELECT {sums} FROM ({each})").fetchall()
    found = [(name, int(n)) for name, n in zip(columns, counts, strict=True) if n]
    return sorted(found, key=lambda one: -one[1])


def changed_words(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str, table: str) -> str:
    """The same as a sentence; of clients with another pseudonym also what to do."""
    found = changed_columns(connection, place, key, table)
    told = [(_WORDS[name], n) for name, n in found if name in _WORDS][:MOST_TOLD]
    if not told:
        return ""
    sentence = f" Het verschil zit in: {', '.join(f'{words} ({n} keer)' for words, n in told)}."
    if found[0][0] == "client_no":
        sentence += " Kregen cliënten een ander pseudoniem, vraag de sleutelhouder dan om een brugbestand."
    return sentence
