"""The container of old Office files (OLE): which streams it holds, and the bytes of one of them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipelines.intake.reading.sheets import Unreadable

_END = 0xFFFFFFFA
_DAMAGED = ("dit bestand is beschadigd.", "Open het in Excel en bewaar het opnieuw.")


def stream_names(content: bytes) -> list[str]:
    """The names in its directory; raises Unreadable when there is no directory to read."""
    return [name for name, _, _ in _entries(content)]


def stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream with one of these names; nothing when it is none, or small enough to lie elsewhere."""
    for name, start, size in _entries(content):
        if name in names and size >= 4096:
            try:
                return b"".join(_chain(content, start))[:size]
            except (struct.error, IndexError, ValueError):
                raise Unreadable(*_DAMAGED) from None
    return b""


def _entries(content: bytes) -> list[tuple[str, int, int]]:
    try:
        start = struct.unpack_from("<I", content, 48)[0]
        directory = b"".join(_chain(content, start))
        return [_entry(directory[at : at + 128]) for at in range(0, len(directory) - 127, 128)]
    except (struct.error, IndexError, UnicodeDecodeError, ValueError):
        raise Unreadable(*_DAMAGED) from None


def _entry(raw: bytes) -> tuple[str, int, int]:
    length = max(min(struct.unpack_from("<H", raw, 64)[0], 64) - 2, 0)
    start, size = struct.unpack_from("<II", raw, 116)
    return raw[:length].decode("utf-16-le", errors="replace"), start, size


def _chain(content: bytes, sector: int) -> Iterator[bytes]:
    """The sectors from this one on; each at most once, so that a circle ends."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError
    table, seen = _table(content, size), 0
    while sector < _END and seen <= len(content) // size:
        yield content[(sector + 1) * size : (sector + 2) * size]
        sector, seen = table[sector], seen + 1


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which; the sectors of the table itself stand in the header and in a chain behind it."""
    places = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        if following >= _END:
            break
        more = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        places, following = places + list(more[:-1]), more[-1]
    parts = [content[(place + 1) * size : (place + 2) * size] for place in places if place < _END]
    joined = b"".join(part for part in parts if len(part) == size)
    return struct.unpack(f"<{len(joined) // 4}I", joined)
