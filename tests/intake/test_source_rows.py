"""Back to the rows of several deliveries: what a later one decides, long files, new pseudonyms, and no raw text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from pipelines.assets.defs import current, intake
from pipelines.assets.table_asset import made_in_turn
from pipelines.intake.door import key_of
from pipelines.intake.opening import accept
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace, read_study
from pipelines.tracing.people import people_of_change
from pipelines.tracing.source_rows import OTHER_RECORD, REPLACED, source_rows
from tests.effects.road import travelled_to_clients, with_views
from tests.intake.taking_in import MAPPING, STUDY, delivered

LONG = """
  - match: lang.csv
    table: assessments
    edition: zrm_2013
    columns: {client_key: Nummer, assessed_on: Datum, life_domain: Leefgebied, score: Score}
  - match: brug.csv
    table: bridge
    columns: {client_key: Oud, client_key_new: Nieuw}
"""
JANUARY = """Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking
demo-0001;10-01-2024;2;3;;
demo-0001;11-07-2024;4;3;;
demo-0002;10-01-2024;3;;;
demo-0003;10-01-2024;3;2;;
demo-0003;11-07-2024;9;2;;
demo-0003;11-07-2024;3;2;;
demo-0003;11-07-2024;3;2;;
"""
JULY = """Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking
demo-0001;11-07-2024;5;3;;
demo-0009;11-07-2024;1;;;
demo-0003;11-07-2024;3;2;;
"""
BY_DOMAIN = """Nummer;Datum;Leefgebied;Score
demo-0004;10-01-2024;Financiën;2
demo-0004;10-01-2024;Huisvesting;2
demo-0004;11-07-2024;Financiën;3
"""
ROW = {"subject": "zrm", "life_domain": "finances", "slice": "all", "slice_value": "all"}
FIRST_TO_LAST = {**ROW, "moment_from": "first", "moment_to": "last"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    root = tmp_path_factory.mktemp("deliveries")
    study = root / "demostad"
    study.mkdir()
    (study / "study.yaml").write_text(STUDY, encoding="utf-8")
    (study / "mapping.yaml").write_text(MAPPING + LONG, encoding="utf-8")
    place = Workplace(read_study(study), Home(root / "home"), None, 1)
    place.home.prepare()
    delivered(root / "2024-1", JANUARY)
    delivered(delivered(root / "2024-2", JULY), "Oud;Nieuw\ndemo-0009;demo-0002\n", "brug.csv")
    delivered(root / "2024-3", BY_DOMAIN, "lang.csv")
    for name in ("2024-1", "2024-2", "2024-3"):
        _take_in(place, root / name)
    list(made_in_turn([current._part(name) for name in ("core_cases__trajectories", "core_zrm__assessments")], place))
    return place


def _take_in(place: Workplace, directory: Path) -> None:
    key = key_of(directory)
    Receipts(place.home.receipts).receive(key, directory.name, directory, dt.date(2026, 1, 31))
    raw = ("teams", "assessments", "trajectories", "costs", "bridge")
    parts = (*(intake._raw(table) for table in raw), *intake._CORE[:2], *map(intake._plain, ("trajectories", "bridge")))
    assert not any(written.broken for written in made_in_turn(parts, place, key))
    accept(place, key)


def rows_of(place: Workplace) -> tuple[pd.DataFrame, list[str]]:
    frame = TableStore(place.home.tables).stored("core_zrm__assessments__current").frame()
    connection = with_views({"assessments": frame})
    travelled_to_clients(connection, place.files.study)
    followed = people_of_change(connection, place.files.study, FIRST_TO_LAST)
    assert followed.n_counted == 4
    found = source_rows(place, connect(), followed, with_teams=False)
    return found.rows.assign(delivery=found.rows["delivery"].str[:6]), found.gone


def test_each_row_has_one_part_over_all_deliveries(place: Workplace) -> None:
    rows, gone = rows_of(place)
    assert gone == []
    part = {(row["delivery"], row["file"], row["row_number"]): row["part"] for row in rows.to_dict("records")}
    assert [part["2024-1", "zrm.csv", line] for line in range(2, 9)] == [
        "before", "none", "before", "before", "quarantined", "none", "exact_duplicate",
    ]  # fmt: skip
    assert [part["2024-2", "zrm.csv", line] for line in (2, 3, 4)] == ["after"] * 3
    assert [part["2024-3", "lang.csv", line] for line in (2, 3, 4)] == ["before", "none", "after"]
    reasons = rows.set_index(["delivery", "file", "row_number"])["reason"]
    assert reasons["2024-1", "zrm.csv", 3] == reasons["2024-1", "zrm.csv", 7] == REPLACED
    assert reasons["2024-3", "lang.csv", 3] == OTHER_RECORD
    assert reasons["2024-1", "zrm.csv", 6] == "de score ligt buiten de schaal"


def test_a_person_with_a_new_pseudonym_is_one_client_in_the_list(place: Workplace) -> None:
    rows, _ = rows_of(place)
    client = rows.set_index(["delivery", "file", "row_number"])["client_no"]
    assert client["2024-1", "zrm.csv", 4] == client["2024-2", "zrm.csv", 3]


def test_of_a_delivery_without_raw_text_the_typed_records_remain(place: Workplace) -> None:
    (path,) = place.home.tables.glob("raw_zrm__assessments/2024-2*.parquet")
    kept = path.rename(path.with_suffix(".away"))
    rows, gone = rows_of(place)
    kept.rename(path)
    assert [name[:6] for name in gone] == ["2024-2"]
    left = rows[rows["delivery"] == "2024-2"]
    assert left["part"].tolist() == ["after"] * 3 and left["row_number"].isna().all()
