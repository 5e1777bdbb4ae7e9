"""One figure has one word: the chapter, summary, results logic, Wmo table, circle and council say the same."""

from __future__ import annotations

import json

import pytest

from indicators.results_logic.findings.outcomes import logic_frames
from indicators.results_logic.findings.team_outcomes import team_outcomes
from indicators.results_logic.values.released import Released as LogicTables
from reports.content.council.answer import answer
from reports.content.learning import questions
from reports.content.parts import Points
from reports.content.summary import summary
from reports.released.source import Source
from tests.results_logic.trees import small_tree
from tests.surfaces.invented import facts, tables

ABOUT = {"subject": "zrm", "life_domain": "finances", "design": "staggered", "measure": "effect"}
TREE = small_tree(
    "name: mean_change\n      life_domain: finances\n      moment_to: m6",
    "name: estimate\n      subject: zrm\n      life_domain: finances\n      design: staggered\n"
    "      counted_as: points",
)
NOT, YES = "Geen aantoonbaar effect op: ", "Een aantoonbaar gunstig effect van de aanpak op: "
WORSE = "Een aantoonbaar ongunstig effect van de aanpak op: "
COUNCIL = {"aantoonbaar meer": " helpt ", "aantoonbaar minder": "slechter uit"}
# Interval, demonstrable among many, and then: chapter, summary, results logic (a rise of 0.2 was expected), circle.
WORDS = [
    ((0.1, 0.5, True), "aantoonbaar meer", YES, "as_expected", "Gaat zoals verwacht", None),
    ((-0.5, -0.1, True), "aantoonbaar minder", WORSE, "different", "Anders dan verwacht", "gaat anders dan verwacht"),
    ((0.1, 0.5, False), "geen aantoonbaar verschil", NOT, "too_uncertain", "Te onzeker om te zeggen", None),
    ((-0.3, 0.5, False), "geen aantoonbaar verschil", NOT, "too_uncertain", "Te onzeker om te zeggen", None),
    ((-0.15, 0.17, False), "geen aantoonbaar verschil", NOT, "stood_still", "Bleef gelijk", "bleef gelijk, terwijl"),
    ((0.02, 0.18, False), "geen aantoonbaar verschil", NOT, "stood_still", "Bleef gelijk", "bleef gelijk, terwijl"),
]


@pytest.mark.parametrize(("figure", "chapter", "in_summary", "verdict", "in_plan", "asked"), WORDS)
def test_every_surface_says_the_word_of_the_figure(
    figure: tuple[float, float, bool], chapter: str, in_summary: str, verdict: str, in_plan: str, asked: str | None
) -> None:
    source = _source(*figure)
    rows = source.claims
    assert rows.loc[rows["life_domain"] == "finances", "shows"].tolist() == [chapter]
    seen = summary(source).parts[1]
    assert isinstance(seen, Points)
    said = [line for line in seen.items if "aantoonbaar" in line.lower() and "Financiën" in line]
    assert [line.startswith(in_summary) for line in said] == [True]
    logic = source.rows("out_logic__indicators", node="grip", slice="all")
    assert logic["verdict"].tolist() == [verdict]
    assert source.rows("out_logic__nodes", node="grip")["verdict"].tolist() == [verdict]
    assert source.rows("out_logic__wmo_plan", node="grip")["outcome"].iloc[0].startswith(in_plan)
    mine = [line for line in questions(source) if line.startswith(str(logic["question"].iloc[0]))]
    assert [asked in line for line in mine] == [True] if asked else mine == []
    # The council's title: first what changed, then what is due to the approach.
    due = answer(source).split(". ", 1)[1]
    named = [part for part in due.split(". ") if "Financiën" in part]
    assert [COUNCIL[chapter] in part for part in named] == [True] if chapter in COUNCIL else named == []


def _source(low: float, high: float, demonstrable: bool) -> Source:
    found = tables()
    rows = found["out_effects__estimates"].copy()
    own = (rows[list(ABOUT)] == list(ABOUT.values())).all(axis=1)
    rows.loc[own, ["estimate", "ci_low", "ci_high"]] = [(low + high) / 2, low, high]
    rows.loc[own, "assumptions"] = rows.loc[own, "assumptions"].map(
        lambda text: json.dumps(json.loads(text) | {"demonstrable": _check(holds=demonstrable)})
    )
    found["out_effects__estimates"] = rows
    released = LogicTables(change=found["out_change__by_domain"], estimates=rows)
    found |= logic_frames(TREE, released, team_outcomes(TREE, released), {})
    return Source(facts(), found)


def _check(*, holds: bool) -> dict[str, object]:
    return {"holds": holds, "p_value": 0.01, "p_value_adjusted": 0.01 if holds else 0.2}
