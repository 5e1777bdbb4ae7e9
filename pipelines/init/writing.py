"""What `wijkbaat init` writes: the study whole or not at all, the delivery in the inbox, replies while it lasts."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import parse, read_text
from data_contracts.yaml_tricks import plainly_written
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole

REPLIES = "init-antwoorden.yaml"
_ABOUT = "bestanden"
_HEAD = "# Gemaakt door wijkbaat init op {day}. Kijk dit na: u bent er verantwoordelijk voor.\n"


def slug(name: str) -> str:
    """A name for a directory."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "studie"


def yaml_text(content: Mapping[str, Any]) -> str:
    """A mapping as YAML, in the order of its keys."""
    writer = plainly_written(YAML())
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 120
    text = io.StringIO()
    writer.dump(content, text)
    return text.getvalue()


def replies_in(path: Path) -> dict[str, Any]:
    """The replies in a YAML file: name of a question -> reply; raises StudyError."""
    if not path.is_file():
        raise StudyError(f"Het bestand met antwoorden '{path}' bestaat niet. Kijk de naam na.")
    content, _ = parse(read_text(path), path.name)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise StudyError(
            f"{path.name}: hier hoort per regel de naam van een vraag te staan, met het antwoord erachter."
        )
    return {str(name): reply for name, reply in content.items()}


def fingerprint(paths: Sequence[Path]) -> str:
    """Tells whether an earlier try was about the same files."""
    text = "\n".join(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(paths))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def kept_replies(directory: Path, paths: Sequence[Path]) -> dict[str, Any]:
    """The replies of an earlier try that did not come to its end, when it was about these files."""
    if (directory / "study.yaml").exists():
        return {}
    return kept_in(directory / REPLIES, fingerprint(paths))


def kept_in(path: Path, about: str) -> dict[str, Any]:
    """The replies in a file, when it is there and says that they are about this."""
    kept = replies_in(path) if path.is_file() else {}
    return kept if kept.pop(_ABOUT, None) == about else {}


def keep_replies(directory: Path, paths: Sequence[Path], replies: Mapping[str, Any]) -> None:
    """Keep the replies so far, so that a next try goes on where this one stopped."""
    keep_in(directory / REPLIES, fingerprint(paths), replies)


def keep_in(path: Path, about: str, replies: Mapping[str, Any]) -> None:
    """Write replies beside what they are about; whole or not at all."""
    write_whole(path, yaml_text({_ABOUT: about, **replies}).encode())


def write_study(directory: Path, study: str, mapping: str, today: dt.date) -> None:
    """Put both files in place; study.yaml last, because it is what makes a directory a study."""
    for name, text in (("mapping.yaml", mapping), ("study.yaml", study)):
        write_whole(directory / name, (_HEAD.format(day=today.isoformat()) + text).encode())
    (directory / REPLIES).unlink(missing_ok=True)


def fill_inbox(home: Home, name: str, paths: Sequence[Path], day: str) -> Path:
    """Copy the files into a delivery of their own in the inbox, called after a day; gives its directory."""
    home.prepare()
    first = f"{slug(name)}-{day}"
    names = [first, *(f"{first}-{at}" for at in range(2, 100))]
    delivery = next(place for one in names if not _is_other(place := home.inbox / one, paths))
    delivery.mkdir(exist_ok=True)
    for path in paths:
        shutil.copy2(path, delivery / path.name)
    return delivery


def _is_other(place: Path, paths: Sequence[Path]) -> bool:
    """Whether a directory holds something else than (a part of) these files."""
    ours = {path.name: path for path in paths}
    inside = list(place.iterdir()) if place.is_dir() else []
    return any(one.name not in ours or one.read_bytes() != ours[one.name].read_bytes() for one in inside)
