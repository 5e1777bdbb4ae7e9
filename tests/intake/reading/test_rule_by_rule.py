"""Rules of reading by themselves: limits, what a process told, encodings, sheets on their way, old Excel."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from data_contracts.vocabulary.reasons import Reason
from data_contracts.workbook.parts import column_number
from pipelines.intake.reading import confined, limits
from pipelines.intake.reading.beside import refuse_people_beside
from pipelines.intake.reading.biff import sheet_parts
from pipelines.intake.reading.cells import CellRows, row_of
from pipelines.intake.reading.codes import Meaning, score_meaning, yes_no_meaning
from pipelines.intake.reading.confined import Allowed, Asked, opened_apart
from pipelines.intake.reading.encodings import decoded
from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.opening import opened
from pipelines.intake.reading.sheets import (
    Aside,
    Declared,
    Merged,
    Opened,
    Sheet,
    Unreadable,
    Variables,
)
from pipelines.intake.reading.stored import restored, store
from pipelines.intake.reading.watchdog import Ended
from tests.intake.reading.made import ROWS, parquet, text_of

GIB, MIB = 1_073_741_824, 1_048_576


# limits


def test_a_file_may_have_two_gigabytes_and_a_zip_a_hundred_megabytes() -> None:
    assert (limits.MAX_FILE_BYTES, limits.MAX_ZIP_BYTES) == (2 * GIB, 100 * MIB)
    assert (limits.MAX_INFLATED_BYTES, limits.SMALL_BYTES, limits.MAX_CHARACTERS) == (600 * MIB, 16 * MIB, GIB)
    assert (limits.MAX_CELLS, limits.MAX_COLUMNS, limits.MAX_SHEETS, limits.MAX_PARTS) == (30_000_000, 2_000, 200, 500)
    assert limits.MAX_RATIO == 200


@pytest.mark.parametrize(("size", "gigabytes"), [(0, 4), (GIB // 4, 4), (GIB // 2, 6), (GIB, 10)])
def test_opening_may_take_eight_times_the_largest_file_on_top_of_two(tmp_path: Path, size: int, gigabytes: int) -> None:
    (tmp_path / "small").write_bytes(b"x")
    with (tmp_path / "large").open("wb") as large:
        large.truncate(size)  # takes no room on the disk
    files = [Asked(tmp_path / name, "", Declared()) for name in ("small", "large")]
    assert Allowed.for_files(files).memory_bytes == gigabytes * GIB
    assert Allowed.for_files([]).memory_bytes == 4 * GIB


# what the process told


def asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *told: tuple[Sequence[dict[str, Any]], Ended]
) -> list[tuple[Opened, ...] | Unreadable]:
    """The answers for two files, when processes told this one after the other."""
    said = iter(told)
    monkeypatch.setattr(confined, "_child", lambda *_: next(said))
    return opened_apart([Asked(tmp_path / name, "", Declared()) for name in ("a", "b")], tmp_path, Allowed())


NO = {"what": "nee.", "do": "Vraag.", "sheet": None, "row": None}


def test_the_file_that_ends_its_process_is_refused_and_the_next_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked(
        tmp_path,
        monkeypatch,
        ([{"reading": 0}], Ended.TOO_LONG),
        ([{"reading": 0}, {"unreadable": 0, **NO}], Ended.ITSELF),
    )
    assert isinstance(first, Unreadable) and "duurt te lang" in str(first)
    assert isinstance(second, Unreadable) and "nee." in str(second)


def test_a_later_file_that_ends_the_process_has_a_process_of_its_own_before_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked(
        tmp_path,
        monkeypatch,
        ([{"reading": 0}, {"broken": 0}, {"reading": 1}], Ended.ITSELF),
        ([{"reading": 0}, {"memory": 0}], Ended.ITSELF),
    )
    assert isinstance(first, Unreadable) and "beschadigd" in str(first)
    assert isinstance(second, Unreadable) and "te veel geheugen" in str(second)


def test_a_process_that_says_nothing_at_all_does_not_go_round_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = asked(tmp_path, monkeypatch, ([], Ended.ITSELF), ([], Ended.ITSELF))
    assert all(isinstance(one, Unreadable) and "brak af" in str(one) for one in answers)


# encodings


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_every_second_byte_that_is_nothing_tells_of_two_bytes_a_letter(encoding: str) -> None:
    assert decoded("Cliënt;Score\n".encode(encoding)) == ("Cliënt;Score\n", encoding)
    assert decoded("ab".encode(encoding)) == ("ab", encoding)


@pytest.mark.parametrize("content", [b"a\x00b", b"a\x00\x00\x00", b"abcdefghij\x00k", b"\x01\x01\x01\x01\x00a"])
def test_other_bytes_that_are_nothing_are_no_text(content: bytes) -> None:
    with pytest.raises(Unreadable, match="geen tekstbestand"):
        decoded(content)


# sheets on their way


def test_what_spss_says_of_its_variables_comes_through(tmp_path: Path) -> None:
    rows = CellRows([row_of(1, ["nr", "score"]), row_of(2, ["demo-0001", "9"])])
    variables = Variables({"score": "Score"}, {"score": {"9": "niet besproken"}}, {"score": (("8", "9"),)})
    sheets = (Sheet("Blad", rows, hidden=True, merged=(Merged(1, 0, 2, 0),), variables=variables), Sheet("Leeg", rows))
    given = Opened("a.sav", "sav", sheets, asides=(Aside("de titel", "Teams"),))
    with engine(tmp_path) as connection:
        found = restored(store(given, connection, tmp_path, "a"), tmp_path)
    assert (found.name, found.format, found.asides) == (given.name, given.format, given.asides)
    assert [(one.name, one.hidden, one.merged, one.variables) for one in found.sheets] == [
        ("Blad", True, (Merged(1, 0, 2, 0),), variables),
        ("Leeg", False, (), None),
    ]
    assert [(row.number, row.cells) for row in found.sheets[0].rows] == [(1, ("nr", "score")), (2, ("demo-0001", "9"))]


def test_the_first_table_of_a_page_has_no_name_and_the_second_its_number() -> None:
    page = b"<html><table><tr><td>a</td></tr></table><table></table><table><tr><td>b</td></tr></table></html>"
    assert [sheet.name for sheet in opened(page, "a.xls").sheets] == ["", "tabel 2"]


def test_two_columns_are_enough_to_find_the_mark_between_them() -> None:
    assert opened(b"Team;Jaar\nNoord;2021\nZuid;2022\n", "a.csv").delimiter == ";"
    assert opened(b"Team\tJaar\nNoord\t2021\n", "a.csv").delimiter == "\t"
    # A mark that cuts fewer than half of the records is none.
    assert opened(b"Noord, Oost\nZuid\nWest\nCentrum\n", "a.csv").delimiter == ";"


def test_parquet_keeps_names_with_quotes() -> None:
    (sheet,) = opened(parquet('''SELECT '1' AS "a ""b""", '2' AS c'''), "a.parquet").sheets
    assert [row.cells for row in sheet.rows] == [('a "b"', "c"), ("1", "2")]


def test_columns_are_counted_as_excel_does() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"az", b"XFD")] == [1, 26, 27, 52, 16_384]


def test_a_format_that_the_mapping_names_must_be_that_of_the_bytes() -> None:
    content = text_of(ROWS).encode()
    assert opened(content, "a.csv", Declared(format="csv")).format == "csv"
    with pytest.raises(Unreadable, match=r"noemt dit bestand xlsx, maar het is csv"):
        opened(content, "a.csv", Declared(format="xlsx"))


# people beside the cells


def beside(*asides: tuple[str, str], name: str = "a.xlsx") -> None:
    refuse_people_beside(Opened(name, "xlsx", (), asides=tuple(Aside(*one) for one in asides)))


def test_the_mail_address_of_who_made_a_file_is_let_through_and_of_another_is_not() -> None:
    beside(("de maker van het document", "jan@gemeente.example"), ("een opmerking bij een cel", "Nagekeken"))
    with pytest.raises(Unreadable, match="een opmerking bij een cel lijkt een e-mailadres te bevatten"):
        beside(("een opmerking bij een cel", "jan@gemeente.example"))
    with pytest.raises(Unreadable, match="de maker van het document lijkt"):
        beside(("de maker van het document", "bsn 111222333"))
    # Each place by itself: what stands in the one does not blame the other.
    with pytest.raises(Unreadable, match="een eigenschap van het document lijkt"):
        beside(("een opmerking bij een cel", "Nagekeken"), ("een eigenschap van het document", "bsn 111222333"))


# codes


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", Meaning(code=1)),
        ("5", Meaning(code=5)),
        ("0", Meaning(fault=Reason.SCORE_OUT_OF_RANGE)),
        ("6", Meaning(fault=Reason.SCORE_OUT_OF_RANGE)),
        ("-1", Meaning(fault=Reason.SCORE_OUT_OF_RANGE)),
        ("2,0", Meaning(code=2)),
        ("2.5", Meaning(fault=Reason.SCORE_NOT_WHOLE)),
        ("3 - beperkt zelfredzaam", Meaning(code=3)),
        ("2 - beperkt zelfredzaam", Meaning(fault=Reason.SCORE_LABEL_CONFLICT)),
        ("3 - blauw", Meaning(fault=Reason.SCORE_UNKNOWN)),
        ("blauw", Meaning(fault=Reason.SCORE_UNKNOWN)),
        ("volledig", Meaning(code=5)),
    ],
)
def test_a_score_is_a_digit_or_its_words_and_both_must_agree(text: str, meaning: Meaning) -> None:
    assert score_meaning(text) == meaning


def test_yes_and_no_have_five_names_each() -> None:
    assert [yes_no_meaning(text).code for text in ("Ja", "J", "1", "true", "waar")] == [True] * 5
    assert [yes_no_meaning(text).code for text in ("Nee", "N", "0", "false", "onwaar")] == [False] * 5
    assert yes_no_meaning("misschien").fault is Reason.CODE_UNKNOWN


# old Excel


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def fault(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def test_every_fault_of_old_excel_has_the_name_that_excel_shows() -> None:
    """[MS-XLS] 2.5.10, Bes: the codes of errors."""
    named = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 99: "#FOUT"}
    sheet = record(0x0809) + b"".join(fault(at, 1, code) for at, code in enumerate(named)) + record(0x000A)
    name = b"Blad"
    listed = struct.pack("<IH", 0, 0) + bytes([len(name), 0]) + name
    start = len(record(0x0809) + record(0x0085, listed) + record(0x000A))
    listed = struct.pack("<I", start) + listed[4:]
    (part,) = sheet_parts(record(0x0809) + record(0x0085, listed) + record(0x000A) + sheet).values()
    assert part.faults == {(at, 1): words for at, words in enumerate(named.values())}
    assert not part.has_formulas
