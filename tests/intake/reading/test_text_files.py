"""CSV and txt as Dutch systems write them: whatever the encoding, delimiter or line end, the same cells come out."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.opening import opened
from pipelines.intake.reading.sheets import Declared, Unreadable
from tests.intake.reading.made import ROWS, text_of

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "windows-1252": b"",
    "iso-8859-15": b"",
    "utf-16-le": b"",
    "utf-16-be": b"",
    "marked utf-16-le": b"\xff\xfe",
    "marked utf-16-be": b"\xfe\xff",
}
WORD = st.text("abcdefghijklmnopqrstuvwxyzéëïöüABCDE '-.&", min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBER = st.integers(0, 99_999).map(str) | st.integers(0, 9999).map(lambda n: f"{n // 100},{n % 100:02}")
CELL = WORD | NUMBER | st.just("") | WORD.map(lambda word: f"{word}; {word}, {word}") | WORD.map(lambda w: f'"{w}"')


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header of words and at least three rows that are not blank."""
    width = draw(st.integers(2, 6))
    header = draw(st.lists(WORD, min_size=width, max_size=width, unique=True))
    body = draw(st.lists(st.lists(CELL, min_size=width, max_size=width).filter(any), min_size=3, max_size=12))
    return [header, *body]


def cells_of(content: bytes, **declared: str) -> list[tuple[str, ...]]:
    return [row.cells for row in opened(content, "zrm.csv", Declared(**declared)).sheets[0].rows]


@settings(deadline=None)
@given(
    tables(),
    st.sampled_from(sorted(ENCODINGS)),
    st.sampled_from([";", "\t", "|", ","]),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_the_same_cells_come_out_of_every_encoding_delimiter_and_line_end(
    rows: list[list[str]], encoding: str, delimiter: str, line_end: str
) -> None:
    # Decimal commas in a file with commas are quoted; a delimiter that nobody can tell is asked about elsewhere.
    content = ENCODINGS[encoding] + text_of(rows, delimiter, line_end).encode(encoding.removeprefix("marked "))
    assume("utf-16" not in encoding or ENCODINGS[encoding] or content.count(0) * 2 == len(content))
    try:
        found = cells_of(content)
    except Unreadable as refused:
        assert "op meer dan een manier" in refused.what
        found = cells_of(content, delimiter=delimiter)
    if found != [tuple(row) for row in rows]:
        assert cells_of(content, delimiter=delimiter) == [tuple(row) for row in rows]


@settings(deadline=None)
@given(tables(), st.sampled_from([";", "\t", "|", ","]), st.sampled_from(["\r\n", "\r"]), st.booleans())
def test_rows_in_bulk_are_the_rows_one_by_one(
    rows: list[list[str]], delimiter: str, line_end: str, with_blank_line: bool
) -> None:
    text = text_of([*rows, [], rows[1]] if with_blank_line else rows, delimiter, line_end)
    sheet = opened(text.encode(), "zrm.csv", Declared(delimiter=delimiter)).sheets[0]
    with engine() as connection:
        width = sheet.rows.into(connection, "read")
        columns = "".join(f", coalesce(c{at}, '')" for at in range(width))
        found = connection.execute(f"SELECT row_number {columns} FROM read ORDER BY row_number").fetchall()
    one_by_one = [(row.number, *(row.cells + ("",) * width)[:width]) for row in sheet.rows if any(row.cells)]
    assert found == one_by_one


def test_a_line_that_names_the_delimiter_is_no_row_and_still_counts_as_a_line() -> None:
    read = opened(b"sep=|\r\na|b;c\r\n1|2;3\r\n", "zrm.csv")
    assert read.delimiter == "|"
    assert [(row.number, row.cells) for row in read.sheets[0].rows] == [(2, ("a", "b;c")), (3, ("1", "2;3"))]


def test_decimal_commas_in_every_row_do_not_make_the_comma_a_delimiter() -> None:
    text = "a;b;c\n" + "1,5;2,5;3,5\n" * 20
    assert opened(text.encode(), "kosten.csv").delimiter == ";"


def test_title_rows_above_the_header_do_not_decide_the_delimiter() -> None:
    text = "Rapport, gemaakt op 1 mei\n\nNummer;Team;Datum\n" + "1;Noord;2\n" * 9
    assert opened(text.encode(), "zrm.csv").delimiter == ";"


def test_a_delimiter_that_can_be_read_two_ways_is_asked_about() -> None:
    with pytest.raises(Unreadable, match="op meer dan een manier"):
        opened(b"a;b,c\n1;2,3\n4;5,6\n", "zrm.csv")


@pytest.mark.parametrize("at", [2, 7, 40])
def test_a_quote_that_is_never_closed_is_refused_with_the_number_of_its_line(at: int) -> None:
    lines = [f"demo-{number:04};Noord;3" for number in range(1, 50)]
    lines[at - 2] = 'demo-9999;"Noord;3'
    with pytest.raises(Unreadable, match=f"bij regel {at} ") as refused:
        list(opened("\n".join(["a;b;c", *lines]).encode(), "zrm.csv", Declared(delimiter=";")).sheets[0].rows)
    assert refused.value.row == at


def test_a_quote_that_swallows_whole_records_is_refused_too() -> None:
    lines = ["a;b;c", '1;"x;3', "2;y;3", '3;z;4"', "4;x;5"]
    with pytest.raises(Unreadable, match="bij regel 2 "):
        list(opened("\n".join(lines).encode(), "zrm.csv", Declared(delimiter=";")).sheets[0].rows)


def test_a_cell_may_hold_a_line_end_in_its_quotes() -> None:
    assert cells_of(b'a;b;c\r\n1;"x\r\ny";3\r\n') == [("a", "b", "c"), ("1", "x\r\ny", "3")]


def test_the_euro_of_latin_9_is_not_lost() -> None:
    assert cells_of("a;b\n€ 12,50;é\n".encode("iso-8859-15"))[1] == ("€ 12,50", "é")


@pytest.mark.parametrize("word", ["Cliënt", "Financiën", "René", "Coöperatie", "Crème", "geïnd", "Müller"])
def test_letters_of_dos_are_known_by_the_words_that_they_make(word: str) -> None:
    assert cells_of(f"a;b\n1;{word}\n".encode("cp850"))[1] == ("1", word)


@pytest.mark.parametrize("word", ["Cliënt", "Financiën", "Crème", "geïnd", "Ambulante begeleiding bij reünie"])
def test_letters_of_an_older_mac_are_known_by_the_words_that_they_make(word: str) -> None:
    assert cells_of(f"a;b\n1;{word}\n".encode("mac-roman"))[1] == ("1", word)


@pytest.mark.parametrize("text", ["Team Košarica", "foto‘s en auto‘s", "Tomáš of Ivo", "a • b", "Žižka"])
def test_words_of_windows_are_not_taken_for_those_of_a_mac(text: str) -> None:
    assert cells_of(f"a;b\n1;{text}\n".encode("windows-1252"))[1] == ("1", text)


@pytest.mark.parametrize("text", ["15‰ van de vraag", "„zo‟ heet het", "het “woord”, en…", "Café à la carte", "AÉ"])
def test_signs_of_windows_are_not_taken_for_letters_of_dos(text: str) -> None:
    text = text.replace("‟", "”")
    assert cells_of(f"a;b\n1;{text}\n".encode("windows-1252"))[1] == ("1", text)


def test_question_marks_for_accents_are_told() -> None:
    assert opened(b"Cli?ntnummer;Team\n1;2\n", "zrm.csv").lost_accents
    assert not opened(text_of(ROWS).encode(), "zrm.csv").lost_accents


def test_damaged_utf8_is_refused_with_its_line_and_not_read_as_another_encoding() -> None:
    content = "Cliënt;Reële waarde\né;ë\n".encode() + b"\xe9;x\n"
    with pytest.raises(Unreadable, match="regel 3 is niet te lezen als utf-8"):
        opened(content, "zrm.csv")


def test_an_encoding_that_was_declared_wrongly_is_refused() -> None:
    with pytest.raises(Unreadable, match="het bestand is UTF-8"):
        opened(text_of(ROWS).encode(), "zrm.csv", Declared(encoding="windows-1252"))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"  \r\n", b"sep=;\r\n"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    with pytest.raises(Unreadable, match="leeg"):
        opened(content, "zrm.csv")


@pytest.mark.parametrize("ragged", ["", "\n1;2"])
def test_more_columns_than_any_export_has_are_refused(ragged: str) -> None:
    content = (";".join(f"k{number}" for number in range(3000)) + ragged).encode()
    with engine() as connection, pytest.raises(Unreadable, match="3000 kolommen"):
        opened(content, "zrm.csv").sheets[0].rows.into(connection, "read")
