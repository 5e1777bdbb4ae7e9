"""The number of the system goes with the record, and a row that is set aside still says which record it is."""

from __future__ import annotations

from pathlib import Path

from pipelines.intake.core import plain_table
from pipelines.intake.spoiled import SPOILABLE, spoiled
from tests.intake.taking_in import MAPPING, STUDY, TakenIn, delivered, mapping, study, take_in

PROVISIONS = """
  - match: zorg.csv
    table: provisions
    columns: {client_key: Nummer, record_id: Id, product: Product, law: Wet, started_on: Van, ended_on: Tot}
"""
ZRM = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2025;2;3;;\n"
LONG = """
schema_version: 2
files:
  - match: zrm.csv
    table: assessments
    edition: zrm_2013
    RECORD
    columns: {client_key: Nummer, assessed_on: Datum, record_id: Id, life_domain: Gebied, score: Score}
"""
LONG_ROWS = "Nummer;Datum;Id;Gebied;Score\ndemo-0001;01-02-2025;7;Financiën;2\ndemo-0001;01-02-2025;7;Huisvesting;3\n"


def taken(directory: Path, lines: str) -> TakenIn:
    delivered(directory / "d", ZRM)
    delivered(directory / "d", f"Nummer;Id;Product;Wet;Van;Tot\n{lines}", "zorg.csv")
    return take_in(directory / "d", study(STUDY), mapping(MAPPING + PROVISIONS))


def test_records_of_one_number_have_one_record_no(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        "demo-0001;7;huis;wmo;01-01-2025;\ndemo-0002;7;huis;wmo;01-03-2025;\ndemo-0002;8;huis;wmo;01-04-2025;\n",
    )
    rows = plain_table(one.connection, one.raws["provisions"], "provisions", one.rules).df()
    assert rows["record_no"].nunique() == 2
    assert rows["record_no"].notna().all()


def test_in_a_long_file_the_number_counts_only_where_it_is_that_of_the_assessment(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "d", LONG_ROWS)
    for record, n_numbers in (("record: [record_id]", 1), ("ignore: []", 0)):
        found = take_in(directory, study(STUDY), mapping(LONG.replace("RECORD", record))).assessments
        assert (len(found), found["record_no"].nunique()) == (1, n_numbers)


def test_a_row_that_is_set_aside_says_which_record_it_is_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    one = taken(
        tmp_path,
        "demo-0001;7;huis;wmo;01-05-2025;01-01-2025\n"  # ends before it starts: which of the two is wrong?
        "demo-0002;8;huis;???;01-06-2025;\n"
        "onbekend;9;huis;wmo;01-06-2025;01-01-2025\n"
        "demo-0003;10;huis;wmo;01-06-2025;\ndemo-0004;11;huis;wmo;01-06-2025;\n",
    )
    raws = {table: one.raws[table] for table in SPOILABLE}
    found = spoiled(one.connection, raws, one.rules).df().sort_values("what")
    assert found["table_name"].tolist() == ["core_provisions__use"] * 2
    assert found["on_day"].dropna().astype(str).tolist() == ["2025-06-01"]
    assert found["record_no"].nunique() == 2
