"""What is out of the ordinary about a delivery: it stops until a person says that it counts, or withdraws it.

Shares are asked only where there are enough records, and stand in study.yaml under thresholds.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from data_contracts.errors import DeliveryRefused, together
from data_contracts.protection import Thresholds
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.records.again import ENOUGH, KIND_WORDS
from pipelines.records.beside_the_last import beside, beside_the_last
from pipelines.records.standing import MAPPED, delivers_of
from pipelines.records.what_changed import changed_words
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace

CHANGES = "core_intake__changes"
# Of these there is more to compare than the day, so that two that look alike tell something.
_TELLING = ("core_cases__trajectories", "core_provisions__use", "core_zrm__assessments", "core_ladder__scores")
_CHANGED = "zijn veranderd"
# Records that are known only once they have happened.
_HAPPENED = {"core_zrm__assessments": "assessed_on", "core_events__incidents": "occurred_on"}


def require_ordinary(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str, changes: pd.DataFrame) -> None:
    """Raise DeliveryRefused with all that is out of the ordinary, unless a person took the delivery."""
    receipts = Receipts(place.home.receipts)
    own = receipts.of(key)
    if own is None or receipts.is_taken(key):
        return
    two_ways = (
        f"Klopt het, geef dan: wijkbaat deliveries take STUDIE {key} --by NAAM --why REDEN, en daarna wijkbaat run. "
        f"Klopt het niet: wijkbaat deliveries withdraw STUDIE {key} --by NAAM --why REDEN."
    )
    found = unusual(connection, place, own, changes)
    if found:
        told = [DeliveryRefused(own.name, what, "", kind=kind) for kind, what in found[:-1]]
        kind, what = found[-1]
        raise together([*told, DeliveryRefused(own.name, what, two_ways, kind=kind)])


def ordinary(place: Workplace, key: str) -> tuple[bool, dict[str, int | str]]:
    """Whether nothing stops this delivery, and how many records are new, changed, gone and equal: for Dagster's pages.

    Counts only; the reasons, which name files, stand in the error that stops the step.
    """
    receipts, changes = Receipts(place.home.receipts), TableStore(place.home.tables).stored(CHANGES, [key]).frame()
    own = receipts.of(key)
    found = [] if own is None or receipts.is_taken(key) else unusual(connect(), place, own, changes)
    counts = {name: int(changes[name].sum()) for name in changes.columns if name.startswith("n_")}
    return not found, {**counts, "out_of_the_ordinary": len(found)}


def unusual(
    connection: duckdb.DuckDBPyConnection, place: Workplace, own: Receipt, changes: pd.DataFrame
) -> list[tuple[RefusalKind, str]]:
    """Each reason with its kind, in Dutch: counts only."""
    limits = place.files.study.thresholds
    declared = [
        (RefusalKind.DELIVERS, one.disagreement)
        for one in beside_the_last(connection, place, own.key)
        if one.disagreement
    ]
    others = [*_dates(connection, place, own), *_contradictions(connection, place, own)]
    for table, rows in changes.groupby("table_name"):
        texts = _shares_of_kind(rows, limits)
        if any(_CHANGED in text for text in texts):
            texts[-1] += changed_words(connection, place, own.key, str(table))
        others += texts
    others += _moved(place, changes, limits)
    return [*declared, *((RefusalKind.UNUSUAL, text) for text in others)]


def _shares_of_kind(rows: pd.DataFrame, limits: Thresholds) -> list[str]:
    """Over everything that is known of a kind, else in a half-year."""
    counts = rows[["n_gone", "n_changed", "n_equal", "n_ran_on"]].sum().to_dict()
    whole = _shares({**counts, "half_year": "", "table_name": rows["table_name"].iloc[0]}, limits)
    return whole or [text for row in rows.to_dict("records") for text in _shares(row, limits)]


def _shares(row: dict[Any, Any], limits: Thresholds) -> list[str]:
    """Of one kind and half-year: more is gone, or changed, than the study allows."""
    known = row["n_gone"] + row["n_changed"] + row["n_equal"]
    if known < ENOUGH:
        return []
    by_chance = 2 * (known * 0.25) ** 0.5  # two standard errors of a share, at most
    where = f" uit {half_year_words(row['half_year'])}" if row["half_year"] else ""
    kind, found = KIND_WORDS[row["table_name"]], []
    for n, limit, words in (
        (row["n_gone"], limits.max_gone_share, "staan er niet meer in"),
        # What still ran is meant to change: its end, its hours and its euros were still to come.
        (row["n_changed"] - row["n_ran_on"], limits.max_changed_share, _CHANGED),
    ):
        if n > limit * known + by_chance:
            found.append(f"{n} van de {known} {kind}{where} {words}; dat is meer dan {limit:.0%}.")
    return found


def _moved(place: Workplace, changes: pd.DataFrame, limits: Thresholds) -> list[str]:
    """Of an addition: new records that look like corrections of earlier ones, which would both count."""
    found = []
    for table, rows in changes.groupby("table_name"):
        delivers, n_new, n_moved = (
            delivers_of(place.files.mapping, str(table)),
            rows["n_new"].sum(),
            rows["n_moved"].sum(),
        )
        if table not in _TELLING or delivers is None or delivers.kind != "addition":
            continue
        if n_new >= ENOUGH and n_moved > limits.max_moved_share * n_new:
            found.append(
                f"{n_moved} van de {n_new} nieuwe {KIND_WORDS[str(table)]} lijken op een correctie van een eerdere; "
                f"dat is meer dan {limits.max_moved_share:.0%}, en beide zouden meetellen."
            )
    return found


def _dates(connection: duckdb.DuckDBPyConnection, place: Workplace, own: Receipt) -> list[str]:
    """An extract date, or a day of receipt, that cannot be right: it would decide about records for years."""
    if own.as_at > own.received_on:
        return [f"de peildatum ({own.as_at}) ligt na de ontvangst ({own.received_on})."]
    if own.as_at:
        return _after_extract(connection, place, own)
    received = [one for one in Receipts(place.home.receipts).accepted() if one.order < own.order]
    later = [one for one in received if not one.as_at and one.received_on > own.received_on]
    return [
        f"zij is ontvangen op {own.received_on}, en levering '{one.name}' van daarvoor op {one.received_on}: een "
        "van die dagen klopt niet, en de laatste beslist."
        for one in later
    ]


def _after_extract(connection: duckdb.DuckDBPyConnection, place: Workplace, own: Receipt) -> list[str]:
    store, found = TableStore(place.home.tables), []
    for table, day in _HAPPENED.items():
        rows = store.stored(table, [own.key])
        if not rows.paths:
            continue
        after, every = connection.sql(
            f"SELECT count(*) FILTER ({day} > DATE '{own.as_at}'), count(*) FROM {rows.sql}"
        ).fetchall()[0]
        if after > place.files.study.thresholds.max_quarantined_share * every:
            found.append(f"{after} van de {every} {KIND_WORDS[table]} zijn van na de peildatum ({own.as_at}).")
    return found


def _contradictions(connection: duckdb.DuckDBPyConnection, place: Workplace, own: Receipt) -> list[str]:
    """Another delivery of the same extract date that says something else: the order of receipt is no reason."""
    receipts = [one for one in Receipts(place.home.receipts).accepted() if one.name != own.name]
    found = []
    for other in (one for one in receipts if own.as_at and one.as_at == own.as_at):
        for table in beside(connection, place, other.key, own.key):
            if table.n_contradicted:
                files = " en ".join(_files(place, key, table.table) for key in (other.key, own.key))
                found.append(
                    f"over {table.n_contradicted} {KIND_WORDS[table.table]} zegt zij iets anders dan levering "
                    f"'{other.name}' van dezelfde peildatum ({own.as_at}): {files}."
                )
    return found


def _files(place: Workplace, key: str, table: str) -> str:
    account = TableStore(place.home.tables).stored("core_intake__accounting", [key]).frame()
    return ", ".join(sorted(f"'{file}'" for file in account.loc[account["table_name"] == MAPPED[table], "file"]))


def half_year_words(half_year: str) -> str:
    """2025-1 as the first half of 2025."""
    year, half = half_year.split("-")
    return f"de {'eerste' if half == '1' else 'tweede'} helft van {year}"


def moved_words(changes: pd.DataFrame) -> list[str]:
    """New records that look like a correction, and records that stayed because their row was set aside."""
    found = []
    for table, rows in changes.groupby("table_name"):
        n_moved, n_stale, kind = rows["n_moved"].sum(), rows["n_stale"].sum(), KIND_WORDS[str(table)]
        if n_moved:
            found.append(
                f"{kind}: {n_moved} nieuwe {'lijkt' if n_moved == 1 else 'lijken'} op een correctie van een eerdere. "
                "In een aanvulling tellen beide mee: lever volledig, of laat de oude intrekken."
            )
        if n_stale:
            found.append(
                f"{kind}: {n_stale} {'blijft' if n_stale == 1 else 'blijven'} zoals eerder geleverd, omdat de nieuwe "
                "regel apart is gezet."
            )
    return found
