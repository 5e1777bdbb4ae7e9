"""`wijkbaat check`: everything that can be wrong with a study before anything runs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from data_contracts.errors import Finding, StudyError
from data_contracts.yaml_file import read_text
from indicators.results_logic.tree.binding import read_tree
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.rules import advice
from mkba.inputs.model import Mkba
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs
from pipelines.study.workplace import StudyFiles, read_study


def advice_about(directory: Path, today: dt.date) -> list[str]:
    """What to know of a study without faults, its term included; raises StudyError like `check_study`."""
    notes = check_study(directory)
    term = read_study(directory).study.retention
    if term.has_ended(today):
        return [
            *notes,
            "De bewaartermijn (retention.records_until) is voorbij: een run wist alle gegevens over mensen.",
        ]
    return [*notes, warning] if (warning := term.warning(today)) else notes


def check_study(directory: Path) -> list[str]:
    """Advice about a study without faults; raises StudyError with all findings of all its files."""
    from indicators.results_logic.findings.bridge import require_known_nodes

    findings: list[Finding] = []
    notes: list[str] = []
    files = read_study(directory)
    try:
        tree = study_tree(files)
        notes += advice(tree) if tree else ["results_logic.yaml ontbreekt: dat hoofdstuk blijft 'nog niet ingevuld'."]
    except StudyError as error:
        findings += error.findings
    try:
        if study_mkba(files) is None:
            notes.append("mkba.yaml ontbreekt: dat hoofdstuk blijft 'nog niet ingevuld'.")
        elif not findings and (tree := study_tree(files)):
            require_known_nodes(tree, lines_with_nodes(files))
    except StudyError as error:
        findings += error.findings
    if findings:
        raise StudyError(findings)
    return notes


def study_tree(files: StudyFiles) -> Tree | None:
    """The results logic of the study, where there is one."""
    path = files.results_logic
    return None if path is None else read_tree(read_text(path), path.name, files.study)


def lines_with_nodes(files: StudyFiles) -> dict[str, str]:
    """Line of the MKBA -> the node of the tree that it names; empty without an MKBA."""
    model = study_mkba(files)
    return {line.id: line.node for line in model.lines if line.node} if model else {}


def study_mkba(files: StudyFiles) -> Mkba | None:
    """The MKBA of the study, where there is one."""
    path = files.mkba
    if path is None:
        return None
    compares = files.study.design.compares
    return read_mkba(read_text(path), parameter_packs(), path.name, compares=compares)
