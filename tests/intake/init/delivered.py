"""Invented deliveries with their truth, and what `wijkbaat init` makes of them: figures, questions or a refusal."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from pipelines.init import wizard
from pipelines.init.study_entry import Answers
from pipelines.init.wizard import FilesOfDelivery, one_pass
from pipelines.intake import opened as opened_files
from pipelines.intake.reading.confined import Allowed, Asked
from pipelines.intake.reading.opening import opened, unpacked
from pipelines.intake.reading.sheets import Opened, Unreadable

DOMAINS_2013 = ("Financiën", "Dagbesteding", "Huisvesting", "Huiselijke relaties", "Geestelijke gezondheid",
                "Lichamelijke gezondheid", "Verslaving", "ADL", "Sociaal netwerk", "Maatschappelijke participatie",
                "Justitie")  # fmt: skip
TODAY = dt.date(2026, 3, 1)
ANSWERS = Answers("Teststad", "Evaluatie van de teams", "Wmo 2015", "het college", dt.date(2090, 1, 1), "none")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True)
class Assessment:
    """One invented assessment: pseudonym, day, team and a score per domain."""

    client: str
    day: dt.date
    team: str
    scores: tuple[int, ...]


@dataclass
class Result:
    """What init made of a delivery. `zrm`: rows, clients, count of scores, sum, first and last day."""

    zrm: tuple[Any, ...] | None = None
    tables: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, Any] = field(default_factory=dict)
    refused: str = ""
    told: str = ""
    odd: str = ""
    mapping: str = ""
    editions: set[Any] = field(default_factory=set)


def assessments(seed: int, n_clients: int = 15, years: Sequence[int] = (2022, 2023)) -> list[Assessment]:
    """Two assessments per client, with scores of 2 to 4."""
    draw = random.Random(seed)  # noqa: S311  invented people, no secrets
    found = []
    for _ in range(n_clients):
        client = "ZR1-" + "".join(draw.choice(_LETTERS) for _ in range(20))
        team = draw.choice(["Noord", "Zuid", "Centrum"])
        for year in years:
            day = dt.date(year, draw.randint(1, 12), draw.randint(13, 28))
            found.append(Assessment(client, day, team, tuple(draw.randint(2, 4) for _ in DOMAINS_2013)))
    return found


def truth(of: Sequence[Assessment]) -> tuple[Any, ...]:
    """The figures of these assessments, without Justitie, which is off until somebody lists it."""
    scores = [score for one in of for score in one.scores[:-1]]
    days = sorted(one.day for one in of)
    return (
        len(of),
        len({one.client for one in of}),
        len(scores),
        sum(scores),
        days[0].isoformat(),
        days[-1].isoformat(),
    )


def wide(of: Sequence[Assessment], day: str = "%d-%m-%Y") -> list[list[str]]:
    """A header and one row per assessment."""
    rows = [["Cliëntnummer", "Wijkteam", "Datum afname", *DOMAINS_2013]]
    return rows + [[one.client, one.team, one.day.strftime(day), *map(str, one.scores)] for one in of]


def csv(rows: Sequence[Sequence[str]], mark: str = ";") -> bytes:
    """The rows as text."""
    return ("\n".join(mark.join(row) for row in rows) + "\n").encode()


def _opened_here(files: Sequence[Asked], _folder: Path, _allowed: Allowed | None = None) -> list[Any]:
    answers: list[tuple[Opened, ...] | Unreadable] = []
    for file in files:
        try:
            inside = [
                opened(content, name, file.declared)
                for name, content in unpacked(file.path.read_bytes(), file.path.name)
            ]
            for one in inside:  # a row that cannot be read is found when the rows are
                for sheet in one.sheets:
                    for _ in sheet.rows:
                        pass
            answers.append(tuple(inside))
        except Unreadable as unreadable:
            answers.append(unreadable)
    return answers


def init(files: dict[str, bytes], **given: Any) -> Result:
    """One pass of `wijkbaat init --yes` with replies, opened in this process.

    In the name of a reply without a point, `__` is one and `_` a dash.
    That opening apart gives the same sheets is tested where it is made; a process per example would take minutes.
    """
    plain = {name: name if "." in name else name.replace("__", ".").replace("_", "-") for name in given}
    replies = {plain[name]: reply for name, reply in given.items()}
    with opened_here(), tempfile.TemporaryDirectory() as made:
        paths = [Path(made) / name for name in files]
        for path in paths:
            path.write_bytes(files[path.name])
        with FilesOfDelivery(paths) as held:
            return _result(held, replies)


@contextmanager
def opened_here() -> Iterator[None]:
    """Files are opened in this process as long as this holds."""
    kept = (wizard.opened_apart, opened_files.opened_apart)
    wizard.opened_apart = opened_files.opened_apart = _opened_here  # type: ignore[assignment]
    try:
        yield
    finally:
        wizard.opened_apart, opened_files.opened_apart = kept


def _result(held: FilesOfDelivery, replies: dict[str, Any]) -> Result:
    try:
        outcome = one_pass(held, replies, ANSWERS, TODAY)
    except StudyError as error:
        return Result(refused=str(error))
    told = "\n".join(f"{one.label}: {one.why}" for one in outcome.aside)
    if outcome.talk.open or outcome.read is None:
        return Result(questions={one.name: one for one in outcome.talk.open}, told=told)
    tables = outcome.read.tables
    zrm = tables["core_zrm__assessments"]
    sums = [total for total in zrm["sum"].values() if total]
    figures = (zrm["rows"], zrm["clients"], sum(zrm["count"].values()), round(sum(sums)), zrm["first"], zrm["last"])
    editions = {one.certain for one in outcome.talk.questions.values() if one.name.startswith("editie.")}
    mapping = outcome.draft.mapping if outcome.draft else ""
    return Result(
        zrm=figures, tables=tables, told=told, odd="\n".join(outcome.read.odd), mapping=mapping, editions=editions
    )
