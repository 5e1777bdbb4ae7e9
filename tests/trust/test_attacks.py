"""Attacks on what was published, by someone who knows the rules. An attack that succeeds fails the build."""

from __future__ import annotations

import attacker
import numpy as np
import pandas as pd
from municipality import change_table, clients
from plain_ledger import remembered

from data_contracts.gate.summary import Released

TABLES = 60


def test_no_hidden_count_of_sixty_tables_is_told_within_five(gate) -> None:
    sizes = [np.random.default_rng(seed).integers(1, 60, 6).tolist() for seed in range(TABLES)]
    tables = [change_table(clients(seed, sizes[seed])).assign(moment_to=f"m{seed}") for seed in range(TABLES)]
    out = gate(pd.concat(tables, ignore_index=True)).frame
    found = [attacker.ranges(one, threshold=10, base=5, enough=5) for _, one in out.groupby("moment_to")]
    hidden = pd.concat(found)
    assert len(hidden) > 900
    assert (hidden["high"] - hidden["low"]).min() >= 5


def test_the_attacker_does_find_counts_when_only_small_cells_are_hidden() -> None:
    table = change_table(clients(1, [31, 6, 22, 14]))
    out = attacker.hide_only(table, threshold=10, base=1)
    found = attacker.ranges(out, threshold=10, base=1, rest=False)
    truth = table.set_index("slice_value")
    told = found[found["low"] == found["high"]]
    assert "n_clients" in set(told["count"])
    assert [truth.loc[row["slice_value"], row["count"]] for row in told.to_dict("records")] == told["low"].to_list()


def test_no_hidden_count_is_told_across_teams_cohorts_and_types(gate) -> None:
    people = clients(11, [45, 30, 8, 22, 60, 14], cohorts=3)
    table = change_table(people, slices=("all", "team_type", "team", "cohort", "team+cohort"))
    found = attacker.ranges(gate(table).frame, threshold=10, base=5, enough=5)
    assert len(found) > 50
    assert (found["high"] - found["low"]).min() >= 5


def test_the_same_small_team_in_eight_releases_is_not_narrowed_down(gate) -> None:
    rng = np.random.default_rng(4)
    people = clients(4, [40, 7, 60, 25])
    shown: list[Released] = []
    low, high = 0.0, np.inf
    for release in range(8):
        out = gate(change_table(people), ledger=remembered(*shown))
        shown.append(out)
        found = attacker.ranges(out.frame, threshold=10, base=5).set_index(["slice_value", "count"])
        team = found.loc["overig"]
        low, high = np.maximum(low, team["low"]), np.minimum(high, team["high"])
        newcomers = clients(100 + release, rng.choice([0, 3, 12, 18], 3).tolist())
        teams = newcomers["team"].map({"Team 00": "Team 00", "Team 01": "Team 02", "Team 02": "Team 03"})
        newcomers = newcomers.assign(team=teams, client=newcomers["client"] + 1000 * (release + 1))
        people = pd.concat([people, newcomers], ignore_index=True)
    assert (high - low).min() >= 5


def test_the_mean_of_a_hidden_team_is_not_told(gate) -> None:
    widths = []
    for seed in range(8):
        sizes = [*np.random.default_rng(seed).integers(20, 60, 4).tolist(), 6]
        out = gate(change_table(clients(seed, sizes))).frame
        widths.append(attacker.width_of_hidden_mean(out, "overig", threshold=10, base=5))
    assert min(widths) > 1.0
