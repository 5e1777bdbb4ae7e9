"""A stranger's ten more attacks: what stands beside figures in a release, and what a terminal says of a fault."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest import mock

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from data_contracts.gate.specs import SPECS
from pipelines.commands.app import app
from tests.flow.conftest import Done
from tests.flow.test_release_attacked import release_of

OF_A_PICTURE = (b"Title", b"Description", b"Author", b"Source")
CHUNKS = {"IHDR", "PLTE", "IDAT", "IEND", "pHYs", "iTXt"}
OF_A_WORKBOOK = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|xl/(workbook|sharedStrings|styles|theme/theme1)\.xml"
    r"|xl/(worksheets|charts|drawings|tables)/[a-z]+\d+\.xml|xl/.*_rels/[a-z0-9]+\.xml\.rels)"
)
CANARY = "ZR1-KANARIE23456789ABC"


def chunks(picture: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a PNG."""
    at = 8
    while at < len(picture):
        size, kind = struct.unpack(">I4s", picture[at : at + 8])
        yield kind.decode(), picture[at + 8 : at + 8 + size]
        at += 12 + size


def test_a_workbook_has_no_back_rooms(done: Done) -> None:
    path = release_of(done) / "mkba.xlsx"
    book = openpyxl.load_workbook(path)
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    for sheet in book:
        assert not any(one.hidden for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert not any(cell.comment for row in sheet.iter_rows() for cell in row)
    for name, place in book.defined_names.items():
        sheet, cell = place.attr_text.replace("'", "").split("!")
        assert book[sheet][cell.replace("$", "")].value is not None, name
    with zipfile.ZipFile(path) as parts:
        assert [one for one in parts.namelist() if not OF_A_WORKBOOK.fullmatch(one)] == []


def test_papers_about_the_paper_say_what_the_paper_says(done: Done) -> None:
    release = release_of(done)
    for path in sorted((release / "figuren").glob("*.png")):
        found = list(chunks(path.read_bytes()))
        assert {kind for kind, _ in found} <= CHUNKS, path.name
        for text in (content for kind, content in found if kind == "iTXt"):
            assert text.split(b"\0")[0] in OF_A_PICTURE, path.name
            assert b"/home/" not in text and b"/tmp/" not in text
    for path in release.glob("*.pdf"):
        assert not re.search(rb"/EmbeddedFile|/JavaScript|/Launch|/AA\b", path.read_bytes()), path.name
    for path in release.rglob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            assert not [one for one in parts.namelist() if re.search("custom.xml|comments|people|embeddings", one)]


def test_no_mark_is_drawn_of_what_is_hidden_and_no_element_names_a_group_that_no_row_shows(done: Done) -> None:
    register = duckdb.read_parquet(str(done.home / "closed/tables/core_teams__register__current.parquet")).df()
    groups = duckdb.read_parquet(str(done.home / "closed/tables/core_clients__groups.parquet")).df()
    outside = {*map(str, register["team"].dropna()), *map(str, groups.get("target_group", register["team"]).dropna())}
    for path in sorted((release_of(done) / "figuren").glob("*.svg")):
        drawn = path.read_text("utf-8")
        labels = re.findall(r'aria-label="([^"]*)"', drawn) + re.findall(r"<(?:title|desc)[^>]*>([^<]*)", drawn)
        assert labels, path.name
        for label in labels:
            assert not re.search(r"\b(null|NaN|undefined|None|nan)\b", label), (path.name, label)
            assert not [one for one in outside if one in label], (path.name, label)


def test_numbers_of_figures_have_no_gaps(done: Done) -> None:
    release = release_of(done)
    ids = [str(one["id"]) for one in json.loads((release / "figures.json").read_text("utf-8"))]
    for letter in {one[0] for one in ids}:
        numbers = [int(one[1:]) for one in ids if re.fullmatch(rf"{letter}\d+", one)]
        assert numbers == list(range(1, len(numbers) + 1)), letter
    drawn = {path.stem for path in (release / "figuren").iterdir()}
    assert drawn <= {*ids, "index"}


def test_rows_stand_in_the_order_of_what_they_are_about(done: Done) -> None:
    """Of two groups of about fifty nobody sees in a table which is the larger."""
    n_tables = 0
    for name, spec in SPECS.items():
        frame = duckdb.read_parquet(str(release_of(done) / "tables" / f"{name}.parquet")).df()
        keys = [tuple(map(str, key)) for key in frame[spec.key].itertuples(index=False)]
        numbers = [name for name in spec.key if frame[name].dtype.kind in "iu"]
        if not numbers:
            n_tables += len(keys) > 1
            assert all(one < other for one, other in pairwise(keys)), name
    assert n_tables > 8


def test_the_doctor_and_the_list_of_deliveries_name_nothing_that_lies_in_the_inbox(done: Done) -> None:
    lies = done.home / "inbox" / "nieuw"
    lies.mkdir(parents=True)
    (lies / f"ZRM {CANARY} 123456782.csv").write_text(f"{CANARY};1\n", encoding="utf-8")
    try:
        for command in (["doctor"], ["doctor", "--json"], ["deliveries", "list"], ["deliveries", "list", "--json"]):
            found = CliRunner().invoke(app, [*command, str(done.study), "--home", str(done.home)])
            assert CANARY not in found.output, command
    finally:
        for path in lies.iterdir():
            path.unlink()
        lies.rmdir()


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_fault_of_somebody_else_that_quotes_a_row_is_told_without_it(
    done: Done, tmp_path: Path, capfd: pytest.CaptureFixture[str], more: list[str]
) -> None:
    from pipelines.cli import main

    def fault(*_: object, **__: object) -> None:
        try:
            raise ValueError(f"could not convert string to float: '{CANARY}' in row 17")
        except ValueError as error:
            raise RuntimeError(f"Conversion Error: {CANARY}") from error

    home = tmp_path / "home"
    call = ["wijkbaat", "run", str(done.study), "--home", str(home), "--deliveries", str(done.delivery), *more]
    with (
        mock.patch("sys.argv", call),
        mock.patch("pipelines.assets.table_asset.write_parquet", fault),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    said = capfd.readouterr()
    assert ended.value.code == 1
    assert "fout van ons" in said.out + said.err
    assert CANARY not in said.out + said.err
    stored = [path for path in home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert stored == []
