"""The key holder's tool: the same person gets the same pseudonym, nobody else does, and the key stays where it is."""

from __future__ import annotations

import ast
import csv
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import pseudonymise as tool

KEY = bytes(range(32))
SCRIPT = Path(tool.__file__)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], cwd=folder, capture_output=True, text=True)


def source(folder: Path, text: str, encoding: str = "utf-8", name: str = "bron.csv") -> None:
    (folder / name).write_bytes(text.encode(encoding))


def replaced(folder: Path, *more: str, name: str = "uit.csv") -> subprocess.CompletedProcess[str]:
    return run(folder, "vervang", "sleutel.txt", "bron.csv", name, "--kolom", "Nummer", *more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = run(tmp_path, "nieuwe-sleutel", "sleutel.txt")
    assert made.returncode == 0, made.stderr
    return tmp_path


@given(st.integers(1, 999_999_999))
def test_however_a_number_is_written_it_is_one_person(number: int) -> None:
    nine = f"{number:09}"
    forms = [
        nine,
        str(number),
        f" {nine}\u00a0",
        f"{nine}.0",
        f"{nine[:3]}.{nine[3:6]}.{nine[6:]}",
        f"0{nine}",
        f"{nine[:4]}\u200b{nine[4:]}",
    ]
    assert len({tool.pseudonym(KEY, form, "ZR1") for form in forms}) == 1


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=50, unique=True))
def test_two_numbers_are_two_people(numbers: list[int]) -> None:
    assert len({tool.pseudonym(KEY, str(number), "ZR1") for number in numbers}) == len(numbers)


def test_marks_inside_a_client_number_keep_people_apart() -> None:
    assert tool.pseudonym(KEY, "2024-1", "ZR1") != tool.pseudonym(KEY, "20241", "ZR1")


def test_a_pseudonym_is_what_the_page_says() -> None:
    import base64
    import hashlib
    import hmac

    digest = hmac.new(KEY, b"123456782", hashlib.sha256).digest()
    assert tool.pseudonym(KEY, "123456782", "ZR1") == "ZR1-" + base64.b32encode(digest).decode()[:20]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_column_is_replaced_and_the_rest_stands(folder: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Nummer", "Wijk", "Naam"],
        ["123456782", "Oost; één, twee", "x"],
        ["", "Zuid", "y"],
        ["0123456782", "West", "z"],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    source(folder, text, encoding)
    done = replaced(folder, "--weg", "Naam")
    assert done.returncode == 0, done.stderr
    with (folder / "uit.csv").open(encoding="utf-8", newline="") as file:
        header, first, empty, last = csv.reader(file, delimiter=delimiter)
    assert header == ["Nummer", "Wijk"]
    assert first[0] == last[0] and first[0].startswith("ZR1-") and empty == ["", "Zuid"]
    assert first[1] == "Oost; één, twee"
    assert "123456782" not in (folder / "uit.csv").read_text()


def test_the_key_is_for_its_holder_alone_and_is_never_overwritten(folder: Path) -> None:
    before = (folder / "sleutel.txt").read_bytes()
    assert stat.S_IMODE((folder / "sleutel.txt").stat().st_mode) == 0o600
    again = run(folder, "nieuwe-sleutel", "sleutel.txt")
    assert again.returncode == 2 and "bestaat al" in again.stderr
    assert (folder / "sleutel.txt").read_bytes() == before


def test_a_key_that_others_can_read_is_refused(folder: Path) -> None:
    (folder / "sleutel.txt").chmod(0o644)
    source(folder, "Nummer;a\n1;2\n")
    assert "chmod 600" in replaced(folder).stderr


def test_another_key_than_the_last_time_is_refused(folder: Path) -> None:
    source(folder, "Nummer;a\n1;2\n")
    run(folder, "nieuwe-sleutel", "ander.txt")
    (folder / "sleutel.txt").write_bytes((folder / "ander.txt").read_bytes())
    refused = replaced(folder)
    assert refused.returncode == 2 and "andere sleutel" in refused.stderr
    noted = run(folder, "vervang", "ander.txt", "bron.csv", "uit.csv", "--kolom", "Nummer", "--afdruk", "00000000")
    assert noted.returncode == 2 and "andere sleutel" in noted.stderr


@pytest.mark.parametrize(
    ("text", "more", "cause"),
    [
        ("Nummer;Achternaam\n1;x\n", [], "kolom 'Achternaam'"),
        ("Nummer;Toelichting\n1;x\n", [], "kolom 'Toelichting'"),
        ("Nr;a\n1;2\n", [], "staat 0 keer"),
        ("Nummer;Nummer\n1;2\n", [], "staat 2 keer"),
        ("Nummer;a\n1;2;3\n", [], "regel 2 heeft 3 cellen"),
        ("Nummer;a\n1,23E+08;2\n", [], "afgerond door Excel"),
        ('Nummer;a\n"1;2\n', [], "aanhalingsteken"),
        ("Nummer;a\n", [], "geen regels"),
        ("PK\x03\x04", [], "CSV UTF-8"),
        ("Nummer;a\n1;2\n", ["--voorloop", "999"], "voorloop"),
    ],
)
def test_what_would_go_wrong_in_silence_is_refused(folder: Path, text: str, more: list[str], cause: str) -> None:
    source(folder, text)
    refused = replaced(folder, *more)
    assert refused.returncode == 2 and cause in refused.stderr
    assert not (folder / "uit.csv").exists()


def test_a_column_may_be_called_fine_by_its_holder(folder: Path) -> None:
    source(folder, "Nummer;Naam team\n1;Oost\n")
    assert replaced(folder).returncode == 2
    assert replaced(folder, "--mag", "Naam team").returncode == 0


def test_the_tool_needs_nothing_but_python_and_nothing_of_the_product_knows_it() -> None:
    tree = list(ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))))
    names = {one.name for node in tree if isinstance(node, ast.Import) for one in node.names}
    names |= {str(node.module) for node in tree if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
    root = SCRIPT.parents[1]
    rooms = ("pipelines", "reports", "mkba", "indicators", "data_contracts", "notebooks")
    users = [
        path
        for room in rooms
        for path in (root / room).rglob("*.py")
        if re.search(r"(?:from|import) tools\b", path.read_text("utf-8"))
    ]
    assert users == []
