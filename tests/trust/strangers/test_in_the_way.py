"""What somebody puts in the way: code in a drop folder, a link where a file is to be written, another store."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.assets.run_log import open_instance
from pipelines.intake.door import open_delivery
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.storage.whole import write_directory
from tests.intake.taking_in import delivered, mapping
from tests.rights.small_home import empty_home, put, take_in, zrm
from tools import pseudonymise

PLANTED = "open({mark!r}, 'w').close()\n"


def planted(folder: Path, *modules: str) -> Path:
    """A drop folder with code under names that a program imports; the file that tells that it ran."""
    mark = folder / "it-ran"
    for module in modules:
        (folder / f"{module}.py").write_text(PLANTED.format(mark=str(mark)), encoding="utf-8")
    return mark


def test_what_serves_pages_imports_nothing_from_the_directory_one_stands_in(tmp_path: Path) -> None:
    mark = planted(tmp_path, "this")
    serve = "from pipelines.serving.family import run_family; raise SystemExit(run_family('this', [], {}))"
    told = subprocess.run([sys.executable, "-P", "-c", serve], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "Zen of Python" in told.stdout
    assert not mark.exists()


def test_the_key_holders_tool_imports_nothing_that_lies_beside_it(tmp_path: Path) -> None:
    tool = tmp_path / "pseudonymise.py"
    shutil.copy(pseudonymise.__file__, tool)
    mark = planted(tmp_path, "hmac", "csv")
    subprocess.run([sys.executable, tool, "nieuwe-sleutel", "sleutel.txt"], cwd=tmp_path, check=True)
    assert (tmp_path / "sleutel.txt").exists() and not mark.exists()


def test_the_command_and_its_confined_child_import_nothing_from_a_drop_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = empty_home(tmp_path / "home")
    mark = planted(tmp_path, "json", "pandas", "typer")
    delivery = put(place, "q1", zrm=zrm(*range(1, 21)))
    marks = [mark, planted(delivery, "json", "duckdb", "pandas")]
    command = Path(sys.executable).with_name("wijkbaat")
    told = subprocess.run([command, "--help"], cwd=delivery, capture_output=True, text=True, check=True)
    assert "wijkteams" in told.stdout
    monkeypatch.chdir(delivery)
    temporary = tmp_path / "tijdelijk"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    take_in(place, delivery)
    assert not any(one.exists() for one in marks)
    assert list(temporary.iterdir()) == []


def test_no_store_lies_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere, home = tmp_path / "gedeeld", Home(tmp_path / "home")
    elsewhere.mkdir()
    home.prepare()
    for name in ("DAGSTER_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(elsewhere))
    with open_instance(home) as instance:
        instance.add_dynamic_partitions("delivery", ["2026-01-ab12cd34"])
    assert list(elsewhere.iterdir()) == []
    assert any(home.dagster.rglob("*.db"))


def test_a_link_where_a_file_is_to_be_written_is_not_followed(tmp_path: Path) -> None:
    victim, place = tmp_path / "links.jsonl", tmp_path / "released"
    victim.write_text("het grootboek", encoding="utf-8")
    place.mkdir()
    (place / ".CURRENT.unfinished").symlink_to(victim)
    write_whole(place / "CURRENT", b"2026-01-31-abcdef01\n")
    assert victim.read_text(encoding="utf-8") == "het grootboek"
    assert (place / "CURRENT").read_bytes() == b"2026-01-31-abcdef01\n"


def test_a_link_where_a_release_is_to_be_written_is_not_followed(tmp_path: Path) -> None:
    elsewhere, place = tmp_path / "elders", tmp_path / "released"
    elsewhere.mkdir()
    place.mkdir()
    (place / ".unfinished-2026-01-31-abcdef01").symlink_to(elsewhere)
    write_directory(place / "2026-01-31-abcdef01", {"tables/a.csv": b"1"}, {"files": []})
    assert list(elsewhere.iterdir()) == []
    assert not (place / "2026-01-31-abcdef01").is_symlink()


def test_a_zone_that_is_a_link_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    (home.released).symlink_to(tmp_path)
    with pytest.raises(StudyError, match="symlink"):
        home.prepare()


def test_a_link_in_a_delivery_is_no_file(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", "Nummer;Datum\n")
    file = next(directory.iterdir())
    kept = tmp_path / "elders.csv"
    file.rename(kept)
    file.symlink_to(kept)
    with pytest.raises(Exception, match="geen gewoon bestand"):
        open_delivery(directory, mapping())
