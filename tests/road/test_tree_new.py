"""A tree made in a conversation: pruned to what the files hold, or asked for from right to left."""

from __future__ import annotations

import re
from typing import Any

import pytest

from data_contracts.vocabulary.logic import TreeLevel
from data_contracts.yaml_file import as_model, read_text
from indicators.results_logic.tree.binding import read_tree, unbound
from indicators.results_logic.tree.measures import Reach
from indicators.results_logic.tree.model import Tree
from pipelines.init.questions import Talk
from pipelines.init.writing import replies_in
from pipelines.road.tree.delivered import READS, REGISTER, Holdings, holdings, pruned, to_register
from pipelines.road.tree.making import made_tree
from pipelines.study.workplace import read_study
from tests.road.released import ANSWERS, STUDIES, released

SHIPPED = ["kwetsbaar", "schuldhulp", "toegang", "wijkteam"]


@pytest.fixture(scope="module", params=["rijnstad", "veldstad"])
def held(request: pytest.FixtureRequest) -> Holdings:
    return holdings(read_study(STUDIES / request.param).study, released(request.param, READS))


@pytest.fixture(scope="module")
def rijnstad() -> Holdings:
    return holdings(read_study(STUDIES / "rijnstad").study, released("rijnstad", READS))


def shipped(name: str) -> Tree:
    path = STUDIES / "trees" / f"{name}.yaml"
    return as_model(read_text(path), Tree, path.name)


@pytest.mark.parametrize("name", SHIPPED)
def test_each_branch_of_a_shipped_tree_fits_the_study_and_is_delivered(held: Holdings, name: str) -> None:
    tree = shipped(name)
    for effect in tree.level(TreeLevel.EFFECT):
        made = pruned(tree, held, [effect.id])
        assert unbound(made, held.study) == []
        assert [node.id for node in made.nodes if node.level == "effect"] == [effect.id]
        assert all(one.measure is None or held.fitted(one.measure) == one.measure for one in made.indicators)
        assert all(one.pitfall for one in made.indicators if not one.already_exists)


def test_what_is_not_delivered_becomes_something_to_register() -> None:
    veldstad = holdings(read_study(STUDIES / "veldstad").study, released("veldstad", READS))
    made = pruned(shipped("wijkteam"), veldstad, ["rustig-wonen"])
    told = " ".join(to_register(made))
    assert "Komt de politie minder vaak aan de deur? Lever gebeurtenissen, voorzieningen en trajecten aan" in told
    lost = next(one for one in made.indicators if "politie" in one.question)
    assert (lost.kind, lost.measure, lost.already_exists) == ("observation", None, False)
    assert str(lost.pitfall).startswith(REGISTER)


def test_a_measure_over_two_years_takes_the_last_two_whole_years(rijnstad: Holdings) -> None:
    made = pruned(shipped("toegang"), rijnstad, [node.id for node in shipped("toegang").level(TreeLevel.EFFECT)])
    reach = [one.measure for one in made.indicators if isinstance(one.measure, Reach)]
    assert {(one.period_from, one.period_to) for one in reach} == {rijnstad.years[-2:]}


def made(held: Holdings, replies: dict[str, Any]) -> tuple[str | None, Talk]:
    talk = Talk(replies)
    return made_tree(talk, held), talk


@pytest.mark.parametrize("name", ["veldstad_boom", "vragen_boom"])
def test_replies_make_a_tree_that_the_study_accepts(held: Holdings, name: str) -> None:
    text, talk = made(held, replies_in(ANSWERS / f"{name}.yaml"))
    assert talk.unknown == []
    assert text is not None
    assert read_tree(text, "results_logic.yaml", held.study).adopted is None


def test_every_question_has_an_example_and_a_source(held: Holdings) -> None:
    for name in ("veldstad_boom", "vragen_boom"):
        for question in made(held, replies_in(ANSWERS / f"{name}.yaml"))[1].questions.values():
            assert re.fullmatch(r"Bijvoorbeeld: .+ Bron: .+\.", question.guide), question.name


@pytest.mark.parametrize("name", [name for name in replies_in(ANSWERS / "vragen_boom.yaml") if name != "titel"])
def test_no_part_of_a_tree_is_filled_in_by_itself(rijnstad: Holdings, name: str) -> None:
    replies = replies_in(ANSWERS / "vragen_boom.yaml")
    del replies[name]
    text, talk = made(rijnstad, replies)
    assert text is None
    assert name in [one.name for one in talk.open]


def test_two_nodes_with_one_title_are_two_nodes(rijnstad: Holdings) -> None:
    replies = replies_in(ANSWERS / "vragen_boom.yaml")
    replies["effect-1.resultaat-1"] = replies["effect-1"]
    text, _ = made(rijnstad, replies)
    tree = read_tree(str(text), "results_logic.yaml", rijnstad.study)
    assert len({node.id for node in tree.nodes}) == len(tree.nodes) == 4
