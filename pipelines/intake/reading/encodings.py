"""Which encoding a text file has: found from all of its bytes, and only when one fits."""

from __future__ import annotations

import codecs
import re

from pipelines.intake.reading.sheets import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 65536
# Bytes that are letters or quotes in windows-1252 and control characters in the ISO sets.
_ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
# What can only be a word in one of the two: letters of DOS (ü é ä ç ê ë è ï, ö) are signs in windows-1252, and letters
# with an accent of windows-1252 and the ISO sets are lines and capitals in DOS.
_WORD_OF_DOS = re.compile(rb"[A-Za-z]\x81|[a-z][\x82\x84\x87-\x8b]|[A-Za-z]\x94[a-z]")
_WORD_OF_WINDOWS = re.compile(rb"[a-z][\xc0-\xff]|[A-Z][\xe0-\xff][a-z]")
# é è ë ï ü of older Office on a Mac are a quote, signs and capitals in windows-1252: inside a word only in "auto's"
# with its quote turned. Its ö is a letter there too (s with a caron), so that it proves nothing.
_WORD_OF_MAC = re.compile(rb"[a-z](?:[\x8e\x8f\x95\x9f]|\x91(?!s\b))[a-z]")
_DOS, _MAC = "cp850", "mac-roman"
_ASK = "Vraag een uitdraai in UTF-8."


def decoded(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding that it was read with; raises Unreadable.

    The byte order mark is no part of the text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content.removeprefix(mark), encoding.removesuffix("-sig")), encoding
    found = _utf16(content)
    if found is not None:
        return _strictly(content, found), found
    if b"\x00" in content:
        raise Unreadable(
            "dit is geen tekstbestand maar een ander soort bestand.", "Vraag een uitdraai als CSV of xlsx."
        )
    if declared is not None and codecs.lookup(declared).name != "utf-8":
        return _as_declared(content, declared)
    return _utf8_or_one_byte(content, declared)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise Unreadable(f"regel {row} is niet te lezen als {encoding}.", _ASK, row=row) from None
    if "\x00" in text:
        raise Unreadable(
            "dit is geen tekstbestand maar een ander soort bestand.", "Vraag een uitdraai als CSV of xlsx."
        )
    return text


def _utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte of western text is zero, always on the same side."""
    sample = content[:_SAMPLE]
    if len(content) < 4 or len(content) % 2 or sample.count(0) < len(sample) * 0.3:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) > 0:
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _as_declared(content: bytes, declared: str) -> tuple[str, str]:
    if not content.isascii() and _fits(content, "utf-8"):
        what = f"het bestand is UTF-8, maar mapping.yaml zegt {declared}."
        raise Unreadable(what, "Zet encoding op utf-8.")
    return _strictly(content, declared), declared


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_one_byte(content: bytes, declared: str | None) -> tuple[str, str]:
    if _fits(content, "utf-8") or declared is not None or _mostly_utf8(content):
        return _strictly(content, "utf-8"), "utf-8"
    # No pattern looks beyond its line, and most lines have nothing to tell: searching them costs as much as reading.
    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())
    if _WORD_OF_DOS.search(telling) and not _WORD_OF_WINDOWS.search(telling):
        return content.decode(_DOS), _DOS
    if _WORD_OF_MAC.search(telling) and not _WORD_OF_WINDOWS.search(telling):
        return content.decode(_MAC), _MAC
    if _ONLY_WINDOWS.search(telling):
        return _strictly(content, "windows-1252"), "windows-1252"
    # 0xA4 is the euro in latin-9 and a sign that nobody uses in windows-1252.
    encoding = "iso-8859-15" if b"\xa4" in telling else "windows-1252"
    return content.decode(encoding), encoding


def _mostly_utf8(content: bytes) -> bool:
    """UTF-8 that was cut or damaged somewhere: more whole letters with accents than broken ones."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken > broken
