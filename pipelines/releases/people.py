"""Who contributes what to every figure now.

closed/ledger/secret   the key of the hashes

A state has a row per outcome and client, with a keyed hash of the contribution and one of all that the outcome may hang
on, and a row per slice and client, with the group. The hash is of the client too, so equal contributions of two people
do not look alike.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.contract import column, contract, text
from data_contracts.gate.named_teams import TEAM
from data_contracts.gate.rounding import Integers
from data_contracts.gate.spec import Cell
from data_contracts.tables.contributions import (
    BIG,
    CONTRIBUTIONS,
    DIVIDED,
    EVERY_GROUP,
    LOGIC_CONTRIBUTIONS,
    outcome_of_others,
)
from data_contracts.vocabulary.field import ALL
from pipelines.releases.ledger_links import SECRET
from pipelines.releases.states import as_figures
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.storage.sql import listed, quoted

PEOPLE = contract(
    "closed_gate__people",
    {
        "client_no": column(BIG),
        "outcome": text(),  # or the name of a slice
        "contribution": column(BIG, nullable=True),
        "beside": column(BIG, nullable=True),
        "slice_value": text(nullable=True),
    },
    key=["client_no", "outcome"],
)
# The steps that leave contributions behind.
KEPT_BY = ("panels", "estimates", "use", "provision_kinds", "reach", "odd_courses")
NOW = "now"


def state_now(
    connection: duckdb.DuckDBPyConnection, home: Home, members: pd.DataFrame, unnamed: pd.DataFrame
) -> duckdb.DuckDBPyRelation:
    """closed_gate__people of what the steps left behind, in order.

    `members` (client_no, slice, slice_value) are all groups; `unnamed` (table_name, kind, team) the teams that are one
    group in the out_ tables about outcomes of that kind.
    """
    of_trees = home.tables / str(LOGIC_CONTRIBUTIONS.name) / "team_years.parquet"
    told = f" UNION ALL BY NAME FROM read_parquet({quoted(of_trees)})" if of_trees.exists() else ""
    added = f"({contributions_of(home)}{told})"
    connection.register("members_now", members)
    connection.register("unnamed_now", unnamed)
    others = outcome_of_others("' || table_name || '", "' || outcome")
    of_kind = """starts_with(outcome, '["' || kind || '"')"""
    as_figures(
        connection,
        f"""SELECT outcome FROM {added} UNION ALL SELECT slice FROM members_now
        UNION ALL SELECT '{others} FROM unnamed_now JOIN (SELECT DISTINCT outcome FROM {added}) ON {of_kind}""",
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE added AS SELECT * REPLACE (outcome::figure AS outcome) FROM {added}"
    )
    found = connection.sql("SELECT client_no, contribution, coalesce(beside, 0) AS beside FROM added").fetchnumpy()
    hashed = keyed(secret_of(home), *(found.pop(name) for name in ("client_no", "contribution", "beside")))
    connection.register("hashed_now", pd.DataFrame(hashed))
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE state_now AS SELECT client_no, outcome, h.contribution, h.beside
        FROM added POSITIONAL JOIN hashed_now h"""
    )
    connection.unregister("hashed_now")
    connection.execute("DROP TABLE added")
    return connection.sql(
        f"""SELECT *, NULL::VARCHAR AS slice_value FROM state_now
        UNION ALL SELECT s.client_no, ('{others})::figure, s.contribution, s.beside, NULL
        FROM unnamed_now JOIN members_now m ON slice = '{TEAM}' AND m.slice_value = team
        JOIN state_now s ON s.client_no = m.client_no AND {of_kind}
        UNION ALL SELECT client_no, slice::figure, 0, 0, slice_value FROM members_now ORDER BY client_no, outcome"""
    )


def contributions_of(home: Home) -> str:
    """SQL for what the steps that count people left behind."""
    places = [home.tables / str(CONTRIBUTIONS.name) / f"{step}.parquet" for step in KEPT_BY]
    return f"FROM read_parquet([{listed(path for path in places if path.exists())}])"


def keyed(secret: bytes, client_no: Integers, contribution: Integers, beside: Integers) -> dict[str, Integers]:
    """Hashes of a contribution and of all beside it, under the secret and the client; the same for ever.

    The finalizer of SplitMix64 (Steele, Lea and Flood 2014) over sums with words of the secret. Hash functions of an
    engine may change with its version, and then everybody would seem to differ.
    """
    words = np.frombuffer(secret, dtype="<u8")
    own = _mixed(_mixed(contribution.view(np.uint64) + words[0]) ^ _mixed(client_no.view(np.uint64) + words[1]))
    whole = np.where(beside == 0, own, _mixed(own + _mixed(beside.view(np.uint64) + words[2]) + words[3]))
    return {"contribution": own.view(np.int64), "beside": whole.view(np.int64)}


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed


def members_of(labels: pd.DataFrame, slices: Sequence[str]) -> pd.DataFrame:
    """client_no, slice and slice_value from one row per client with a column per slice."""
    found = labels.melt("client_no", list(slices), "slice", "slice_value").dropna(subset="slice_value")
    return found.astype({"slice_value": "str"})  # of no slices there is no text


def counted(connection: duckdb.DuckDBPyConnection, state: Path) -> dict[Cell, int]:
    """How many people contribute to each cell of a state."""
    source = f"read_parquet({quoted(state)})"
    rows = connection.sql(
        f"""SELECT outcome, '{ALL}', '{ALL}', count(*) FROM {source} WHERE slice_value IS NULL GROUP BY outcome
        UNION ALL SELECT a.outcome, m.outcome, m.slice_value, count(*)
        FROM {source} a JOIN {source} m USING (client_no)
        WHERE ({is_divided("a.outcome")}) AND m.slice_value IS NOT NULL GROUP BY ALL
        UNION ALL SELECT a.outcome, m.outcome, '{EVERY_GROUP}', count(*)
        FROM {source} a JOIN {source} m USING (client_no)
        WHERE m.outcome = '{TEAM}' AND ({is_divided("a.outcome")}) AND m.slice_value IS NOT NULL GROUP BY ALL"""
    ).fetchall()
    return {(outcome, slice_, value): n for outcome, slice_, value, n in rows}


def is_divided(outcome: str) -> str:
    """SQL: this outcome is counted per group too."""
    return " OR ".join(f"""starts_with({outcome}, '["{kind}"')""" for kind in DIVIDED)


def secret_of(home: Home) -> bytes:
    """The key of this home's hashes, made when there is none; whoever has it could guess contributions."""
    file = home.closed / "ledger" / SECRET
    if not file.exists():
        write_whole(file, secrets.token_bytes(32))
        file.chmod(0o600)
    return file.read_bytes()
