"""SPSS, Parquet, HTML tables and zip; and files that are something else than they are called."""

from __future__ import annotations

import gzip
import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.opening import format_of, opened, unpacked
from pipelines.intake.reading.sheets import Declared, Unreadable
from tests.intake.reading.made import ROWS, html, parquet, sav, text_of, xlsx, zipped

AS_TEXT = [tuple(str(cell) for cell in row) for row in ROWS]


def rows_of(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in opened(content, "a").sheets[0].rows]


def test_spss_gives_values_words_of_codes_and_what_is_missing() -> None:
    frame = pd.DataFrame(
        {"nr": ["demo-0001", "demo-0002"], "fin": [3.0, 9.0], "op": pd.to_datetime(["2025-01-31", None])}
    )
    content = sav(
        frame,
        column_labels={"fin": "Financiën"},
        variable_value_labels={"fin": {3.0: "beperkt", 9.0: "onbekend"}},
        missing_ranges={"fin": [9.0]},
    )
    sheet = opened(content, "a.sav").sheets[0]
    assert [row.cells for row in sheet.rows] == [
        ("nr", "fin", "op"), ("demo-0001", "3", "2025-01-31 00:00:00"), ("demo-0002", "9", "")
    ]  # fmt: skip
    assert sheet.variables is not None
    assert sheet.variables.labels == {"fin": "Financiën"}
    assert sheet.variables.codes == {"fin": {"3": "beperkt", "9": "onbekend"}}
    assert sheet.variables.missing == {"fin": (("9", "9"),)}


def test_parquet_writes_every_kind_in_its_one_form() -> None:
    select = """SELECT 'x' AS a, 3.0::DOUBLE AS b, NULL::DOUBLE AS c, 1250.50::DECIMAL(9,2) AS d, 7 AS e,
        DATE '2025-01-31' AS f, TIMESTAMPTZ '2025-01-31 23:30:00+00' AS g, TIMESTAMP '2025-01-31 09:30:00' AS h,
        true AS i, 1e-7 AS j, 1e22 AS k,
        'infinity'::DATE AS l, 'nan'::DOUBLE AS m, TIMESTAMP_S '9999-12-31 00:00:00' AS n, 100.00::DECIMAL(9,2) AS o"""
    row = list(opened(parquet(select), "a.parquet").sheets[0].rows)[1]
    assert row.cells == (
        "x", "3", "", "1250.5", "7", "2025-01-31", "2025-01-31 23:30:00+00:00", "2025-01-31 09:30:00", "true",
        "0.0000001", "10000000000000000000000", "", "", "9999-12-31 00:00:00", "100",
    )  # fmt: skip
    assert row.kinds == "tnnnndmmbnndnmn"


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 120).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, 255))))
def test_a_parquet_file_that_was_cut_or_damaged_is_called_so(cut: tuple[int, int]) -> None:
    whole = parquet("SELECT 'demo-' || i AS a, i AS b FROM range(50) t(i)")
    size, byte = cut
    content = whole[: 4 + size] + bytes([byte]) * 3
    with pytest.raises(Unreadable, match="geen leesbaar Parquet-bestand"):
        opened(content, "a.parquet")


def test_a_table_in_a_cell_of_parquet_is_refused() -> None:
    with pytest.raises(Unreadable, match="kolom 2 is zelf een tabel"):
        opened(parquet("SELECT 1 AS a, [1, 2] AS b"), "a.parquet")


def test_html_that_is_called_xls_is_a_table() -> None:
    assert rows_of(html(ROWS)) == AS_TEXT


def test_a_comma_in_the_sentences_of_a_single_column_cuts_nothing() -> None:
    assert rows_of(b"antwoord\nja\nnee, soms\nja\n") == [("antwoord",), ("ja",), ("nee, soms",), ("ja",)]


def test_each_table_of_a_page_is_a_sheet_with_its_own_rows() -> None:
    page = b"<table><tr><td>a<td>b</table><table><tr><td>c</tr><tr><td>d</table>"
    sheets = opened(page, "a.html").sheets
    assert [sheet.name for sheet in sheets] == ["", "tabel 2"]
    assert [[tuple(row.cells) for row in sheet.rows] for sheet in sheets] == [[("a", "b")], [("c",), ("d",)]]


def test_spans_of_html_keep_the_columns_below_in_place() -> None:
    page = b"<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</tr><tr><td>1<td>2<td>3</table>"
    assert rows_of(page) == [("a", "b", ""), ("", "c", "d"), ("1", "2", "3")]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "</tr>",
                "</table>",
                "x",
                "<td rowspan=9 colspan=9>",
                "<!--",
                "&#x110000;",
            ]
        ),
        max_size=40,
    )
)
def test_html_in_any_disorder_is_read_or_refused(parts: list[str]) -> None:
    try:
        opened(("<html>" + "".join(parts)).encode(), "a.xls")
    except Unreadable as refused:
        assert refused.do


def test_text_with_tabs_that_is_called_xls_is_text() -> None:
    assert rows_of(text_of(ROWS, "\t").encode()) == AS_TEXT


def test_the_files_in_a_zip_are_the_files_of_the_delivery() -> None:
    inside = {"map/zrm.csv": text_of(ROWS).encode(), "kosten.xlsx": xlsx(ROWS), "__MACOSX/._zrm.csv": b"x"}
    assert [name for name, _ in unpacked(zipped(inside), "levering.zip")] == ["map/zrm.csv", "kosten.xlsx"]


def test_the_files_of_a_zip_in_a_zip_are_files_of_the_delivery() -> None:
    content = zipped({"2024.zip": zipped({"zrm.csv": b"a;b"}), "2025.zip": zipped({"zrm.csv": b"a;c"})})
    assert unpacked(content, "levering.zip") == [("2024.zip/zrm.csv", b"a;b"), ("2025.zip/zrm.csv", b"a;c")]


def deeply_zipped(levels: int) -> bytes:
    content = b"a;b"
    for level in range(levels):
        content = zipped({"binnen.zip" if level else "zrm.csv": content})
    return content


def locked() -> bytes:
    """A zip that says of its part that it is encrypted."""
    content = bytearray(zipped({"zrm.csv": b"a;b"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def twice() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("zrm.csv", b"a;b")
        archive.writestr("zrm.csv", b"a;c")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (zipped({"a.csv": b"0" * 40_000_000}), "verdacht sterk ingepakt"),
        (zipped({f"{number}.csv": b"" for number in range(600)}), "te groot"),
        (deeply_zipped(4), "meer dan 3 zips in elkaar"),
        (zipped({"binnen.zip": zipped({"a.csv": b"0" * 40_000_000})}), "verdacht sterk ingepakt"),
        (zipped({"binnen.zip": zipped({})}), "leeg"),
        (zipped({"../a.csv": b"a"}), "niet in horen"),
        (zipped({}), "leeg"),
        (zipped({"a.csv": b"a;b\n" * 99})[:-30], "beschadigd"),
        (locked(), "wachtwoord"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_zip_that_does_harm_or_is_broken_is_refused_by_its_name(content: bytes, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        unpacked(content, "levering.zip")


def test_a_zip_with_two_files_of_one_name_is_refused() -> None:
    with pytest.raises(Unreadable, match="niet in horen"):
        unpacked(twice(), "levering.zip")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"%PDF-1.7 x", "een PDF"),
        (gzip.compress(b"a;b", mtime=0), "een gz-bestand"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "ander Office-bestand"),
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}), "xlsb"),
        (b"<?xml version='1.0'?><export/>", "XML"),
        (b"\x00\x01\x02\x03" * 99, "geen tekstbestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 90, "beschadigd"),
        (b"$FL2(#) SPSS DATA FILE and nothing", "SPSS-bestand is beschadigd"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_not_a_table_is_refused_by_what_it_is(content: bytes, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        opened(content, "zrm.csv")


def test_a_file_is_read_by_what_it_is_and_not_by_what_it_is_called() -> None:
    assert format_of(xlsx(ROWS)) == "xlsx"
    with pytest.raises(Unreadable, match="noemt dit bestand csv, maar het is xlsx"):
        opened(xlsx(ROWS), "zrm.csv", Declared(format="csv"))


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "ATTACH '/tmp/x.db'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_the_engine_that_meets_a_delivery_reaches_nothing_outside_it(attempt: str) -> None:
    import duckdb

    with engine() as connection, pytest.raises(duckdb.Error):
        connection.execute(attempt)
