"""The results logic, filled with released figures and put to the test."""

from __future__ import annotations

from data_contracts.contract import empty_frame
from data_contracts.demonstrable import compared_words
from data_contracts.tables import logic as logic_tables
from data_contracts.tables import team_years as team_year_tables
from data_contracts.tables.contributions import LOGIC_CONTRIBUTIONS
from pipelines.assets.table_asset import Task, Together, table_assets
from pipelines.releases.people import contributions_of
from pipelines.storage.tables import Value
from pipelines.study.checking import lines_with_nodes, study_tree

GROUP = "logic"
READS = [
    "out_change__by_domain",
    "out_change__funnel",
    "out_care__use",
    "out_effects__estimates",
    "out_costs__by_year",
]
REACH = "out_reach__by_year"  # says which years are delivered in part


GROUPS = "core_clients__groups"
TEAM_FIGURES = ["est_change__by_domain", "est_change__funnel", "est_care__use", "est_reach__by_year"]
TEAM_OUTCOMES = [str(schema.name) for schema in team_year_tables.BEHIND_THE_GATE]


def _tested(task: Task) -> dict[str, Value]:
    """What team-years say of the links of a tree, and how far teams lie apart; exact, in the closed zone."""
    from indicators.results_logic.findings.team_outcomes import before_the_gate, team_outcomes
    from pipelines.records.people_of_tests import people_of_tests

    tree = study_tree(task.place.files)
    if tree is None:
        task.keep_beside(str(LOGIC_CONTRIBUTIONS.name), "team_years", empty_frame(LOGIC_CONTRIBUTIONS))
        return {str(schema.name): empty_frame(schema) for schema in team_year_tables.BEFORE_THE_GATE}
    change, funnel, use, reach = (task.frame(name) for name in TEAM_FIGURES)
    found = team_outcomes(tree, before_the_gate(change, funnel, use, reach, task.place.files.study.thresholds))
    added = people_of_tests(task.connection, contributions_of(task.place.home), task.frame(GROUPS), found.rests)
    task.keep_beside(str(LOGIC_CONTRIBUTIONS.name), "team_years", added)
    return {str(team_year_tables.LINK_TESTS.name): found.link_tests, str(team_year_tables.SPREAD.name): found.spread}


def _filled(task: Task) -> dict[str, Value]:
    """What the released figures say of a tree: indicators, nodes, links, tests, diagnosis, story; empty without one."""
    from indicators.results_logic.findings.outcomes import logic_frames
    from indicators.results_logic.findings.team_outcomes import TeamOutcomes
    from indicators.results_logic.values.released import Released

    tree = study_tree(task.place.files)
    if tree is None:
        return {name: empty_frame(schema) for name, schema in logic_tables.LOGIC_TABLES.items()}
    change, funnel, use, effects, costs = (task.frame(name) for name in READS)
    study = task.place.files.study
    compared = compared_words(effects, study.design.kind, study.design.headline_measure)
    released = Released(change, funnel, use, effects, costs, study.thresholds.round_to, compared)
    released = released.without_part_years(task.frame(REACH))
    teams = TeamOutcomes(*(task.frame(name) for name in TEAM_OUTCOMES))
    return dict(logic_frames(tree, released, teams, lines_with_nodes(task.place.files)))


team_years = table_assets(
    "team_years", [Together(tuple(team_year_tables.BEFORE_THE_GATE), (*TEAM_FIGURES, GROUPS), _tested)], GROUP
)
logic = table_assets(
    "results_logic",
    [Together(tuple(logic_tables.LOGIC_TABLES.values()), (*READS, REACH, *TEAM_OUTCOMES), _filled)],
    GROUP,
)
