"""The directory of a zip (also a workbook is one), looked at before anything inflates."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from pipelines.intake.reading import limits
from pipelines.intake.reading.sheets import Unreadable

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


def safe_zip(content: bytes, what: str) -> zipfile.ZipFile:
    """The archive, when what it says of itself is within the limits; `what` names it in the message."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except _DAMAGED:
        raise Unreadable(f"{what} is beschadigd.", "Vraag een nieuwe uitdraai.") from None
    inflated = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(f"op {what} staat een wachtwoord.", "Bewaar het zonder wachtwoord.")
    if len(content) > limits.MAX_ZIP_BYTES or len(parts) > limits.MAX_PARTS or inflated > limits.MAX_INFLATED_BYTES:
        raise Unreadable(f"{what} is te groot.", "Vraag een uitdraai als CSV.")
    if inflated > max(limits.MAX_RATIO * len(content), limits.SMALL_BYTES):
        raise Unreadable(f"{what} is verdacht sterk ingepakt.", "Vraag een uitdraai als CSV.")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or any(_outside(name) for name in names):
        raise Unreadable(f"{what} bevat onderdelen die er niet in horen.", "Maak het opnieuw, of vraag een CSV.")
    return archive


def part_of(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    """One part, inflated; its size and checksum are what the directory says, or it is refused."""
    try:
        return archive.read(name)
    except _DAMAGED:
        raise Unreadable(f"{what} is beschadigd.", "Vraag een nieuwe uitdraai.") from None


def _outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name
