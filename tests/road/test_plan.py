"""`wijkbaat plan`: what may be told of it, how it reads, and what a frozen plan keeps of it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.frozen_plan import COULD_SHOW, deviations
from data_contracts.planned import CHOICES, FILE, PlannedStudy, rounded_up
from data_contracts.yaml_file import read_model
from indicators.effects.estimates import Outcome
from indicators.planning.plan import Plan, Planned
from pipelines.commands.app import app
from pipelines.releases.release import releases
from pipelines.road.plan.making import PAGE
from pipelines.road.plan.told import told_plan
from pipelines.storage.home import Home
from pipelines.study.freezing import current_plan, freeze_plan
from pipelines.study.workplace import read_study
from reports.content.plan import AFTERWARDS, NOTHING, TOO_FEW, plan_chapter
from reports.html.one_chapter import plan_html
from reports.plain_text import as_text
from tests.effects.road import study
from tests.effects.shipped import STUDIES

TODAY = dt.date(2026, 3, 1)


def planned(domain: str, n: tuple[int, int], size: float | None) -> Planned:
    return Planned(Outcome(f"change_{domain}", "zrm", "point", domain), n, False, dict.fromkeys(CHOICES, size))


def told(*outcomes: Planned, euros: Planned | None = None, n_clients: int = 1234) -> PlannedStudy:
    plan = Plan(outcomes, euros, 12, 8, n_clients, 0.7351, 411.4)
    return told_plan(plan, study("kind: staggered, new_approach: Nieuw"), TODAY, is_beforehand=True)


def test_a_difference_is_told_coarse_and_never_smaller_than_it_is() -> None:
    assert rounded_up(0.301, "point") == 0.35 and rounded_up(0.3, "point") == 0.3
    assert rounded_up(1119.3, "eur") == 1200 and rounded_up(8.01, "hour") == 10 and rounded_up(0.052, "event") == 0.06


def test_numbers_of_people_are_told_in_two_digits() -> None:
    plan = told(planned("finances", (500, 300), 0.3))
    assert (plan.n_clients, plan.clients_per_year, plan.share_measured_twice) == (1200, 410, 0.7)
    assert told(n_clients=9).n_clients is None


@pytest.mark.parametrize("n", [(9, 300), (300, 9), (4, 5), (0, 9)])
def test_of_too_few_people_no_figure_is_told(n: tuple[int, int]) -> None:
    (one,) = told(planned("finances", n, 0.3)).outcomes
    assert one.is_about_too_few and set(one.smallest.values()) == {None}
    assert TOO_FEW in as_text(plan_chapter(told(planned("finances", n, 0.3))))


def test_a_sensitive_domain_has_its_own_threshold() -> None:
    first, second = told(planned("addiction", (19, 300), 0.3), planned("finances", (19, 300), 0.3)).outcomes
    assert first.is_about_too_few and not second.is_about_too_few


def test_nobody_under_the_approach_yet_is_not_too_few() -> None:
    assert not told(planned("finances", (300, 0), 0.3)).outcomes[0].is_about_too_few


def test_no_number_of_people_stands_beside_an_outcome() -> None:
    assert not [name for name in told(planned("finances", (500, 300), 0.3)).outcomes[0].model_dump() if "n_" in name]


def test_the_page_says_what_cannot_be_seen_and_what_it_costs() -> None:
    euros = Planned(Outcome("eur", "provisions", "eur"), (500, 300), False, dict.fromkeys(CHOICES, 1100.0))
    plan = told(planned("finances", (500, 300), 0.3), planned("housing", (500, 300), None), euros=euros)
    text = as_text(plan_chapter(plan))
    assert re.search(r"Financiën \(punten\) +0,3 ", text) and re.search(rf"Huisvesting \(punten\) +{NOTHING} ", text)
    assert "80 van de 100" in text and "€\u00a01.200 per cliënt" in text
    assert max(map(len, text.splitlines())) <= 100
    page = plan_html(plan, plan_chapter(plan))
    assert "<script" not in page and page.count("<table") == 1


def test_a_plan_after_a_report_says_that_it_is_not_from_beforehand() -> None:
    plan = told(planned("finances", (500, 300), 0.3))
    assert AFTERWARDS not in as_text(plan_chapter(plan)).replace("\n", " ")
    assert AFTERWARDS in as_text(plan_chapter(plan.model_copy(update={"is_beforehand": False}))).replace("\n", " ")


@pytest.mark.parametrize(
    ("refused", "words"),
    [("yes", "U krijgt deze cijfers dus niet"), ("perhaps", "in ongeveer een kwart van de studies door toeval")],
)
def test_a_page_says_that_use_gets_no_figure_between_groups_that_differ_by_nature(refused: str, words: str) -> None:
    plan = told(planned("finances", (500, 300), 0.3))
    without = as_text(plan_chapter(plan)).replace("\n", " ")
    asked = as_text(plan_chapter(plan.model_copy(update={"use_refused": refused})))
    assert words in " ".join(asked.split()) and "verschillen van aard" not in without
    assert "van de gewone spreiding tussen mensen" in " ".join(asked.split())


def test_a_study_that_has_just_begun_says_what_was_assumed() -> None:
    plan = told(planned("finances", (500, 300), 0.3)).model_copy(update={"share_measured_twice": None})
    assert "Van niemand is het eerste jaar al om." in as_text(plan_chapter(plan))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Home, str]:
    place = tmp_path_factory.mktemp("plan") / "veldstad"
    shutil.copytree(STUDIES / "veldstad", place)
    ran = CliRunner().invoke(app, ["plan", str(place), "--home", str(place.parent / "home")])
    assert ran.exit_code == 0
    return place, Home(place.parent / "home"), " ".join(ran.output.split())


@pytest.mark.flow
def test_a_plan_of_delivered_files_publishes_nothing_and_reads_no_effect(written: tuple[Path, Home, str]) -> None:
    place, home, text = written
    assert not releases(home) and not list(home.tables.glob("est_*")) and not list(home.tables.glob("out_*"))
    assert "nooit of dat door de aanpak komt" in text and f"wijkbaat study freeze {place}" in text
    assert "<script" not in (place / PAGE).read_text(encoding="utf-8")
    plan = read_model(place / FILE, PlannedStudy)
    assert plan.n_teams == 5 and plan.is_beforehand


@pytest.mark.flow
def test_a_frozen_plan_holds_what_the_study_could_show(written: tuple[Path, Home, str]) -> None:
    place = written[0]
    with_plan = read_study(place)
    (place / FILE).write_text((place / FILE).read_text("utf-8").replace('"before_after"', '"comparison"'), "utf-8")
    with pytest.raises(StudyError, match="wijkbaat plan"):
        freeze_plan(with_plan, TODAY)
    (place / FILE).write_text((place / FILE).read_text("utf-8").replace('"comparison"', '"before_after"'), "utf-8")
    frozen = freeze_plan(with_plan, TODAY)
    assert PlannedStudy.model_validate_json(frozen.plan[COULD_SHOW]).n_teams == 5
    assert deviations(frozen.plan, current_plan(read_study(place))) == ()
