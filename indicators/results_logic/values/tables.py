"""The frames out_logic__indicators, out_logic__nodes and out_logic__links from a tree and the released tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.tables import logic
from data_contracts.vocabulary.logic import NO_ROWS, EvidenceStrength, Verdict
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.measures import outcome_of, unit_of, what_to_register
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values import wording
from indicators.results_logic.values.formulas import FIGURES, VALUE_COLUMNS, values
from indicators.results_logic.values.frames import frame_of
from indicators.results_logic.values.not_there import not_there
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.verdicts import (
    JUDGED,
    is_outweighed,
    link_verdict,
    node_verdict,
    of_node,
    verdict_of,
)

NOT_DUE_TO_US = " Of dit door de aanpak komt, is niet aantoonbaar."


@dataclass(frozen=True, slots=True)
class LogicTables:
    """What the figures say about a tree: per indicator and group, per node, per link. No team is named."""

    indicators: pd.DataFrame
    nodes: pd.DataFrame
    links: pd.DataFrame


def logic_tables_of(tree: Tree, released: Released) -> LogicTables:
    """The three out_logic__ frames of this tree."""
    indicators = frame_of(
        logic.INDICATORS, [row for one in tree.indicators for row in _indicator_rows(tree, one, released)]
    )
    whole = indicators[indicators["slice"] == "all"]
    verdicts = {node.id: _of_node(whole[whole["node"] == node.id]) for node in tree.nodes}
    nodes = frame_of(logic.NODES, [_node_row(tree, node, verdict, whole) for node, verdict in verdicts.items()])
    links = frame_of(logic.LINKS, [_link_row(tree, link, verdicts) for link in tree.links])
    return LogicTables(indicators, nodes, links)


def _of_node(indicators: pd.DataFrame) -> Verdict:
    verdicts = zip(indicators["verdict"], indicators["is_outweighed"], strict=True)
    found = [of_node(Verdict(verdict), is_outweighed=bool(outweighed)) for verdict, outweighed in verdicts]
    return node_verdict(zip(found, indicators["stamp"], strict=True))


def verdicts_by_node(nodes: pd.DataFrame) -> dict[str, Verdict]:
    """Node id to verdict, from out_logic__nodes, for the drawing."""
    return {str(row.node): Verdict(str(row.verdict)) for row in nodes.itertuples()}


def _indicator_rows(tree: Tree, indicator: Indicator, released: Released) -> Iterator[dict[str, Any]]:
    expected = indicator.expectation
    fixed = {
        "tree": tree.version,
        "indicator": indicator.id,
        "node": indicator.node,
        "level": tree.node(indicator.node).level.value,
        "question": indicator.question,
        "kind": indicator.kind.value,
        "expected": expected.direction.value if expected else None,
        "expectation": expected.text if expected else "",
        "is_early_signal": indicator.early_signal is not None,
        "is_steering": indicator.steering,
        "pitfall": indicator.pitfall or "",
    }
    if indicator.measure is None or expected is None:
        yield {**fixed, **_told(indicator)}
        return
    unit = unit_of(indicator.measure)
    outcome = outcome_of(indicator.measure)
    compared = released.compared.get(outcome) if outcome else None
    for value in _wanted_values(indicator, released):
        smallest = indicator.smallest_difference(value["base"])
        missing = not_there(indicator.measure, value["status"], released) or ("", what_to_register(indicator.measure))
        verdict, outweighed = verdict_of(value, expected.direction, smallest), is_outweighed(value, compared)
        yield {
            **fixed,
            **{str(column): figure for column, figure in value.items()},
            "measure": getattr(indicator.measure, "name", None),
            "measured": wording.measured(indicator.measure),
            "unit": unit,
            "smallest_difference": smallest,
            "is_outweighed": outweighed,
            "verdict": verdict.value,
            "verdict_text": wording.verdict_sentence(
                verdict, value, expected.direction, indicator.measure, smallest=smallest, why=missing[0]
            )
            + (NOT_DUE_TO_US if outweighed and verdict in JUDGED else ""),
            "to_register": missing[1] if verdict is Verdict.NOT_MEASURED else "",
        }


def _told(indicator: Indicator) -> dict[str, Any]:
    """An observation or a story: the circle tells it, the pipeline does not."""
    return {
        "measured": f"{indicator.kind.label}, verteld in de leerkring",
        "slice": "all",
        "slice_value": "all",
        "status": NO_ROWS,
        "is_demonstrable": False,
        "is_outweighed": False,
        "verdict": Verdict.NOT_MEASURED.value,
        "verdict_text": f"{indicator.kind.label.capitalize()}: bespreek dit in de leerkring.",
        "to_register": "",
    }


def _wanted_values(indicator: Indicator, released: Released) -> Iterator[pd.Series]:
    """The value for everybody, always, and those of the slices that the indicator asks for; never those of a team."""
    assert indicator.measure is not None  # noqa: S101  measured indicators only
    found = values(indicator.measure, released)
    whole = found[found["slice"] == "all"]
    if whole.empty:
        nothing = {
            **dict.fromkeys(VALUE_COLUMNS),
            "slice": "all",
            "slice_value": "all",
            "status": NO_ROWS,
            "is_demonstrable": False,
        }
        yield pd.Series({**nothing, **dict.fromkeys([*FIGURES, "base"], float("nan"))})
    for _, value in pd.concat([whole, found[found["slice"].isin(indicator.disaggregate)]]).iterrows():
        yield value


def _node_row(tree: Tree, node_id: str, verdict: Verdict, indicators: pd.DataFrame) -> dict[str, Any]:
    node = tree.node(node_id)
    own = indicators[indicators["node"] == node_id]
    counted = own["verdict"].isin([one.value for one in JUDGED]) & ~own["is_outweighed"]
    judged = int(counted.sum())
    text = f"{verdict.label.capitalize()} (een uitkomst bij {judged} van {len(own)} indicatoren)."
    return {
        "tree": tree.version,
        "node": node_id,
        "level": node.level.value,
        "title": node.title,
        "noticed_by": ", ".join(node.noticed_by),
        "outside_our_influence": ", ".join(node.outside_our_influence),
        "n_indicators": len(own),
        "n_judged": judged,
        "verdict": verdict.value,
        "verdict_text": text if len(own) else "Bij deze knoop hoort nog geen indicator.",
    }


def _link_row(tree: Tree, link: Link, verdicts: dict[str, Verdict]) -> dict[str, Any]:
    lower, upper = verdicts[link.node_from], verdicts[link.node_to]
    verdict = link_verdict(lower, upper)
    order = list(EvidenceStrength)
    strongest = max((one.strength for one in link.evidence), key=order.index, default=None)
    return {
        "tree": tree.version,
        "link": link.id,
        "node_from": link.node_from,
        "node_to": link.node_to,
        "title_from": tree.node(link.node_from).title,
        "title_to": tree.node(link.node_to).title,
        "assumption": link.assumption,
        "rivals": "; ".join(rival.explanation for rival in link.rivals),
        "n_evidence": len(link.evidence),
        "strongest_evidence": strongest.value if strongest else None,
        "test_status": link.test.status.value,
        "status_since": pd.Timestamp(link.test.since) if link.test.since else None,
        "verdict_from": lower.value,
        "verdict_to": upper.value,
        "verdict": verdict.value,
        "verdict_text": f"{verdict.label.capitalize()}.",
    }
