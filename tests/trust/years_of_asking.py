"""Ten years of releases with three hundred answers: who is there, what was asked, and what the gate let out.

All that is shown comes from the real gate, by the real rule of the ledger, of the slices that questions open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from differencing import ASKED_SLICES, SLICES_TO_ASK, asked_about
from municipality import GROUPS
from plain_ledger import DAY
from unknown_one import HOURS, MARK, PAIRS, Unknown

from data_contracts.contract import empty_frame
from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.ledger import DISTANCES, LEDGER, STATE, Before, new_entries
from data_contracts.gate.rounding import Integers
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status
from data_contracts.vocabulary.field import TEAM_AND_COHORT

YEARS, ANSWERS = 10, 300
ALWAYS = ("all", "team_type")
FRESH = (Status.RELEASED, Status.BANDED)  # as it is now
People = pd.DataFrame


@dataclass(frozen=True, slots=True)
class Seen:
    """A release of one outcome in a year: its groups, how many in each have each value, and what left."""

    year: int
    keys: pd.DataFrame
    counts: Integers
    out: Released


def years(seed: int, times: int = 1) -> list[People]:
    """People as each year has them: some come, a few go, and of a few the values are put right.

    The first year has `times` as many people as the smallest municipality (208).
    """
    rng = np.random.default_rng([seed, 2])
    people = _valued(pd.concat([asked_about(times * seed + at) for at in range(times)]), rng, 0)
    found = [people]
    for year in range(1, YEARS):
        few, gone = (rng.permutation(people.index)[: rng.integers(0, most)] for most in (6, 12))
        corrected = people.assign(pair=people["pair"].where(~people.index.isin(few), rng.integers(len(PAIRS))))
        some = asked_about(1_000 * year + seed)
        newcomers = _valued(some.iloc[rng.permutation(len(some))[: rng.integers(0, 60)]], rng, 10_000 * year)
        people = pd.concat([corrected.drop(index=gone), newcomers], ignore_index=True)
        found.append(people)
    return found


def _valued(people: People, rng: np.random.Generator, first: int) -> People:
    """With the place of each one's value, and numbers of their own from `first` on."""
    hours = rng.choice(len(HOURS), len(people), p=[0.6, 0.15, 0.15, 0.1])
    pair = (people["before"] - 1) * 5 + people["after"] - 1
    return people.assign(client=first + np.arange(len(people)), pair=pair, hours=hours).reset_index(drop=True)


def each_in_turn(people: Sequence[People], unknown: Unknown) -> People:
    """Those of the first year who stay as they are: each of them can be the one."""
    some = people[0]
    for later in people[1:]:
        some = some.merge(later[["client", unknown.column]], validate="one_to_one")
    return some


def questions(seed: int) -> list[list[str]]:
    """Per year the slices that questions about this outcome ask for, each once.

    Half of the questions are about another outcome, and tell nothing of this one.
    """
    rng = np.random.default_rng([seed, 3])
    n_each = ANSWERS // YEARS
    asked = [[str(one) for one in rng.choice(ASKED_SLICES, n_each)] for _ in range(YEARS)]
    return [list(dict.fromkeys(one for one in year if rng.random() < 0.5)) for year in asked]


def releases(unknown: Unknown, people: Sequence[People], asked: Sequence[Sequence[str]]) -> list[Seen]:
    """Each year a release, and one for each answer that opens something; other answers show what stands there.

    As `wijkbaat ask` does, a question for which a figure that stands would have to go is not answered.
    """
    found, entries, opened = list[Seen](), [empty_frame(LEDGER)], list[str]()
    apart = Apart(unknown, people)
    for year in range(len(people)):
        for question in ["", *asked[year]]:
            if question in opened:
                continue
            slices = [*ALWAYS, *opened, *([question] if question else [])]
            keys, counts = groups(unknown, people[year], slices)
            table = unknown.figures(keys, counts)
            before = apart.before(pd.concat(entries, ignore_index=True), [one.year for one in found], year, table)
            out = release_tables({unknown.name: table}, Thresholds(), SLICES_TO_ASK, before)[unknown.name]
            if question and not shown_keys(found[-1].out) <= shown_keys(out):
                continue
            opened += [question] if question else []
            entries.append(new_entries(out.cells, str(len(found)), DAY))
            found.append(Seen(year, keys, counts, out))
    return found


def shown_keys(out: Released) -> set[tuple[str, str]]:
    """The groups of which figures stand there."""
    shown = out.frame[out.frame["status"].isin(SHOWS_FIGURES)]
    return set(shown[GROUPS].itertuples(index=False, name=None))


def groups(unknown: Unknown, people: People, slices: Sequence[str]) -> tuple[pd.DataFrame, Integers]:
    """The groups of these slices, and how many in each have each value."""
    each = pd.concat([people.assign(slice=name, slice_value=label_of(people, name)) for name in slices])
    found = pd.crosstab([each[name] for name in GROUPS], each[unknown.column])
    counts = found.reindex(columns=range(len(unknown.values)), fill_value=0)
    return counts.index.to_frame(index=False).assign(**{MARK: unknown.mark}), counts.to_numpy(np.int64)


def label_of(people: People, slice_: str) -> pd.Series:
    """The group of each person in a slice."""
    if slice_ == "all":
        return pd.Series("all", people.index)
    return people[slice_.split("+")].agg(TEAM_AND_COHORT.join, axis=1)


class Apart:
    """How many people of a group lie between two years, which is the D of the ledger."""

    def __init__(self, unknown: Unknown, people: Sequence[People]) -> None:
        everybody = pd.concat(people).drop_duplicates("client").set_index("client")
        values = [one.set_index("client")[unknown.column].reindex(everybody.index) for one in people]
        self._values = np.column_stack(values)
        self._spec = SPECS[unknown.name]
        self._labels = {name: label_of(everybody, name).to_numpy() for name in (*ALWAYS, *ASKED_SLICES)}

    def people(self, slice_: str, group: str, then: int, now: int) -> int:
        """Those of the group who add something else, or nothing, in one of the two years."""
        own = self._values[self._labels[slice_] == group]
        both_away = np.isnan(own[:, then]) & np.isnan(own[:, now])
        return int(((own[:, then] != own[:, now]) & ~both_away).sum())

    def before(self, entries: pd.DataFrame, year_of: Sequence[int], now: int, table: pd.DataFrame) -> Before:
        """What the gate is told when `table` of the year `now` is about to leave; `year_of` each release."""
        distances = entries[STATE].copy()
        keys = [json.loads(key) for key in distances["key"]]
        d = [
            self.people(key["slice"], key["slice_value"], year_of[int(release)], now)
            for key, release in zip(keys, distances["release_id"], strict=True)
        ]
        kinds = empty_frame(DISTANCES).dtypes.to_dict()
        rows = table.to_dict("records")
        counted = {self._spec.cell({one: row[one] for one in self._spec.key}): row[self._spec.whole] for row in rows}
        return Before(entries, distances.assign(n_differ=d, n_beside=d).astype(kinds), counted=counted)


@dataclass(frozen=True, slots=True)
class Shown:
    """Of the cells of answers that the threshold and D leave free, those that are shown as they are now.

    `told` counts figures of any slice that moved while fewer people than the threshold, but some, lie between.
    """

    free: int
    anew: int
    told: int


def shown(unknown: Unknown, people: Sequence[People], seen: Sequence[Seen]) -> Shown:
    """How much all these releases show, and whether they keep the rule of the ledger."""
    apart, at_least = Apart(unknown, people), {one.name: one.threshold or 0 for one in SLICES_TO_ASK}
    rows = [one.out.frame.set_index(GROUPS) for one in seen]
    n_free = n_anew = n_told = 0
    for now, frame in enumerate(rows):
        size = dict(zip(groups_of(seen[now]), seen[now].counts.sum(axis=1), strict=True))
        for group, row in zip(frame.index, frame.to_dict("records"), strict=True):
            limit = max(Thresholds().clients, at_least[group[0]])
            earlier = [at for at in range(now) if group in rows[at].index and rows[at].loc[group, "status"] in FRESH]
            d = [apart.people(*group, seen[at].year, seen[now].year) for at in earlier]
            is_anew = row["status"] in FRESH
            few = [rows[at].loc[group] for at, one in zip(earlier, d, strict=True) if 0 < one < limit]
            n_told += sum(is_anew and figures_of(one.to_dict()) != figures_of(row) for one in few)
            if group[0] in ASKED_SLICES and size[group] >= limit and not few:
                n_free, n_anew = n_free + 1, n_anew + is_anew
    return Shown(n_free, n_anew, n_told)


def groups_of(seen: Seen) -> list[tuple[str, str]]:
    """The groups of a release in order."""
    return list(seen.keys[GROUPS].itertuples(index=False, name=None))


def figures_of(row: Mapping[str, object]) -> list[str]:
    """What a row shows."""
    return [str(value) for name, value in row.items() if name not in ("status", "held_from")]
