"""Back to the rows of the deliveries: every row of the files that played a part, with its part or why it has none.

The raw text is typed once more by the SQL of the intake, so the match with what was counted is exact. Where the raw
text is gone by its retention, the typed records remain; they know their delivery, but no file and no row.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT, Reason
from pipelines.assets.views import VIEWS
from pipelines.intake.accounting import has_no_score
from pipelines.intake.core import padded, typed_rows
from pipelines.intake.opening import rules_of
from pipelines.intake.raw_tables import RAW
from pipelines.records.bridge import bridge_of
from pipelines.records.identity import has_own_number, same_record
from pipelines.records.laid import set_aside
from pipelines.records.standing import delivers_of, with_gone
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.restricted_people import restricted_clients
from pipelines.storage.sql import quoted
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace
from pipelines.tracing.people import Followed

# Why a row of the delivery has no part, in the words of the list.
NOT_USED = "geen score op een leefgebied van de studie"
REPLACED = "een latere levering beslist over deze registratie"
OTHER_RECORD = "de cliënt telt mee, maar het cijfer rust niet op deze regel"
NOWHERE = "de cliënt wordt bewaard en nergens meer meegeteld"
NO_RECORD = "geen registratie volgens mapping.yaml: een totaal, voetnoot, doel of kopregel"
DUPLICATE = "staat al eerder in het bestand, letterlijk gelijk"
TEAM = "team"
PARTS = ("before", "after", "counted", "intake", "covariate", TEAM)
# The day of a record and what it is about, in the typed columns of its source.
_DAY_AND_WHAT = {
    "assessments": ("assessed_on", "edition"),
    "ladder": ("assessed_on", "ladder_variant"),
    "experienced": ("asked_on", "scale"),
    "events": ("occurred_on", "event_kind"),
    "provisions": ("started_on", "product"),
    "trajectories": ("started_on", "solution_kind"),
    "attributes": ("NULL", "NULL"),
}
INTAKE_NAME = {"attributes": "clients", TEAM: "teams"}
COLUMNS = ["delivery", "source", "file", "row_number", "client_no", "part", "reason"]


@dataclass(frozen=True, slots=True)
class SourceRows:
    """COLUMNS for every row of the files involved, and the deliveries of which the raw text is gone.

    `part` is one of PARTS, or 'none', 'quarantined', 'exact_duplicate' or 'left_out'; `reason` says in Dutch why a row
    has none.
    `client_no` is missing where a row was not accepted, and in the register of teams.
    """

    rows: pd.DataFrame
    gone: list[str]


def source_rows(
    place: Workplace, connection: duckdb.DuckDBPyConnection, followed: Followed, *, with_teams: bool
) -> SourceRows:
    """Every row of the files that played a part in a figure; StudyError when the study reads them otherwise by now."""
    receipts = Receipts(place.home.receipts).accepted()
    if any(receipt.fingerprint != place.files.intake_fingerprint for receipt in receipts):
        raise StudyError("De studie leest leveringen nu anders dan toen. Draai eerst opnieuw: wijkbaat run.")
    store, gone, parts = TableStore(place.home.tables), set(), []
    connection.register("points", followed.points)
    connection.register("people", followed.clients)
    nowhere = pd.Series(sorted(restricted_clients(place.home)), dtype="int64")
    connection.register("nowhere", nowhere.to_frame("client_no"))
    bridges = store.stored("core_clients__bridge", [receipt.key for receipt in receipts])
    connection.sql(f"SELECT client_no, client_no_new AS new FROM ({bridge_of(bridges)})").to_view("renamed")
    keys = [receipt.key for receipt in receipts]
    spoiled = store.stored("core_intake__spoiled", keys)
    aside = f"({set_aside(spoiled, keys, f'({bridge_of(bridges)})')})" if spoiled.paths else None
    for source in [*followed.sources, *([TEAM] if with_teams else [])]:
        tables = []
        for order, receipt in enumerate(receipts):
            raw = store.stored(RAW[INTAKE_NAME.get(source, source)], [receipt.key])
            if raw.paths:
                query = _typed_again(place, connection, raw, source, receipt, followed.life_domain)
            else:
                gone.add(receipt.key)
                query = _typed_before(store, source, receipt)
            tables.append(f"traced_{source}_{order}")
            known = f"'{receipt.key}' AS delivery_key, {order} AS delivery_order"
            connection.execute(f"CREATE TEMP TABLE {tables[-1]} AS SELECT {known}, * FROM ({query})")
        every = " UNION ALL BY NAME ".join(f"SELECT * FROM {name}" for name in tables)
        parts.append(connection.sql(_told(place, every, source, followed, aside)).df())
    rows = pd.concat(parts, ignore_index=True).astype({"client_no": "Int64", "row_number": "Int32"})
    return SourceRows(rows.sort_values(COLUMNS[:5], ignore_index=True), sorted(gone))


def _told(place: Workplace, every: str, source: str, followed: Followed, aside: str | None) -> str:
    if source == TEAM:
        return _team_rows(every)
    delivers = delivers_of(place.files.mapping, VIEWS[source].removesuffix("__current"))
    return _with_parts(every, source, followed, delivers, aside)


def _typed_again(
    place: Workplace,
    connection: duckdb.DuckDBPyConnection,
    raw: StoredTable,
    source: str,
    receipt: Receipt,
    life_domain: str,
) -> str:
    """SQL for every row of one delivery: where it stands, its verdict, and its typed record where it was accepted."""
    places = f"SELECT file, row_number, part AS record, verdict FROM {raw.sql}"
    intake_name = INTAKE_NAME.get(source, source)
    typed = typed_rows(connection, raw.relation(connection), intake_name, rules_of(place, receipt.key, None))
    if typed is None or source == TEAM:
        return f"{places} WHERE {source == TEAM}"
    typed = f"SELECT * EXCLUDE (part), part AS record FROM ({typed})"
    typed = f"SELECT *, true AS is_usable FROM ({typed})"
    if source == "assessments":
        unused = has_no_score(place.files.study)
        typed = f"SELECT *{_score_of(life_domain)}, NOT coalesce({unused}, false) AS is_usable FROM ({padded(typed)})"
    return f"SELECT * FROM ({places}) LEFT JOIN ({typed}) USING (file, row_number, record)"


def _score_of(life_domain: str) -> str:
    """SQL that gives a row of a long file its score in the column of the life domain."""
    if life_domain not in DOMAIN_COLUMNS:
        return ""
    own = f"CASE WHEN life_domain IS NULL THEN {life_domain} WHEN life_domain = '{life_domain}' THEN score END"
    return f" REPLACE ({own} AS {life_domain})"


def _typed_before(store: TableStore, source: str, receipt: Receipt) -> str:
    """SQL for the same of a delivery whose raw text is gone: its accepted records, without file and row."""
    place = f"NULL::VARCHAR AS file, NULL::INTEGER AS row_number, '{ACCEPTED}' AS verdict"
    if source == TEAM:
        return f"SELECT {place} WHERE false"
    kept = store.stored(VIEWS[source].removesuffix("__current"), [receipt.key])
    return f"SELECT {place}, true AS is_usable, * FROM {kept.sql}"


def _with_parts(every: str, source: str, followed: Followed, delivers: Delivers | None, aside: str | None) -> str:
    """SQL for COLUMNS from the rows of all deliveries: a row's part by the points, else why it has none."""
    day, what = _DAY_AND_WHAT[source]
    value = followed.value_of.get(source, "NULL")
    order = ", ".join(f"'{part}'" for part in PARTS)
    table = VIEWS[source].removesuffix("__current")
    # A life domain is decided by the last delivery that scored it, any other record as a whole.
    has_value = source != "assessments" or followed.life_domain not in DOMAIN_COLUMNS
    counts = "is_usable AND NOT is_gone" + ("" if has_value else f" AND {followed.life_domain} IS NOT NULL")
    usable, unusable = (f"SELECT * FROM renamed_rows WHERE {no}coalesce(is_usable, false)" for no in ("", "NOT "))
    quarantined = " ".join(f"WHEN '{one.value}' THEN {quoted(one.label)}" for one in Reason)
    number = " UNION ALL BY NAME SELECT NULL::BIGINT AS record_no WHERE false" if has_own_number(table) else ""
    return f"""WITH every AS ({every}{number}),
        renamed_rows AS (SELECT every.* REPLACE (coalesce(new, client_no) AS client_no)
            FROM every LEFT JOIN renamed USING (client_no)),
        standing AS ({with_gone(usable, table, delivers, aside)}
            UNION ALL BY NAME SELECT *, false AS is_gone FROM ({unusable})),
        judged AS (SELECT *, row_number() OVER () AS id, ({day})::DATE AS its_day, ({what})::VARCHAR AS its_what,
                ({value})::DOUBLE AS its_value, NOT is_gone AND delivery_order = max(delivery_order)
                    FILTER (WHERE {counts}) OVER (PARTITION BY {same_record(table)}) AS decides
            FROM standing),
        matched AS (SELECT judged.*, points.part, people.why_not FROM judged
            LEFT JOIN (SELECT DISTINCT * FROM points WHERE source = '{source}') AS points
                ON points.client_no = judged.client_no AND is_usable AND decides
                AND coalesce(points.day = its_day, points.day IS NULL)
                AND coalesce(points.what = its_what, points.what IS NULL)
                AND coalesce(points.value = its_value, points.value IS NULL)
            LEFT JOIN people ON people.client_no = judged.client_no
            QUALIFY row_number() OVER (PARTITION BY id ORDER BY list_position([{order}], points.part)) = 1)
        SELECT delivery_key AS delivery, '{source}' AS source, file, row_number, client_no,
            CASE verdict WHEN '{ACCEPTED}' THEN coalesce(part, 'none')
                WHEN '{EXACT_DUPLICATE}' THEN '{EXACT_DUPLICATE}' WHEN '{LEFT_OUT}' THEN '{LEFT_OUT}'
                ELSE 'quarantined' END AS part,
            CASE WHEN part IS NOT NULL THEN NULL
                WHEN verdict = '{EXACT_DUPLICATE}' THEN '{DUPLICATE}'
                WHEN verdict = '{LEFT_OUT}' THEN '{NO_RECORD}'
                WHEN verdict <> '{ACCEPTED}' THEN CASE verdict {quarantined} END
                WHEN NOT is_usable THEN '{NOT_USED}' WHEN NOT coalesce(decides, false) THEN '{REPLACED}'
                WHEN client_no IN (SELECT coalesce(new, client_no) FROM nowhere LEFT JOIN renamed USING (client_no))
                    THEN '{NOWHERE}'
                ELSE coalesce(why_not::VARCHAR, '{OTHER_RECORD}') END AS reason
        FROM matched"""


def _team_rows(every: str) -> str:
    """SQL for COLUMNS from the registers of teams: which team started when."""
    return f"""SELECT delivery_key AS delivery, '{TEAM}' AS source, file, row_number, NULL::BIGINT AS client_no,
            CASE verdict WHEN '{ACCEPTED}' THEN '{TEAM}' WHEN '{EXACT_DUPLICATE}' THEN '{EXACT_DUPLICATE}'
                ELSE 'quarantined' END AS part, NULL::VARCHAR AS reason FROM ({every})"""
