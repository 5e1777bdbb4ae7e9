"""The door: which directories are deliveries, which files belong to them, and what is never opened.

A delivery is a directory. Its key is its name and a hash over its mapped files: a corrected delivery is a new one,
the same bytes are the same one.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import FileMapping, Mapping
from data_contracts.vocabulary.identifiers import identifier_in_name
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.storage.platform import sha256_of

DATA_FILES = (".csv", ".xlsx", ".parquet")
MAX_FILE_BYTES = 2 * 1024**3
# A workbook that inflates beyond this is a bomb or a mistake (trust.md 3.5).
MAX_XLSX_BYTES, MAX_INFLATED_BYTES, MAX_RATIO, MAX_ENTRIES = 100 * 1024**2, 600 * 1024**2, 200, 500
_DELIVERY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")


@dataclass(frozen=True, slots=True)
class FileAtDoor:
    """One file of a delivery and the mapping that claims it."""

    name: str
    path: Path
    mapping: FileMapping


@dataclass(frozen=True, slots=True)
class Delivery:
    """A directory with files that belong together; `key` is the partition key."""

    name: str
    key: str
    files: tuple[FileAtDoor, ...]

    def of_table(self, table: str) -> list[FileAtDoor]:
        """The files that fill one table."""
        return [file for file in self.files if file.mapping.table == table]


def key_of(directory: Path) -> str:
    """`<name>-<hash8>` over the data files of a delivery, whatever is in them; raises DeliveryRefused for its name."""
    name = directory.resolve().name
    if not _DELIVERY_NAME.fullmatch(name):
        what = "de naam van de map mag alleen letters, cijfers, punt, streepje en liggend streepje hebben."
        raise DeliveryRefused("(naam niet getoond)", what, "Geef de map een andere naam.")
    text = "\n".join(f"{path.name} {_content(path)}" for path in _data_files(directory))
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _content(path: Path) -> str:
    return sha256_of(path) if stat.S_ISREG(path.lstat().st_mode) else "geen gewoon bestand"


def delivery_directories(directory: Path) -> list[Path]:
    """The deliveries in `directory`: its subdirectories with data files, or itself when the files lie in it."""
    if not directory.is_dir():
        return []
    inside = [path for path in sorted(directory.iterdir()) if path.is_dir() and not path.name.startswith(".")]
    found = [path for path in inside if _data_files(path)]
    return found or ([directory] if _data_files(directory) else [])


def open_delivery(directory: Path, mapping: Mapping) -> Delivery:
    """Check and claim every file of a delivery; raises DeliveryRefused."""
    key = key_of(directory)
    name = directory.resolve().name
    files = []
    for path in _data_files(directory):
        claimed = claim(name, path, mapping)
        if claimed is not None:
            _check_file(name, path)
            files.append(FileAtDoor(path.name, path, claimed))
    if not any(file.mapping.table == "assessments" for file in files):
        expected = ", ".join(file.match for file in mapping.files if file.table == "assessments")
        raise DeliveryRefused(
            name, "er is geen bestand met ZRM-metingen bij.", f"Verwacht: {expected}.", kind=RefusalKind.FILES
        )
    return Delivery(name, key, tuple(files))


def _data_files(directory: Path) -> list[Path]:
    return [path for path in sorted(directory.iterdir()) if path.suffix.lower() in DATA_FILES and not path.is_dir()]


def claim(delivery: str, path: Path, mapping: Mapping) -> FileMapping | None:
    """What mapping.yaml says of a file by its name; None for one that it ignores. Raises DeliveryRefused."""
    claims = [file for file in mapping.files if fnmatch.fnmatchcase(path.name, file.match)]
    if len(claims) == 1:
        return claims[0]
    if not claims and any(fnmatch.fnmatchcase(path.name, pattern) for pattern in mapping.ignore_files):
        return None
    do = "Voeg het toe aan mapping.yaml, of zet de naam onder ignore_files."
    if claims:
        do = "Maak de patronen (match) in mapping.yaml zo dat elk bestand bij één regel hoort."
    what = "geen enkele regel in mapping.yaml hoort bij dit bestand." if not claims else "meer dan één regel past."
    raise DeliveryRefused(delivery, what, do, file=shown_name(path.name), kind=RefusalKind.FILES)


def shown_name(name: str) -> str:
    """A file name as it may be shown: digits in a row of six or more could be a person's number."""
    if identifier_in_name(name):
        return "(naam niet getoond)"
    return re.sub(r"\d{6,}", "…", name)


def _check_file(delivery: str, path: Path) -> None:
    info = path.lstat()
    problem = ""
    if not stat.S_ISREG(info.st_mode):
        problem = "dit is geen gewoon bestand."
    elif info.st_size == 0:
        problem = "het bestand is leeg."
    elif info.st_size > MAX_FILE_BYTES:
        problem = "het bestand is groter dan 2 GB."
    if problem:
        raise DeliveryRefused(delivery, problem, "Vraag een nieuwe uitdraai.", file=shown_name(path.name))
    if path.suffix.lower() == ".xlsx":
        _check_workbook(delivery, path)


def _check_workbook(delivery: str, path: Path) -> None:
    """Look at the zip directory before anything inflates."""
    problem = ""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            inflated = sum(part.file_size for part in parts)
            if len(parts) > MAX_ENTRIES or inflated > MAX_INFLATED_BYTES or path.stat().st_size > MAX_XLSX_BYTES:
                problem = "het werkboek is te groot."
            elif inflated > MAX_RATIO * path.stat().st_size:
                problem = "het werkboek is verdacht sterk ingepakt."
            elif any("vbaProject" in part.filename or part.filename.startswith(("/", "..")) for part in parts):
                problem = "het werkboek bevat macro's of vreemde onderdelen."
    except zipfile.BadZipFile:
        problem = "dit is geen Excel-werkboek (xlsx), of er staat een wachtwoord op."
    if problem:
        raise DeliveryRefused(
            delivery, problem, "Bewaar het als gewoon xlsx-bestand of als CSV.", file=shown_name(path.name)
        )
