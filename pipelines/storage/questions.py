"""The questions that were answered: their answers stay in every later release, held or anew as the ledger decides.

closed/questions/questions.jsonl   a line per question with its number, who asked to publish it, and why
closed/questions/withdrawn.jsonl   a line per question that is answered no more, with who decided that, and why

A number is given once, so V3 is the same question for ever.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.gate.asked import Opened, declared_open
from data_contracts.question import Question
from data_contracts.study import Study
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole


@dataclass(frozen=True, slots=True)
class Registered:
    """One question with its number, the group it asks about, and who decided to answer it."""

    id: str
    question: Question
    slice: str
    slice_value: str
    by: str
    why: str
    on: dt.date

    @property
    def opens(self) -> Opened:
        """What it opens at the gate."""
        return self.question.opens(self.slice)


def questions(home: Home) -> list[Registered]:
    """Every question that was answered, in the order of their numbers."""
    path = _path(home)
    found = []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else [], start=1):
        try:
            known = json.loads(line)
            asked = Question.model_validate(known["question"])
            day = dt.date.fromisoformat(known["on"])
            place = (known["slice"], known["slice_value"])
            found.append(Registered(f"V{number}", asked, *place, known["by"], known["why"], day))
        except (ValueError, KeyError, TypeError):
            raise StudyError(
                f"Regel {number} van {path} is niet te lezen. Zet het bestand terug uit een reservekopie."
            ) from None
    return found


def withdrawn(home: Home) -> frozenset[str]:
    """The numbers of the questions that are answered no more."""
    path = _withdrawn(home)
    try:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return frozenset(str(json.loads(line)["id"]) for line in lines)
    except (ValueError, KeyError, TypeError):
        raise StudyError(f"{path} is niet te lezen. Zet het bestand terug uit een reservekopie.") from None


def hash_of_questions(home: Home) -> str:
    """Changes with every question that is answered or withdrawn; empty without any."""
    content = b"".join(path.read_bytes() for path in (_path(home), _withdrawn(home)) if path.exists())
    return hashlib.sha256(content).hexdigest() if content else ""


def still_declared(home: Home, study: Study) -> list[Registered]:
    """Those that stand and whose slice the study still declares; the others are answered no more."""
    names, gone = {one.name for one in study.slices}, withdrawn(home)
    return [one for one in questions(home) if one.slice in names and one.id not in gone]


def opened(home: Home, study: Study) -> frozenset[Opened]:
    """What the answered questions and the study itself open at the gate."""
    return declared_open(study) | {one.opens for one in still_declared(home, study)}


def keep_until(home: Home, past: Home, day: str) -> None:
    """In `past` what this register said on a day."""
    for path, kept in ((_path(home), _path(past)), (_withdrawn(home), _withdrawn(past))):
        lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
        if by_then := [line for line in lines if json.loads(line)["on"] <= day]:
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, b"".join(by_then))


@contextmanager
def registered(home: Home, question: Question, slice_name: str, by: str, why: str, on: dt.date) -> Iterator[Registered]:
    """The question with its number in the register; out again where what follows does not end well."""
    path = _path(home)
    before = path.read_bytes() if path.exists() else b""
    value = question.group_value(slice_name)
    line = {
        "question": question.model_dump(mode="json", by_alias=True),
        "slice": slice_name,
        "slice_value": value,
        "by": by,
        "why": why,
        "on": on.isoformat(),
    }
    number = len(before.splitlines()) + 1
    with _added(path, line):
        yield Registered(f"V{number}", question, slice_name, value, by, why, on)


@contextmanager
def withdrawing(home: Home, id: str, by: str, why: str, on: dt.date) -> Iterator[None]:
    """The question is answered no more; unless what follows does not end well."""
    with _added(_withdrawn(home), {"id": id, "by": by, "why": why, "on": on.isoformat()}):
        yield


@contextmanager
def _added(path: Path, line: Mapping[str, object]) -> Iterator[None]:
    """A line behind those of a file; out again where what follows does not end well."""
    before = path.read_bytes() if path.exists() else b""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, before + (json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n").encode())
    try:
        yield
    except BaseException:
        write_whole(path, before)
        raise


def _path(home: Home) -> Path:
    return home.closed / "questions" / "questions.jsonl"


def _withdrawn(home: Home) -> Path:
    return home.closed / "questions" / "withdrawn.jsonl"
