"""A release in the hands of a stranger: hashes, words left behind, digits, small counts, and who made it."""

from __future__ import annotations

import getpass
import hashlib
import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from indicators.change.noise_floor import noise_floor_of_released
from indicators.change.own_reliability import own_bands
from pipelines.study.workplace import read_study
from tests.flow.conftest import Done

OF_PEOPLE = ("out_change__by_domain", "out_change__series", "out_care__use", "out_effects__estimates")
DIGITS = 6
SOMEBODY = re.compile(r"<(?:dc:creator|cp:lastModifiedBy)>(?!(?:<rdf:Seq><rdf:li>)?Gemeente |</)")


def release_of(done: Done) -> Path:
    assert done.outcome.release is not None
    return done.outcome.release.directory


def tables_of(done: Done) -> Iterator[tuple[str, pd.DataFrame, bytes]]:
    for path in sorted((release_of(done) / "tables").glob("*.parquet")):
        yield path.stem, duckdb.read_parquet(str(path)).df(), path.read_bytes()


def in_every_form(directory: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file, and every part of one that is a zip."""
    for path in sorted(one for one in directory.rglob("*") if one.is_file()):
        content = path.read_bytes()
        yield path, content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                yield from ((path, parts.read(name)) for name in parts.namelist())


def test_no_hash_in_a_release_is_one_of_something_closed(done: Done) -> None:
    """Who knows all rows but one would try scores until the hash of the file fits."""
    closed = [path for zone in (done.home / "closed", done.delivery) for path in zone.rglob("*") if path.is_file()]
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in closed}
    keys = [path.stem.rpartition("-")[2] for path in (done.home / "closed" / "deliveries").glob("*.json")]
    assert len(keys) == 1 and len(keys[0]) == 8
    guesses = [one[:16].encode() for one in hashes] + [key.encode() for key in keys]
    for path, content in in_every_form(release_of(done)):
        if path.name == "manifest.json":
            manifest = json.loads(content)
            manifest.pop("files")
            manifest.pop("versions")
            content = json.dumps(manifest).encode()
        assert [one for one in guesses if one in content] == [], path.name


def test_a_released_table_remembers_no_group_that_no_row_shows(done: Done) -> None:
    register = duckdb.read_parquet(str(done.home / "closed/tables/core_teams__register__current.parquet")).df()
    teams = [team.encode() for team in register["team"].unique()]
    for name, frame, content in tables_of(done):
        shown = frame.to_csv().encode()
        assert [team for team in teams if team in content and team not in shown] == [], name


def test_a_figure_about_people_has_no_more_digits_than_are_published(done: Done) -> None:
    for name, frame, _ in tables_of(done):
        if name in OF_PEOPLE:
            for column in frame.select_dtypes("float"):
                for value in frame[column].dropna():
                    assert len(repr(float(f"{value:.{DIGITS}g}"))) >= len(repr(float(value))), (name, column)


def test_no_count_of_people_or_rows_is_small_or_exact(done: Done) -> None:
    for name, frame, _ in tables_of(done):
        for column in frame:
            if column in ("n_clients", "rows", "accepted", "quarantined", "n_up", "n_down", "n_equal", "n_odd"):
                values = pd.to_numeric(frame[column]).dropna()
                assert ((values % 5 == 0) & ((values == 0) | (values >= 5))).all(), (name, column)


def test_what_is_computed_behind_the_gate_can_be_computed_by_everybody(done: Done) -> None:
    """The many digits of the noise floor come from what is released: they tell nothing more."""
    tables = {name: frame for name, frame, _ in tables_of(done)}

    study = read_study(done.study).study
    floor = tables["out_change__noise_floor"]
    again = noise_floor_of_released(
        tables["out_change__by_domain"], study.reliabilities, own_bands(tables["out_quality__agreement"])
    )
    assert len(again) == len(floor)
    assert set(again["share_up_by_noise"].round(9)) == set(floor["share_up_by_noise"].round(9))


def test_no_byte_of_a_release_says_on_whose_account_or_machine_it_was_made(done: Done) -> None:
    words = [str(done.home.parent), str(Path.home())]
    words += [one for one in (getpass.getuser(), socket.gethostname()) if len(one) > 5]
    for path, content in in_every_form(release_of(done)):
        text = content.decode("latin-1")
        assert [one for one in words if len(one) > 5 and one in text] == [], path.name
        assert re.search(r"<(?:dc:creator|cp:lastModifiedBy)>(?!(?:<rdf:Seq><rdf:li>)?Gemeente |</)", text) is None, (
            path.name
        )
