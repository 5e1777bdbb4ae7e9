"""Words that came from outside stay in the closed zone: planted everywhere, and looked for in every byte beside it."""

from __future__ import annotations

import base64
import gzip
import io
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pytest

from data_contracts.errors import StudyError
from pipelines.commands.summary import show
from pipelines.releases.release import decide
from pipelines.storage.home import Home
from tests.flow.conftest import Done
from tests.flow.planted import PLANTED, REFUSED, Planted

# What a file or a page of ours may hold packed: its own zip, gzip, and base64 in a page.
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


def everything_in(content: bytes) -> bytes:
    """Content with all that is packed in it unpacked beside it."""
    found = [content]
    if content[:2] == b"\x1f\x8b":
        found.append(everything_in(gzip.decompress(content)))
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [name.encode() + everything_in(archive.read(name)) for name in archive.namelist()]
    if content[:4] == b"PAR1":
        with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
            Path(file.name).write_bytes(content)
            found.append(repr(duckdb.sql(f"SELECT * FROM read_parquet('{file.name}')").fetchall()).encode())
    if content.lstrip()[:1] == b"<":
        found += [
            base64.b64decode(text + b"=" * (-len(text) % 4))
            for text in _BASE64.findall(content)[:200]
            if len(text) % 4 != 1
        ]
    return b"\n".join(found)


def outside(home: Path) -> dict[str, bytes]:
    """Every byte outside the closed zone and the inbox, with the names of files and directories."""
    files = [path for path in home.rglob("*") if path.relative_to(home).parts[0] not in ("closed", "inbox")]
    return {
        path.relative_to(home).as_posix(): str(path.relative_to(home)).encode()
        + (everything_in(path.read_bytes()) if path.is_file() else b"")
        for path in files
    }


def test_nothing_from_outside_stands_in_any_byte_beside_the_closed_zone(planted: Planted) -> None:
    outcome = planted.outcome
    assert len(outcome.refused) == len(REFUSED)
    assert outcome.release is not None and (outcome.release.directory / "report.html").exists()
    for path, content in outside(planted.home).items():
        found = [word for word in PLANTED if word.lower().encode() in content.lower()]
        assert found == [], path


def test_the_report_names_the_kind_of_every_refusal_and_no_number_of_rows(planted: Planted) -> None:
    outcome = planted.outcome
    assert outcome.release is not None
    page = (outcome.release.directory / "report.html").read_text(encoding="utf-8")
    for words in (
        "de kolommen van een bestand zijn niet die van de afspraak",
        "een bestand is niet herkend en niet gelezen; de rest van de levering telt mee",
        "een bestand bevat of noemt gegevens die niet mogen binnenkomen",
        "te veel regels van een bestand hebben dezelfde fout",
    ):
        assert words in page
    assert re.search(r"bij \d+ van \d+ regels", page) is None


def test_the_terminal_of_the_researcher_says_where(planted: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    show(planted.outcome)
    told = "".join(capsys.readouterr().out.split())
    assert "Kanarie.de.Vries" in told and "clienten.csv" in told


def test_a_delivery_named_after_a_period_keeps_its_name(done: Done) -> None:
    assert done.outcome.release is not None
    from data_contracts.gate.admission import delivery_label

    for name in ("2026-01", "levering_2026-01-31", "Voorbeeldstad-2026-k1", "voorbeeldstad", "2026"):
        assert delivery_label(name, 3, "Voorbeeldstad") == f"{name} (nr. 3)"
    for name in ("Kanarie-2026", "06-12345678", "123456782", "2026-01-31-15-44", "jansen"):
        assert delivery_label(name, 3, "Voorbeeldstad") == "nr. 3"


@pytest.mark.parametrize(
    ("by", "why", "words"),
    [
        ("A. Ambtenaar", "nagekeken met Kanarie, 06-12345678", "--why lijkt een telefoonnummer"),
        ("A. Ambtenaar", "gaat over 123456782", "--why lijkt een BSN"),
        ("A. Ambtenaar", "woont op Dorpsweg 1, 1234 AB", "--why lijkt een postcode"),
        ("a@gemeente.nl", "nagekeken met het team", "--by lijkt een e-mailadres"),
        ("A. Ambtenaar", "nagekeken " * 60, "--why is langer dan 400 tekens"),
        ("A. Ambtenaar", "nagekeken\nen nog iets", "--why heeft meer dan één regel"),
        ("", "nagekeken met het team", "niemand heeft het vrijgegeven"),
    ],
)
def test_the_name_and_the_reason_of_a_decision_pass_the_same_check(
    done: Done, tmp_path: Path, by: str, why: str, words: str
) -> None:
    import datetime as dt

    shutil.copytree(done.home / "released", tmp_path / "home" / "released")
    home = Home(tmp_path / "home")
    before = (home.released / "decisions.jsonl").read_bytes()
    assert done.outcome.release is not None
    with pytest.raises(StudyError, match=re.escape(words)):
        decide(home, done.outcome.release.name, "withdraw", by, why, dt.date(2026, 2, 1))
    assert (home.released / "decisions.jsonl").read_bytes() == before
