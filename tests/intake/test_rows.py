"""Rows that are odd: each gets its reason, none is lost, none is guessed at."""

from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from tests.intake.taking_in import MAPPING, delivered, mapping, study, take_in

HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\n"
GOOD = "demo-0001;01-02-2024;3;4;;vrij\n"


def verdicts(tmp_path: Path, rows: str, mapping_text: str = MAPPING) -> list[str]:
    return take_in(delivered(tmp_path / "levering", HEADER + rows), study(), mapping(mapping_text)).verdicts()


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (";01-02-2024;3;4;;", "client_missing"),
        ("123456789;01-02-2024;3;4;;", "client_key_malformed"),
        ("demo-0002;;3;4;;", "date_missing"),
        ("demo-0002;31-02-2024;3;4;;", "date_unreadable"),
        ("demo-0002;2024-02-01;3;4;;", "date_unreadable"),
        ("demo-0002;01-02-1924;3;4;;", "date_too_early"),
        ("demo-0002;01-02-2031;3;4;;", "date_in_future"),
        ("demo-0002;01-02-2024;9;4;;", "score_out_of_range"),
        ("demo-0002;01-02-2024;2,5;4;;", "score_not_whole"),
        ("demo-0002;01-02-2024;drie;4;;", "score_unknown"),
        ("demo-0002;01-02-2024;3;4;9;", "score_out_of_range"),
        ("demo-0002;01-02-2024;3", "row_unreadable"),
        ("demo-0002;01-02-2024;3;4;;;x;y", "row_unreadable"),
        (" demo-0002 ; 01-02-2024 ; 3 ;4;;", "accepted"),
        ("demo-0002;01-02-2024 14:05;3;4;;", "accepted"),
        ('demo-0002;01-02-2024;3;4;;"twee\nregels"', "accepted"),
        ("demo-0002;01-02-2024;99;99;;", "accepted"),
    ],
)
def test_a_row_gets_the_verdict_it_deserves(tmp_path: Path, row: str, verdict: str) -> None:
    assert verdicts(tmp_path, GOOD + row + "\n" + "demo-0003;01-02-2024;3;4;;\n") == ["accepted", verdict, "accepted"]


def test_the_row_number_is_the_line_that_a_person_counts_to(tmp_path: Path) -> None:
    rows = GOOD + "demo-0002;01-02-2024;3\n" + "demo-0003;01-02-2024;9;4;;\n"
    taken = take_in(delivered(tmp_path / "levering", HEADER + rows), study(), mapping())
    numbers = taken.raws["assessments"].project("row_number, verdict").fetchall()
    assert numbers == [(2, "accepted"), (3, "row_unreadable"), (4, "score_out_of_range")]


def test_exact_duplicates_count_once_and_a_duplicate_of_a_faulty_row_is_a_duplicate(tmp_path: Path) -> None:
    faulty = "demo-0002;01-02-2024;9;4;;\n"
    assert verdicts(tmp_path, GOOD + faulty + GOOD + faulty) == [
        "accepted",
        "score_out_of_range",
        "exact_duplicate",
        "exact_duplicate",
    ]


def test_a_row_on_which_nothing_was_scored_is_accepted_and_counted_as_not_used(tmp_path: Path) -> None:
    rows = GOOD + "demo-0002;01-02-2024;;99;3;\n"
    taken = take_in(delivered(tmp_path / "levering", HEADER + rows), study(), mapping())
    assert taken.account[["accepted", "not_used", "blanked_scores"]].to_numpy().tolist() == [[2, 1, 1]]
    assert len(taken.assessments) == 1


def test_ignored_columns_are_nowhere_in_the_raw_table(tmp_path: Path) -> None:
    taken = take_in(delivered(tmp_path / "levering", HEADER + GOOD), study(), mapping())
    assert "vrij" not in str(taken.raws["assessments"].fetchall())


def test_two_scores_of_one_domain_on_one_day_in_a_long_file_are_two_assessments(tmp_path: Path) -> None:
    long = """
schema_version: 2
files:
  - match: zrm.csv
    table: assessments
    edition: zrm_2013
    columns:
      client_key: Nummer
      assessed_on: {from: Datum, date: [yyyy-mm-dd]}
      life_domain: Leefgebied
      score: Score
"""
    text = "Nummer,Datum,Leefgebied,Score\n" + "".join(
        f"demo-0001,2024-02-01,{domain},{score}\n"
        for domain, score in [("Financiën", 2), ("Huisvesting", 3), ("Financien", 4)]
    )
    taken = take_in(delivered(tmp_path / "levering", text), study(), mapping(long))
    assert sorted(taken.assessments["finances"].dropna().tolist()) == [2, 4]
    assert len(taken.assessments) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_any_declared_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    text = MAPPING.replace("zrm.csv", f"zrm.csv\n    open: {{encoding: {encoding}}}")
    directory = delivered(tmp_path / "levering", HEADER + GOOD, encoding=encoding)
    assert take_in(directory, study(), mapping(text)).verdicts() == ["accepted"]


def test_carriage_returns_and_a_missing_last_newline_change_nothing(tmp_path: Path) -> None:
    text = (HEADER + GOOD + GOOD.replace("0001", "0002")).replace("\n", "\r\n").rstrip()
    assert take_in(delivered(tmp_path / "levering", text), study(), mapping()).verdicts() == ["accepted", "accepted"]


def test_a_thousands_point_is_never_read_as_a_decimal_point(tmp_path: Path) -> None:
    costs = """
  - match: kosten.csv
    table: costs
    columns: {year: Jaar, cost_kind: Soort, amount_eur: Bedrag}
"""
    directory = delivered(tmp_path / "levering", HEADER + GOOD)
    amounts = ["112.390,21", "1.5", "1234,5", "€ 12,00", "12,345.00", "-7"]
    (directory / "kosten.csv").write_text(
        "Jaar;Soort;Bedrag\n" + "".join(f"2024;kosten {number};{amount}\n" for number, amount in enumerate(amounts)),
        encoding="utf-8",
    )
    taken = take_in(directory, study(), mapping(MAPPING + costs))
    assert taken.verdicts("costs") == [
        "accepted",
        "number_unreadable",
        "accepted",
        "accepted",
        "number_unreadable",
        "accepted",
    ]


def test_more_faults_than_the_study_allows_refuse_the_file_without_a_value(tmp_path: Path) -> None:
    strict = study().model_copy(
        update={"thresholds": study().thresholds.model_copy(update={"max_quarantined_share": 0.05})}
    )
    rows = GOOD + "".join(f"demo-{number:04};2024-02-01;3;4;;\n" for number in range(2, 30))
    with pytest.raises(DeliveryRefused) as refused:
        take_in(delivered(tmp_path / "levering", HEADER + rows), strict, mapping())
    assert "28 van 29 regels" in str(refused.value)
    assert "demo-" not in str(refused.value)
