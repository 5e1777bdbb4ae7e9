"""The door: which directories are deliveries, which files belong to them, and what is never opened.

A delivery is a directory. Its key is its name and a hash over its mapped files: a corrected delivery is a new one,
the same bytes are the same one. A file that no line of the mapping knows is set aside by name; the rest goes on.
"""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import DeliveryRefused, StudyError, together
from data_contracts.mapping.file import FileMapping, Mapping
from data_contracts.mapping.steps import matches
from data_contracts.vocabulary.identifiers import identifier_in_name
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.storage.platform import is_of_a_system, sha256_of

DATA_FILES = (
    ".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".sav", ".zsav", ".parquet", ".zip", ".html", ".htm"
)  # fmt: skip
MAX_FILE_BYTES = 2 * 1024**3
# A workbook that inflates beyond this is a bomb or a mistake (trust.md 3.5).
MAX_XLSX_BYTES, MAX_INFLATED_BYTES, MAX_RATIO, MAX_ENTRIES = 100 * 1024**2, 600 * 1024**2, 200, 500
_DELIVERY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")


@dataclass(frozen=True, slots=True)
class FileAtDoor:
    """One file of a delivery and the entries of the mapping that claim it, by their place in `every_file`."""

    name: str
    path: Path
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A directory with files that belong together; `key` is the partition key, `aside` names the unknown files."""

    name: str
    key: str
    files: tuple[FileAtDoor, ...]
    aside: tuple[str, ...] = ()


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


def require_delivery_directory(directory: Path, do: str) -> None:
    """StudyError where there is no such directory."""
    if not directory.is_dir():
        what = f"'{directory}' is geen map." if directory.exists() else f"De map '{directory}' bestaat niet."
        raise StudyError(f"{what} {do}")


def lying_ready(study: Path, deliveries: Path | None, root: Path) -> Path | None:
    """What the user named; else nothing (the inbox), unless the inbox is empty and the study brings deliveries."""
    if deliveries is not None:
        require_delivery_directory(deliveries, "Geef bij --deliveries een map met leveringen op.")
        return deliveries
    inbox, own = root / "inbox", study / "deliveries"
    return own if own.is_dir() and not (inbox.is_dir() and any(inbox.iterdir())) else None


def open_delivery(directory: Path, mapping: Mapping, *, is_first: bool = True) -> Delivery:
    """Check and claim every file of a delivery; raises DeliveryRefused with every file that is refused.

    The first one needs the ZRM. A later one may be of another supplier alone; but where a file is not recognised that
    may be the ZRM.
    """
    key = key_of(directory)
    name = directory.resolve().name
    files, aside, refusals = [], [], []
    for path in _data_files(directory):
        try:
            entries = claim(name, path, mapping)
            if entries:
                _check_file(name, path)
                files.append(FileAtDoor(path.name, path, entries))
            elif entries is None:
                aside.append(shown_name(path.name))
        except DeliveryRefused as refused:
            refusals.append(refused)
    if refusals:
        raise together(refusals)
    every = mapping.every_file
    has_zrm = any(every[entry].table == "assessments" for file in files for entry in file.entries)
    if not has_zrm and (is_first or aside or not files):
        expected = ", ".join(f"'{file.match}'" for file in every if file.table == "assessments")
        unknown = f" Niet herkend: {', '.join(aside)}." if aside else ""
        what = f"er is geen bestand met ZRM-metingen bij.{unknown}"
        raise DeliveryRefused(
            name, what, f"Verwacht: {expected}. Pas match aan in mapping.yaml, of vul aan.", kind=RefusalKind.FILES
        )
    return Delivery(name, key, tuple(files), tuple(aside))


def _data_files(directory: Path) -> list[Path]:
    return [
        path
        for path in sorted(directory.iterdir())
        if path.suffix.lower() in DATA_FILES and not path.is_dir() and not is_of_a_system(path.name)
    ]


def claim(delivery: str, path: Path, mapping: Mapping) -> tuple[int, ...] | None:
    """The entries of the mapping that claim a file by its name; the study's own go before ready ones.

    Empty for a file that the mapping ignores, None for one that it does not know. Several entries may read one
    workbook when each names its sheets, or be the layouts that one file had over the years (layouts.py); raises
    DeliveryRefused when they are neither.
    """
    every = mapping.every_file
    claims = [at for at, file in enumerate(every) if matches(path.name, file.match)]
    own = [at for at in claims if at < len(mapping.files)]
    claims = own or claims
    if not claims:
        ignored = any(matches(path.name, pattern) for pattern in mapping.ignore_files)
        return () if ignored else None
    claiming = [every[at] for at in claims]
    if len(claims) > 1 and not all(one.open.sheets for one in claiming) and not are_layouts(claiming):
        what = "meer dan één regel in mapping.yaml past op dit bestand."
        do = (
            "Maak de patronen (match) zo dat elk bestand bij één regel hoort, of noem per regel de bladen (sheets). "
            "Zijn het vormen die het bestand achtereenvolgens had, geef ze dan dezelfde table en hetzelfde onder open."
        )
        raise DeliveryRefused(delivery, what, do, file=shown_name(path.name), kind=RefusalKind.FILES)
    return tuple(claims)


def are_layouts(entries: Sequence[FileMapping]) -> bool:
    """Are these entries ways in which one file was laid out over time? They open it alike and fill one table."""
    first = entries[0]
    return not first.open.sheets and all((one.table, one.open) == (first.table, first.open) for one in entries)


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
