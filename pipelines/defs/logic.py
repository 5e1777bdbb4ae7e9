"""The results logic, filled with released figures and put to the test."""

from __future__ import annotations

from data_contracts import logic_tables
from data_contracts.contract import empty_frame
from data_contracts.demonstrable import without_difference
from indicators.results_logic.outcomes import logic_frames
from indicators.results_logic.released import Released
from pipelines.checking import lines_with_nodes, study_tree
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
    """What the released figures say of a tree: indicators, nodes, links, tests, diagnosis, story; empty without one."""
    tree = study_tree(task.place.files)
    if tree is None:
        return {name: empty_frame(schema) for name, schema in logic_tables.LOGIC_TABLES.items()}
    change, funnel, use, effects, costs = (task.frame(name) for name in READS)
    study = task.place.files.study
    none = without_difference(effects, study.design.kind, study.design.headline_measure)
    released = Released(change, funnel, use, effects, costs, study.thresholds.round_to, none)
    return dict(logic_frames(tree, released, lines_with_nodes(task.place.files)))


logic = tables_at_once("results_logic", list(logic_tables.LOGIC_TABLES.values()), GROUP, READS, _filled)
