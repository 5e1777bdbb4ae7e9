"""The files of a delivery, opened once in a process of their own; their rows lie in the closed zone until forgotten."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from data_contracts.mapping.file import FileMapping
from pipelines.intake.door import Delivery, FileAtDoor
from pipelines.intake.reading.confined import Asked, opened_apart
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.storage.platform import sha256_of


class OpenedFiles:
    """What opening each file of one delivery gave; a context that removes the rows behind it.

    `work` is where rows about people may lie for as long as that takes.
    """

    def __init__(self, delivery: Delivery, mappings: Sequence[FileMapping], work: Path | None = None) -> None:
        self.delivery = delivery
        self._folder = tempfile.TemporaryDirectory(prefix="opened-", dir=work)
        asked = [
            Asked(file.path, sha256_of(file.path), _declared(mappings[file.entries[0]])) for file in delivery.files
        ]
        answers = opened_apart(asked, Path(self._folder.name)) if asked else []
        self._answers = {file.name: answer for file, answer in zip(delivery.files, answers, strict=True)}

    def of(self, file: FileAtDoor) -> Sequence[Opened]:
        """The file, or the files inside a zip; raises Unreadable."""
        answer = self._answers[file.name]
        if isinstance(answer, Unreadable):
            raise answer
        return answer

    def forget(self) -> None:
        """Remove the rows."""
        self._folder.cleanup()

    def __enter__(self) -> OpenedFiles:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the rows, whatever happened."""
        self.forget()


def _declared(mapping: FileMapping) -> Declared:
    said = mapping.open
    return Declared(
        format=said.format,
        encoding=said.encoding,
        delimiter=said.delimiter,
        quote=said.quote,
        with_formulas=said.formulas == "cached",
    )
