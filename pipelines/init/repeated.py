"""Records that stand in more than one file of a delivery with other contents: a correction would count twice."""

from __future__ import annotations

from collections import defaultdict

from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question
from pipelines.intake.reading.telling import NATURAL_KEY

APART = "apart"
_WITHOUT = "zonder "


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
    said = reading.talk.text(
        Question(
            reading.name("dubbel"),
            f"{n} registraties staan in meer dan één bestand ({', '.join(names)}), met andere gegevens. "
            "Tellen ze dubbel?",
            {APART: "nee, het zijn verschillende registraties; alles telt mee"}
            | {f"{_WITHOUT}{name}": "ja; dit bestand is ouder en telt niet mee" for name in names},
        )
    )
    if said and said != APART:
        out = names.index(said.removeprefix(_WITHOUT))
        grid.keep([at for at, source in enumerate(grid.sources) if source != out])
        reading.without.append(reading.kind.sheets[out])


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
