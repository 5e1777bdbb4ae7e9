"""Do the tables of a delivery speak of the same people? Of each table: which of its clients have a ZRM.

They may have it in this delivery or in an earlier one. Where nobody has a ZRM yet, nothing can be said. Keys that
differ only in how they are written (case, leading zeros, '.0', another prefix) would make two people of one.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data_contracts.errors import DeliveryRefused, together
from data_contracts.study import Study
from data_contracts.vocabulary.reasons import ACCEPTED, RefusalKind

TABLE_WORDS = {
    "ladder": "de Participatieladder",
    "clients": "de kenmerken van cliënten",
    "trajectories": "de trajecten",
    "provisions": "de voorzieningen",
    "events": "de gebeurtenissen",
    "experienced": "de ervaren baat",
}
# How a key may be written otherwise, each on top of the one before it, with the words for it.
_FORMS = (
    ("hoofdletters", "lower({})"),
    ("'.0' erachter", "regexp_replace({}, '[.,]0+$', '')"),
    ("voorloopnullen", "regexp_replace({}, '(^|[^0-9])0+([0-9])', '\\1\\2', 'g')"),
    ("een voorvoegsel", "regexp_replace({}, '^[a-z0-9]{{1,8}}[-_: ]', '')"),
)
# Alone: without its dashes a key has no prefix any more.
_BARE = ("streepjes of accolades", "lower(regexp_replace(client_key, '[-{}]', '', 'g'))")
_BEFORE = "CREATE TEMP TABLE IF NOT EXISTS zrm_before (client_key VARCHAR)"
# Below this many clients a share says nothing.
_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Meeting:
    """Of the `clients` of a table `known` have a ZRM; `near` more would have, but for how their key is written."""

    table: str
    clients: int
    known: int
    near: int
    near_by: str

    @property
    def share(self) -> float:
        """The share of the clients with a ZRM."""
        return self.known / self.clients if self.clients else 1.0


def lay_before(connection: duckdb.DuckDBPyConnection, keys: str) -> None:
    """Remember the pseudonyms that this SQL gives: of people who have a ZRM in an earlier delivery."""
    connection.execute(_BEFORE)
    connection.execute(f"INSERT INTO zrm_before {keys}")


def n_before(connection: duckdb.DuckDBPyConnection) -> int:
    """How many pseudonyms are remembered."""
    connection.execute(_BEFORE)
    return int(connection.execute("SELECT count(*) FROM zrm_before").fetchall()[0][0])


def lay_these(connection: duckdb.DuckDBPyConnection) -> None:
    """Remember who has a ZRM in the delivery of which the tables were last compared."""
    lay_before(connection, "FROM zrm_keys")


def meetings(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation], *, allowed: float
) -> list[Meeting]:
    """How every other table meets the ZRM; a bridge makes its two pseudonyms one. Nothing where nobody has a ZRM."""
    connection.execute(_BEFORE)
    for table, raw in raws.items():
        if table in ("assessments", "bridge", *TABLE_WORDS):
            keys = "client_key, client_key_new" if table == "bridge" else "client_key"
            raw.filter(f"verdict = '{ACCEPTED}'").project(keys).distinct().to_table(f"keys_of_{table}")
    nobody = "SELECT NULL::VARCHAR AS client_key, NULL::VARCHAR AS client_key_new WHERE false"
    bridge = "SELECT client_key, client_key_new FROM keys_of_bridge" if "bridge" in raws else nobody
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE zrm_keys AS
        WITH scored AS (FROM keys_of_assessments UNION FROM zrm_before)
        FROM scored
        UNION SELECT client_key_new FROM ({bridge}) SEMI JOIN scored USING (client_key)
        UNION SELECT client_key FROM ({bridge}) WHERE client_key_new IN (FROM scored)"""
    )
    ((n_scored,),) = connection.execute("SELECT count(*) FROM zrm_keys").fetchall()
    found = [_meeting(connection, table, allowed) for table in TABLE_WORDS if table in raws]
    for table in raws:
        connection.execute(f"DROP TABLE IF EXISTS keys_of_{table}")
    return [one for one in found if one.clients and n_scored]


def _meeting(connection: duckdb.DuckDBPyConnection, table: str, allowed: float) -> Meeting:
    ((clients, known),) = connection.execute(
        f"""SELECT count(*), count(*) FILTER (client_key IN (FROM zrm_keys)) FROM keys_of_{table}"""
    ).fetchall()
    near, near_by = 0, ""
    if clients - known > allowed * clients:
        forms, form = [], "client_key"
        for words, written in _FORMS:
            form = written.format(form)
            forms.append((words, form))
        for words, form in (*forms, _BARE):
            ((n,),) = connection.execute(
                f"""SELECT count(*) FROM keys_of_{table} WHERE client_key NOT IN (FROM zrm_keys)
                AND ({form}) IN (SELECT {form} FROM zrm_keys)"""
            ).fetchall()
            if n > near:
                near, near_by = n, words
    return Meeting(table, int(clients), int(known), int(near), near_by)


def refuse_unmet_keys(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation], delivery: str, study: Study
) -> None:
    """Raise DeliveryRefused when tables hold other people than the ZRM, or the same under another spelling."""
    limits = study.thresholds
    refusals = []
    for one in meetings(connection, raws, allowed=limits.max_quarantined_share):
        words = TABLE_WORDS[one.table]
        if one.near > limits.max_quarantined_share * one.clients:
            share = f"{one.near / one.clients:.0%}"
            what = f"{share} van de cliënten in {words} heeft wel een ZRM, maar onder een andere schrijfwijze"
            do = "Laat de sleutelhouder de pseudoniemen in alle bestanden op dezelfde manier schrijven."
            refusals.append(DeliveryRefused(delivery, f"{what} ({one.near_by}).", do, kind=RefusalKind.PSEUDONYMS))
        elif one.clients >= _ENOUGH and one.share < limits.min_known_share:
            what = f"van de cliënten in {words} heeft {one.share:.0%} een ZRM: de sleutels ontmoeten elkaar niet."
            do = (
                "Kijk of alle bestanden dezelfde pseudoniemen hebben. Klopt het zo, zet dan in study.yaml onder "
                "thresholds een lagere min_known_share."
            )
            refusals.append(DeliveryRefused(delivery, what, do, kind=RefusalKind.PSEUDONYMS))
    if refusals:
        raise together(refusals)
