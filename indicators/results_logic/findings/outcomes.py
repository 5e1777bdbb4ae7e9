"""The frames of step 3: link tests, diagnosis, proposals, contribution story, Wmo table, spread and MKBA bridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.tables import logic
from data_contracts.vocabulary.logic import EvidenceDirection, TreeLevel
from indicators.results_logic.findings import explained
from indicators.results_logic.findings.bridge import bridge_rows
from indicators.results_logic.findings.diagnosis import Branch, branches, states_of
from indicators.results_logic.findings.evidence import proposed_evidence
from indicators.results_logic.findings.link_tests import LinkTest
from indicators.results_logic.findings.story import stories
from indicators.results_logic.findings.team_outcomes import TeamOutcomes, links_tested, row_of_test
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.frames import frame_of
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import LogicTables, logic_tables_of
from indicators.results_logic.values.wording import between


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The out_logic__ frames of step 3, by the names in logic_tables; no team is named in any of them."""

    link_tests: pd.DataFrame
    diagnosis: pd.DataFrame
    proposals: pd.DataFrame
    story: pd.DataFrame
    wmo_plan: pd.DataFrame
    spread: pd.DataFrame
    mkba_bridge: pd.DataFrame


def logic_frames(
    tree: Tree, released: Released, teams: TeamOutcomes, nodes_of_lines: dict[str, str]
) -> dict[str, pd.DataFrame]:
    """Every out_logic__ table by its name; `nodes_of_lines` names the node of each line of the MKBA."""
    tables = logic_tables_of(tree, released)
    outcomes = outcomes_of(tree, teams, tables, nodes_of_lines)
    found = {name: getattr(part, name) for part in (tables, outcomes) for name in part.__slots__}
    return {f"out_logic__{name}": frame for name, frame in found.items()}


def outcomes_of(tree: Tree, teams: TeamOutcomes, tables: LogicTables, nodes_of_lines: dict[str, str]) -> Outcomes:
    """Step 3 for this tree: what the team-years said about its links, and so where its branches break."""
    tests = links_tested(tree, teams)
    found = branches(tree, states_of(tree, tables), tests)
    sentences = dict(zip(tables.nodes["node"], tables.nodes["verdict_text"], strict=True))
    return Outcomes(
        link_tests=frame_of(logic.LINK_TESTS, [_test_row(tree, test) for test in tests]),
        diagnosis=frame_of(logic.DIAGNOSIS, [_diagnosis_row(tree, one, sentences) for one in found]),
        proposals=frame_of(logic.PROPOSALS, [row for test in tests if (row := _proposal_row(tree, test))]),
        story=frame_of(logic.STORY, stories(tree, tests)),
        wmo_plan=frame_of(logic.WMO_PLAN, _wmo_rows(tree, tables.indicators)),
        spread=frame_of(logic.SPREAD, [_spread_row(row) for row in teams.spread.to_dict("records")]),
        mkba_bridge=frame_of(logic.MKBA_BRIDGE, bridge_rows(tree, nodes_of_lines, tests)),
    )


def _test_row(tree: Tree, test: LinkTest) -> dict[str, Any]:
    return {
        **row_of_test(tree, test),
        "adjusted_for": "; ".join(test.adjusted_for),
        "not_adjusted_for": "; ".join(test.not_adjusted_for),
        "verdict_text": explained.tested_in_words(tree, test),
        "to_register": explained.missing_for(tree, test),
    }


def _spread_row(row: dict[Any, Any]) -> dict[str, Any]:
    sentence = f"Van {row['n_teams']} teams ligt de middelste helft {between(row['low'], row['high'], row['unit'])}."
    if row["low"] == row["high"]:
        sentence = f"De {row['n_teams']} teams verschillen niet meer dan toeval verklaart."
    if isinstance(row.get("held_from"), str):
        sentence += f" {explained.held_since(row['held_from'])}"
    told = {name: value for name, value in row.items() if name not in ("status", "held_from")}
    return {**told, "sentence": sentence}


def _diagnosis_row(tree: Tree, branch: Branch, sentences: dict[str, str]) -> dict[str, Any]:
    nodes = (branch.approach, branch.result, branch.effect)
    return {
        "tree": tree.version,
        "branch": " > ".join(node.id for node in nodes),
        "node_approach": branch.approach.id,
        "node_result": branch.result.id,
        "node_effect": branch.effect.id,
        "diagnosis": branch.diagnosis.value,
        "headline": explained.HEADLINES[branch.diagnosis](branch),
        "figures": explained.figures_of(tree, branch, sentences),
        "next_step": explained.NEXT_STEPS[branch.diagnosis],
        "what_would_change": explained.WOULD_CHANGE[branch.diagnosis],
        "to_register": explained.to_register(tree, branch),
    }


def _proposal_row(tree: Tree, test: LinkTest) -> dict[str, Any] | None:
    evidence = proposed_evidence(test)
    if evidence is None:
        return None
    against = evidence.direction is EvidenceDirection.CONTRADICTS
    ask = "Twijfelen wij nu aan dit verband?" if against else "Vertrouwen wij dit verband nu meer?"
    stands = f"Het staat nu op '{test.link.test.status.label}'; alleen een besluit verandert dat."
    return {
        "tree": tree.version,
        "link": test.link.id,
        "kind": evidence.kind.value,
        "direction": evidence.direction.value,
        "strength": evidence.strength.value,
        "source": evidence.source,
        "question_for_the_circle": f"{ask} {stands}",
    }


def _wmo_rows(tree: Tree, indicators: pd.DataFrame) -> list[dict[str, Any]]:
    """Results, criteria and performance indicators for the plan of article 2.1.2(6) Wmo 2015; without targets."""
    whole = indicators[indicators["slice"] == "all"].set_index("indicator")
    rows = []
    for level in (TreeLevel.EFFECT, TreeLevel.RESULT):
        for node in tree.level(level):
            for indicator in (one for one in tree.indicators if one.node == node.id):
                found = whole.loc[[indicator.id]].iloc[0]
                rows.append(
                    {
                        "tree": tree.version,
                        "node": node.id,
                        "intended_result": node.title,
                        "criterion": indicator.question,
                        "indicator": indicator.id,
                        "performance_indicator": indicator.known_as or str(found["measured"]),
                        "outcome": str(found["verdict_text"]),
                    }
                )
    return rows
