"""Ordinary tables that fell over: empty columns, one row, no rows, long cells, NUL, quotes, names in any script.

Whatever comes in, `wijkbaat init` and `wijkbaat read` end with figures, questions or a refusal that says what to do.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.errors import DeliveryRefused, StudyError
from pipelines.intake.read_only import read_deliveries
from pipelines.study.workplace import read_study
from tests.intake.init.delivered import TODAY, init, opened_here
from tests.intake.reading.made import ods, ods_rows, xlsx, zipped
from tests.intake.taking_in import MAPPING
from tests.intake.test_read_only import written

some = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_WAY_ON = re.compile(
    r"\b(?:Vraag|Laat|Pas|Geef|Bewaar|Pak|Kies|Antwoord|Zet|Kijk|Schrijf|Lever|Haal|Maak|Verwijder|Voeg)\b"
)

KEYS = st.sampled_from([f"demo-{at:04}" for at in range(8)] + [""])
DAYS = st.sampled_from(
    ["01-02-2024", "31-12-2024", "2024-02-01", "", "29-02-2023", "1 mrt 2024", "45323", "31-12-9999"]
)
SCORES = st.sampled_from(["1", "3", "5", "0", "9", "99", "", "4,0", "3.0", "n.v.t.", "?"])
ODD = st.one_of(
    st.just(""),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["x" * 40_000, 'zegt "ja"', "a;b", "a\nb", "\x00", "=1+1", "\ufeff", "\u200b", "ÿ", "日本", "é" * 300]
    ),
)
NAMES = st.one_of(
    st.sampled_from(["Nummer", "Cliëntnummer", "Datum", "Financiën", "Huisvesting", "Opmerking", "Team", "", "日付"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
STANDARD = ["Nummer", "Datum", "Financiën", "Huisvesting", "Justitie", "Opmerking"]


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header, most often the one of the mapping, and none to six rows, some of another width."""
    header = STANDARD if draw(st.booleans()) else draw(st.lists(NAMES, max_size=7))
    row = st.tuples(KEYS, DAYS, SCORES, SCORES, st.just(""), ODD).map(list)
    rows = draw(st.lists(st.one_of(row, row, st.lists(ODD, max_size=7)), max_size=6))
    return [header, *rows]


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A table as text with any quoting, encoding, mark at its beginning, and mixed ends of lines."""
    made = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(made, delimiter=draw(st.sampled_from(";,\t|")), quoting=quoting, lineterminator="\x01")
    writer.writerows(draw(tables()))
    ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", ""])
    text = "".join(f"{line}{draw(ends)}" for line in made.getvalue().split("\x01"))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "cp850"]))
    return text.encode(encoding, errors="replace")


@st.composite
def nested(draw: st.DrawFn) -> bytes:
    """A zip in a zip, in a zip: of a table, a workbook, nothing, or what is no zip at all."""
    inside = draw(st.one_of(texts(), st.just(b""), st.binary(max_size=40)))
    name = draw(st.sampled_from(["zrm.csv", "map/zrm.csv", "ZRM.CSV", "zrm", "zrm.xlsx", "日.csv", ".verborgen.csv"]))
    for _ in range(draw(st.integers(1, 3))):
        inside = zipped({name: inside} | ({"lees.txt": b"uitleg"} if draw(st.booleans()) else {}))
        name = draw(st.sampled_from(["zrm.zip", "map/zrm.zip", "zrm.csv"]))
    return inside


def ends_well(tmp: Path, name: str, content: bytes) -> None:
    told = init({name: content})
    assert told.zrm or told.questions or _WAY_ON.search(told.refused) or told.tables or told.told, told
    study, delivery = tmp / "studie", tmp / "levering"
    if not study.exists():
        written(study)
        (study / "mapping.yaml").write_text(MAPPING.replace("zrm.csv", "'zrm*'"), encoding="utf-8")
        delivery.mkdir()
    for old in delivery.iterdir():
        old.unlink()
    (delivery / name).write_bytes(content)
    with opened_here():
        try:
            found = read_deliveries(read_study(study), delivery, TODAY)
        except (StudyError, DeliveryRefused) as error:
            assert _WAY_ON.search(str(error)), str(error)
            return
    for refused in found.refusals:
        assert _WAY_ON.search(refused.do), str(refused)
    for file in found.files.get("levering", {}).values():
        apart = sum(file["quarantined"].values()) + sum(file["left_out"].values())
        assert file["rows"] == file["accepted"] + file["exact_duplicates"] + apart


@some
@given(content=texts())
def test_a_text_of_any_ordinary_form(tmp_path: Path, content: bytes) -> None:
    ends_well(tmp_path, "zrm.csv", content)


@some
@given(rows=tables(), as_ods=st.booleans())
def test_a_workbook_of_any_ordinary_form(tmp_path: Path, rows: list[list[str]], as_ods: bool) -> None:
    # What XML cannot hold cannot stand in a workbook either.
    cells = [[re.sub(r"[^\t\n -\ud7ff\ue000-\ufffd]", "", cell)[:32_000] for cell in row] for row in rows]
    ends_well(tmp_path, "zrm.ods" if as_ods else "zrm.xlsx", ods(ods_rows(cells)) if as_ods else xlsx(cells))


@some
@given(content=nested())
def test_a_zip_in_a_zip(tmp_path: Path, content: bytes) -> None:
    ends_well(tmp_path, "zrm.zip", content)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xef\xbb\xbf", b"\x00", b";;;\n", b"Nummer", b'"', b"\r\r\r", b"a;b\n\x00\x00;\n"]
)
def test_hardly_a_file_at_all(tmp_path: Path, content: bytes) -> None:
    ends_well(tmp_path, "zrm.csv", content)
