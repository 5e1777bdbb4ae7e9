"""An attacker who reads all tables of a release together, those of teams and those of earlier releases too.

Written apart from the gate, on purpose: nothing of data_contracts.gate is used. The same people who stand in several
tables are one unknown, sums and what lies within what are equations, and linear programmes say how far each hidden
count can be pinned down. As the gate does, this attacker knows of a hidden row whether it was too small, and of a slice
whether anybody is in none of its groups. What does not hold for this municipality nobody can build on: such a rule is
left out, and counted in `not_so`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from attacker import MANY, Knowledge, _slack
from meaning_of_tables import FAMILIES, at_most, group_of, kinds_of, within

from data_contracts.protection import Thresholds
from data_contracts.vocabulary.scales import scale_of

Name = tuple[str, ...]  # what is counted, then of which group: ..., slice, group
BASE, ENOUGH = 5, 5
SHOWN = ("released", "banded")
SHARED = " and "  # between the names of teams that are one group


@dataclass
class Reader(Knowledge):
    """What is known so far; `number` finds the unknown of each name, `targets` says what those are that are hidden.

    `truth` is what each unknown really is, and `limit` under which number it is small: not for the programmes.
    """

    number: dict[Name, int] = field(default_factory=dict)
    groups: dict[tuple[Name, str], set[str]] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)
    truth: list[int] = field(default_factory=list)
    limit: dict[int, int] = field(default_factory=dict)
    not_so: Counter[str] = field(default_factory=Counter)

    def new(self, truth: int) -> int:
        self.truth.append(truth)
        return self.unknown(0, MANY)

    def count(self, name: Name, truth: int) -> int:
        """The unknown of a name; where the name is known of another number, of which nobody can know, a new one."""
        if name in self.number and self.truth[self.number[name]] != truth:
            self.not_so[f"same people: {name[0]}"] += 1
            return self.new(truth)
        if name not in self.number:
            self.number[name] = self.new(truth)
        return self.number[name]

    def between(self, at: int, low: float, high: float) -> None:
        assert low <= self.truth[at] <= high, "the attacker builds on something that is not so"
        self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)

    def holds(self, what: str, terms: Mapping[int, float], low: float, high: float) -> None:
        """A fact about the unknowns, where it is so."""
        if low - 1e-6 <= sum(self.truth[at] * weight for at, weight in terms.items()) <= high + 1e-6:
            self.fact(dict(terms), low, high)
        else:
            self.not_so[what] += 1


def told(
    releases: Sequence[Mapping[str, pd.DataFrame]],
    exact: Mapping[str, pd.DataFrame],
    types: Mapping[str, str],
    only: str | None = None,
    thresholds: Thresholds | None = None,
) -> pd.DataFrame:
    """Every hidden count that is small with the lowest and the highest value that it can have.

    The releases are about the same people. `exact` says which counts are small, and who is in the teams that are one
    group. With `only` no other table is read.
    """
    reader = read(releases, exact, types, only, thresholds or Thresholds())
    small = [at for at in reader.targets if reader.truth[at] < reader.limit[at]]
    found = reader.ranges_of(small, ENOUGH)
    lines = [(reader.targets[at], reader.truth[at], *limits) for at, limits in zip(small, found, strict=True)]
    result = pd.DataFrame(lines, columns=["what", "truth", "low", "high"])
    return result.assign(low=np.ceil(result["low"] - 1e-6), high=np.floor(result["high"] + 1e-6))


def read(
    releases: Sequence[Mapping[str, pd.DataFrame]],
    exact: Mapping[str, pd.DataFrame],
    types: Mapping[str, str],
    only: str | None,
    thresholds: Thresholds,
) -> Reader:
    """Everything that these releases say."""
    reader = Reader()
    for out in releases:
        for table in [one for one in out if one in FAMILIES and only in (None, one)]:
            _Table(reader, table, exact[table], out[table], thresholds).read()
    _sums(reader, types)
    _given_for_something(reader)
    for name in list(reader.number):
        kind, group = name[:-2], name[-2:]
        for less, more in [*(([kind], [whole]) for whole in within(kind)), *at_most(kind)]:
            _among(reader, [(*one, *group) for one in less], [(*one, *group) for one in more])
    return reader


def _given_for_something(reader: Reader) -> None:
    """Who was given something in a year was so for one of the life domains."""
    for name in [one for one in reader.number if one[0] in ("given", "granted") and one[1] == "all"]:
        parts = [one for one in reader.number if (one[0], one[2]) == (name[0], name[2]) and one[1] != "all"]
        terms = {**{reader.number[one]: 1.0 for one in parts}, reader.number[name]: -1.0}
        reader.holds("given for something", terms, 0, MANY)


def _among(reader: Reader, less: Sequence[Name], more: Sequence[Name]) -> None:
    """The first together are never more than the others together."""
    if reader.number.keys() >= {*less, *more} and not {*less} & {*more}:
        weights = Counter[int]({reader.number[one]: 1 for one in more})
        weights.subtract({reader.number[one]: 1 for one in less})
        reader.holds(f"{less[0][0]} within {more[0][0]}", {at: float(one) for at, one in weights.items()}, 0, MANY)


def narrow(found: pd.DataFrame) -> pd.DataFrame:
    """Those that are told closer than the gate promises within a table."""
    close = found[found["high"] - found["low"] < ENOUGH]
    assert close["truth"].between(close["low"], close["high"]).all(), "the attacker builds on something that is not so"
    return close


class _Table:
    """One table of a release, read row by row."""

    def __init__(
        self, reader: Reader, name: str, exact: pd.DataFrame, frame: pd.DataFrame, thresholds: Thresholds
    ) -> None:
        self._reader, self._name, self._frame, self._thresholds = reader, name, frame, thresholds
        self._counts = [str(one) for one in exact if str(one).startswith("n_")]
        self._key = [str(one) for one in exact if one in frame and exact[one].dtype.kind not in "f"]
        self._key = [one for one in self._key if one not in (*self._counts, "method_of_test", "refused_because", "law")]
        if name in ("out_change__by_domain",):
            self._key.remove("method")
        if name == "out_change__reliable":
            self._key.append("reliability")
        self._unnamed = self._teams_without_a_name(exact)
        named = exact
        if self._unnamed:
            is_one = (exact["slice"] == "team") & exact["slice_value"].isin(self._unnamed)
            named = exact.assign(slice_value=exact["slice_value"].mask(is_one, "overig"))
        self._exact = named.groupby(self._key, dropna=False)[self._counts].sum()
        self._single = exact.set_index(self._key)[self._counts] if self._unnamed else None

    def _teams_without_a_name(self, exact: pd.DataFrame) -> list[str]:
        if "slice" not in self._frame:
            return []
        teams = [set(one.loc[one["slice"] == "team", "slice_value"]) for one in (exact, self._frame)]
        return sorted(map(str, teams[0] - teams[1]))

    def read(self) -> None:
        """What is shown, and what is said of what is not."""
        for row in self._frame.to_dict("records"):
            self._read_row(row)

    def _read_row(self, row: dict[str, object]) -> None:
        reader, (slice_, value) = self._reader, group_of(row)
        kinds, exact = kinds_of(self._name, row), self._exact.loc[self._place_of(row)]
        is_others = (slice_, value) == ("team", "overig")
        at = {}
        for count, kind in kinds.items():
            name = (*kind, slice_, SHARED.join(self._unnamed) if is_others else value)
            at[count] = reader.count(name, int(exact[count]))
            if is_others and len(self._unnamed) > 1:
                self._apart(kind, row, count, at[count])
            reader.groups.setdefault((kind, slice_), set()).update(self._unnamed if is_others else [value])
        whole, limit = next(iter(kinds)), self._thresholds.of(str(row.get("life_domain")))
        shown = row["status"] in SHOWN
        if shown:
            self._bin(at[whole], row[whole], limit)
        else:
            self._hidden(at[whole], f"{slice_} {value} {whole}", limit)
            if row["status"] != "refused":
                is_small = exact[whole] < limit
                reader.between(at[whole], 0 if is_small else limit, limit - 1 if is_small else MANY)
        for family_whole, parts, is_partition in FAMILIES[self._name]:
            if is_partition:
                terms = {**{at[part]: 1.0 for part in parts}, at[family_whole]: -1.0}
                reader.holds(f"parts of {family_whole}", terms, 0, 0)
            for part in parts:
                self._read_part(row, at, (family_whole, part), shown, limit)
        if shown:
            _means(reader, row, at)

    def _place_of(self, row: dict[str, object]) -> object:
        place = tuple(row[one] for one in self._key)
        return place if len(place) > 1 else place[0]

    def _apart(self, kind: tuple[str, ...], row: dict[str, object], count: str, at: int) -> None:
        """The teams that are one group, which other tables may name."""
        assert self._single is not None
        singles = {}
        for team in self._unnamed:
            key = tuple(team if one == "slice_value" else row[one] for one in self._key)
            truth = int(self._single.loc[key, count]) if key in self._single.index else 0
            singles[self._reader.count((*kind, "team", team), truth)] = 1.0
        self._reader.holds("teams that are one group", {at: -1.0, **singles}, 0, 0)

    def _bin(self, at: int, value: object, limit: int) -> None:
        assert isinstance(value, int | np.integer)
        self._reader.between(at, max(limit, value - BASE // 2), value + (BASE - 1) // 2)

    def _hidden(self, at: int, what: str, limit: int) -> None:
        self._reader.targets.setdefault(at, f"{self._name} {what}")
        self._reader.limit[at] = limit

    def _read_part(
        self, row: dict[str, object], at: dict[str, int], names: tuple[str, str], shown: bool, limit: int
    ) -> None:
        reader = self._reader
        whole, part = (at[name] for name in names)
        status = str(row[f"{names[1]}_status"]) if shown else "hidden"
        rest = reader.new(reader.truth[whole] - reader.truth[part])
        reader.fact({whole: -1.0, part: 1.0, rest: 1.0}, 0, 0)
        about = " ".join([*group_of(row), *map(str, kinds_of(self._name, row)[names[1]])])
        if status == "shown":
            self._bin(part, row[names[1]], limit)
            reader.between(rest, limit, MANY)
            return
        self._hidden(part, about, limit)
        self._hidden(rest, f"{about}: who is not", limit)
        if status == "below":
            reader.between(part, 0, limit - 1)
        elif status == "above":
            reader.between(rest, 0, limit - 1)


def _means(reader: Reader, row: dict[str, object], at: dict[str, int]) -> None:
    """A mean times the clients is a sum of scores, of which the sufficient ones are at least so high."""
    scale = scale_of(str(row.get("subject")), str(row.get("life_domain")))
    if scale is None:
        return
    n, lowest, highest, cut = at[next(iter(at))], scale.lowest, scale.highest, scale.sufficient_from
    for mean, part in (
        ("mean_before", "n_sufficient_before"),
        ("mean_after", "n_sufficient_after"),
        ("mean_score", "n_sufficient"),
    ):
        if part in at and not pd.isna(row.get(mean)):
            value, slack = float(str(row[mean])), _slack(float(str(row[mean])))
            reader.holds("mean", {at[part]: cut - lowest, n: lowest - value - slack}, -np.inf, 0)
            reader.holds("mean", {at[part]: highest - cut + 1, n: cut - 1 - value + slack}, 0, np.inf)
    if "n_up" in at and not pd.isna(row.get("mean_change")):
        value, slack = float(str(row["mean_change"])), _slack(float(str(row["mean_change"])))
        up, down, reach = at["n_up"], at["n_down"], highest - lowest
        reader.holds("mean change", {up: 1.0, down: -reach, n: -value - slack}, -np.inf, 0)
        reader.holds("mean change", {up: reach, down: -1.0, n: -value + slack}, 0, np.inf)


def _sums(reader: Reader, types: Mapping[str, str]) -> None:
    """The groups of a slice divide everybody, and teams their type; some may be in none of them.

    A group that stands in another table and not in this one may be of nobody here, or of a few.
    """
    every: defaultdict[str, set[str]] = defaultdict(set)
    for (_, slice_), values in reader.groups.items():
        every[slice_] |= values
    for (kind, slice_), values in list(reader.groups.items()):
        if slice_ == "all":
            continue
        single = {value: reader.number.get((*kind, slice_, value)) for value in values}
        may_lack = bool(every[slice_] - values)
        _divide(reader, slice_, single, reader.number.get((*kind, "all", "all")), may_lack=may_lack)
        if slice_ == "team":
            for one in sorted(reader.groups.get((kind, "team_type"), ())):
                own = {team: at for team, at in single.items() if types.get(team) == one}
                lacks = any(types.get(team) == one for team in every[slice_] - values)
                _divide(reader, slice_, own, reader.number.get((*kind, "team_type", one)), may_lack=lacks)


def _divide(
    reader: Reader, slice_: str, groups: Mapping[str, int | None], whole: int | None, *, may_lack: bool
) -> None:
    if whole is None or None in groups.values():
        return
    terms = {at: 1.0 for at in groups.values() if at is not None} | {whole: -1.0}
    left = reader.truth[whole] - sum(reader.truth[at] for at in groups.values() if at is not None)
    if left > 0 or (may_lack and left == 0):
        terms[reader.new(left)] = 1.0
    reader.holds(f"groups of {slice_}", terms, 0, 0)
