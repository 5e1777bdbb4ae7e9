"""The differencing attack with exact contributions: two shown figures of one cell, and how many people lie between.

Run from the root of the repository for the figures of docs/gate.md: python tests/trust/differencing.py
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pandas as pd
from municipality import change_table, clients
from plain_ledger import Remembered, Who, distance, people_of, released, remembered, who_of

from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice

NAME = "out_change__by_domain"
SIZES = [60, 34, 25, 48, 41]
SLICES = ("all", "team_type", "team")
FIGURES = [*SPECS[NAME].counts, "mean_before", "mean_after", "mean_change"]
People = pd.DataFrame
ASKED_DOMAINS = ("housing", "addiction")
ASKED_SLICES = ("target_group", "target_group_broad", "age_band", "referred_by", "target_group+age_band")
GROUND = "verzonnen gegevens"
SLICES_TO_ASK = [
    Slice(name="all"),
    Slice(name="team_type", merges_into="all"),
    Slice(
        name="target_group_broad",
        merges_into="all",
        ground=GROUND,
        groups={"kwetsbaar": ["psychisch", "beperking"], "overig": ["overig", "dakloos"]},
    ),
    Slice(name="target_group", merges_into="target_group_broad", ground=GROUND),
    Slice(name="age_band", merges_into="all", ground=GROUND),
    Slice(name="referred_by", merges_into="all", ground=GROUND, threshold=15),
    Slice(name="target_group+age_band", merges_into="target_group", ground=GROUND),
]
# Kinds that a ledger without n_gone lets through. Where people also move, it takes other people for the same, and then
# the gate finds a table that contradicts what was told, and stops.
FORGETFUL = ("erasures", "erasures and corrections", "erasures and newcomers", "erasures twice")


def _some(people: People, rng: np.random.Generator) -> np.ndarray:
    """In each team 0 to 20 of its people."""
    chosen = [rng.permutation(own.index)[: rng.integers(0, 21)] for _, own in people.groupby("team")]
    return np.concatenate(chosen)


def newcomers(people: People, rng: np.random.Generator) -> People:
    return pd.concat([people, people.loc[_some(people, rng)].assign(client=lambda own: own["client"] + 1_000)])


def leavers(people: People, rng: np.random.Generator) -> People:
    return people.drop(index=_some(people, rng))


def corrections(people: People, rng: np.random.Generator) -> People:
    chosen = people.index.isin(_some(people, rng))
    return people.assign(after=people["after"].mask(chosen, people["after"] % 5 + 1))


def definitions(people: People, rng: np.random.Generator) -> People:
    """Another moment after: other scores for some, and some who have none."""
    return corrections(leavers(people, rng), rng)


def moved_teams(people: People, rng: np.random.Generator) -> People:
    chosen = people.index.isin(_some(people, rng))
    return people.assign(team=people["team"].mask(chosen, people["team"].iloc[0]))


def another_study(people: People, rng: np.random.Generator) -> People:
    """The same municipality, without some people whom the other study does not look at."""
    return people.drop(index=rng.permutation(people.index)[: rng.integers(1, 30)])


def the_same(people: People, _: np.random.Generator) -> People:
    return people


@dataclass(frozen=True)
class Kind:
    """A second state, and how it leaves; `erased` people are forgotten, `chain` withdraws and goes back.

    `then` changes the second state once more: who was erased counts in that D too.
    """

    change: Callable[[People, np.random.Generator], People]
    thresholds: Thresholds = field(default_factory=Thresholds)
    is_erasure: bool = False
    is_chain: bool = False
    then: Callable[[People, np.random.Generator], People] | None = None


KINDS = {
    "periods": Kind(newcomers),
    "leavers": Kind(leavers),
    "corrections": Kind(corrections),
    "definitions": Kind(definitions),
    "slices": Kind(moved_teams),
    "rounding": Kind(corrections, Thresholds(round_to=10)),
    "threshold": Kind(corrections, Thresholds(clients=12)),
    "studies of one home": Kind(another_study),
    "errata chains": Kind(corrections, is_chain=True),
    "erasures": Kind(leavers, is_erasure=True),
    "erasures and corrections": Kind(leavers, is_erasure=True, then=corrections),
    "erasures and newcomers": Kind(leavers, is_erasure=True, then=newcomers),
    "erasures twice": Kind(leavers, is_erasure=True, then=leavers),
    "erasures and definitions": Kind(leavers, is_erasure=True, then=definitions),
    "erasures and slices": Kind(leavers, is_erasure=True, then=moved_teams),
    "erasures, other rounding": Kind(leavers, Thresholds(round_to=10), is_erasure=True, then=corrections),
    "nothing": Kind(the_same),
}


@dataclass
class Tally:
    """Pairs of shown figures of one cell: with D from 1 to below the threshold that moved; and cells that were free."""

    told: int = 0
    free: int = 0
    anew: int = 0


def attacked(kind: Kind, seed: int, *, with_ledger: bool, with_gone: bool = True) -> Tally:
    """One chain of releases, every pair of states compared; without `with_gone` the ledger forgets how many went."""
    rng = np.random.default_rng(seed)
    people = clients(seed, SIZES).reset_index(drop=True)
    states = [people, kind.change(people, rng).reset_index(drop=True)]
    if kind.is_chain:
        states.append(corrections(states[1], rng).reset_index(drop=True))
        states.append(corrections(people, rng).reset_index(drop=True))
    if kind.then:
        states.append(kind.then(states[1], rng).reset_index(drop=True))
    shown: list[Released] = []
    truths: list[dict[str, Who]] = []
    tally = Tally()
    for at, state in enumerate(states):
        table = change_table(state, slices=SLICES)
        ledger = remembered(*shown, withdrawn=_withdrawn(kind, at)) if with_ledger else remembered()
        for then, now in pairwise(states[: at + 1]) if kind.is_erasure else ():
            ledger = erased(ledger, then, now)
        if not with_gone:
            ledger = replace(ledger, entries=ledger.entries.assign(n_gone=ledger.entries["n_gone"] * 0))
        out = released(table, ledger=ledger, thresholds=kind.thresholds if at else Thresholds())
        truths.append({key: who_of(one) for key, one in people_of(table, NAME).items()})
        _compare(shown, out, truths, tally, kind.thresholds.clients)
        shown.append(out)
    return tally


def _withdrawn(kind: Kind, at: int) -> tuple[str, ...]:
    return tuple(f"release-{number}" for number in range(1, at)) if kind.is_chain else ()


def erased(ledger: Remembered, then: People, now: People) -> Remembered:
    """The ledger after everybody who is gone was erased from it: names and contributions go, numbers stay."""
    gone = {str(one) for one in set(then["client"]) - set(now["client"])}
    people = {
        state: {one: code for one, code in who.items() if one not in gone} for state, who in ledger.people.items()
    }
    n_gone = [
        len(gone & ledger.people.get((row["release_id"], row["table_name"], row["key"]), {}).keys())
        for row in ledger.entries.to_dict("records")
    ]
    added = pd.Series(n_gone, ledger.entries.index, dtype="Int32")
    entries = ledger.entries.assign(n_gone=ledger.entries["n_gone"] + added)
    return replace(ledger, people=people, entries=entries)


def _compare(shown: list[Released], out: Released, truths: list[dict[str, Who]], tally: Tally, limit: int) -> None:
    now, before = rows_of(out), [rows_of(one) for one in shown]
    for key, row in now.items():
        there = [at for at, rows in enumerate(before) if key in rows]
        d = [distance(truths[at].get(key, {}), truths[-1].get(key, {})) for at in there]
        earlier = [before[at][key] for at in there]
        if not earlier or any(one["status"] not in ("released", "banded", "held") for one in earlier):
            continue
        is_anew = row["status"] not in ("held", "withdrawn")
        if all(one == 0 or one >= limit for one in d):
            tally.free += 1
            tally.anew += is_anew
        moved = [is_anew and any(one[name] != row[name] for name in FIGURES) for one in earlier]
        # A state that shows an earlier row is no state of its own.
        own = [one["status"] != "held" for one in earlier]
        tally.told += sum(
            0 < one < limit and has_moved and is_own for one, has_moved, is_own in zip(d, moved, own, strict=True)
        )


def rows_of(out: Released) -> dict[str, dict[str, object]]:
    """Shown rows by key; what is missing is the same as what is missing."""
    plain = out.frame.astype(object).where(out.frame.notna(), None).to_dict("records")
    keys = out.cells["key"].to_list()
    assert [json.loads(key)["slice_value"] for key in keys] == [row["slice_value"] for row in plain]
    return dict(zip(keys, plain, strict=True))


def asked(seed: int, n_questions: int = 30, *, with_ledger: bool = True) -> tuple[Tally, list[Released], People]:
    """The kind "ask": random questions in a row, while behind them now and then a few people change.

    A question opens a slice of one life domain; what was opened stands in every later release.
    """
    rng = np.random.default_rng(seed)
    people = asked_about(seed)
    opened: dict[str, set[str]] = {domain: set() for domain in ASKED_DOMAINS}
    shown: list[Released] = []
    truths: list[dict[str, Who]] = []
    tally = Tally()
    for at in range(n_questions):
        opened[str(rng.choice(ASKED_DOMAINS))].add(str(rng.choice(ASKED_SLICES)))
        if at % 4 == 3:
            few = rng.permutation(people.index)[: rng.integers(1, 6)]
            people = people.assign(after=people["after"].mask(people.index.isin(few), people["after"] % 5 + 1))
        tables = [change_table(people, domain, ("all", "team_type", *sorted(own))) for domain, own in opened.items()]
        table = pd.concat(tables, ignore_index=True)
        ledger = remembered(*shown) if with_ledger else remembered()
        out = released(table, ledger=ledger, slices=SLICES_TO_ASK)
        truths.append({key: who_of(one) for key, one in people_of(table, NAME).items()})
        _compare(shown, out, truths, tally, Thresholds().clients)
        shown.append(out)
    return tally, shown, people


def asked_about(seed: int) -> People:
    """The people with what a council asks about; some groups are too small to be named or shown."""
    people, rng = clients(seed, SIZES).reset_index(drop=True), np.random.default_rng([seed, 1])
    target = rng.choice(["overig", "psychisch", "beperking", "dakloos"], len(people), p=[0.6, 0.27, 0.1, 0.03])
    return people.assign(
        target_group=target,
        target_group_broad=np.where(np.isin(target, ["psychisch", "beperking"]), "kwetsbaar", "overig"),
        age_band=rng.choice(["18-26", "27-44", "45-66", "67+"], len(people), p=[0.1, 0.4, 0.4, 0.1]),
        referred_by=rng.choice(["zelf", "huisarts", "politie"], len(people), p=[0.6, 0.34, 0.06]),
    )


def total(kind: Kind, seeds: range, *, with_ledger: bool, with_gone: bool = True) -> Tally:
    """All seeds together."""
    found = [attacked(kind, seed, with_ledger=with_ledger, with_gone=with_gone) for seed in seeds]
    return Tally(*(sum(getattr(one, name) for one in found) for name in ("told", "free", "anew")))


if __name__ == "__main__":
    heads = ("told without", "n_gone out", "told with", "free", "anew")
    print(f"{'pairs of states, 12 seeds':<28}" + "".join(f"{head:>14}" for head in heads))  # noqa: T201
    for name, kind in KINDS.items():
        off, on = (total(kind, range(12), with_ledger=rule) for rule in (False, True))
        out = total(kind, range(12), with_ledger=True, with_gone=False).told if name in FORGETFUL else ""
        shares = f"{on.free:>14}{on.anew / max(on.free, 1):>14.0%}"
        print(f"{name:<28}{off.told:>14}{out:>14}{on.told:>14}{shares}")  # noqa: T201
