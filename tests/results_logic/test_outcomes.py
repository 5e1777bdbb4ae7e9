"""What step 3 tells: evidence that is proposed and never decided, a story with both sides, and a bridge to the MKBA."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path

import pytest

from data_contracts.contract import broken_rules
from data_contracts.errors import StudyError
from data_contracts.tables import logic as logic_tables
from data_contracts.yaml_file import read_model
from indicators.results_logic.drawing.reading_aloud import read_aloud
from indicators.results_logic.findings.outcomes import Outcomes, logic_frames, outcomes_of
from indicators.results_logic.findings.team_outcomes import team_outcomes
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import logic_tables_of
from tests.results_logic.broken_chain import SIZES, broken_chain
from tests.results_logic.planted import three_branches
from tests.results_logic.trees import small_tree


@functools.cache
def broken_logic() -> Released:
    return broken_chain("policy_logic", SIZES["strong"], 0, 3)


@functools.cache
def outcomes() -> Outcomes:
    tree = three_branches()
    return outcomes_of(
        tree,
        team_outcomes(tree, broken_logic()),
        logic_tables_of(tree, broken_logic()),
        {"overlast": "effect-1", "netwerk": "effect-2"},
    )


def test_every_frame_keeps_its_contract_with_and_without_figures() -> None:
    tree = small_tree()
    nothing = outcomes_of(tree, team_outcomes(tree, Released()), logic_tables_of(tree, Released()), {})
    for found in (outcomes(), nothing):
        for name in Outcomes.__slots__:
            assert broken_rules(getattr(logic_tables, name.upper()), getattr(found, name)) == {}


def test_no_team_is_named_in_what_goes_to_the_report() -> None:
    for name in Outcomes.__slots__:
        assert "Team " not in getattr(outcomes(), name).to_csv()


def test_the_diagnosis_gives_figures_a_next_step_and_what_would_change_it() -> None:
    row = outcomes().diagnosis.set_index("node_effect").loc["effect-1"]
    assert row["diagnosis"] == "policy_logic"
    assert "Over 42 teams en 210 team-jaren (2020 tot en met 2024)" in row["figures"]
    assert "pas 5 procentpunt telt" in row["figures"]
    assert row["next_step"].startswith("Bespreek of dit resultaat")
    assert row["what_would_change"].startswith("Dit verandert als")


def test_too_little_data_says_what_to_register() -> None:
    tree = small_tree()
    row = outcomes_of(tree, team_outcomes(tree, Released()), logic_tables_of(tree, Released()), {}).diagnosis.iloc[0]
    assert row["diagnosis"] == "too_little"
    assert "Kies een meting bij 'Vroeg eropaf bij achterstanden'." in row["to_register"]
    assert "team+cohort" in row["to_register"]
    assert row["to_register"].count("team+cohort") == 1


def test_a_well_known_kpi_goes_to_the_plan_by_its_own_name() -> None:
    known = small_tree("    node: grip\n", "    node: grip\n    known_as: KPI Schuldhulp\n")
    names = []
    for tree in (known, small_tree()):
        found = outcomes_of(tree, team_outcomes(tree, Released()), logic_tables_of(tree, Released()), {})
        names += found.wmo_plan["performance_indicator"].tolist()
    assert names[0] == "KPI Schuldhulp" != names[1]


def register(tree: Tree, released: Released) -> str:
    tables = logic_tables_of(tree, released)
    return (
        outcomes_of(tree, team_outcomes(tree, released), tables, {})
        .link_tests.set_index("link")
        .loc["aanpak-resultaat-1", "to_register"]
    )


def test_what_to_register_depends_on_what_is_in_the_way() -> None:
    tree = three_branches()
    hidden = broken_logic()
    use = hidden.use.assign(
        status=hidden.use["status"].mask(hidden.use["slice"] == "team+cohort", "too_few"),
        n_clients=hidden.use["n_clients"].mask(hidden.use["slice"] == "team+cohort"),
    )
    assert "gaat het per team en jaar om te weinig mensen" in register(tree, replace(hidden, use=use))
    few = hidden.use[~hidden.use["slice_value"].str.contains(r"Team [4-9]|Team \d\d")]
    assert "Er zijn te weinig team-jaren" in register(tree, replace(hidden, use=few))
    assert "Leg per traject vast of er een plan is." in register(tree, replace(hidden, use=hidden.use.iloc[:0]))
    data = tree.model_dump(by_alias=True)
    data["indicators"][0]["measure"] = {
        "name": "estimate",
        "subject": "ladder",
        "design": "staggered",
        "counted_as": "points",
    }
    assert "ook een meting die per team en jaar bekend is" in register(Tree.model_validate(data), hidden)


def test_figures_propose_evidence_and_leave_the_status_to_the_circle() -> None:
    proposals = outcomes().proposals.set_index("link")
    assert proposals.loc["resultaat-effect-1", "direction"] == "contradicts"
    assert proposals.loc["resultaat-effect-2", "direction"] == "supports"
    assert "strong" not in set(proposals["strength"])
    assert "alleen een besluit verandert dat" in proposals.loc["resultaat-effect-1", "question_for_the_circle"]
    tree = three_branches()
    tables = logic_tables_of(tree, broken_logic())
    assert set(tables.links["test_status"]) == {"untested"}


def test_the_story_tells_for_against_and_open() -> None:
    story = outcomes().story
    told = story[story["effect"] == "effect-1"].set_index("part")["sentence"]
    assert "bewoog 'Resultaat van tak 1' mee zoals verwacht" in told["for"]
    assert "pas 5 procentpunt telt" in told["against"]
    assert "nog niet besproken" in told["open"]


def test_the_story_names_rivals_evidence_and_decisions() -> None:
    tree = read_model(Path("studies/voorbeeldstad/results_logic.yaml"), Tree)
    story = logic_frames(tree, Released(), team_outcomes(tree, Released()), {})["out_logic__story"]
    told = story.groupby(["effect", "part"])["sentence"].agg(" ".join)
    assert "Buiten onze invloed: prijzen en rente." in told["grip-op-geld", "rival"]
    assert "krabbelen ook zonder hulp op: dit is niet gemeten." in told["grip-op-geld", "rival"]
    assert "Ervaring van inwoners (gesprekken met inwoners, voorjaar 2024) steunt" in told["psychisch-stabiel", "for"]


def test_the_wmo_table_has_outcomes_and_no_targets() -> None:
    table = outcomes().wmo_plan
    assert {"intended_result", "criterion", "performance_indicator", "outcome"} <= set(table.columns)
    assert len(table) == 6
    assert not {"target", "norm", "threshold"} & set(table.columns)


def test_a_broken_link_makes_its_euros_weaker() -> None:
    bridge = outcomes().mkba_bridge.set_index("line")
    assert bridge["evidence_grade"].to_dict() == {"overlast": "contradicted", "netwerk": "moderate"}
    assert bridge.loc["overlast", "weakest_link"] == "resultaat-effect-1"


def test_a_line_that_names_an_unknown_node_is_refused() -> None:
    tree = small_tree()
    with pytest.raises(StudyError, match="regel 'boetes' noemt knoop 'nergens'"):
        outcomes_of(tree, team_outcomes(tree, Released()), logic_tables_of(tree, Released()), {"boetes": "nergens"})


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], "none"),
        ([("supports", "strong")], "strong"),
        ([("supports", "strong"), ("contradicts", "weak")], "weak"),
        ([("supports", "weak"), ("contradicts", "moderate")], "contradicted"),
        ([("mixed", "strong")], "none"),
    ],
)
def test_a_chain_is_as_strong_as_its_weakest_link(evidence: list[tuple[str, str]], expected: str) -> None:
    data = small_tree().model_dump(by_alias=True)
    sure = {"kind": "research", "source": "een onderzoek", "direction": "supports", "strength": "strong"}
    for link in data["links"]:
        link["evidence"] = [sure]
    data["links"][1]["evidence"] = [{**sure, "direction": way, "strength": size} for way, size in evidence]
    tree = Tree.model_validate(data)
    found = logic_frames(tree, Released(), team_outcomes(tree, Released()), {"regel": "grip", "uitgave": "eropaf"})[
        "out_logic__mkba_bridge"
    ]
    assert found["evidence_grade"].tolist() == [expected, "strong"]


def test_a_link_that_the_circle_doubts_is_weak_whatever_the_evidence() -> None:
    data = small_tree().model_dump(by_alias=True)
    sure = {"kind": "research", "source": "een onderzoek", "direction": "supports", "strength": "strong"}
    for link in data["links"]:
        link["evidence"] = [sure]
    data["links"][1] |= {
        "test": {"status": "doubt"},
        "decisions": [
            {"date": "2025-01-10", "session": "kring", "decision": "Wij twijfelen.", "by": ["team"], "status": "doubt"}
        ],
    }
    of = Tree.model_validate(data)
    found = logic_frames(of, Released(), team_outcomes(of, Released()), {"regel": "grip"})["out_logic__mkba_bridge"]
    assert found.loc[0, ["evidence_grade", "weakest_link"]].tolist() == ["weak", "regeling-grip"]


def test_the_tree_reads_aloud_from_right_to_left() -> None:
    lines = read_aloud(small_tree())
    assert lines[0] == "Wij willen dit: inwoners redden zich."
    assert lines[1] == (
        "Dat merken mensen hieraan: inwoners hebben grip op hun geld. "
        "Dat helpt voor 'Inwoners redden zich', want rust in geld geeft ruimte. Wie het merkt: inwoner."
    )
    assert lines[-1].startswith("Daarom doen wij dit: vroeg eropaf bij achterstanden.")


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Eén vaste medewerker", "Wij willen dit: één vaste medewerker."),
        ("ZRM-gesprek thuis", "Wij willen dit: ZRM-gesprek thuis."),
        ("Waarom doen we dit?", "Wij willen dit: waarom doen we dit?"),
    ],
)
def test_a_title_is_read_inside_a_sentence(title: str, read: str) -> None:
    assert read_aloud(small_tree("title: Inwoners redden zich", f"title: {title}"))[0] == read
