"""The frames of step 3: link tests, diagnosis, proposals, contribution story, Wmo table, spread and MKBA bridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts import logic_tables
from data_contracts.contract import empty_frame
from data_contracts.errors import Finding, StudyError
from data_contracts.logic_words import EvidenceDirection, EvidenceGrade, TreeLevel
from indicators.results_logic import explained
from indicators.results_logic.diagnosis import Branch, branches, states_of
from indicators.results_logic.evidence import proposed_evidence, support_of_node
from indicators.results_logic.link_tests import LinkTest, bounded, link_tests
from indicators.results_logic.model import Tree
from indicators.results_logic.released import Released
from indicators.results_logic.story import stories
from indicators.results_logic.tables import LogicTables
from indicators.results_logic.teams import spread_of_teams


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The out_logic__ frames of step 3, by the names in logic_tables; no team is named in any of them."""

    link_tests: pd.DataFrame
    diagnosis: pd.DataFrame
    proposals: pd.DataFrame
    story: pd.DataFrame
    wmo_plan: pd.DataFrame
    spread: pd.DataFrame


def outcomes_of(tree: Tree, released: Released, tables: LogicTables) -> Outcomes:
    """Step 3 for this tree: what the team-years say about its links, and so where its branches break."""
    tests = link_tests(tree, released)
    found = branches(tree, states_of(tree, tables), tests)
    sentences = dict(zip(tables.nodes["node"], tables.nodes["verdict_text"], strict=True))
    return Outcomes(
        link_tests=_frame([_test_row(tree, test) for test in tests], logic_tables.LINK_TESTS),
        diagnosis=_frame([_diagnosis_row(tree, one, sentences) for one in found], logic_tables.DIAGNOSIS),
        proposals=_frame([row for test in tests if (row := _proposal_row(tree, test))], logic_tables.PROPOSALS),
        story=_frame(stories(tree, tests), logic_tables.STORY),
        wmo_plan=_frame(_wmo_rows(tree, tables.indicators), logic_tables.WMO_PLAN),
        spread=_frame(spread_of_teams(tree, released), logic_tables.SPREAD),
    )


def mkba_bridge(tree: Tree, nodes_of_lines: dict[str, str], released: Released) -> pd.DataFrame:
    """Per monetised line of the balance the node it belongs to, and how well the chain to that node is supported.

    `nodes_of_lines`: line id -> node id, from mkba.yaml. A line without a known node raises StudyError.
    """
    strange = sorted(line for line, node in nodes_of_lines.items() if node not in {one.id for one in tree.nodes})
    if strange:
        do = "Noem bij node een knoop uit results_logic.yaml."
        raise StudyError([Finding("mkba.yaml", None, f"regel '{line}' hoort bij geen knoop.", do) for line in strange])
    tests = link_tests(tree, released)
    return _frame(
        [_bridge_row(tree, line, node, tests) for line, node in nodes_of_lines.items()], logic_tables.MKBA_BRIDGE
    )


def _frame(rows: list[dict[str, Any]], schema: Any) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(schema.columns)).astype(empty_frame(schema).dtypes.to_dict())


def _test_row(tree: Tree, test: LinkTest) -> dict[str, Any]:
    slope = test.slope
    return {
        "tree": tree.version,
        "link": test.link.id,
        "indicator_from": test.lower.id if test.lower else None,
        "indicator_to": test.upper.id if test.upper else None,
        "n_teams": test.n_teams,
        "n_team_years": test.n_team_years,
        "periods": test.periods,
        "lag_months": test.lag_months,
        "adjusted_for": "; ".join(test.adjusted_for),
        "not_adjusted_for": "; ".join(test.not_adjusted_for),
        "slope": bounded(slope.estimate) if slope else None,
        "slope_low": bounded(slope.low) if slope else None,
        "slope_high": bounded(slope.high) if slope else None,
        "spread_from": slope.spread_x if slope else None,
        "verdict": test.verdict.value,
        "verdict_text": explained.test_sentence(tree, test),
        "to_register": explained.missing_for(tree, test),
    }


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


def _bridge_row(tree: Tree, line: str, node: str, tests: list[LinkTest]) -> dict[str, Any]:
    grade, weakest = support_of_node(tree, node, tests)
    note = f"De keten naar '{tree.node(node).title}' is {grade.label}."
    if weakest and grade in (EvidenceGrade.CONTRADICTED, EvidenceGrade.NONE, EvidenceGrade.WEAK):
        note += f" Zwakste verband: {weakest.assumption.rstrip('.')}."
    return {
        "tree": tree.version,
        "line": line,
        "node": node,
        "title": tree.node(node).title,
        "evidence_grade": grade.value,
        "weakest_link": weakest.id if weakest else None,
        "note": note,
    }
