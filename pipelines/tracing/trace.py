"""A figure of the last release with everything that it rests on. Read and checked in the closed zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_contracts.errors import ContractBroken, StudyError
from pipelines.assets.views import VIEWS
from pipelines.intake.door import key_of
from pipelines.releases.documents import delivery_labels
from pipelines.releases.release import Release, current, releases
from pipelines.releases.restricted import changed_teams, directories_with
from pipelines.storage.journal import LAST
from pipelines.storage.platform import connect, sha256_of
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.storage.whole import damaged_files, manifest_of
from pipelines.study.workplace import Workplace
from pipelines.tracing.effects import people_of_effect
from pipelines.tracing.figures import CHANGE, EFFECTS, TABLES, USE, Figure, figure_named, figures
from pipelines.tracing.people import Followed, people_of_change
from pipelines.tracing.source_rows import SourceRows, source_rows
from pipelines.tracing.use import people_of_use

AGAIN = "Draai eerst opnieuw: wijkbaat run."


@dataclass(frozen=True, slots=True)
class Released:
    """The release that the closed zone of today made: its tables, its manifest, and the figures that can be traced.

    The rows of named teams beside it are among the figures; `sha256` is that of every file, as the manifests say.
    `in_force` is the release that counts now, which may be an earlier one, or none.
    """

    release: Release
    in_force: str | None
    manifest: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, Figure]
    sha256: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trace:
    """One figure: the exact row that it was rounded from, who it is about, and the rows of the deliveries.

    `account` is that of each delivered file when it was taken in. `sha256` is that of a file by (delivery, file), as it
    lies where it was received; missing when it does not lie there any more, or is not the same.
    """

    released: Released
    figure: Figure
    exact: Mapping[str, Any]
    followed: Followed
    source: SourceRows
    account: pd.DataFrame
    sha256: Mapping[tuple[str, str], str]


def last_release(place: Workplace) -> Released:
    """The last release of a home; StudyError when its tables, study or deliveries are no longer what it was made of."""
    home = place.home
    if not (home.closed / LAST).is_file():
        raise StudyError(f"In '{home.root}' is nog niets gemaakt. {AGAIN}")
    name = (home.closed / LAST).read_text(encoding="utf-8").strip()
    release = next((one for one in releases(home) if one.name == name), None)
    if release is None or damaged_files(release.directory) or changed_teams(home, name, release.directory):
        raise StudyError(f"Publicatie '{name}' is weg of veranderd na het maken. {AGAIN}")
    manifest = manifest_of(release.directory)
    tables = _tables_in(release.directory)
    store = TableStore(home.tables)
    if not all(_as_made(store.stored(table).frame(), frame) for table, frame in tables.items()):
        raise StudyError(f"De tabellen zijn veranderd na publicatie '{name}'. {AGAIN}")
    if manifest["study_sha256"] != place.files.sha256:
        raise StudyError(f"De studie is veranderd na publicatie '{name}'. {AGAIN}")
    if manifest["deliveries"] != delivery_labels(place, Receipts(home.receipts).accepted()):
        raise StudyError(f"Er zijn andere leveringen dan bij publicatie '{name}'. {AGAIN}")
    known, sha256 = figures(tables), _listed(manifest)
    for directory in directories_with(home, name):
        below = f"{directory.relative_to(home.root).as_posix()}/"
        known = figures(_tables_in(directory), below) | known
        sha256 |= _listed(manifest_of(directory), below)
    return Released(release, current(home), manifest, tables, known, sha256)


def _as_made(made: pd.DataFrame, released: pd.DataFrame) -> bool:
    """Whether a released table is the one that was made, but for the marks that stand in it beside."""
    return set(made) <= set(released) and made.equals(released[list(made)])


def _tables_in(directory: Path) -> dict[str, pd.DataFrame]:
    paths = {table: directory / "tables" / f"{table}.parquet" for table in TABLES}
    return {table: StoredTable(table, (path,)).frame() for table, path in paths.items() if path.exists()}


def _listed(manifest: Mapping[str, Any], below: str = "") -> dict[str, str]:
    return {f"{below}{entry['path']}": str(entry["sha256"]) for entry in manifest["files"]}


def trace(place: Workplace, released: Released, asked: str) -> Trace:
    """Walk one figure back; ContractBroken when what is found is not exactly what the figure rests on."""
    figure = figure_named(released.figures, released.tables, asked)
    store = TableStore(place.home.tables)
    connection = connect(place.home.work)
    for view, table in VIEWS.items():
        store.stored(table).relation(connection).to_view(view)
    if "first_on" not in connection.table("changes").columns:
        raise StudyError(f"De tabellen zijn van een oudere versie. {AGAIN}")
    exact = figure.among(store.stored(figure.exact_table).frame())
    followed = _followed(connection, place, figure)
    is_compared = figure.table == EFFECTS and figure.row["design"] in ("comparison", "staggered")
    source = source_rows(place, connection, followed, with_teams=is_compared)
    _check(figure, exact, followed, source)
    known = {str(name): value for name, value in exact.items()}
    keys = [receipt.key for receipt in Receipts(place.home.receipts).accepted()]
    account = store.stored("core_intake__accounting", keys).frame()
    return Trace(released, figure, known, followed, source, account, _hashes(place, account))


def _followed(connection: duckdb.DuckDBPyConnection, place: Workplace, figure: Figure) -> Followed:
    if figure.table == USE:
        return people_of_use(connection, figure.row)
    people_of = people_of_change if figure.table == CHANGE else people_of_effect
    return people_of(connection, place.files.study, figure.row)


def _check(figure: Figure, exact: pd.Series, followed: Followed, source: SourceRows) -> None:
    """The clients are as many as the figure says, and each record that was used is found back in a delivery."""
    expected = int(exact["n_clients_base" if figure.table == USE else "n_clients"])
    if followed.n_counted != expected:
        raise ContractBroken(f"{figure.key}: er zijn niet evenveel cliënten gevonden als waarop het cijfer rust")
    for part in ("before", "after", "counted"):
        used, found = (frame[frame["part"] == part] for frame in (followed.points, source.rows))
        lost = set(used["client_no"]) - set(found["client_no"].dropna())
        if lost or (part == "counted" and len(used) != len(found)):
            raise ContractBroken(f"{figure.key}: niet van elke cliënt is de regel teruggevonden")


def _hashes(place: Workplace, account: pd.DataFrame) -> dict[tuple[str, str], str]:
    """SHA-256 of the delivered files, as far as the delivery lies where it was received and is the same."""
    receipts, found = Receipts(place.home.receipts), {}
    for delivery, of_delivery in account.groupby("delivery"):
        receipt = receipts.of(str(delivery))
        directory = Path(receipt.directory) if receipt else Path()
        if receipt is None or not directory.is_dir() or key_of(directory) != delivery:
            continue
        for file in of_delivery["file"]:
            found[str(delivery), str(file)] = sha256_of(directory / file)
    return found
