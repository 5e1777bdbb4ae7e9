"""The results logic, filled with released figures."""

from __future__ import annotations

from data_contracts import logic_tables
from data_contracts.contract import empty_frame
from indicators.results_logic.released import Released
from indicators.results_logic.tables import logic_tables_of
from pipelines.checking import study_tree
from pipelines.table_asset import Task, tables_at_once
from pipelines.tables import Value

GROUP = "logic"
READS = [
    "out_change__by_domain",
    "out_change__funnel",
    "out_care__use",
    "out_effects__estimates",
    "out_costs__by_year",
]


def _filled(task: Task) -> dict[str, Value]:
    """Indicators, nodes and links with what the released figures say of them; empty without a tree."""
    tree = study_tree(task.place.files)
    if tree is None:
        return {str(schema.name): empty_frame(schema) for schema in logic_tables.LOGIC_TABLES.values()}
    change, funnel, use, effects, costs = (task.frame(name) for name in READS)
    round_to = task.place.files.study.thresholds.round_to
    found = logic_tables_of(tree, Released(change, funnel, use, effects, costs, round_to))
    return {
        str(logic_tables.INDICATORS.name): found.indicators,
        str(logic_tables.NODES.name): found.nodes,
        str(logic_tables.LINKS.name): found.links,
    }


logic = tables_at_once("results_logic", list(logic_tables.LOGIC_TABLES.values()), GROUP, READS, _filled)
