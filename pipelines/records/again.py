"""What a delivery brings beside the one before it, per kind of record: here again, gone, new, and moved.

The share that is here again shows whether a delivery is complete or an addition. Where the mapping says otherwise the
delivery is stopped: taken for an addition, what a complete delivery withdrew would count for ever; taken for complete,
an addition would take everybody else away.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.errors import DeliveryRefused, together
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import CORE
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.records.current import RECORD, delivered_rows
from pipelines.records.standing import with_gone
from pipelines.storage.tables import StoredTable

# Below this many records a share says nothing; from this share on most of the delivery before is here again.
ENOUGH, MOST = 20, 0.5
KIND_WORDS = {
    "core_zrm__assessments": "ZRM-metingen",
    "core_ladder__scores": "scores op de Participatieladder",
    "core_cases__trajectories": "trajecten",
    "core_provisions__use": "voorzieningen",
    "core_events__incidents": "gebeurtenissen",
    "core_experienced__marks": "ervaren baat",
    "core_clients__attributes": "kenmerken van cliënten",
    "core_costs__yearly": "kosten",
}
# The day by which a record may be known under another key, and within how many days it may have moved: what happens
# more often, and looks the same then, is no correction when it lies further apart.
_DAY: dict[str, tuple[str, int]] = {
    "core_cases__trajectories": ("started_on", 100_000),
    "core_provisions__use": ("started_on", 100_000),
    "core_zrm__assessments": ("assessed_on", 30),
    "core_ladder__scores": ("assessed_on", 30),
    "core_events__incidents": ("occurred_on", 30),
    "core_experienced__marks": ("asked_on", 30),
}
_ABOUT_THE_FILE = ("delivery", "file", "episode_id")


@dataclass(frozen=True, slots=True)
class Again:
    """Records of one kind in two deliveries: `n_before` of the earlier one that are spoken of, `n_again` of those here.

    `n_moved` new records equal one that is not here in all but its day.
    """

    table: str
    delivers: Delivers | None
    n_before: int
    n_again: int
    n_new: int
    n_moved: int

    @property
    def is_complete(self) -> bool:
        """Most of what came before is here again."""
        return self.n_again > MOST * self.n_before

    @property
    def sentences(self) -> list[str]:
        """What a researcher should know, in Dutch: counts only."""
        kind, found = KIND_WORDS[self.table], []
        if self.delivers is None and self.n_before >= ENOUGH:
            looks = "een volledige levering" if self.is_complete else "een aanvulling"
            found.append(
                f"{kind}: {self.n_again} van de {self.n_before} uit de vorige levering staan er weer in; dit lijkt "
                f"{looks}. Wat er niet meer in staat, telt mee tot in mapping.yaml bij delivers staat wat het is."
            )
        if self.n_moved and (self.delivers is None or self.delivers.kind == "addition"):
            found.append(
                f"{kind}: {self.n_moved} nieuwe {'lijkt' if self.n_moved == 1 else 'lijken'} op een correctie van de "
                "dag van een eerdere; beide tellen mee. Lever dit volledig, of laat de oude intrekken."
            )
        return found

    def refusal(self, delivery: str) -> DeliveryRefused | None:
        """Why the delivery is stopped: what was declared is not what was measured."""
        if self.delivers is None or self.n_before < ENOUGH or (self.delivers.kind == "complete") == self.is_complete:
            return None
        said = "volledig" if self.delivers.kind == "complete" else "een aanvulling"
        what = (
            f"mapping.yaml zegt dat {KIND_WORDS[self.table]} {said} geleverd worden, maar van de {self.n_before} uit "
            f"de vorige levering staan er {self.n_again} weer in."
        )
        do = "Lever het zoals afgesproken, of zet bij delivers in mapping.yaml wat het is."
        return DeliveryRefused(delivery, what, do, kind=RefusalKind.DELIVERS)


def again(
    connection: duckdb.DuckDBPyConnection,
    stored: StoredTable,
    registers: StoredTable,
    bridges: StoredTable,
    teams: pd.DataFrame,
    delivers: Delivers | None,
) -> Again:
    """The two deliveries of `stored`, the earlier first."""
    table = stored.name
    rows = delivered_rows(connection, stored, registers, bridges, teams)
    spoken_of = "is_gone" if delivers is not None and delivers.kind == "complete" else "true"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE two_deliveries AS
        SELECT *, (min(delivery_order) OVER same = 0 AND max(delivery_order) OVER same = 1) AS is_again
        FROM ({with_gone(rows, table, delivers)}) WINDOW same AS (PARTITION BY {RECORD[table]})"""
    )
    n_before, n_again, n_new = connection.sql(
        f"""SELECT count(DISTINCT ({RECORD[table]})) FILTER (delivery_order = 0 AND {spoken_of}),
            count(DISTINCT ({RECORD[table]})) FILTER (delivery_order = 0 AND {spoken_of} AND is_again),
            count(DISTINCT ({RECORD[table]})) FILTER (delivery_order = 1 AND NOT is_again) FROM two_deliveries"""
    ).fetchall()[0]
    return Again(table, delivers, n_before, n_again, n_new, _n_moved(connection, table))


def _n_moved(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    if table not in _DAY:
        return 0
    day, within = _DAY[table]
    equal = [name for name in sql_columns(CORE[table]) if name not in (day, *_ABOUT_THE_FILE)]
    alike = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in equal if name != "client_no")
    query = f"""SELECT count(*) FROM two_deliveries n WHERE delivery_order = 1 AND NOT is_again AND EXISTS (
        SELECT 1 FROM two_deliveries o WHERE o.delivery_order = 0 AND NOT o.is_again AND o.client_no = n.client_no
            AND abs(o.{day} - n.{day}) <= {within} AND {alike})"""
    return int(connection.sql(query).fetchall()[0][0])


def refuse_undeclared(delivery: str, found: list[Again]) -> None:
    """Raise DeliveryRefused when a kind of record was delivered otherwise than declared."""
    refusals = [refusal for one in found if (refusal := one.refusal(delivery))]
    if refusals:
        raise together(refusals)
