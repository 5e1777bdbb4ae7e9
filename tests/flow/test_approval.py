"""Who approves reads what changed, says why in a sentence, and is two people where the study asks two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.releases.publishing import entered
from pipelines.releases.release import CHANGED, current, publish, status_of
from pipelines.storage.home import Home
from tests.flow.small import small_study
from tests.flow.test_money_commands import said
from tests.trust.killing import DAY, no_cells, nobody

PAGE = "Wat is er veranderd sinds de vorige keer?\n\nEen cijfer ging van 1 naar 2.\n"
WHY = ("--why", "nagelopen met de teamleiders")


def waiting(root: Path) -> tuple[Home, str]:
    """A home with a concept that waits."""
    home = Home(root / "home")
    home.prepare()
    with home.lock():
        made = publish(home, {CHANGED: PAGE.encode(), "tables/1.csv": b"1"}, {}, {}, DAY.isoformat())
        entered(home, made, no_cells(), nobody(home), DAY, ask=True)
    return home, made.name


def decide(what: str, study: Path, home: Home, name: str, by: str, *why: str) -> str:
    return said("release", what, study, name, "--home", home.root, "--by", by, *(why or WHY))


def test_whoever_approves_sees_the_page_of_what_changed(tmp_path: Path) -> None:
    home, name = waiting(tmp_path)
    text = decide("approve", small_study(tmp_path, approval="required"), home, name, "A. Ambtenaar, onderzoeker")
    assert text.startswith(PAGE) and "goedgekeurd en geldt nu" in text
    assert current(home) == name


def test_two_names_approve_where_the_study_asks_two(tmp_path: Path) -> None:
    study, (home, name) = small_study(tmp_path, approval="two"), waiting(tmp_path)
    assert "laat iemand anders" in decide("approve", study, home, name, "A. Ambtenaar, onderzoeker")
    assert (status_of(home, name), current(home)) == ("concept", None)
    assert "een tweede naam ontbreekt nog" in said("release", "list", study, "--home", home.root)
    with pytest.raises(StudyError, match="vraagt een tweede naam"):
        decide("approve", study, home, name, "a. ambtenaar (teamleider)")
    assert current(home) is None
    assert "goedgekeurd en geldt nu" in decide("approve", study, home, name, "B. Baas, wethouder")
    assert current(home) == name


@pytest.mark.parametrize("what", ["approve", "withdraw"])
def test_a_reason_of_one_word_is_asked_again_in_words(tmp_path: Path, what: str) -> None:
    study, (home, name) = small_study(tmp_path, approval="required"), waiting(tmp_path)
    with pytest.raises(StudyError, match="in een korte zin waarom u dit besluit: wat u hebt nagekeken") as caught:
        decide(what, study, home, name, "A. Ambtenaar", "--why", "ok")
    assert "Eén woord zegt dan te weinig" in str(caught.value) and caught.value.exit_code == 2
    assert status_of(home, name) == "concept"


def test_the_list_of_releases_is_one_object_for_a_program(tmp_path: Path) -> None:
    study, (home, name) = small_study(tmp_path, approval="required"), waiting(tmp_path)
    decide("approve", study, home, name, "A. Ambtenaar, onderzoeker")
    decide("withdraw", study, home, name, "A. Ambtenaar, onderzoeker")
    said("release", "rectify", study, "--cause", "delivery", "--by", "A. Ambtenaar", *WHY, "--home", home.root)
    (one,) = json.loads(said("release", "list", study, "--json", "--home", home.root))["releases"]
    assert (one["name"], one["status"], one["is_current"], one["rectifies"]) == (name, "withdrawn", False, [])
    assert (one["wrong"]["cause"], one["wrong"]["by"]) == ("delivery", "A. Ambtenaar")
    with pytest.raises(StudyError, match="al vastgelegd waarom zij fout was"):
        said("release", "rectify", study, "--cause", "delivery", "--by", "A. Ambtenaar", *WHY, "--home", home.root)
