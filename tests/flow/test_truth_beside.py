"""After a run on a simulated delivery the planted truth stands beside the estimate; after any other run it does not."""

import json
import shutil

import pytest

from pipelines.commands.truth import show_truth
from pipelines.simulation.truth_beside import truth_beside
from pipelines.storage.home import Home
from pipelines.study.workplace import Workplace, read_study
from tests.flow.conftest import Done
from tests.flow.small import AS_OF


@pytest.fixture
def simulated_run(done: Done, tmp_path) -> Workplace:
    """The small study after a run, in the home in which its delivery was simulated."""
    home = Home(tmp_path / "home")
    shutil.copytree(done.home, home.root)
    shutil.copy(done.delivery.parents[1] / "closed" / "truth.json", home.closed / "truth.json")
    return Workplace(read_study(done.study), home, AS_OF, 1)


def test_a_run_on_a_simulated_delivery_shows_the_truth_beside_the_estimate(simulated_run):
    rows = truth_beside(simulated_run)
    planted = json.loads((simulated_run.home.closed / "truth.json").read_text(encoding="utf-8"))["effects"]
    wanted = {(row["subject"], row["life_domain"], row["what"] or "all"): row["effect"] for row in planted
              if row["moment_to"] == "within_12_months"}  # fmt: skip
    effects = [row for row in rows if row["subject"] != "mkba"]
    assert {row["life_domain"] for row in effects if row["subject"] == "zrm"} <= {
        "finances", "housing", "social_network", "community_participation",
    }  # fmt: skip
    assert effects
    for row in effects:
        assert row["truth"] == wanted[row["subject"], row["life_domain"], row["what"]]
        assert row["holds"] == (row["low"] <= row["truth"] <= row["high"])


def test_no_file_of_the_release_tells_the_truth(simulated_run):
    released = simulated_run.home.root / "released"
    texts = [path for path in released.rglob("*") if path.suffix in (".html", ".json", ".txt")]
    assert texts
    assert not any("truth" in path.name or "Waarheid naast" in path.read_text(encoding="utf-8") for path in texts)


def test_a_delivery_that_was_not_simulated_has_no_truth_beside_it(simulated_run, capsys):
    path = simulated_run.home.closed / "truth.json"
    of_another = json.loads(path.read_text(encoding="utf-8")) | {"delivery": "echt-01234567"}
    path.write_text(json.dumps(of_another), encoding="utf-8")
    assert truth_beside(simulated_run) == []
    path.unlink()
    assert truth_beside(simulated_run) == []
    show_truth([])
    assert capsys.readouterr().out == ""


def test_the_terminal_says_that_it_can_only_be_known_of_what_was_invented(simulated_run, capsys):
    show_truth(truth_beside(simulated_run))
    shown = capsys.readouterr().out
    assert "levering verzonnen is" in shown
    assert "waarheid" in shown
