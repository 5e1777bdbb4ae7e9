"""The page with a tree is accessible and stays readable with sixty nodes; the published schema is the model's own."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from data_contracts.vocabulary.logic import TreeLevel, Verdict
from data_contracts.yaml_file import read_model
from indicators.results_logic.drawing.layout import BOX_WIDTH, layout
from indicators.results_logic.drawing.page import tree_page
from indicators.results_logic.tree.model import Tree
from tests.results_logic.trees import small_tree

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def tree_of_sixty() -> Tree:
    """Four whys, twelve effects, twenty-two results and as many approaches, with eighty links."""
    counts = {TreeLevel.WHY: 4, TreeLevel.EFFECT: 12, TreeLevel.RESULT: 22, TreeLevel.APPROACH: 22}
    nodes = [
        {
            "id": f"{level.value}-{number}",
            "level": level.value,
            "title": f"{level.label.capitalize()} {number}: {words}",
        }
        for level, count in counts.items()
        for number, words in zip(range(count), itertools.cycle(TITLES))
    ]
    links = []
    for level, count in counts.items():
        if level.above:
            above = counts[level.above]
            for number in range(count):
                ends = (
                    {number * above // count, (number * above // count + 1) % above}
                    if number % 2
                    else {number * above // count}
                )
                links += [
                    {
                        "id": f"{level.value}-{number}-{end}",
                        "from": f"{level.value}-{number}",
                        "to": f"{level.above.value}-{end}",
                        "assumption": "Als het een lukt, volgt het ander.",
                    }
                    for end in ends
                ]
    return Tree.model_validate(
        {"schema_version": 1, "id": "zestig", "title": "Een boom van zestig knopen", "nodes": nodes, "links": links}
    )


TITLES = (
    "inwoners hebben weer grip op hun geld",
    "mensen hebben iemand in de buurt op wie zij kunnen rekenen",
    "oplopende spanning is gezien voordat het een crisis wordt",
    "een vaste medewerker per huishouden",
)


def test_sixty_nodes_fit_their_columns_without_overlap() -> None:
    tree = tree_of_sixty()
    found = layout(tree, with_verdicts=True)
    assert len(found.boxes) == 60
    for first, second in itertools.combinations(found.boxes.values(), 2):
        apart = abs(first.x - second.x) >= BOX_WIDTH
        assert apart or first.y + first.height <= second.y or second.y + second.height <= first.y


def test_the_page_fetches_nothing_and_says_what_the_figures_are_for() -> None:
    page = tree_page(small_tree("Een kleine boom", '"Een <kleine> boom"'))
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "Het is geen doel, geen norm en geen afrekening." in page
    assert "<kleine>" not in page
    assert "Versie van deze boom: klein@" in page
    assert "gemiddelde verandering op Financiën" in page
    assert "We verwachten: omhoog." in page


def test_signs_of_figures_stand_on_the_page_only_with_figures() -> None:
    sign = "anders dan verwacht"
    assert sign not in tree_page(small_tree())
    assert sign in tree_page(small_tree(), {"grip": Verdict.AS_EXPECTED})


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this system")
@pytest.mark.parametrize(
    "tree", [small_tree(), tree_of_sixty(), "voorbeeldstad"], ids=["small", "sixty", "voorbeeldstad"]
)
def test_the_page_passes_axe(tree: Tree | str, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    if isinstance(tree, str):
        tree = read_model(Path(f"studies/{tree}/results_logic.yaml"), Tree)
    verdicts = dict(zip((node.id for node in tree.nodes), itertools.cycle(Verdict)))
    path = tmp_path / "boom.html"
    path.write_text(tree_page(tree, verdicts))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri())
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        browser.close()
    assert found.violations_count == 0, found.generate_report()
