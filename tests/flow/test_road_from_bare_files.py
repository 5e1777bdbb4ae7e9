"""From the bare files of a municipality to an approved release with report, tree and balance, without a text editor."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.yaml_file import read_text
from mkba.appraisal import Settings, appraise
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs
from pipelines.commands.app import app
from pipelines.releases.released_tables import tables_of
from pipelines.road.published import require_published
from pipelines.storage.home import Home
from pipelines.study.workplace import read_study
from tests.road.released import ANSWERS, STUDIES
from tests.surfaces.paper import require_room

PAGE = (STUDIES.parent / "docs" / "van_bestanden_tot_balans.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^wijkbaat (.+)$", PAGE.partition("## Stap voor stap")[2].partition("##")[0], re.MULTILINE)


def said(*arguments: object) -> str:
    found = CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False)
    return found.output


def walked(name: str, root: Path) -> tuple[Path, Path]:
    """The steps of the page, for one municipality, with answers from files; its study and its home."""
    study, home = root / name, root / "home"
    files = sorted((STUDIES / name / "deliveries" / name).iterdir())
    answers = {"init": "init", "tree": "boom", "mkba": "mkba"}
    for line in STEPS:
        words = shlex.split(line.replace("studies/mijnstad", str(study)).replace("home/mijnstad", str(home)))
        if "levering/*" in words:
            words[1:2] = map(str, files)
        if words[0] == "release":
            words[words.index("PUBLICATIE")] = require_published(Home(home), study).name
        if words[0] in answers:
            words += ["--answers", str(ANSWERS / f"{name}_{answers[words[0]]}.yaml")]
        said(*words, *(["--as-of", "2026-01-31"] if words[0] == "run" else []))
    return study, home


@pytest.mark.slow
@pytest.mark.parametrize("name", ["veldstad", "rijnstad"])
def test_bare_files_become_an_approved_release_with_report_tree_and_balance(name: str, tmp_path: Path) -> None:
    study, home = walked(name, tmp_path)
    release = require_published(Home(home), study)
    assert release.status == "approved"
    tables = tables_of(release.directory, [*READS, "out_mkba__headline", "out_mkba__balance", "out_logic__nodes"])
    headline = tables["out_mkba__headline"].set_index("alternative")
    assert set(headline["leading"]) == {"break_even" if name == "veldstad" else "npv"}
    assert headline["npv_at_mean_eur"].isna().all() == (name == "veldstad")
    assert len(tables["out_logic__nodes"]) > 5
    report = (release.directory / "report.html").read_text()
    for chapter in ("#resultatenlogica", "#mkba"):
        (line,) = [line for line in report.partition("</nav>")[0].splitlines() if chapter in line]
        assert "nog niet ingevuld" not in line
    require_room({one: (release.directory / one).read_bytes() for one in ("raad.pdf", "rapport.pdf")})
    if name == "rijnstad":
        packs, design = parameter_packs(), read_study(study).study.design
        shipped = read_mkba(read_text(STUDIES / "rijnstad" / "mkba.yaml"), packs, compares=True)
        theirs = appraise(shipped, packs, released_quantities(design, tables), Settings(seed=1, n_draws=1024))
        worth = {one.balance.alternative.id: one.at_mean.npv[0] for one in theirs.results}
        for choice, amount in worth.items():
            assert round(headline.loc[choice, "npv_at_mean_eur"], 2) == round(amount, 2)
