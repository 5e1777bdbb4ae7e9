"""`wijkbaat tree`: a new file beside the old one, never in its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.yaml_file import read_model
from indicators.results_logic.tree.model import Tree
from pipelines.commands.app import app
from tests.results_logic.test_editing import PROPOSAL
from tests.results_logic.trees import SMALL, small_tree


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "results_logic.yaml").write_text("# van ons samen\n" + SMALL)
    return tmp_path


def run(*arguments: str | Path) -> str:
    found = CliRunner().invoke(app, ["tree", *map(str, arguments)], catch_exceptions=True)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.output


def test_export_edit_and_import_give_a_new_tree_beside_the_old_one(study: Path) -> None:
    run("export", study)
    path = study / "results_logic.xlsx"
    book = openpyxl.load_workbook(path)
    book["Knopen"]["C2"] = "Inwoners redden zich weer"
    book.save(path)
    told = run("import", study, path)
    assert "+    title: Inwoners redden zich weer" in told
    assert read_model(study / "results_logic.nieuw.yaml", Tree).nodes[0].title == "Inwoners redden zich weer"
    assert (study / "results_logic.nieuw.yaml").read_text().startswith("# van ons samen\n")
    assert (study / "results_logic.yaml").read_text() == "# van ons samen\n" + SMALL


def test_adopt_shows_what_changes_and_leaves_the_tree_as_it_was(study: Path) -> None:
    proposal = study / "voorstel.yaml"
    proposal.write_text(PROPOSAL.format(version=small_tree().version, link="regeling-grip"))
    assert "+      status: doubt" in run("adopt", study, proposal)
    assert read_model(study / "results_logic.nieuw.yaml", Tree).links[1].test.status == "doubt"
    assert "doubt" not in (study / "results_logic.yaml").read_text()


def test_draw_and_read(study: Path) -> None:
    run("draw", study)
    assert "<svg" in (study / "results_logic.html").read_text()
    assert run("read", study).startswith("Wij willen dit: inwoners redden zich.")


def test_a_workbook_is_no_tree_yet(study: Path) -> None:
    run("export", study)
    with pytest.raises(StudyError, match="Maak er eerst een boom van: wijkbaat tree import"):
        run("draw", study / "results_logic.xlsx")


def test_a_missing_workbook_is_one_clear_sentence(study: Path) -> None:
    with pytest.raises(StudyError, match="bestaat niet"):
        run("import", study, study / "niets.xlsx")
