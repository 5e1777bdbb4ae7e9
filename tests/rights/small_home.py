"""A home with deliveries of a handful of invented people, taken in by the parts of the intake without a run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from pipelines.assets.defs import intake
from pipelines.assets.defs.current import _part
from pipelines.assets.table_asset import made_in_turn
from pipelines.intake.door import key_of
from pipelines.rights.acts import Asked
from pipelines.rights.deciding import Decided, erase
from pipelines.rights.named_people import named_in
from pipelines.rights.restricting import lift, restrict
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import Workplace, read_study
from tests.intake.taking_in import MAPPING, STUDY

DAY = dt.date(2026, 6, 1)
ASKED = Asked("P. Privacy, functionaris", "een verzoek om gewist te worden", DAY)
CANARY, MARK = "demo-0007", "913.37"
ZRM_HEAD = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking"
MORE = """
  - match: trajecten.csv
    table: trajectories
    columns: {client_key: Nummer, started_on: Start, hours: Uren}
  - match: brug.csv
    table: bridge
    columns: {client_key: oud, client_key_new: nieuw}
"""


def zrm(*people: int, score: int = 2) -> str:
    """Two assessments of each person."""
    rows = [f"demo-{one:04d};{day};{score};{score + 1};1;" for one in people for day in ("05-01-2026", "05-04-2026")]
    return "\n".join([ZRM_HEAD, *rows]) + "\n"


def trajectories(*people: int) -> str:
    """A trajectory of each; the canary's hours are nobody else's."""
    hours = {7: "913,37"}
    return (
        "\n".join(["Nummer;Start;Uren", *(f"demo-{one:04d};02-01-2026;{hours.get(one, '4')}" for one in people)]) + "\n"
    )


def bridge(*pairs: tuple[int, int]) -> str:
    return "\n".join(["oud;nieuw", *(f"demo-{old:04d};demo-{new:04d}" for old, new in pairs)]) + "\n"


def empty_home(root: Path, study: str = STUDY) -> Workplace:
    """A home without deliveries, with its study beside the inbox."""
    files = root / "studie"
    files.mkdir(parents=True)
    (files / "study.yaml").write_text(study, encoding="utf-8")
    (files / "mapping.yaml").write_text(MAPPING + MORE.lstrip("\n"), encoding="utf-8")
    return place_in(root)


def place_in(root: Path) -> Workplace:
    home = Home(root)
    home.prepare()
    return Workplace(read_study(root / "studie"), home, "2026-06-01", 1)


def put(place: Workplace, name: str, **files: str) -> Path:
    """A delivery in the inbox: zrm, trajecten, brug."""
    directory = place.home.inbox / name
    directory.mkdir(exist_ok=True)
    for file, text in files.items():
        (directory / f"{file}.csv").write_text(text, encoding="utf-8")
    return directory


def take_in(place: Workplace, directory: Path) -> str:
    """Read a delivery as its step does, also when it was read before; gives its key."""
    key = key_of(directory)
    Receipts(place.home.receipts).receive(key, directory.name, directory, DAY, again=True)
    parts = [intake._raw(table) for table in intake.RAW]
    made = list(made_in_turn([*parts, *intake._CORE, intake._LAST], place, key))
    assert {one.table: one.broken for one in made if one.broken} == {}
    return key


# Rows of the canary that are no plain records: doubled, in capitals, and in a row that cannot be read.
ODD = ["demo-0007;05-01-2026;2;3;1;", "DEMO-0007;06-05-2026;2;3;1;", "demo-0001;demo-0007;05-01-2026;2;3;1;;te veel"]


def delivered(root: Path) -> Workplace:
    """A home with one delivery of twenty people, of whom the canary is one."""
    place = empty_home(root)
    everybody = range(1, 21)
    text = zrm(*everybody) + "\n".join(ODD) + "\n"
    take_in(place, put(place, "q1", zrm=text, trajecten=trajectories(*everybody)))
    return place


def listed(place: Workplace, *pseudonyms: str) -> Path:
    """A list as the key holder hands it over, outside the home."""
    file = place.home.root.parent / "lijst.csv"
    file.write_text("Pseudoniem\n" + "".join(f"{one}\n" for one in pseudonyms), encoding="utf-8")
    return file


def erased(place: Workplace, *pseudonyms: str, asked: Asked = ASKED) -> Decided:
    return erase(place, named_in(listed(place, *pseudonyms), place.files.study.pseudonym_pattern), asked)


def restricted(place: Workplace, *pseudonyms: str) -> Decided:
    return restrict(place, named_in(listed(place, *pseudonyms), place.files.study.pseudonym_pattern), ASKED)


def lifted(place: Workplace, *pseudonyms: str) -> Decided:
    return lift(place, named_in(listed(place, *pseudonyms), place.files.study.pseudonym_pattern), ASKED)


def rows(place: Workplace, table: str) -> list[tuple[object, ...]]:
    """Every row of a table, over all its files."""
    files = sorted(place.home.tables.glob(f"{table}/*.parquet")) or [place.home.tables / f"{table}.parquet"]
    return duckdb.read_parquet([str(file) for file in files]).fetchall()


def verdicts(place: Workplace, table: str) -> dict[str, int]:
    """Verdict -> rows of a raw table."""
    files = [str(file) for file in sorted(place.home.tables.glob(f"{table}/*.parquet"))]
    return dict(duckdb.read_parquet(files).aggregate("verdict, count(*)", "verdict").fetchall())


def current(place: Workplace, table: str) -> list[tuple[object, ...]]:
    """What counts now, as the asset of the current table makes it."""
    list(made_in_turn([_part(table)], place))
    return rows(place, f"{table}__current")


def everything(root: Path, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Every file below a directory as text: what a table holds and the bytes themselves."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith(but):
            text = path.read_bytes().decode("latin-1")
            if path.suffix == ".parquet":
                text += "\n".join(str(row) for row in duckdb.read_parquet(str(path)).fetchall())
            found[name] = text
    return found
