"""What a run would make of the delivery under the proposal, read by the same engine before anybody is asked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.mapping.file import Mapping, WholeMapping
from data_contracts.study import Study
from data_contracts.vocabulary.reasons import Reason
from data_contracts.yaml_file import as_model
from pipelines.init.writing import yaml_text
from pipelines.intake.read_only import Read, read_deliveries
from pipelines.study.workplace import StudyFiles


@dataclass(frozen=True, slots=True)
class Drafted:
    """The two files of a study as text, checked by their own models."""

    study: str
    mapping: str

    def files(self, directory: Path) -> StudyFiles:
        """The study as a run reads it; raises StudyError."""
        study = as_model(self.study, Study, "study.yaml")
        mapping = as_model(self.mapping, Mapping, "mapping.yaml")
        whole = WholeMapping(**{name: getattr(mapping, name) for name in Mapping.model_fields})
        return StudyFiles(directory, study, whole, None)


def drafted(
    study: dict[str, Any], entries: Sequence[dict[str, Any]], deliveries: dict[str, Any] | None = None
) -> Drafted:
    """The text of both files."""
    over_time = {"deliveries": deliveries} if deliveries else {}
    return Drafted(yaml_text(study), yaml_text({"schema_version": 2, **over_time, "files": list(entries)}))


def read_back(draft: Drafted, paths: Sequence[Path], folder: Path, today: dt.date) -> Read:
    """What the engine makes of the files; `folder` is ours and closed to others."""
    return read_deliveries(draft.files(folder), laid_out(paths, folder), today)


def laid_out(paths: Sequence[Path], folder: Path) -> Path:
    """The files as a delivery in our own folder; gives its directory."""
    delivery = folder / "levering"
    delivery.mkdir()
    for path in paths:
        shutil.copy2(path, delivery / path.name)
    return delivery


def told(read: Read) -> list[str]:
    """Per file how many rows fit and what stays out, then what is odd; counts only."""
    words = Reason.labels()
    lines = []
    for files in read.files.values():
        for name, counts in files.items():
            if "table" not in counts:
                continue
            lines.append(f"{name}: {counts['accepted']} van {counts['rows']} regels passen.")
            if counts["exact_duplicates"]:
                lines.append(f"  {counts['exact_duplicates']} regels staan er dubbel in en tellen één keer.")
            lines += [f"  {n} regels blijven apart: {words[why]}." for why, n in counts["quarantined"].items()]
            lines += [f"  {n} regels zijn geen registratie ({why})." for why, n in counts["left_out"].items()]
    return lines + [f"Let op: {one}" for one in read.odd]
