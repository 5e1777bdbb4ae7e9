"""Which counts of different tables, or of different rows of one, count the same people, and who lies within whom.

A reader knows this from what the tables are about. A count has a name: what is counted, and of which group. Counts
with one name are one number, and a rule may say that people of one name are people of another too. What does not hold
for the exact numbers of this delivery (editions that are not compared, say) is left out: nobody can build on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pandas as pd

from data_contracts.gate.groups import OTHER, TEAM
from data_contracts.tables import provision_kinds, released, released_companions
from data_contracts.vocabulary.field import ALL, ReliableChange

Kind = tuple[str, ...]
Kinds = dict[str, Kind]  # per count of a row what is counted
Name = tuple[Kind, str, str]  # what is counted, a slice, and a group in it
Row = Mapping[str, str]

OTHERS = "\n"  # between the names of teams that are one group; in no name
IN_VIEW: Kind = ("in view",)
MONITORED = ("last", "monitoring")
OF_CHANGE = ("n_up", "n_equal", "n_down")
PAIR = 4  # columns that say which pair of moments


def names_of(table: str, key: pd.DataFrame, groups: pd.DataFrame, others: Sequence[str]) -> list[dict[str, Name]]:
    """Per row the name of each count that has one.

    `key` are the columns that say what a row is about, `groups` its slice and group; `others` are the teams that are
    one group in this table, which need not be those of another: its name is that of all of them.
    """
    kinds = _KINDS.get(table, _whole("n_clients", "counted", table))
    found = []
    rows = [{str(name): str(value) for name, value in row.items()} for row in key.to_dict("records")]
    for row, slice_, value in zip(rows, groups["slice"], groups["slice_value"], strict=True):
        group = OTHERS.join(others) if (slice_, value) == (TEAM, OTHER) else str(value)
        found.append({count: (kind, str(slice_), group) for count, kind in kinds(row).items()})
    return found


def parts_of(names: Collection[Name]) -> Iterator[tuple[Name, list[Name]]]:
    """Two kinds of facts: people of the first name are all among those of the others together."""
    wholes: defaultdict[Name, list[Name]] = defaultdict(list)
    for name in names:
        (what, *about), slice_, group = name
        for kind in _WITHIN.get(what, _nowhere)(tuple(about)):
            whole = (kind, slice_, group)
            if whole != name and whole in names:
                yield name, [whole]
                wholes[whole].append(name)
    # Who uses something under a law uses one of its products, and who is scored is so on some life domain.
    for whole, parts in wholes.items():
        own = [part for part in parts if part[0][0] == whole[0][0]]
        if own:
            yield whole, own


def at_most_of(names: Collection[Name]) -> Iterator[tuple[list[Name], list[Name]]]:
    """People of the first names together are never more than those of the others together."""
    for (what, *about), slice_, group in names:
        for less, more in _AT_MOST.get(what, ()):
            both = [[(_kind_of(one, about), slice_, group) for one in side] for side in (less, more)]
            if all(name in names for side in both for name in side):
                yield both[0], both[1]


def _kind_of(what: str, about: Sequence[str]) -> Kind:
    """What is counted of the same pair of moments; of a reliable change also by which method."""
    return (what, *about) if what in _RELIABLY else (what, *about[:PAIR])


def types_of(names: Collection[Name], team_types: Mapping[str, str]) -> Iterator[tuple[Name, list[Name]]]:
    """A type of teams, and all teams of that type, where each stands by itself."""
    teams: defaultdict[Name, list[Name]] = defaultdict(list)
    for name in names:
        kind, slice_, team = name
        if slice_ == TEAM and team in team_types:
            teams[kind, "team_type", team_types[team]].append(name)
    yield from ((whole, parts) for whole, parts in teams.items() if whole in names)


def _nowhere(_: Kind) -> list[Kind]:
    return []


def _pair(row: Row) -> Kind:
    return row["subject"], row["life_domain"], row["moment_from"], row["moment_to"]


def _domain(row: Row) -> Kind:
    return row["subject"], row["life_domain"]


def _whole(count: str, *kind: str) -> Callable[[Row], Kinds]:
    """The one count of a table of which no other counts the same people: the key makes the rest of its name."""
    return lambda row: {count: (*kind, *(value for name, value in row.items() if not name.startswith("slice")))}


def _of_funnel(row: Row) -> Kinds:
    twice, monitored = ("twice", *_domain(row)), ("pair", *_domain(row), *MONITORED)
    scored = ("scored", *_domain(row))
    return {"n_clients": IN_VIEW, "n_scored": scored, "n_scored_twice": twice, "n_monitored": monitored}


def _of_change(row: Row) -> Kinds:
    sufficient = {f"n_sufficient_{moment}": (moment, *_pair(row)) for moment in ("before", "after")}
    return _of_pair(*OF_CHANGE)(row) | sufficient


def _of_series(row: Row) -> Kinds:
    """At month 0 everybody with a score; later the same people as in a pair that ends there."""
    months = row["months_since_intake"]
    if months == "0":
        return {"n_clients": ("scored", *_domain(row)), "n_sufficient": ("scored sufficient", *_domain(row))}
    pair = (*_domain(row), "first", f"m{months}")
    return {"n_clients": ("pair", *pair), "n_sufficient": ("after", *pair)}


def _of_use(row: Row) -> Kinds:
    """Of a case record only who has one is in the base; users are the same in every unit."""
    what = (row["subject"], row["what"], row["law"])
    base = ("recorded", *what) if row["subject"] == "cases" else IN_VIEW
    return {"n_clients_base": base, "n_clients": ("user", *what)}


def _of_reliable(row: Row) -> Kinds:
    by = (*_pair(row), row["method"], row["reliability"])
    return _of_pair()(row) | {f"n_{kind.value}": (f"n_{kind.value}", *by) for kind in ReliableChange}


def _of_pair(*parts: str) -> Callable[[Row], Kinds]:
    """Who is compared between two moments, and parts of them by the name of their column."""
    return lambda row: {"n_clients": ("pair", *_pair(row)), **{part: (part, *_pair(row)) for part in parts}}


def _of_curve(row: Row) -> Kinds:
    first = row["moment"] == "first"
    return {"n_clients": ("scored", *_domain(row)) if first else ("pair", *_domain(row), "first", row["moment"])}


def _of_goals(row: Row) -> Kinds:
    return {"n_clients": ("with a goal", row["moment_from"], row["moment_to"])}


def _of_kinds(row: Row) -> Kinds:
    """Who was given something for a life domain in a year, and what was the heaviest kind of it."""
    about = (row["life_domain"], row["year"])
    kinds = {"n_clients": "given", "n_individual": "granted", "n_preliminary": "only preliminary"}
    return {count: (kind, *about) for count, kind in kinds.items()}


def _of_shift(row: Row) -> Kinds:
    return {"n_clients": ("given", row["life_domain"], row["year_to"])}


def _of_missing(_: Row) -> Kinds:
    return {"n_clients": ("started",), "n_measured": ("started and measured",)}


_KINDS: dict[str, Callable[[Row], Kinds]] = {
    str(released.FUNNEL.name): _of_funnel,
    str(released.CHANGE.name): _of_change,
    str(released.SERIES.name): _of_series,
    str(released.USE.name): _of_use,
    str(provision_kinds.OUT_KINDS.name): _of_kinds,
    str(provision_kinds.OUT_SHIFT.name): _of_shift,
    str(released.WHO_IS_MISSING.name): _of_missing,
    str(released.ODD_COURSES.name): lambda _: {"n_clients": IN_VIEW},
    str(released_companions.RELIABLE.name): _of_reliable,
    str(released_companions.REGRESSION.name): _of_pair(),
    str(released_companions.COMPANIONS.name): _of_pair(),
    str(released_companions.ROOM.name): _of_pair("n_could_rise", "n_cannot_rise", "n_capped", "n_at_floor"),
    str(released_companions.BY_RATER.name): _of_pair(*OF_CHANGE),
    str(released_companions.CURVES.name): _of_curve,
    str(released_companions.GROWTH.name): lambda row: {"n_clients": ("scored", *_domain(row))},
    str(released_companions.RATING_QUALITY.name): lambda row: {"n_clients": ("scored", row["subject"], ALL)},
    str(released_companions.AGREEMENT.name): lambda row: {"n_clients": ("rated twice", *_domain(row))},
    str(released_companions.GROWTH_POTENTIAL.name): _of_goals,
}


def _pair_within(about: Kind) -> list[Kind]:
    later = [("twice", *about[:2])] if about[2] == "first" else []
    return [("scored", *about[:2]), *later]


_WITHIN: dict[str, Callable[[Kind], list[Kind]]] = {
    "pair": _pair_within,
    "scored": lambda about: [IN_VIEW, ("scored", about[0], ALL)],
    # Where the last moment is in view for everybody, the two are the same people.
    "twice": lambda about: [("twice", about[0], ALL), ("pair", *about, "first", "last")],
    "user": lambda about: [("user", about[0], about[2], about[2])],
    "recorded": lambda _: [IN_VIEW],
    # Everybody who was given something was so for some life domain, if only for one that was not told.
    "given": lambda about: [IN_VIEW, ("given", ALL, about[1])],
    "granted": lambda about: [("granted", ALL, about[1])],
    "before": lambda about: [("scored sufficient", *about[:2])] if about[2] == "first" else [],
    "n_up": lambda about: [("n_could_rise", *about)],
    "with a goal": lambda about: [("pair", "ladder", ALL, *about)],
}
# Of a pair of moments, by the first kind of each rule: who became sufficient rose, who is at the floor cannot go down.
_RELIABLY = frozenset({"n_recovered", "n_improved", "n_worse", "n_relapsed"})
_AT_MOST: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {
    "after": ((("after",), ("before", "n_up")),),
    "before": ((("before",), ("after", "n_down")),),
    "n_at_floor": ((("n_at_floor", "before"), ("pair",)), (("n_at_floor", "n_down"), ("pair",))),
    "n_recovered": (
        (("n_recovered", "n_improved"), ("n_up",)),
        (("n_recovered",), ("after",)),
        (("n_recovered", "before"), ("pair",)),
    ),
    "n_relapsed": (
        (("n_relapsed", "n_worse"), ("n_down",)),
        (("n_relapsed",), ("before",)),
        (("n_relapsed", "after"), ("pair",)),
    ),
}
