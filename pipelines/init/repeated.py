"""Records that stand in more than one file of a delivery with other contents: a correction would count twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from data_contracts.errors import DeliveryRefused
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question, Talk
from pipelines.init.words import TABLE_LABELS
from pipelines.intake.reading.telling import NATURAL_KEY
from pipelines.intake.told_twice import natural

APART, LAST = "apart", "laatste"
_WRITTEN = {APART: "apart", LAST: "last_file"}
_WITHOUT = "zonder "
_CHOICES = {
    APART: "nee, het zijn verschillende registraties; alles telt mee",
    LAST: "ja; wat in het laatste bestand staat, geldt",
}


def ask_repeated(reading: Reading) -> None:
    """Ask about records that two files tell differently: two records, or one of the files does not count.

    Rows that are the same in every column that is read count once by themselves.
    """
    grid = reading.grid
    if len(reading.kind.sheets) < 2:
        return
    n = _told_twice(reading)
    if not n:
        return
    names = [sheet.label for sheet in reading.kind.sheets]
    said = reading.asked(
        "dubbel",
        f"{n} registraties staan in meer dan één bestand ({', '.join(names)}), met andere gegevens. Tellen ze dubbel?",
        {APART: _CHOICES[APART], LAST: f"ja; wat in {_last(names)} staat, geldt"}
        | {f"{_WITHOUT}{name}": "ja; dit bestand is ouder en telt niet mee" for name in names},
    )
    if said in _WRITTEN:
        reading.entry["repeated"] = _WRITTEN[said]
    elif said:
        out = names.index(said.removeprefix(_WITHOUT))
        grid.keep([at for at, source in enumerate(grid.sources) if source != out])
        reading.without.append(reading.kind.sheets[out])


def _last(names: Sequence[str]) -> str:
    return max(names, key=natural)


def place_repeated(talk: Talk, entries: Sequence[dict[str, Any]]) -> None:
    """What was said about records that files of other columns tell differently, for every file of their table."""
    for table in dict.fromkeys(entry["table"] for entry in entries):
        ours = [entry for entry in entries if entry["table"] == table]
        said = next((entry["repeated"] for entry in ours if "repeated" in entry), None)
        if _name(table) in talk.given:
            said = _WRITTEN.get(str(talk.text(_question(table, ""))), said)
        for entry in ours if said else []:
            rest: dict[str, Any] = {
                key: entry.pop(key) for key in ("columns", "scores", "codes", "ignore") if key in entry
            }
            entry.update({"repeated": said, **rest})


def ask_told_twice(talk: Talk, refused: DeliveryRefused, tables: Sequence[str]) -> bool:
    """A refusal about records that two files tell differently as a question; whether it was one."""
    table = next((one for one in tables if f"bij {one}:" in refused.do), None)
    if refused.kind != RefusalKind.REPEATED or table is None:
        return False
    talk.reply(_question(table, f"{refused.file}: {refused.what} "))
    return True


def _name(table: str) -> str:
    return f"dubbel.{table}"


def _question(table: str, what: str) -> Question:
    return Question(_name(table), f"{what}Is dat telkens dezelfde registratie ({TABLE_LABELS[table]})?", _CHOICES)


def _told_twice(reading: Reading) -> int:
    """How many records stand on several sheets with another content in a column that is read."""
    grid = reading.grid
    roles = [role["column"] for role in reading.entry.get("rows", [])]
    made = [one for one in NATURAL_KEY[reading.table] if one in grid.made]
    key = [reading.columns[one] for one in NATURAL_KEY[reading.table] if one in reading.columns] + made + roles
    read = [name for name in (*reading.used, *grid.made) if name in grid.columns and name not in key]
    if not key or not read:
        return 0
    contents: dict[tuple[str, ...], dict[tuple[str, ...], set[int]]] = defaultdict(lambda: defaultdict(set))
    keys = zip(*(grid.columns[name] for name in key), strict=True)
    rest = zip(*(grid.columns[name] for name in read), strict=True)
    for one, content, source in zip(keys, rest, grid.sources, strict=True):
        if one[0]:
            contents[one][content].add(source)
    return sum(
        len(versions) > 1 and len(set().union(*versions.values())) > 1 and not _same_everywhere(versions)
        for versions in contents.values()
    )


def _same_everywhere(versions: dict[tuple[str, ...], set[int]]) -> bool:
    """Whether every sheet that has the record tells the same versions of it."""
    sheets = list(versions.values())
    return all(one == sheets[0] for one in sheets)
