"""huisstijl/: a colour that cannot be read and a logo that could do something are refused, with what to do."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.house_style import DARK, FEWEST, LIGHT, OURS, DeclaredStyle, weakest
from pipelines.study.house_style import read_house_style
from pipelines.study.workplace import read_study

STUDY = Path("studies/rijnstad")
DECLARED = 'schema_version: 1\ncolour: "#003a70"\n'
WITH_LOGO = DECLARED + "logo: logo.svg\nlogo_says: Gemeente Rijnstad, twee torens aan het water\n"
SQUARE = '<path d="M0 0h9v9z"/>'


def svg(inside: str = SQUARE, about: str = 'viewBox="0 0 10 10"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {about}>{inside}</svg>'


def png(width: int, height: int = 10) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("study.yaml", "mapping.yaml"):
        shutil.copy(STUDY / name, tmp_path / name)
    (tmp_path / "huisstijl").mkdir()
    return tmp_path


def brings(study: Path, text: str, **files: str | bytes) -> Path:
    (study / "huisstijl" / "huisstijl.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        path = study / "huisstijl" / name.replace("_", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return study


def test_a_study_without_looks_has_ours(tmp_path: Path) -> None:
    assert read_house_style(tmp_path) == OURS


@pytest.mark.parametrize("colour", [OURS.colour, OURS.colour_in_the_dark])
def test_our_own_colours_can_be_read(colour: str) -> None:
    assert weakest(colour, LIGHT if colour == OURS.colour else DARK) >= FEWEST


def test_the_grounds_are_those_of_the_pages() -> None:
    style = Path("reports/html/static/report.css").read_text("utf-8").replace("#fff;", "#ffffff;")
    light, dark = style.split("@media screen and (prefers-color-scheme: dark)")
    assert all(f": {ground};" in light for ground in LIGHT)
    assert all(f": {ground};" in dark for ground in DARK)
    assert OURS.colour in light
    assert OURS.colour_in_the_dark in dark


@pytest.mark.parametrize("colour", ["#000000", "#003a70", "#7a0019", "#1a5e1a"])
def test_without_a_colour_for_the_dark_one_is_made_that_can_be_read(colour: str) -> None:
    assert weakest(DeclaredStyle(schema_version=1, colour=colour).in_the_dark, DARK) >= FEWEST


def test_a_study_has_the_looks_that_it_brings(study: Path) -> None:
    files = read_study(brings(study, WITH_LOGO, logo_svg=svg()))
    assert files.house_style.colour == "#003a70"
    assert files.house_style.logo is not None
    assert files.house_style.logo.says.startswith("Gemeente Rijnstad")


def test_another_logo_makes_another_release_and_no_other_intake(study: Path) -> None:
    before = read_study(brings(study, WITH_LOGO, logo_svg=svg()))
    hashed, intake = before.sha256, before.intake_fingerprint
    after = read_study(brings(study, WITH_LOGO, logo_svg=svg(SQUARE * 2)))
    assert after.sha256 != hashed
    assert after.intake_fingerprint == intake


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('schema_version: 1\ncolour: "#ffcc00"\n', "colour: deze kleur is op wit niet goed te lezen (contrast 1,"),
        (DECLARED + 'colour_in_the_dark: "#003a70"\n', "op een donker scherm niet goed te lezen"),
        ("schema_version: 1\ncolour: blauw\n", "huisstijl/huisstijl.yaml, regel 2"),
        (DECLARED + "logo: logo.svg\n", "van het logo staat er maar de helft"),
        (DECLARED + "logo_says: Gemeente Rijnstad\n", "van het logo staat er maar de helft"),
        (DECLARED + "logo: ../logo.svg\nlogo_says: Gemeente Rijnstad\n", "regel 3"),
        (DECLARED + "colr: rood\n", "regel 3"),
        (WITH_LOGO, "huisstijl/logo.svg: dit bestand ontbreekt"),
    ],
)
def test_what_nobody_could_read_is_refused_in_plain_words(study: Path, text: str, says: str) -> None:
    with pytest.raises(StudyError) as refused:
        read_study(brings(study, text))
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg('<path d="M0 0" onclick="alert(1)"/>'), "script"),
        (svg('<image href="data:image/png;base64,AA=="/>'), "PNG"),
        (svg("<text>Rijnstad</text>"), "omtrekken"),
        (svg("<foreignObject/>"), "<foreignObject>"),
        (svg('<set attributeName="href" to="javascript:alert(1)"/>'), "<set>"),
        (svg('<use href="https://elders.example/a.svg#b"/>'), "ander adres"),
        (svg('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//elders.example/a"/>'), "ander adres"),
        (svg('<path d="M0 0" fill="url(https://elders.example/a)"/>'), "ander adres"),
        (svg('<path d="M0 0" style="fill: u\\72l(//elders.example)"/>'), "ander adres"),
        (svg("<style>@import 'https://elders.example/a.css';</style>"), "ander adres"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "documenttype"),
        (svg(about=""), "viewBox"),
        ("<html/>", "viewBox"),
        ("geen tekening", "geen leesbare SVG"),
        (svg(SQUARE * 6000), "groter dan 100 KB"),
    ],
)
def test_a_drawing_that_could_do_more_than_be_looked_at_is_refused(study: Path, content: str, says: str) -> None:
    with pytest.raises(StudyError, match=r"huisstijl/logo\.svg") as refused:
        read_study(brings(study, WITH_LOGO, logo_svg=content))
    assert says in str(refused.value)


def test_what_a_drawing_program_noted_beside_the_drawing_is_left_out(study: Path) -> None:
    noted = '<metadata><rdf xmlns="urn:rdf">M. de Maker</rdf></metadata><n:view xmlns:n="urn:n"/>' + SQUARE
    logo = read_study(brings(study, WITH_LOGO, logo_svg=svg(noted))).house_style.logo
    assert logo is not None
    assert logo.content == svg().replace("/>", " />").encode()


@pytest.mark.parametrize(("content", "says"), [(b"GIF89a", "geen PNG"), (png(2001), "breder of hoger")])
def test_a_picture_is_a_png_of_a_bearable_size(study: Path, content: bytes, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        read_study(brings(study, WITH_LOGO.replace("logo.svg", "logo.png"), logo_png=content))
