"""`wijkbaat mkba export` and `import`: a balance as a workbook, and an edited one, or one of others, as a patch."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from data_contracts.gate.admission import objection
from data_contracts.yaml_file import read_text
from data_contracts.yaml_merged import merged_text
from indicators.results_logic.findings.bridge import require_known_nodes
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.model import Mkba
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs
from mkba.peers.reading import peer_shape
from mkba.workbook.columns import WORDS
from mkba.workbook.reading import changes, mkba_from_workbook
from mkba.workbook.writing import inputs_workbook
from pipelines.intake.reading.books import book_apart
from pipelines.releases.released_tables import tables_of
from pipelines.road.balance.offered import Signed, is_of_a_release, with_offered
from pipelines.road.balance.peers import taken_in
from pipelines.road.published import require_published
from pipelines.storage.clock import utc_day
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.study.checking import study_mkba, study_tree
from pipelines.study.workplace import StudyFiles, read_study

BOOK, NEW, PATCH = "mkba-invoer.xlsx", "mkba.nieuw.yaml", "mkba.patch"


@dataclass(frozen=True, slots=True)
class Patch:
    """What an edited workbook changes: in words, and as the lines that a version manager knows."""

    told: list[str]
    new: Path
    patch: Path


def export_balance(study: Path, to: Path | None) -> Path:
    """Write the balance of a study as a workbook of inputs; gives its path."""
    path = to if to is not None else study / BOOK
    write_whole(path, inputs_workbook(_balance(read_study(study))))
    return path


def import_balance(study: Path, book: Path, signed: Signed, root: Path) -> Patch | None:
    """The edited workbook as a patch beside the balance, which stays as it is; None when nothing changed."""
    for option, text in (("--by", signed.by), ("--why", signed.why)):
        problem = objection(text, released_by=signed.by)
        if problem is not None:
            raise StudyError(f"De tekst achter {option} {problem}. Zij komt bij de balans te staan; pas haar aan.")
    if not book.is_file():
        raise StudyError(f"Het bestand '{book}' bestaat niet. Noem de werkmap die u bewerkt hebt.")
    files = read_study(study)
    before = _balance(files)
    after, of_peer = _edited(files, book, signed, root)
    tree = study_tree(files)
    if tree is not None:
        require_known_nodes(tree, {line.id: line.node for line in after.lines if line.node})
    now, then = (one.model_dump(mode="json", exclude_defaults=True) for one in (before, after))
    told = [_told(*one) for one in changes(now, then)]
    if not told:
        return None
    told = [*of_peer, *told]
    return _written(study, read_text(study / "mkba.yaml"), after, told, signed, compares=files.study.design.compares)


def _edited(files: StudyFiles, path: Path, signed: Signed, root: Path) -> tuple[Mkba, list[str]]:
    """The balance in a workbook; and, when it is one of others, what its reader must know."""
    book, packs, compares = book_apart(path), parameter_packs(), files.study.design.compares
    if (shape := peer_shape(book)) is not None:
        return taken_in(book, shape, _balance(files), packs, signed.by, compares=compares)
    if not is_of_a_release(book):
        return mkba_from_workbook(book, packs, compares=compares), []
    tables = tables_of(require_published(Home(root), files.directory).directory, READS)
    released = released_quantities(files.study.design, tables)
    return with_offered(book, _balance(files), packs, released, signed), []


def _written(study: Path, text: str, after: Mkba, told: list[str], signed: Signed, *, compares: bool) -> Patch:
    today = utc_day().isoformat()
    new = merged_text(text, after.model_dump(exclude_defaults=True), after.model_dump())
    read_mkba(new, parameter_packs(), NEW, compares=compares)
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), "mkba.yaml", "mkba.yaml", lineterm="")
    head = [f"Door: {signed.by}", f"Op: {today}", f"Waarom: {signed.why}", "", *told, ""]
    patch = Patch(told, study / NEW, study / PATCH)
    write_whole(patch.patch, ("\n".join([*head, *lines]) + "\n").encode())
    write_whole(patch.new, new.encode())
    return patch


def _told(where: str, before: Any, after: Any) -> str:
    """A change as a person reads it."""
    words = ": ".join(_words(where))
    if isinstance(before, dict | list) or isinstance(after, dict | list):
        return f"{words}: {'weggehaald' if after is None else 'toegevoegd' if before is None else 'veranderd'}"
    return f"{words}: {'leeg' if before is None else before} wordt {'leeg' if after is None else after}"


def _words(where: str) -> Iterator[str]:
    for part in where.split("."):
        yield WORDS.get(part, {"lines": "regel", "prices": "prijs", "trajectories": ""}.get(part, part)) or part


def _balance(files: StudyFiles) -> Mkba:
    model = study_mkba(files)
    if model is None:
        raise StudyError(f"In '{files.directory}' staat nog geen mkba.yaml. Maak hem met: wijkbaat mkba new.")
    return model
