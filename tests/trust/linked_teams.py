"""Two life domains of teams over the years, the link between them tested, and who adds what to that test."""

from __future__ import annotations

import json

import duckdb
import numpy as np
import pandas as pd
from municipality import change_table, clients

from data_contracts.contract import empty_frame
from data_contracts.gate.ledger import DISTANCES, LEDGER, Before, new_entries
from data_contracts.gate.summary import Released as Left
from data_contracts.gate.team_outcomes import release_link_tests, release_logic_spread
from data_contracts.gate.unaudited import PLAIN_SPECS
from data_contracts.protection import Thresholds
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.estimates import FUNNEL, REACH, USE
from data_contracts.vocabulary.field import ALL
from indicators.results_logic.findings.team_outcomes import TeamOutcomes, before_the_gate, team_outcomes
from indicators.results_logic.tree.model import Tree
from pipelines.records.people_of_tests import people_of_tests
from tests.results_logic.trees import SMALL, as_model

People = pd.DataFrame
State = dict[str, dict[int, int]]  # per figure who adds to it, and what
SLICES = ("all", "team", "cohort", "team+cohort")
DOMAINS = {"regeling": "finances", "grip": "housing"}
THRESHOLD = Thresholds().sensitive_clients
_INDICATOR = """  - id: {node}
    node: {node}
    question: Verandert het?
    measure:
      name: mean_change
      life_domain: {domain}
      moment_to: last
    expectation:
      direction: higher
      text: Omhoog.
      after_months: 6
"""


def tree() -> Tree:
    """The small tree with a mean change at both ends of one link."""
    head = SMALL[: SMALL.index("indicators:")]
    indicators = "".join(_INDICATOR.format(node=node, domain=domain) for node, domain in DOMAINS.items())
    return as_model(f"{head}indicators:\n{indicators}", Tree, "boom.yaml")


def some_people(seed: int) -> People:
    """Eight teams of some sixty people over three years, with scores on both domains."""
    people = clients(seed, [60] * 8, cohorts=3)
    other = clients(seed + 1_000, [60] * 8)
    return people.assign(before_housing=other["before"], after_housing=other["after"])


def told(people: People) -> TeamOutcomes:
    """The test of the link and the spread over teams, before the gate."""
    housing = people.assign(before=people["before_housing"], after=people["after_housing"])
    change = pd.concat([change_table(people, "finances", SLICES), change_table(housing, "housing", SLICES)])
    figures = before_the_gate(change, empty_frame(FUNNEL), empty_frame(USE), empty_frame(REACH), Thresholds())
    return team_outcomes(tree(), figures)


def people_of(people: People, outcomes: TeamOutcomes) -> State:
    """Per figure who adds to it, and what."""
    parts = [
        pd.DataFrame(
            {
                "outcome": outcome_name("pair", ["zrm", domain, "first", "last"]),
                "client_no": people["client"].astype("int64"),
                "contribution": people[f"before{end}"] * 16 + people[f"after{end}"],
                "beside": pd.Series(pd.NA, people.index, dtype="Int64"),
            }
        )
        for domain, end in (("finances", ""), ("housing", "_housing"))
    ]
    connection = duckdb.connect()
    connection.register("added", pd.concat(parts))
    groups = people.rename(columns={"client": "client_no"})[["client_no", "team", "cohort"]]
    found = people_of_tests(connection, "FROM added", groups, outcomes.rests)
    return {
        figure: dict(zip(own["client_no"], own["contribution"], strict=True))
        for figure, own in found.groupby("outcome")
    }


def distance(then: dict[int, int], now: dict[int, int]) -> int:
    """People who add something else."""
    return sum(then.get(one) != now.get(one) for one in {*then, *now})


def left(people: People, states: list[State], shown: list[list[Left]], *, with_ledger: bool) -> list[Left]:
    """Link tests and spread as they leave after the states and releases before them; appends to both."""
    outcomes = told(people)
    states.append(people_of(people, outcomes))
    before = _before(states, shown) if with_ledger else Before(counted=_counted(states[-1]))
    shown.append(
        [
            release_link_tests(outcomes.link_tests, Thresholds(), before),
            release_logic_spread(outcomes.spread, Thresholds(), before),
        ]
    )
    return shown[-1]


def _counted(state: State) -> dict[tuple[str, str, str], int]:
    return {(figure, ALL, ALL): len(own) for figure, own in state.items()}


def _before(states: list[State], shown: list[list[Left]]) -> Before:
    entries = [empty_frame(LEDGER)]
    rows = []
    for at, release in enumerate(shown):
        for one in release:
            fresh = new_entries(one.cells, f"release-{at}", pd.Timestamp(2025, 1, at + 1).date())
            entries.append(fresh)
            for row in fresh.to_dict("records"):
                figure = figure_of(str(row["table_name"]), str(row["key"]))
                d = distance(states[at].get(figure, {}), states[-1].get(figure, {}))
                rows.append((row["release_id"], row["table_name"], row["key"], d, d))
    kinds = empty_frame(DISTANCES).dtypes.to_dict()
    distances = pd.DataFrame(rows, columns=list(DISTANCES.columns)).astype(kinds)
    return Before(pd.concat(entries, ignore_index=True), distances, counted=_counted(states[-1]))


def figure_of(table: str, key: str) -> str:
    """The outcome that people contribute to, of a row of the ledger."""

    return PLAIN_SPECS[table].cell(json.loads(key))[0]


def few_corrected(people: People, rng: np.random.Generator) -> People:
    """Other scores for up to as many people as are too few."""
    chosen = rng.permutation(people.index)[: rng.integers(1, THRESHOLD)]
    return people.assign(after=people["after"].mask(people.index.isin(chosen), people["after"] % 5 + 1))


def many_corrected(people: People, rng: np.random.Generator) -> People:
    """Other scores for more than that."""
    chosen = rng.permutation(people.index)[: 3 * THRESHOLD]
    return people.assign(after=people["after"].mask(people.index.isin(chosen), people["after"] % 5 + 1))


def few_moved(people: People, rng: np.random.Generator) -> People:
    """A few in another team."""
    chosen = rng.permutation(people.index)[: rng.integers(1, THRESHOLD)]
    return people.assign(team=people["team"].mask(people.index.isin(chosen), "Team 00"))


def few_gone(people: People, rng: np.random.Generator) -> People:
    """A few who are not there any more."""
    return people.drop(index=rng.permutation(people.index)[: rng.integers(1, THRESHOLD)])
