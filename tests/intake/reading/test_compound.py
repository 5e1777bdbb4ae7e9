"""The container of old Office files, from bytes that are written out here: sectors of 512 bytes after the header."""

from __future__ import annotations

import struct

import pytest

from pipelines.intake.reading.compound import stream, stream_names
from pipelines.intake.reading.sheets import Unreadable

FREE, LAST, OF_THE_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DIRECTORY, FIRST = 1, 2  # the table is sector 0, the directory 1, the stream begins at 2
TEXT = struct.pack("<2048H", *range(2048))  # 4096 bytes: eight sectors, none like another


def container(size: int = len(TEXT), more_tables: tuple[int, int] = (LAST, 0), last: int = LAST) -> bytes:
    """One stream 'Workbook'; `more_tables` is where the header says that the table goes on, and over how many."""
    header = bytearray(512)
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, DIRECTORY)
    struct.pack_into("<II", header, 68, *more_tables)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    following = [OF_THE_TABLE, LAST, *range(FIRST + 1, FIRST + 8), last]
    table = struct.pack("<128I", *following, *[FREE] * (128 - len(following)))
    name = "Workbook".encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(name)] = name
    struct.pack_into("<H", entry, 64, len(name) + 2)
    struct.pack_into("<II", entry, 116, FIRST, size)
    return bytes(header) + table + bytes(entry) + bytes(384) + TEXT


def test_a_stream_is_read_by_its_name_in_the_order_of_its_sectors() -> None:
    assert stream_names(container())[0] == "Workbook"
    assert stream(container(), ("Book", "Workbook")) == TEXT
    assert stream(container(), ("Book",)) == b""


def test_a_stream_that_is_shorter_than_its_sectors_ends_where_it_says_and_a_small_one_lies_elsewhere() -> None:
    assert stream(container(size=4096), ("Workbook",)) == TEXT
    assert stream(container(size=4095), ("Workbook",)) == b""


def test_a_header_that_tells_of_more_tables_than_there_is_room_for_is_read_as_far_as_they_go() -> None:
    assert stream(container(more_tables=(LAST, 0xFFFFFFFF)), ("Workbook",)) == TEXT


def test_sectors_that_go_round_in_a_circle_end() -> None:
    assert stream(container(last=FIRST), ("Workbook",)) == TEXT


@pytest.mark.parametrize("shift", [0, 8, 10, 63])
def test_sectors_of_an_odd_size_are_a_damaged_file(shift: int) -> None:
    content = bytearray(container())
    struct.pack_into("<H", content, 30, shift)
    with pytest.raises(Unreadable, match="beschadigd"):
        stream_names(bytes(content))
