"""What an answer would show, before anything leaves: the gate and the ledger decide on the very tables of the home.

Closed zone: for the terminal of the one who asks. Nothing is written that stays.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.gate.asked import Opened, is_opened
from data_contracts.gate.ledger import Before
from data_contracts.gate.small_groups import without_few
from data_contracts.gate.specs import SPECS
from data_contracts.question import Question
from data_contracts.slices import Slice, chain_of
from data_contracts.tables.released import SHOWS_FIGURES
from data_contracts.vocabulary.field import ALL, TEAM_AND_COHORT
from data_contracts.vocabulary.slices import parts_of, slice_label
from pipelines.asking.taken_away import figures_taken
from pipelines.assets.through_gate import cells_released, people_state
from pipelines.releases.ledger import before
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import connect
from pipelines.storage.questions import opened
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace

Group = tuple[str, str]  # a slice and a group in it


@dataclass(frozen=True, slots=True)
class Preview:
    """What the gate decides about a question.

    `rows` are the rows of every group of the slice that would leave, as they would; `row` is that of the group itself,
    if it does. `broader` is the nearest group that can be shown in its place. `n_new` counts the figures that the
    ledger would remember.
    """

    question: Question
    slice: Slice
    value: str
    threshold: int
    rows: pd.DataFrame
    row: pd.Series | None
    broader: Group | None
    n_new: int
    takes_away: int

    @property
    def can_be_answered(self) -> bool:
        """Whether the figure may be shown, and nothing that is shown now would go or be another."""
        return self.row is not None and self.row["status"] in SHOWS_FIGURES and not self.takes_away


def previewed(place: Workplace, question: Question) -> Preview:
    """The decision about a question; StudyError where the group does not exist."""
    study = place.files.study
    slice_ = question.slice_of(study)
    if slice_ is None:
        raise StudyError("De studie kent deze indeling niet.")
    gate = _Gate(place, question)
    value = question.group_value(slice_.name)
    gate.require_group(slice_.name, value)
    rows, n_new, takes_away = gate.decided(slice_.name)
    found = rows[rows["slice_value"] == value]
    row = found.iloc[0] if len(found) else None
    threshold = max(study.thresholds.of(question.outcome.life_domain), slice_.threshold or 0)
    preview = Preview(question, slice_, value, threshold, rows, row, None, n_new, takes_away)
    if preview.can_be_answered:
        return preview
    broader = gate.first_that_can(slice_, value)
    return Preview(question, slice_, value, threshold, rows, row, broader, n_new, takes_away)


class _Gate:
    """The gate over the tables of a home as they lie, for the questions that were answered and one more."""

    def __init__(self, place: Workplace, question: Question) -> None:
        self.place, self.question, self.study = place, question, place.files.study
        self._store, self._kept = TableStore(place.home.tables), dict[str, pd.DataFrame]()
        self._opened = opened(place.home, self.study)

    def frame(self, name: str) -> pd.DataFrame:
        """A closed table, read once."""
        if name not in self._kept:
            self._kept[name] = self._store.stored(name).frame()
        return self._kept[name]

    def require_group(self, slice_name: str, value: str) -> None:
        """StudyError where the outcome or the group is not in the figures; it names only groups that are not small."""
        spec = SPECS[self.question.table]
        exact = self.frame(str(spec.source.name))
        about = pd.Series(True, exact.index)
        for column, wanted in self.question.about.items():
            about &= exact[column] == wanted
        if not about.any():
            raise StudyError(f"Bij outcome: {self._known_outcomes(exact)}")
        mine = exact[about & (exact["slice"] == slice_name)]
        large = mine[mine[spec.whole] >= self.study.thresholds.clients]["slice_value"].astype(str)
        if value not in set(mine["slice_value"].astype(str)):
            raise StudyError(
                f"Bij group: in de indeling {slice_label(slice_name)} is geen groep '{value}'. "
                f"Kies uit: {', '.join(sorted(large)) or 'geen'}. "
                f"Of vraag het ruimer: {' of '.join(chain_of(self.study.slices, slice_name))}."
            )

    def _known_outcomes(self, exact: pd.DataFrame) -> str:
        asked = self.question.outcome
        own = exact[exact["subject"] == asked.subject]
        if own.empty:
            return f"over '{asked.subject}' is niets geleverd. Wel over: {', '.join(sorted(set(exact['subject'])))}."
        columns = ["life_domain"] if "life_domain" in own else ["what", "unit"]
        known = sorted({" in ".join(map(str, one)) for one in own[columns].itertuples(index=False)})
        return f"deze uitkomst is er niet. Kies uit: {'; '.join(known)}."

    def decided(self, slice_name: str) -> tuple[pd.DataFrame, int, int]:
        """The rows that a question about this slice opens, how many are new, and how many figures would go."""
        asked: Collection[Opened] = self._opened | {self.question.opens(slice_name)}
        before_ = self._before(asked)
        released = cells_released(self.frame, self.study, before_, asked)
        out = released[self.question.table]
        mine = is_opened(out.frame, self.question.opens(slice_name))
        shows = out.cells["is_new"].astype("bool") & mine if len(out.cells) else mine
        rows = without_few(SPECS[self.question.table], out.frame[mine])
        return rows, int(shows.sum()), figures_taken(self.place.home, released)

    def _before(self, asked: Collection[Opened]) -> Before:
        connection = connect(self.place.home.work)
        with tempfile.TemporaryDirectory(dir=self.place.home.work) as directory:
            now = Path(directory) / "people.parquet"
            write_parquet(people_state(connection, self.place.home, self.frame, self.study, asked), now)
            return before(self.place.home, now)

    def first_that_can(self, slice_: Slice, value: str) -> Group | None:
        """The nearest broader group whose figure can be shown."""
        by_name = {one.name: one for one in self.study.slices}
        at: Group = (slice_.name, value)
        for name in chain_of(self.study.slices, slice_.name):
            at = (name, self._broader_value(at, by_name[name]))
            if not at[1]:
                continue
            rows, _, takes_away = self.decided(name)
            mine = rows[rows["slice_value"] == at[1]]
            if len(mine) and mine.iloc[0]["status"] in SHOWS_FIGURES and not takes_away:
                return at
        return None

    def _broader_value(self, at: Group, into: Slice) -> str:
        """The group of `into` that the group `at` lies in; empty where that hangs on the person."""
        name, value = at
        if into.name == ALL:
            return ALL
        parts = parts_of(name)
        if into.name in parts:
            return value.rsplit(TEAM_AND_COHORT, maxsplit=len(parts) - 1)[parts.index(into.name)]
        return next((label for label, own in into.groups.items() if value in own), "")
