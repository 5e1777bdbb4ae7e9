"""One case: init, then read, and what became of it beside what was expected."""

from __future__ import annotations

import io
import json
import re
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.intake.cases.comparing import differences

_STUDY = ("--municipality", "Teststad", "--purpose", "Evaluatie van de wijkteams", "--ground", "Wmo 2015, art. 5.1.1",
          "--decided-by", "het college", "--records-until", "2090-01-01")  # fmt: skip
_CRASH = re.compile(r"Traceback|fout van ons")
# A way on: a question with its name, or a sentence that says what to do.
_WAY_ON = re.compile(
    r"\b(?:Vraag|Laat|Geef|Bewaar|Pak|Kies|Antwoord|Zet|Kijk|Schrijf|Lever|Haal|Maak)\b|--answers", re.UNICODE
)


@dataclass(frozen=True)
class Tried:
    """What became of a case."""

    case: str
    kind: str
    expect: str
    verdict: str
    why: str
    output: str


def wijkbaat(*arguments: str | Path) -> tuple[int, str]:
    """The command, in this process; its exit code and what it printed."""
    from pipelines.cli import main

    printed = io.StringIO()
    before, sys.argv = sys.argv, ["wijkbaat", *map(str, arguments)]
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            main()
    except SystemExit as stop:
        return int(stop.code or 0), printed.getvalue()
    finally:
        sys.argv = before


def init(files: list[Path], options: tuple[str | Path, ...], replies: dict[str, Any], folder: Path) -> tuple[int, str]:
    """Init as a user goes: without replies, then with those to the questions that were printed, until it is done.

    A reply to a question that was never printed is never given.
    """
    given: dict[str, Any] = {}
    while True:
        path = folder / "antwoorden.yaml"
        path.write_text(json.dumps(given), encoding="utf-8")
        code, output = wijkbaat("init", *files, *options, *(("--answers", path) if given else ("--yes",)))
        printed = {name for name in replies if re.search(rf"^{re.escape(name)}$", output, re.MULTILINE)}
        if code == 0 or not printed - set(given):
            return code, output
        given |= {name: replies[name] for name in printed}


def try_case(expected: dict[str, Any], directory: Path, answers: Path) -> Tried:
    """Init and read one case, as a user would."""
    case = expected["case"]
    files = sorted(path for path in (directory / case).iterdir() if path.is_file())
    path = answers / f"{case}.yaml"
    replies = dict(YAML(typ="safe").load(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def verdict(word: str, why: str = "", output: str = "") -> Tried:
        return Tried(case, expected["kind"], expected["expect"], word, why, output)

    with tempfile.TemporaryDirectory() as made:
        study, home = Path(made) / "studie", Path(made) / "home"
        code, output = init(files, ("--to", study, "--home", home, *_STUDY), replies, Path(made))
        if code == 0:
            code, printed = wijkbaat("read", study, "--home", home, "--json")
            output = f"{output}\n{printed}" if code else printed
    if code not in (0, 2, 3) or _CRASH.search(output):
        return verdict("CRASH", f"exit {code}", output)
    if code:
        first = next((line for line in output.splitlines() if line.strip()), "")
        return verdict("refused" if _WAY_ON.search(output) else "DEAD END", first[:150], output)
    if expected["truth"] is None:
        return verdict("WRONG", "taken in, but must be refused", output)
    found = differences(json.loads(output), expected)
    unasked = f" {len(found)} differences: {'; '.join(found)}" if found else ""
    return verdict("WRONG" if found else "right", unasked.strip(), output)
