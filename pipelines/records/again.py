"""What a delivery brings beside another one, per kind of record: here again, with other values, or not at all.

The share of the one before it that is here again shows whether a delivery is complete or an addition.
"""

from __future__ import annotations

from dataclasses import dataclass

from data_contracts.contract import sql_columns
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import CORE, DOMAIN_COLUMNS
from pipelines.records.identity import identity, same_record
from pipelines.records.laid import Laid
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
_ABOUT_THE_FILE = ("delivery", "file", "episode_id")


@dataclass(frozen=True, slots=True)
class Again:
    """Records of one kind in two deliveries: `n_before` of the earlier one that are spoken of, `n_again` of those here.

    `n_changed` of these have other values here; `n_new` are in the later one only.
    """

    table: str
    delivers: Delivers | None
    n_before: int
    n_again: int
    n_new: int
    n_changed: int

    @property
    def is_complete(self) -> bool:
        """Most of what came before is here again."""
        return self.n_again > MOST * self.n_before

    @property
    def is_absent(self) -> bool:
        """The later delivery holds nothing of this kind."""
        return not self.n_again and not self.n_new

    @property
    def n_contradicted(self) -> int:
        """Records of which the two cannot both be right, were they to speak of one day."""
        gone = self.n_before - self.n_again if self.delivers and self.delivers.kind == "complete" else 0
        return self.n_changed + gone

    @property
    def sentence(self) -> str:
        """What it looks like where the mapping says nothing, in Dutch: counts only. Empty where there is no need."""
        if self.is_absent and self.n_before:
            return (
                f"{KIND_WORDS[self.table]}: daarvan zit niets in deze levering; in de vorige waren het er "
                f"{self.n_before}. Die tellen nog mee. Klopt dat niet, lever dat bestand dan alsnog."
            )
        if self.delivers is not None or self.n_before < ENOUGH:
            return ""
        looks = "een volledige levering" if self.is_complete else "een aanvulling"
        return (
            f"{KIND_WORDS[self.table]}: {self.n_again} van de {self.n_before} uit de vorige levering staan er weer in; "
            f"dit lijkt {looks}. Wat er niet meer in staat, telt mee tot in mapping.yaml bij delivers staat wat het is."
        )

    @property
    def disagreement(self) -> str:
        """Why measured is not what was declared; empty where it is.

        Taken for an addition, what a complete delivery withdrew would count for ever; taken for complete, an addition
        would take everybody else away. A kind that is absent says nothing of what there was.
        """
        if (
            self.is_absent
            or self.delivers is None
            or self.n_before < ENOUGH
            or (self.delivers.kind == "complete") == self.is_complete
        ):
            return ""
        said = "volledig" if self.delivers.kind == "complete" else "een aanvulling"
        return (
            f"mapping.yaml zegt dat {KIND_WORDS[self.table]} {said} geleverd worden, maar van de {self.n_before} uit "
            f"de vorige levering staan er {self.n_again} weer in."
        )


def again(ready: Laid, stored: StoredTable, delivers: Delivers | None) -> Again:
    """The two deliveries of `stored`, the earlier first."""
    table, rows = stored.name, ready.rows(stored)
    spoken_of = "true"
    if delivers is not None and delivers.kind == "complete":
        # One that holds nothing of a kind speaks of no period, and all that there was is missing from it.
        spoken_of = f"(is_gone OR NOT EXISTS (FROM ({rows}) WHERE delivery_order = 1))"
    n_before, n_again, n_new, n_changed = ready.connection.sql(
        f"""WITH records AS (
            SELECT {", ".join(f"{key} AS key_{at}" for at, key in enumerate(identity(table)))},
                bool_or(delivery_order = 1) AS in_later,
                bool_or(delivery_order = 0 AND {spoken_of}) AS in_earlier,
                {_differs(table)} AS differs
            FROM ({with_gone(rows, table, delivers)}) GROUP BY {same_record(table)})
        SELECT count(*) FILTER (in_earlier), count(*) FILTER (in_earlier AND in_later),
            count(*) FILTER (in_later AND NOT in_earlier), count(*) FILTER (in_earlier AND in_later AND differs)
        FROM records"""
    ).fetchall()[0]
    return Again(table, delivers, n_before, n_again, n_new, n_changed)


def values_of(table: str) -> list[str]:
    """The columns in which two rows of one record may differ in what they say."""
    return [name for name in sql_columns(CORE[table]) if name not in (*_ABOUT_THE_FILE, "record_no")]


def _differs(table: str) -> str:
    """SQL: the two deliveries say something else of a record. A life domain that one of them leaves out is no word."""
    if table != "core_zrm__assessments":
        said = f"sum(hash({', '.join(values_of(table))})::HUGEINT) FILTER (delivery_order = {{}})".format
        return f"{said(0)} IS DISTINCT FROM {said(1)}"
    score = "sum({name}) FILTER (delivery_order = {order})".format
    pairs = [f"{score(name=name, order=0)} <> {score(name=name, order=1)}" for name in DOMAIN_COLUMNS]
    return f"coalesce({' OR '.join(pairs)}, false)"
