"""Whatever a file does to its reader, the run goes on, the file is refused by name, and the other files are read."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.intake.reading.confined import Allowed, Asked, opened_apart
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.intake.reading.watchdog import Ended, resident_bytes, watched
from tests.intake.reading.made import ROWS, sav, text_of, with_part, xlsx, zipped

GOOD = text_of(ROWS).encode()


def asked(folder: Path, **files: bytes) -> list[Asked]:
    found = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        found.append(Asked(path, hashlib.sha256(content).hexdigest(), Declared()))
    return found


def rows(answer: tuple[Opened, ...] | Unreadable) -> list[tuple[str, ...]]:
    assert not isinstance(answer, Unreadable), answer
    return [row.cells for row in answer[0].sheets[0].rows]


def test_the_rows_come_through_as_they_were_read(tmp_path: Path) -> None:
    import pandas as pd

    words = sav(
        pd.DataFrame({"fin": [3.0, 9.0]}), variable_value_labels={"fin": {9.0: "?"}}, missing_ranges={"fin": [9.0]}
    )
    made = asked(
        tmp_path, a_csv=GOOD, b_xlsx=xlsx(ROWS), c_sav=words, d_zip=zipped({"x/e.csv": GOOD, "f.xlsx": xlsx(ROWS)})
    )
    text, workbook, spss, packed = opened_apart(made, tmp_path)
    assert rows(text) == rows(workbook) == rows(packed) == [tuple(map(str, row)) for row in ROWS]
    assert isinstance(packed, tuple) and [one.name for one in packed] == ["x/e.csv", "f.xlsx"]
    assert isinstance(spss, tuple) and spss[0].sheets[0].variables is not None
    assert spss[0].sheets[0].variables.missing == {"fin": (("9", "9"),)}


def test_a_workbook_that_slips_by_the_check_ends_its_reader_and_nothing_else(tmp_path: Path) -> None:
    # The reference is written so that a look at the text does not see it; 550 GB are asked for.
    slippery = with_part(
        xlsx([["a"], [1]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'r="A2"', b'r="&#88;FD1048576"').replace(b'<row r="2"', b'<row r="&#49;048576"'),
    )
    before, bad, after = opened_apart(asked(tmp_path, a_csv=GOOD, b_xlsx=slippery, c_csv=GOOD), tmp_path)
    assert isinstance(bad, Unreadable)
    assert rows(before) == rows(after)


def test_a_file_that_asks_for_too_much_memory_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    large = b"a;b\n" + b"x;y\n" * 40_000_000
    files = asked(tmp_path, a_csv=GOOD, b_csv=large, c_csv=GOOD)
    before, bad, after = opened_apart(files, tmp_path, Allowed(memory_bytes=1024**3))
    assert isinstance(bad, Unreadable) and "geheugen" in bad.what
    assert rows(before) == rows(after)


def test_a_file_that_takes_too_long_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    slow = b"<table>" + b"<tr><td>x<td>y" * 3_000_000
    bad, after = opened_apart(asked(tmp_path, a_xls=slow, b_csv=GOOD), tmp_path, Allowed(seconds=2))
    assert isinstance(bad, Unreadable) and "duurt te lang" in bad.what
    assert rows(after)


def test_a_file_that_changes_after_it_was_hashed_is_noticed(tmp_path: Path) -> None:
    files = asked(tmp_path, a_csv=GOOD)
    files[0].path.write_bytes(GOOD + b"demo-0003;Oost;1\r\n")
    (changed,) = opened_apart(files, tmp_path)
    assert isinstance(changed, Unreadable) and "veranderde" in changed.what


@pytest.mark.parametrize("what", ["link", "fifo"])
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path, what: str) -> None:
    files = asked(tmp_path, a_csv=GOOD)
    files[0].path.rename(tmp_path / "elsewhere")
    if what == "link":
        files[0].path.symlink_to(tmp_path / "elsewhere")
    else:
        os.mkfifo(files[0].path)
    (refused,) = opened_apart(files, tmp_path, Allowed(seconds=20))
    assert isinstance(refused, Unreadable) and "geen gewoon bestand" in refused.what


def test_what_was_read_lies_where_only_we_can_look(tmp_path: Path) -> None:
    (opened,) = opened_apart(asked(tmp_path, a_csv=GOOD), tmp_path)
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert isinstance(opened, tuple) and [path.stat().st_mode & 0o777 for path in folders] == [0o700]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems set other limits")
def test_the_process_gives_up_its_rights_before_it_reads() -> None:
    import json

    limits = {"memory_bytes": 2**32, "seconds": 7, "file_bytes": 2**20}
    code = (
        "import json; from pipelines.intake.reading import child; import resource as r;"
        f"child._give_up_rights({limits});"
        "print(json.dumps([r.getrlimit(k)[1] for k in (r.RLIMIT_DATA, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [2**32, 7, 2**20, 0]


def test_a_process_that_holds_too_much_is_ended_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows and macOS, where no process can limit its own memory."""
    monkeypatch.setattr("pipelines.intake.reading.watchdog.is_held_by_system", lambda: False)
    code = "import time; x = bytearray(200_000_000); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert watched(process, b"", 600, 100_000_000) == (b"", Ended.TOO_MUCH)
    assert resident_bytes(os.getpid()) > 10_000_000


def test_check_says_where_the_system_sets_no_limit_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipelines.commands.study import check

    study = Path(__file__).parents[3] / "studies" / "voorbeeldstad"
    check(study)
    assert "geheugen" not in capsys.readouterr().out
    monkeypatch.setattr("pipelines.intake.reading.watchdog.is_held_by_system", lambda: False)
    check(study)
    assert "bewaakt wijkbaat zelf hoeveel geheugen" in capsys.readouterr().out
