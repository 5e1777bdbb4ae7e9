"""The apps on tree and balance, headless, at their defaults and at both ends of every slider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.contract import empty_frame
from data_contracts.yaml_file import as_model
from indicators.results_logic.tree.model import Tree
from mkba.binding.released_quantities import READS
from notebooks import mkba_rekenen, resultatenlogica, verkennen
from reports.released.source import CONTRACTS
from tests.circle.apps import chosen
from tests.surfaces.invented import tables

RIJNSTAD = Path(__file__).parents[2] / "studies" / "rijnstad"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("publicatie")
    empty = {name: empty_frame(CONTRACTS[name]) for name in READS}  # what the invented study lacks
    for name, frame in (empty | tables()).items():
        duckdb.from_df(frame).write_parquet(str(place / f"{name}.parquet"))
    return place


@pytest.fixture(autouse=True)
def session(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIJKBAAT_RELEASE", str(release))
    monkeypatch.setenv("WIJKBAAT_STUDY", str(RIJNSTAD))


def sliders(**moved: float) -> dict[str, Any]:
    at_rest = {"effect": 100, "price": 100, "years": 5, "discount": 0, "cashed": 100}
    return {name: chosen(value) for name, value in (at_rest | moved).items()}


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"effect": 0, "price": 50, "years": 1, "discount": -2, "cashed": 0},
        {"effect": 200, "price": 150, "years": 20, "discount": 3, "cashed": 150},
    ],
)
def test_the_balance_app_calculates_at_rest_and_at_both_ends(moved: dict[str, float]) -> None:
    found = mkba_rekenen.app.run(defs=sliders(**moved))[1]
    assert found["shown"].sentences[-1].startswith("Dit is een rekenvoorbeeld")


def test_each_slider_of_the_balance_app_has_its_own_ends() -> None:
    found = mkba_rekenen.app.run()[1]
    assert {name: (found[name].start, found[name].stop) for name in ("effect", "price", "discount", "cashed")} == {
        "effect": (0, 200),
        "price": (50, 150),
        "discount": (-2, 3),
        "cashed": (0, 150),
    }


def test_the_tree_app_draws_every_step_and_every_link() -> None:
    found = resultatenlogica.app.run()[1]
    for node in found["tree"].nodes:
        resultatenlogica.app.run(defs={"node": chosen(node.id), "link": chosen(found["tree"].links[0].id)})


def test_a_step_without_an_assumption_asks_for_one_and_with_one_becomes_a_proposal() -> None:
    found = resultatenlogica.app.run()[1]
    step = {"above": "grip-op-geld", "title": "Brieven zijn te lezen", "assumption": "", "months": "6"}
    found["propose"](step)
    assert found["get_told"]().startswith("Een pijl zonder aanname")
    found["propose"](step | {"assumption": "Wie de brief leest, belt op tijd."})
    tree = as_model(found["get_grown"](), Tree, "voorstel")
    assert [(one.node_from, one.node_to) for one in tree.links][-1] == ("brieven-zijn-te-lezen", "grip-op-geld")
    assert (RIJNSTAD / "results_logic.yaml").read_text(encoding="utf-8") != found["get_grown"]()


def test_the_exploring_app_runs_for_every_subject() -> None:
    found = verkennen.app.run()[1]
    for subject in found["subject"].options:
        verkennen.app.run(
            defs={
                "subject": chosen(found["subject"].options[subject]),
                "moments": found["moments"],
                "slice_of": found["slice_of"],
            }
        )


@pytest.mark.parametrize("app", [mkba_rekenen, resultatenlogica])
def test_without_a_session_an_app_says_how_to_open_it(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIJKBAAT_STUDY")
    assert {"shown", "text"}.isdisjoint(app.app.run()[1])
