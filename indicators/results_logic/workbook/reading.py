"""A workbook read back as a tree; every fault names its sheet, row and column."""

from __future__ import annotations

from pydantic import ValidationError

from data_contracts.errors import StudyError
from data_contracts.vocabulary.logic import INSTEAD_OF_A_TARGET, NO_TARGETS
from data_contracts.workbook.book import Book
from data_contracts.workbook.reading import Reading
from data_contracts.yaml_file import broken_in
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.parts import TARGET_KEYS
from indicators.results_logic.workbook.sheets import CHOICES, EXPLANATION, SHEETS


def tree_from_workbook(book: Book) -> Tree:
    """The tree in a workbook; raises StudyError with sheet and row of every fault."""
    data = {"schema_version": 1, "nodes": [], "links": [], "indicators": []}
    reading = Reading(book.file, data, dict.fromkeys(TARGET_KEYS, (NO_TARGETS, INSTEAD_OF_A_TARGET)))
    reading.read(book, SHEETS, {EXPLANATION, CHOICES})
    try:
        return Tree.model_validate(reading.data)
    except ValidationError as error:
        for broken in broken_in(error, Tree):
            reading.place_fault(broken)
    raise StudyError(reading.findings)
