"""What stands beside the cells is read by the door too; it says what and where, never whom."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from openpyxl.comments import Comment

from pipelines.intake.door import shown_name
from pipelines.intake.reading.confined import Asked, opened_apart
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.intake.reading.workbook_parts import asides
from tests.intake.reading.made import ROWS, sav, saved, text_of, zipped


def answers(folder: Path, contents: dict[str, bytes]) -> list[tuple[Opened, ...] | Unreadable]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    asked = [Asked(folder / name, sha256(content).hexdigest(), Declared()) for name, content in contents.items()]
    return opened_apart(asked, folder)


def answer(folder: Path, name: str, content: bytes) -> tuple[Opened, ...] | Unreadable:
    (found,) = answers(folder, {name: content})
    return found


def book(*, comment: str = "", title: str = "", sheet: str = "Blad1", creator: str = "openpyxl") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in ROWS:
        made.active.append(list(row))
    made.properties.title, made.properties.creator = title, creator
    if comment:
        made.active["A2"].comment = Comment(comment, "Petra de Boer")
    return saved(made)


SECRETS = ("111222333", "111.222.333", "Jan de Vries", "06-12345678", "geb. 12-03-1961")


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("comment", "een opmerking bij een cel"),
        ("title", "een eigenschap van het document"),
        ("sheet", "de naam van blad 1"),
    ],
)
def test_a_person_beside_the_cells_is_refused_by_place(tmp_path: Path, place: str, where: str) -> None:
    books = {f"zrm {at}.xlsx": book(**{place: f"over {secret}"}) for at, secret in enumerate(SECRETS)}
    for refused, secret in zip(answers(tmp_path, books), SECRETS, strict=True):
        assert isinstance(refused, Unreadable) and where in refused.what and refused.do, secret
        assert secret not in f"{refused.what} {refused.do}"


@pytest.mark.parametrize("name", ["Jan de Vries.csv", "zrm 111222333.csv"])
def test_a_person_in_the_name_of_a_file_is_refused_and_not_shown(tmp_path: Path, name: str) -> None:
    refused = answer(tmp_path, name, text_of(ROWS).encode())
    assert isinstance(refused, Unreadable) and "de naam van het bestand" in refused.what
    assert shown_name(name) == "(naam niet getoond)"
    inside = answer(tmp_path, "levering.zip", zipped({name: text_of(ROWS).encode()}))
    assert isinstance(inside, Unreadable) and "de naam van het bestand" in inside.what


def test_a_person_in_the_labels_of_spss_is_refused(tmp_path: Path) -> None:
    content = sav(pd.DataFrame({"wie": [1.0]}), variable_value_labels={"wie": {1.0: "Jan de Vries"}})
    refused = answer(tmp_path, "zrm.sav", content)
    assert isinstance(refused, Unreadable) and "label" in refused.what


def test_who_made_a_workbook_or_wrote_a_comment_is_no_client(tmp_path: Path) -> None:
    made = book(comment="Petra de Boer:\nkijk dit na", title="ZRM 2024", creator="Petra de Boer")
    found = answer(tmp_path, "ZRM Export 2024 (1).xlsx", made)
    assert isinstance(found, tuple), found


def test_what_stands_beside_the_cells_is_told_with_its_place() -> None:
    made = book(comment="kijk dit na", title="ZRM 2024", creator="Petra de Boer")
    with ZipFile(BytesIO(made)) as archive:
        told = {aside.text.strip(): aside.where for aside in asides(archive)}
    assert told["Petra de Boer"] == "de maker van het document"
    assert told["ZRM 2024"] == "een eigenschap van het document"
    assert told["kijk dit na"] == "een opmerking bij een cel"
