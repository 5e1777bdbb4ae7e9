"""Files to start from, and ways to spoil them: the same seed and number always give the same file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.intake.reading import made

ROOT = Path(__file__).parents[2]
TOKENS = [
    *(b'"', b"'", b";", b",", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"),
    *(b"\xe9", b"\x80", b"  "),
    *(b"<", b">", b"</", b"&#88;", b"&amp;", b"<!DOCTYPE x>", b"<!--", b"]]>", b"XFD1048576", b"1048576"),
    *(b"99999999999", b"&lt;"),
    *(b"31-12-9999", b"1e308", b"-0", b"nan", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00"),
    *(b": ", b"- ", b"{", b"[", b"}", b"]", b"&a ", b"*a", b"!!python/object:x ", b"<<: ", b"? ", b"|\n", b"1_0"),
    *(b"%YAML 9\n", b"~"),
]  # fmt: skip


@cache
def starts(kind: str) -> list[bytes]:
    """Sound files of a kind."""
    rows = [*made.ROWS, *[[f"demo-{at:04}", "Noord", at % 5 + 1] for at in range(40)]]
    match kind:
        case "csv":
            text = made.text_of(rows)
            page = made.html(rows)
            return [text.encode(), text.replace(";", "\t").encode("utf-16"), text.encode("windows-1252"), page]
        case "xlsx":
            return [
                made.xlsx(rows),
                made.ods(made.ods_rows(rows)),
                made.xls(rows),
                made.zipped({"a.xlsx": made.xlsx(rows)}),
            ]
        case "parquet":
            import pandas as pd

            select = (
                "SELECT 'demo-' || i AS a, i AS b, i * 1.5 AS c, DATE '2025-01-01' + i::INT AS d FROM range(60) t(i)"
            )
            return [made.parquet(select), made.sav(pd.DataFrame({"a": ["demo"] * 9, "b": range(9)}))]
        case _:
            return [path.read_bytes() for path in sorted(ROOT.glob("studies/*/*.yaml"))]


def spoiled(kind: str, seed: int, number: int) -> bytes:
    """File `number` of this seed."""
    draw = random.Random(f"{kind} {seed} {number}")  # noqa: S311  no secrets
    content = draw.choice(starts(kind))
    if content.startswith(b"PK") and draw.random() < 0.7:
        return _inside(content, draw)
    return _spoil(content, draw)


def _inside(content: bytes, draw: random.Random) -> bytes:
    """A zip whose container is sound and one of whose parts is not."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = draw.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _spoil(part, draw) if name == chosen else part)
    return result.getvalue()


def _spoil(content: bytes, draw: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 4, 16])):
        _WAYS[draw.randrange(len(_WAYS))](spoiled, draw)
    return bytes(spoiled)


def _flip(content: bytearray, draw: random.Random) -> None:
    if content:
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def _put(content: bytearray, draw: random.Random) -> None:
    at = draw.randint(0, len(content))
    content[at:at] = draw.choice(TOKENS)


def _replace(content: bytearray, draw: random.Random) -> None:
    token = draw.choice(TOKENS)
    at = draw.randint(0, len(content))
    content[at : at + len(token)] = token


def _cut(content: bytearray, draw: random.Random) -> None:
    at = draw.randint(0, len(content))
    del content[at : at + draw.choice([1, 4, 64, 4096])]


def _repeat(content: bytearray, draw: random.Random) -> None:
    at, length = draw.randint(0, len(content)), draw.choice([1, 8, 200])
    content[at:at] = content[at : at + length] * draw.choice([1, 2, 50])


def _end(content: bytearray, draw: random.Random) -> None:
    del content[draw.randint(0, len(content)) :]


_WAYS: list[Callable[[bytearray, random.Random], None]] = [_flip, _flip, _put, _replace, _cut, _repeat, _end]
