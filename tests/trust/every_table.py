"""An attacker who reads all tables of a release together, those of teams and those of earlier releases too.

Written apart from the gate, on purpose: nothing of data_contracts.gate is used. The same people who stand in several
tables are one unknown, sums and what lies within what are equations, and linear programmes say how far each hidden
count can be pinned down. As the gate does, this attacker knows of a hidden row whether it was too small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from attacker import MANY, Knowledge, _slack

Name = tuple[str, ...]  # what is counted, then of which group: ..., slice, group
Kinds = dict[str, tuple[str, ...]]
THRESHOLD, BASE, ENOUGH = 10, 5, 5
SHOWN = ("released", "banded")


@dataclass
class Reader(Knowledge):
    """What is known so far; `number` finds the unknown of each name, `targets` says what those are that are hidden."""

    number: dict[Name, int] = field(default_factory=dict)
    groups: dict[tuple[Name, str], set[str]] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)

    def count(self, name: Name) -> int:
        if name not in self.number:
            self.number[name] = self.unknown(0, MANY)
        return self.number[name]

    def between(self, at: int, low: float, high: float) -> None:
        self.low[at], self.high[at] = max(self.low[at], low), min(self.high[at], high)

    def bin_of(self, at: int, value: float) -> None:
        self.between(at, max(THRESHOLD, value - BASE // 2), value + (BASE - 1) // 2)

    def within(self, part: int, whole: int) -> None:
        """Everybody of `part` is in `whole`."""
        self.fact({whole: 1.0, part: -1.0}, 0, MANY)


def kinds_of(table: str, row: Mapping[str, object]) -> Kinds:
    """What each count of a row counts, by the meaning of the table: counts of the same people have the same words."""
    about = tuple(str(row[one]) for one in ("subject", "life_domain") if one in row)
    pair = tuple(str(row[one]) for one in ("moment_from", "moment_to") if one in row)
    if table == "out_change__funnel":
        later = {
            "n_scored_twice": ("pair", *about, "first", "last"),
            "n_monitored": ("pair", *about, "last", "monitoring"),
        }
        return {"n_clients": ("in view",), "n_scored": ("scored", *about), **later}
    if table == "out_change__series":
        months = row["months_since_intake"]
        if not months:
            return {"n_clients": ("scored", *about), "n_sufficient": ("first sufficient", *about)}
        pair = ("first", f"m{months}")
        return {"n_clients": ("pair", *about, *pair), "n_sufficient": ("after", *about, *pair)}
    if table == "out_care__by_life_domain":
        of = (str(row["life_domain"]), str(row["year"]))
        return {"n_clients": ("given", *of), "n_preliminary": ("light", *of), "n_individual": ("granted", *of)}
    if table == "out_care__use":
        return {"n_clients_base": ("in view",), "n_clients": ("user", str(row["what"]))}
    whole: Kinds = {"n_clients": ("pair", *about, *pair)}
    if table == "out_change__room":
        return whole | {name: (name, *about, *pair) for name in ("n_could_rise", "n_cannot_rise", "n_at_floor")}
    whole |= {name: (name, *about, *pair) for name in ("n_up", "n_equal", "n_down")}
    if table == "out_change__by_rater":
        return whole
    return whole | {f"n_sufficient_{one}": (one, *about, *pair) for one in ("before", "after")}


FAMILIES: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]] = {
    "out_change__funnel": (
        ("n_clients", ("n_scored",), False),
        ("n_scored", ("n_scored_twice",), False),
        ("n_scored", ("n_monitored",), False),
    ),
    "out_change__series": (("n_clients", ("n_sufficient",), False),),
    "out_care__use": (("n_clients_base", ("n_clients",), False),),
    "out_care__by_life_domain": (("n_clients", ("n_preliminary", "n_individual"), True),),
    "out_change__room": (
        ("n_clients", ("n_could_rise", "n_cannot_rise"), True),
        ("n_clients", ("n_at_floor",), False),
    ),
    "out_change__by_rater": (("n_clients", ("n_up", "n_equal", "n_down"), True),),
    "out_change__by_domain": (
        ("n_clients", ("n_up", "n_equal", "n_down"), True),
        ("n_clients", ("n_sufficient_before",), False),
        ("n_clients", ("n_sufficient_after",), False),
    ),
}


def group_of(row: Mapping[str, object]) -> tuple[str, str]:
    for name in ("cohort", "rater"):
        if name in row and "slice" not in row:
            return ("all", "all") if row[name] == "all" else (name, str(row[name]))
    return str(row.get("slice", "all")), str(row.get("slice_value", "all"))


def told(
    releases: Sequence[Mapping[str, pd.DataFrame]],
    exact: Mapping[str, pd.DataFrame],
    types: Mapping[str, str],
    only: str | None = None,
) -> pd.DataFrame:
    """Every hidden count under the threshold with the lowest and the highest value that it can have.

    The releases are about the same people. `exact` says which counts are small, and who is in the teams that are one
    group. With `only` no other table is read.
    """
    reader, truth = Reader(), dict[int, int]()
    for out in releases:
        for table, frame in out.items():
            if only in (None, table):
                unnamed = _unnamed(frame, exact[table])
                for row in frame.to_dict("records"):
                    _read(reader, table, row, unnamed, truth, _exact_row(row, exact[table], unnamed))
    _sums(reader, types)
    _inclusions(reader)
    _given_for_something(reader)
    small = [at for at in reader.targets if truth[at] < THRESHOLD]
    found = reader.ranges_of(small, ENOUGH)
    lines = [(reader.targets[at], truth[at], *limits) for at, limits in zip(small, found, strict=True)]
    result = pd.DataFrame(lines, columns=["what", "truth", "low", "high"])
    return result.assign(low=np.ceil(result["low"] - 1e-6), high=np.floor(result["high"] + 1e-6))


def narrow(found: pd.DataFrame) -> pd.DataFrame:
    """Those that are told closer than the gate promises within a table."""
    close = found[found["high"] - found["low"] < ENOUGH]
    assert close["truth"].between(close["low"], close["high"]).all(), "the attacker builds on something that is not so"
    return close


def _unnamed(frame: pd.DataFrame, exact: pd.DataFrame) -> list[str]:
    if "slice" not in frame:
        return []
    teams = [set(one.loc[one["slice"] == "team", "slice_value"]) for one in (exact, frame)]
    return sorted(teams[0] - teams[1])


def _exact_row(row: Mapping[str, object], exact: pd.DataFrame, unnamed: list[str]) -> dict[str, int]:
    counts = [name for name in exact if str(name).startswith("n_")]
    key = [name for name in exact if name in row and name not in counts and exact[name].dtype.kind not in "f"]
    found = pd.Series(True, exact.index)
    for name in key:
        if name in ("method", "refused_because", "law"):
            continue
        values = unnamed if name == "slice_value" and row[name] == "overig" and row["slice"] == "team" else [row[name]]
        found &= exact[name].isin(values)
    return {str(name): int(exact.loc[found, name].sum()) for name in counts}


def _read(
    reader: Reader,
    table: str,
    row: dict,
    unnamed: list[str],
    truth: dict[int, int],
    exact: Mapping[str, int],
) -> None:
    """One row: what is shown, and what is said of what is not."""
    slice_, value = group_of(row)
    kinds = kinds_of(table, row)
    is_others = (slice_, value) == ("team", "overig")
    at = {}
    for count, kind in kinds.items():
        name = (*kind, slice_, "+".join(unnamed) if is_others else value)
        at[count] = reader.count(name)
        truth[at[count]] = exact[count]
        if is_others and len(unnamed) > 1:
            singles = {reader.count((*kind, slice_, one)): 1.0 for one in unnamed}
            reader.fact({at[count]: -1.0, **singles}, 0, 0)
        reader.groups.setdefault((kind, slice_), set()).update(unnamed if is_others else [value])
    whole = next(iter(kinds))
    shown = row["status"] in SHOWN
    if shown:
        reader.bin_of(at[whole], row[whole])
    else:
        reader.targets[at[whole]] = f"{table} {slice_} {value} {whole}"
        is_small = exact[whole] < THRESHOLD
        if row["status"] != "refused":
            reader.between(at[whole], 0 if is_small else THRESHOLD, THRESHOLD - 1 if is_small else MANY)
    for family_whole, parts, is_partition in FAMILIES[table]:
        if is_partition:
            reader.fact({**{at[part]: 1.0 for part in parts}, at[family_whole]: -1.0}, 0, 0)
        for part in parts:
            _read_part(reader, row, at, (family_whole, part), shown, truth)
            reader.targets.setdefault(at[part], f"{table} {slice_} {value} {part}")
    if shown:
        _means(reader, table, row, at)


def _read_part(
    reader: Reader, row: dict, at: dict[str, int], names: tuple[str, str], shown: bool, truth: dict[int, int]
) -> None:
    whole, part = (at[name] for name in names)
    status = row[f"{names[1]}_status"] if shown else "hidden"
    rest = reader.unknown(0, MANY)
    truth[rest] = truth[whole] - truth[part]
    reader.fact({whole: -1.0, part: 1.0, rest: 1.0}, 0, 0)
    if status == "shown":
        reader.bin_of(part, row[names[1]])
        reader.between(rest, THRESHOLD, MANY)
        return
    reader.targets[rest] = f"rest of {names} {row.get('slice_value', row.get('cohort', row.get('rater')))}"
    if status == "below":
        reader.between(part, 0, THRESHOLD - 1)
    elif status == "above":
        reader.between(rest, 0, THRESHOLD - 1)


def _means(reader: Reader, table: str, row: dict, at: dict[str, int]) -> None:
    """A mean times the clients is a sum of scores: 1 to 5 each, 4 or 5 when sufficient; a step is 1 to 4 points."""
    n = at[next(iter(at))]
    for mean, part in (
        ("mean_before", "n_sufficient_before"),
        ("mean_after", "n_sufficient_after"),
        ("mean_score", "n_sufficient"),
    ):
        if part in at and not pd.isna(row.get(mean)):
            slack = _slack(row[mean])
            reader.fact({at[part]: 3.0, n: 1 - row[mean] - slack}, -MANY, 0)
            reader.fact({at[part]: 2.0, n: 3 - row[mean] + slack}, 0, MANY)
    if "n_up" in at and not pd.isna(row.get("mean_change")):
        slack, up, down = _slack(row["mean_change"]), at["n_up"], at["n_down"]
        reader.fact({up: 1.0, down: -4.0, n: -row["mean_change"] - slack}, -MANY, 0)
        reader.fact({up: 4.0, down: -1.0, n: -row["mean_change"] + slack}, 0, MANY)


def _sums(reader: Reader, types: Mapping[str, str]) -> None:
    """The groups of a slice divide everybody, and teams their type."""
    for (kind, slice_), values in reader.groups.items():
        if slice_ == "all":
            continue
        single = {(*kind, slice_, value) for value in values}
        if (*kind, "all", "all") in reader.number:
            terms = {reader.count(name): 1.0 for name in single}
            reader.fact({**terms, reader.number[*kind, "all", "all"]: -1.0}, 0, 0)
        if slice_ == "team":
            for one in sorted(reader.groups.get((kind, "team_type"), ())):
                terms = {reader.count(name): 1.0 for name in single if types[name[-1]] == one}
                reader.fact({**terms, reader.number[*kind, "team_type", one]: -1.0}, 0, 0)


def _given_for_something(reader: Reader) -> None:
    """Who was given something in a year was so for one of the life domains."""
    for name in [one for one in reader.number if one[0] in ("given", "granted") and one[1] == "all"]:
        parts = [one for one in reader.number if (one[0], one[2]) == (name[0], name[2]) and one[1] != "all"]
        reader.fact({**{reader.number[one]: 1.0 for one in parts}, reader.number[name]: -1.0}, 0, MANY)


def _inclusions(reader: Reader) -> None:
    """Who lies within what: measured at six months within measured later or scored, a product within its law."""
    for name, at in list(reader.number.items()):
        kind, group = name[:-2], name[-2:]

        def within(*whole: str, at: int = at, group: Name = group) -> None:
            if (*whole, *group) in reader.number:
                reader.within(at, reader.number[*whole, *group])

        if kind[0] == "pair":
            within("scored", *kind[1:3])
        if kind[0] in ("given", "granted") and kind[1] != "all":
            within(kind[0], "all", kind[2])
        if kind[0] == "user":
            within("in view")
            if kind[1] != "wmo":
                within("user", "wmo")
        if kind[0] == "before" and kind[3] == "first":
            within("first sufficient", *kind[1:3])
        if kind[0] == "n_up":
            within("n_could_rise", *kind[1:])
        if kind[0] == "n_cannot_rise":
            within("before", *kind[1:])
