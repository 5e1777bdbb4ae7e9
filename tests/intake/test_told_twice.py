"""One record in two files of a delivery: told alike it counts once, told differently somebody must say which holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.errors import DeliveryRefused, StudyError
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.intake.core import plain_table
from tests.intake.reading.made import xlsx
from tests.intake.taking_in import MAPPING, TakenIn, delivered, mapping, study, take_in

HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\n"
LINE = "demo-0001;01-02-2025;2;3;;\n"
CARE = """
  - match: 'zorg*.csv'
    table: provisions
    REPEATED
    columns: {client_key: Nummer, product: Product, law: Wet, started_on: Van, amount_eur: Bedrag}
"""
CARE_HEADER = "Nummer;Product;Wet;Van;Bedrag\n"


def scored(directory: Path, **files: str) -> Path:
    for name, lines in files.items():
        delivered(directory, HEADER + lines, f"zrm_{name}.csv")
    return directory


def repeated(how: str, text: str = MAPPING) -> str:
    return text.replace("zrm.csv", "zrm*").replace("    edition", f"    repeated: {how}\n    edition", 1)


def test_a_record_that_a_later_file_tells_otherwise_is_refused_with_file_and_row(tmp_path: Path) -> None:
    directory = scored(tmp_path / "d", a1=LINE, a2="demo-0002;01-02-2025;2;3;;\n" + LINE.replace(";2;3;", ";4;3;"))
    with pytest.raises(DeliveryRefused) as refused:
        take_in(directory, study(), mapping(repeated("ask")))
    words = str(refused.value)
    assert "zrm_a2.csv" in words and "op regel 3 staat ook in 'zrm_a1.csv' op regel 2" in words
    assert "repeated: last_file" in words and "demo" not in words
    assert refused.value.kind == RefusalKind.REPEATED


@pytest.mark.parametrize(("how", "verdicts"), [("last_file", ["left_out", "accepted"]), ("apart", ["accepted"] * 2)])
def test_a_declared_order_decides_and_what_was_replaced_is_counted(
    tmp_path: Path, how: str, verdicts: list[str]
) -> None:
    directory = scored(tmp_path / "d", v2=LINE, v10=LINE.replace(";2;3;", ";4;3;"))
    found = take_in(directory, study(), mapping(repeated(how)))
    by_file = dict(found.raws["assessments"].project("file, verdict").fetchall())
    assert [by_file["zrm_v2.csv"], by_file["zrm_v10.csv"]] == verdicts
    assert found.assessments["finances"].max() == 4
    assert int(found.account["left_out"].sum()) == (how == "last_file")


def test_two_files_that_each_hold_some_domains_do_not_contradict(tmp_path: Path) -> None:
    directory = scored(tmp_path / "d", a="demo-0001;01-02-2025;2;;;\n", b="demo-0001;01-02-2025;;3;;\n")
    assert take_in(directory, study(), mapping(repeated("ask"))).verdicts() == ["accepted"] * 2


LONG = """
  - match: lang.csv
    table: assessments
    repeated: HOW
    edition: zrm_2013
    columns: {client_key: Nummer, assessed_on: Datum, life_domain: Leefgebied, score: Score}
"""
LONG_LINES = "Nummer;Datum;Leefgebied;Score\ndemo-0001;01-02-2025;Financiën;{}\ndemo-0001;01-02-2025;Huisvesting;3\n"


def long_beside_wide(directory: Path, how: str, long_score: int, *, long_last: bool) -> TakenIn:
    delivered(directory, LONG_LINES.format(long_score), "lang.csv")
    delivered(directory, HEADER + LINE, "zrm_breed.csv")
    wide, long = repeated(how).replace("zrm*", "zrm_*"), LONG.replace("HOW", how)
    start, _, entry = wide.partition("files:")
    return take_in(directory, study(), mapping(wide + long if long_last else f"{start}files:{long}{entry}"))


@pytest.mark.parametrize("long_last", [True, False])
def test_a_long_file_and_a_wide_one_that_differ_are_seen(tmp_path: Path, long_last: bool) -> None:
    with pytest.raises(DeliveryRefused, match="met andere gegevens"):
        long_beside_wide(tmp_path / "d", "ask", 4, long_last=long_last)
    agreed = long_beside_wide(tmp_path / "e", "ask", 2, long_last=long_last)
    assert agreed.assessments[["finances", "housing"]].max().tolist() == [2, 3]


def test_a_wide_file_may_correct_a_score_of_a_long_one(tmp_path: Path) -> None:
    found = long_beside_wide(tmp_path / "d", "last_file", 4, long_last=False)
    assert sorted(found.verdicts()) == ["accepted", "accepted", "left_out"]
    assert found.assessments["finances"].dropna().tolist() == [2]


def test_a_later_file_with_some_of_the_domains_takes_none_away(tmp_path: Path) -> None:
    directory = scored(tmp_path / "e", v1=LINE, v2="demo-0001;01-02-2025;4;;;\n")
    with pytest.raises(
        DeliveryRefused, match=r"op regel 2 vervangt die in 'zrm_v1.csv' op regel 2, .* andere leefgebieden"
    ):
        take_in(directory, study(), mapping(repeated("last_file")))


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scores=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=6))
def test_the_same_rows_as_text_and_as_a_workbook_count_once(
    tmp_path_factory: pytest.TempPathFactory, scores: list[tuple[int, int]]
) -> None:
    directory = tmp_path_factory.mktemp("d")
    rows = [[f"demo-{at:04}", f"2025-02-{at + 1:02}", one, two, "", ""] for at, (one, two) in enumerate(scores)]
    text = "".join(f"{key};{int(day[8:])}-2-2025;{one};{two};;\n" for key, day, one, two, *_ in rows)
    scored(directory, a=text)
    book = [HEADER.strip().split(";"), *rows]
    (directory / "zrm_b.xlsx").write_bytes(xlsx(book))
    both = MAPPING.replace("zrm.csv", "zrm*").replace(
        "assessed_on: Datum", "assessed_on: {from: Datum, date: [d-m-yyyy, yyyy-mm-dd]}"
    )
    found = take_in(directory, study(), mapping(both))
    assert sorted(found.verdicts()) == ["accepted"] * len(scores) + ["exact_duplicate"] * len(scores)


def taken(directory: Path, first: str, second: str, how: str = "repeated: ask") -> TakenIn:
    delivered(directory, HEADER + LINE)
    delivered(directory, CARE_HEADER + first, "zorg1.csv")
    delivered(directory, CARE_HEADER + second, "zorg2.csv")
    return take_in(directory, study(), mapping(MAPPING + CARE.replace("REPEATED", how)))


def test_euros_of_a_corrected_provision_never_count_twice(tmp_path: Path) -> None:
    first, second = "demo-0001;huis;wmo;01-01-2025;100\n", "demo-0001;huis;wmo;01-01-2025;120\n"
    with pytest.raises(DeliveryRefused, match="met andere gegevens"):
        taken(tmp_path / "a", first, second)
    found = taken(tmp_path / "b", first, second, "repeated: last_file")
    rows = plain_table(found.connection, found.raws["provisions"], "provisions", found.rules).df()
    assert rows["amount_eur"].sum() == 120


def test_two_provisions_alike_in_both_files_stay_two(tmp_path: Path) -> None:
    lines = "demo-0001;huis;wmo;01-01-2025;100\ndemo-0001;huis;wmo;01-01-2025;120\n"
    verdicts = taken(tmp_path / "d", lines, lines.replace("01-01", "1-1")).verdicts("provisions")
    assert verdicts == ["accepted", "accepted", "exact_duplicate", "exact_duplicate"]


def test_files_of_one_table_agree_about_records_that_are_told_twice() -> None:
    text = MAPPING + CARE.replace("REPEATED", "repeated: apart") + CARE.replace("REPEATED", "").replace("zorg", "care")
    with pytest.raises(StudyError, match="levert op een andere manier"):
        mapping(text)
