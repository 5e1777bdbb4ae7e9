"""What a reader knows of the tables of a release by what they are about: which counts are of the same people.

Counts of the same people have the same kind; who is in one kind lies in others; and within a row parts divide a whole.
Written apart from the gate, on purpose: nothing of data_contracts.gate is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Kind = tuple[str, ...]
Row = Mapping[str, object]
_OF_ROOM = ("n_could_rise", "n_cannot_rise", "n_capped", "n_at_floor")
# Per table: a whole, parts of it, and whether they are all of it.
FAMILIES: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]] = {
    "out_change__funnel": (
        ("n_clients", ("n_scored",), False),
        ("n_scored", ("n_scored_twice",), False),
        ("n_scored", ("n_monitored",), False),
    ),
    "out_change__series": (("n_clients", ("n_sufficient",), False),),
    "out_care__use": (("n_clients_base", ("n_clients",), False),),
    "out_care__by_life_domain": (("n_clients", ("n_preliminary", "n_individual"), True),),
    "out_care__shift": (),
    "out_change__room": (
        ("n_clients", ("n_could_rise", "n_cannot_rise"), True),
        ("n_cannot_rise", ("n_capped",), False),
        ("n_clients", ("n_at_floor",), False),
    ),
    "out_quality__odd_courses": (("n_clients", ("n_odd",), False),),
    "out_quality__ratings": (
        ("n_clients", ("n_straight_lined",), False),
        ("n_clients", ("n_followed_up",), False),
        ("n_followed_up", ("n_copied_forward",), False),
    ),
    "out_change__reliable": (("n_clients", ("n_recovered", "n_improved", "n_equal", "n_worse", "n_relapsed"), True),),
    "out_effects__who_is_missing": (("n_clients", ("n_measured",), False),),
    "out_change__by_rater": (("n_clients", ("n_up", "n_equal", "n_down"), True),),
    "out_change__by_domain": (
        ("n_clients", ("n_up", "n_equal", "n_down"), True),
        ("n_clients", ("n_sufficient_before",), False),
        ("n_clients", ("n_sufficient_after",), False),
    ),
}


def kinds_of(table: str, row: Row) -> dict[str, Kind]:
    """What each count of a row counts."""
    about = tuple(str(row[one]) for one in ("subject", "life_domain") if one in row)
    pair = tuple(str(row[one]) for one in ("moment_from", "moment_to") if one in row)
    if table == "out_change__funnel":
        later = {"n_scored_twice": ("twice", *about), "n_monitored": ("pair", *about, "last", "monitoring")}
        return {"n_clients": ("in view",), "n_scored": ("scored", *about), **later}
    if table == "out_change__series":
        months = row["months_since_intake"]
        if not months:
            return {"n_clients": ("scored", *about), "n_sufficient": ("first sufficient", *about)}
        pair = ("first", f"m{months}")
        return {"n_clients": ("pair", *about, *pair), "n_sufficient": ("after", *about, *pair)}
    if table == "out_care__use":
        what = tuple(str(row[one]) for one in ("subject", "what"))
        base = ("recorded", *what) if row["subject"] == "cases" else ("in view",)
        # Who uses a product is the same in every unit; of a law as a whole each unit has its own products.
        unit = (str(row["unit"]),) if row["what"] == row["law"] else ()
        return {"n_clients_base": base, "n_clients": ("user", *what, str(row["law"]), *unit)}
    if table.startswith("out_care__"):
        of = (str(row["life_domain"]), str(row["year_to" if table == "out_care__shift" else "year"]))
        named = {"n_clients": "given", "n_preliminary": "light", "n_individual": "granted"}
        return {count: (kind, *of) for count, kind in named.items() if count in row}
    if table == "out_effects__who_is_missing":
        known = str(row["known_at_start"])
        return {"n_clients": ("started",), "n_measured": ("measured", "started")} if known else {}
    if table == "out_quality__odd_courses":
        return {"n_clients": ("in view",), "n_odd": ("odd", str(row["what"]))}
    if table == "out_quality__ratings":
        parts = ("n_straight_lined", "n_followed_up", "n_copied_forward")
        return {"n_clients": ("scored", *about, "all"), **{part: (part, *about) for part in parts}}
    whole: dict[str, Kind] = {"n_clients": ("pair", *about, *pair)}
    if table == "out_change__room":
        return whole | {name: (name, *about, *pair) for name in _OF_ROOM}
    if table == "out_change__reliable":
        by = (str(row["method"]), str(row["reliability"]))
        (_, parts, _), *_rest = FAMILIES[table]
        return whole | {name: (f"{name} reliably", *about, *pair, *by) for name in parts}
    whole |= {name: (name, *about, *pair) for name in ("n_up", "n_equal", "n_down")}
    if table == "out_change__by_rater":
        return whole
    return whole | {f"n_sufficient_{one}": (one, *about, *pair) for one in ("before", "after")}


def within(kind: Kind) -> Iterator[Kind]:
    """The kinds in which everybody of a kind is: measured at six months was scored, a product falls under its law."""
    what, *about = kind
    match what:
        case "pair":
            yield "scored", *about[:2]
            if about[2] == "first":
                yield "twice", *about[:2]
        case "twice":
            yield "scored", *about
            yield "pair", *about, "first", "last"
        case "scored":
            yield ("in view",)
            if about[1] != "all":
                yield "scored", about[0], "all"
        case "recorded":
            yield ("in view",)
        case "given" | "granted" if about[0] != "all":
            yield what, "all", about[1]
        case "user":
            yield "user", about[0], about[2], about[2], "eur"
            yield ("in view",)
        case "before" if about[2] == "first":
            yield "first sufficient", *about[:2]
        case "n_up":
            yield "n_could_rise", *about
        case "n_cannot_rise":
            yield "before", *about


# Of a pair of moments: the first together are never more than the last together.
AT_MOST: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("after",), ("before", "n_up")),
    (("before",), ("after", "n_down")),
    (("n_at_floor", "before"), ("pair",)),
    (("n_at_floor", "n_down"), ("pair",)),
    (("n_recovered reliably", "n_improved reliably"), ("n_up",)),
    (("n_worse reliably", "n_relapsed reliably"), ("n_down",)),
    (("n_recovered reliably",), ("after",)),
    (("n_recovered reliably", "before"), ("pair",)),
    (("n_relapsed reliably",), ("before",)),
    (("n_relapsed reliably", "after"), ("pair",)),
)


def at_most(kind: Kind) -> Iterator[tuple[list[Kind], list[Kind]]]:
    """What is known of everybody of a kind together with others: the first kinds together are among the last."""
    what, *about = kind
    for less, more in AT_MOST:
        if less[0] == what:
            named = [(one, *about) if one.endswith("reliably") else (one, *about[:4]) for one in (*less, *more)]
            yield named[: len(less)], named[len(less) :]


def group_of(row: Row) -> tuple[str, str]:
    """The slice and the group of a row."""
    if "slice" in row:
        return str(row["slice"]), str(row["slice_value"])
    if "known_at_start" in row:
        return ("all", "all") if row["value"] == "all" else (str(row["known_at_start"]), str(row["value"]))
    name = next((one for one in ("cohort", "rater") if one in row), "")
    return ("all", "all") if row.get(name, "all") == "all" else (name, str(row[name]))
