"""Prints the figures of docs/gate.md: attacks on the gate and, beside them, on publishing in simpler ways.

Run from the root of the repository: python tests/trust/attack_figures.py
"""

from __future__ import annotations

import time

import attacker
import numpy as np
import pandas as pd
from municipality import SLICES, change_table, clients
from plain_ledger import released, remembered

from data_contracts.gate.summary import Released
from data_contracts.vocabulary.field import DOMAINS, Edition

TABLES, RELEASES, SEEDS = 60, 8, 12
FIGURES = ["mean_before", "mean_after", "mean_change"]


def gate(table: pd.DataFrame, *shown: Released) -> Released:
    return released(table, ledger=remembered(*shown))


def tables() -> pd.DataFrame:
    """Sixty tables of six teams of 1 to 59 clients, told apart by their moment."""
    sizes = [np.random.default_rng(seed).integers(1, 60, 6).tolist() for seed in range(TABLES)]
    each = [change_table(clients(seed, sizes[seed])).assign(moment_to=f"m{seed}") for seed in range(TABLES)]
    return pd.concat(each, ignore_index=True)


def line(name: str, *figures: object) -> None:
    print(f"{name:<52}", *(f"{figure!s:>12}" for figure in figures))  # noqa: T201


def attack_on_totals() -> None:
    exact = tables()
    ways = {
        "hide below 10, exact totals": (attacker.hide_only(exact, 10, 1), 1, False),
        "hide below 10, round to 5": (attacker.hide_only(exact, 10, 5), 5, False),
        "the gate": (gate(exact).frame, 5, True),
    }
    line("60 tables: teams x up/equal/down/sufficient", "hidden", "exact", "width < 5", "shown")
    for name, (out, base, rest) in ways.items():
        blocks = [block for _, block in out.groupby("moment_to")]
        found = pd.concat([attacker.ranges(one, 10, base, rest=rest, enough=base) for one in blocks])
        width = found["high"] - found["low"]
        shown = out[list(attacker.COUNTS)].notna().to_numpy().mean()
        line(name, len(found), int((width == 0).sum()), int((width < 5).sum()), f"{shown:.0%}")


def attack_on_means() -> None:
    line("mean of one hidden team of 6 (20 tables)", "narrowest", "median")
    ways = {"hide below 10, exact n, 2 decimals": [], "the gate": []}
    for seed in range(20):
        table = change_table(clients(seed, [*np.random.default_rng(seed).integers(20, 60, 4).tolist(), 6]))
        plain = attacker.hide_only(table, 10, 1)
        plain[FIGURES] = table[FIGURES].round(2)
        ways["hide below 10, exact n, 2 decimals"].append(attacker.width_of_hidden_mean(plain, "Team 04", 10, 1))
        ways["the gate"].append(attacker.width_of_hidden_mean(gate(table).frame, "overig", 10, 5))
    for name, widths in ways.items():
        line(name, f"{min(widths):.2f}", f"{np.median(widths):.2f}")


def attack_by_difference() -> None:
    line("a team loses 1 to 9 clients between two releases", "tries", "that differ", "rows")
    differ = {"hide below 10, round to 5": [0, 0], "the gate with its ledger": [0, 0]}
    for seed in range(SEEDS):
        people = clients(seed, [40, 30, 60, 25])
        left = people[people["team"] == "Team 02"]["client"].head(1 + seed % 9)
        before, after = change_table(people), change_table(people[~people["client"].isin(left)])
        first = gate(before)
        pairs = {
            "hide below 10, round to 5": [attacker.hide_only(one, 10, 5) for one in (before, after)],
            "the gate with its ledger": [first.frame, gate(after, first).frame],
        }
        for name, (old, new) in pairs.items():
            counts = list(attacker.COUNTS)
            change = (old[counts].fillna(-1).to_numpy(float) - new[counts].fillna(-1).to_numpy(float)) != 0
            differ[name][0] += int(change.any(axis=1).sum())
            differ[name][1] += int(change.any())
    for name, (rows, tries) in differ.items():
        line(name, SEEDS, tries, rows)


def attack_over_time() -> None:
    line(f"one small team, the same in {RELEASES} releases", "counts", "width < 5", "narrowest")
    for name, remembers in (("the gate without a ledger", False), ("the gate with its ledger", True)):
        widths = np.concatenate([widths_over_time(seed, remembers=remembers) for seed in range(SEEDS)])
        line(name, len(widths), int((widths < 5).sum()), int(widths.min()))


def widths_over_time(seed: int, *, remembers: bool) -> np.ndarray:
    """Widths of what all releases together leave of the team of seven, when the other teams grow."""
    rng = np.random.default_rng(seed)
    people, shown = clients(seed, [40, 7, 60, 25]), list[Released]()
    low, high = np.zeros(6), np.full(6, np.inf)
    for release in range(RELEASES):
        out = gate(change_table(people), *(shown if remembers else ()))
        shown.append(out)
        found = attacker.ranges(out.frame, 10, 5).set_index(["slice_value", "count"])
        team = found.loc["overig"].loc[list(attacker.COUNTS)]
        low, high = np.maximum(low, team["low"]), np.minimum(high, team["high"])
        newcomers = clients(1000 * seed + release, rng.choice([0, 3, 12, 18], 3).tolist())
        teams = {"Team 00": "Team 00", "Team 01": "Team 02", "Team 02": "Team 03"}
        newcomers = newcomers.assign(
            team=newcomers["team"].map(teams), client=newcomers["client"] + 1000 * (release + 1)
        )
        people = pd.concat([people, newcomers], ignore_index=True)
    return np.asarray(high - low)


def what_is_left() -> None:
    """Shown counts per slice and seconds of one municipality: 13 life domains, 12 teams of 3 to 119, 4 cohorts."""
    sizes = np.random.default_rng(1).integers(3, 120, 12).tolist()
    slices = tuple(one.name for one in SLICES)
    domains = DOMAINS[Edition.ZRM_2017]
    tables = [change_table(clients(at, sizes, 4), domain.value, slices) for at, domain in enumerate(domains)]
    table = pd.concat(tables, ignore_index=True)
    start = time.process_time()
    out = gate(table)
    line(f"{len(table)} rows, {time.process_time() - start:.1f} s of processor", "n", "parts", "mean")
    for name, rows in out.frame.groupby("slice"):
        share = {count: rows[count].notna().to_numpy().mean() for count in (*attacker.COUNTS, "mean_change")}
        parts = np.mean([share[part] for part in attacker.PARTS])
        line(f"  shown in slice {name}", *(f"{one:.0%}" for one in (share["n_clients"], parts, share["mean_change"])))
    line(f"  {out.summary}")


if __name__ == "__main__":
    for attack in (attack_on_totals, attack_on_means, attack_by_difference, attack_over_time, what_is_left):
        attack()
        line("")
