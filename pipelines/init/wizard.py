"""`wijkbaat init`: show what was found, ask what only a person knows, write the study, fill the inbox."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import folded
from pipelines.init.propose import Answers, Proposal, file_entry, pattern_of, propose, study_entry
from pipelines.init.sniff import sniff
from pipelines.storage.home import Home
from pipelines.study.upgrade import upgraded
from pipelines.study.workplace import read_study

TABLE_LABELS = {
    "assessments": "ZRM-metingen",
    "ladder": "Participatieladder",
    "clients": "kenmerken van cliënten",
    "trajectories": "trajecten",
    "provisions": "voorzieningen",
    "events": "gebeurtenissen",
    "experienced": "ervaren baat",
    "costs": "kosten",
    "teams": "register van teams",
    "bridge": "brug tussen pseudoniemen",
}
_HEAD = "# Gemaakt door wijkbaat init op {day}. Kijk dit na: u bent er verantwoordelijk voor.\n"


def proposals_for(paths: Sequence[Path]) -> list[Proposal]:
    """How every file would be read; raises StudyError when a file is unfit or there are no assessments."""
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise StudyError(f"Deze bestanden bestaan niet: {', '.join(missing)}.")
    found = [propose(sniff(path)) for path in paths]
    if not any(proposal.table == "assessments" for proposal in found):
        raise StudyError("Er is geen bestand met ZRM-metingen bij. Dat is het enige dat niet mag ontbreken.")
    return found


def describe(proposal: Proposal, say: Callable[[str], None]) -> None:
    """Show the columns found and the proposed mapping; never a value."""
    file = proposal.file
    edition = f", {proposal.edition.label}" if proposal.edition else ""
    say(f"\n{file.name}: {TABLE_LABELS[proposal.table]}{edition}")
    say("  " + ", ".join(f"{key} {value!r}" for key, value in file.dialect().items()))
    for ours, theirs in proposal.columns.items():
        say(f"  {theirs}  ->  {ours}")
    for theirs, domain in proposal.scores.items():
        say(f"  {theirs}  ->  leefgebied {domain.label}")
    for name in proposal.unknown:
        say(f"  {name}  ->  wordt niet gelezen (ignore)")


def write_study(
    paths: Sequence[Path], proposals: Sequence[Proposal], answers: Answers, directory: Path, home: Home, today: dt.date
) -> Path:
    """Write and check study.yaml and mapping.yaml, put the files in the inbox; returns the delivery's directory."""
    if (directory / "study.yaml").exists():
        raise StudyError(f"In '{directory}' staat al een studie. Kies met --to een andere map.")
    patterns = pattern_of([path.name for path in paths])
    mapping = {"schema_version": 1, "files": [file_entry(one, patterns[one.file.name]) for one in proposals]}
    study = study_entry(proposals, answers)
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in (("study.yaml", _yaml(study)), ("mapping.yaml", upgraded(_yaml(mapping)))):
        (directory / name).write_text(_HEAD.format(day=today.isoformat()) + text, encoding="utf-8")
    read_study(directory)
    home.prepare()
    delivery = home.inbox / f"{slug(answers.municipality)}-{today:%Y%m%d}"
    delivery.mkdir(exist_ok=True)
    for path in paths:
        shutil.copy2(path, delivery / path.name)
    return delivery


def slug(name: str) -> str:
    """A name for a directory."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "studie"


def _yaml(content: dict[str, Any]) -> str:
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 120
    text = io.StringIO()
    writer.dump(content, text)
    return text.getvalue()
