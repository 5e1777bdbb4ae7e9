"""Who knows everybody but one, and everything that was published: which values can that one have?

For each value the attacker makes the figures as the software does, and keeps those that give what stands there. The
figures of a group hang only on how many in it have each value, so every client is the one in turn at the cost of one:
per group and value that somebody in it has it is asked which other values would have given the same. Which further
cells the gate hid is taken as it is; `by_running` asks that too, of the first release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from differencing import SLICES_TO_ASK
from municipality import GROUPS
from numpy.typing import NDArray
from unknown_one import MARK, Unknown
from years_of_asking import FRESH, Seen, groups_of

from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.exact import exact_table
from data_contracts.gate.figures import PART_STATUS, released_figures
from data_contracts.gate.ledger import Before
from data_contracts.gate.rounding import Integers
from data_contracts.gate.specs import SPECS
from data_contracts.gate.table import Part, Row, first_decision
from data_contracts.protection import Thresholds

Flags = NDArray[np.bool_]
Possible = dict[tuple[str, str], Flags]  # group -> (value as it is, value as it could be)


def possible(unknown: Unknown, seen: Sequence[Seen], figures: str = "") -> Possible:
    """Per group, and value of one in it, the values that this one could have too by all these releases.

    With `figures` no others are looked at than those whose name begins with it.
    """
    looked_at = set[tuple[object, ...]]()
    return both(*(_of_release(unknown, one, looked_at, figures) for one in seen))


def both(*several: Possible) -> Possible:
    """What is possible by all of these."""
    found: Possible = {}
    for one in several:
        for group, fits in one.items():
            found[group] = found.get(group, True) & fits
    return found


def _of_release(unknown: Unknown, seen: Seen, looked_at: set[tuple[object, ...]], figures: str) -> Possible:
    """The same by one release; rows that stood in an earlier one, of the same people, tell nothing more."""
    n_values = len(unknown.values)
    out = seen.out.frame.set_index(GROUPS)
    place = {group: at for at, group in enumerate(groups_of(seen))}
    rows = []
    for group, row in zip(out.index, out.astype(str).to_numpy().tolist(), strict=True):
        what = (group, seen.year, *row)
        if row[out.columns.get_loc("status")] in FRESH and what not in looked_at:
            looked_at.add(what)
            rows.append(group)
    if not rows:
        return {}
    own = seen.counts[[place[group] for group in rows]]
    group, value, other = np.nonzero(np.repeat((own > 0)[:, :, None], n_values, axis=2))
    counts = swapped(own[group], value, other)
    marks = [f"m{one}" for one in range(len(group))]
    keys = pd.DataFrame([rows[one] for one in group], columns=GROUPS).assign(**{MARK: marks})
    shown = out.loc[rows].iloc[group].filter(regex=f"^{figures}|_status$")
    exact = unknown.figures(keys, counts)
    # The decimals of a row say whether anything beside it was hidden when its means were first told.
    gives = _gives(unknown, exact, shown, is_open=True) | _gives(unknown, exact, shown, is_open=False)
    assert gives[value == other].all(), "the attacker builds on something that is not so"
    fits = np.ones((len(rows), n_values, n_values), np.bool_)
    fits[group, value, other] = gives
    return dict(zip(rows, fits, strict=True))


def swapped(counts: Integers, value: Integers, other: Integers) -> Integers:
    """How many have each value (N, V) when one who has `value` (N,) has `other`."""
    at, found = np.arange(len(counts)), counts.copy()
    np.subtract.at(found, (at, value), 1)
    np.add.at(found, (at, other), 1)
    return found


def _gives(unknown: Unknown, exact: pd.DataFrame, shown: pd.DataFrame, *, is_open: bool) -> Flags:
    """Which rows before the gate give those that are shown, hidden as these are; `is_open` where nothing else is."""
    spec = SPECS[unknown.name]
    hidden = exact.tail(1).assign(
        **{unknown.marked_by: "hidden"}
    )  # in the place of what is hidden elsewhere in the table
    last = pd.concat([exact, hidden], ignore_index=True)
    table = exact_table(spec, last, Thresholds(), {}, SLICES_TO_ASK)
    table = replace(table, block=np.zeros_like(table.block))
    decision = first_decision(table)
    code = {status.value: number for number, status in enumerate(PART_STATUS)}
    part = decision.part.copy()
    for column, name in enumerate(spec.counts[1:], start=1):
        part[:-1, column] = shown[f"{name}_status"].astype(str).map(code)
    # What the rules for one cell hide is hidden in that way; more may be hidden to protect others.
    by_rules = (decision.row == Row.SHOWN) & ((part == Part.HIDDEN) | (part == decision.part)).all(axis=1)
    means = [name for name in spec.means if name in shown]
    if means:
        decision.means[:-1] &= shown[means].notna().any(axis=1).to_numpy()
    decision.row[:-1] = Row.SHOWN
    decision.row[-1] = Row.SHOWN if is_open else Row.REFUSED
    made = released_figures(spec, last, table, replace(decision, part=part), Thresholds().round_to).iloc[:-1]
    fits = by_rules[:-1]
    for name in set(shown) - {*spec.key, "status", "held_from", "p_adjusted"}:
        left, right = (one[name].astype(object).where(one[name].notna(), None).to_numpy() for one in (made, shown))
        fits = fits & (left == right)
    return fits


def by_running(unknown: Unknown, first: Seen, found: Possible) -> Possible:
    """What is left of `found` for who runs the whole gate on the first release: what it hides tells something too.

    The one is in a type of teams as well as in everybody, so there is one run per type and pair of values in doubt.
    """
    usual = first.out.frame.drop(columns=unknown.marked_by)
    kept: Possible = {}
    labels = groups_of(first)
    of_all = labels.index(("all", "all"))
    for at, group in enumerate(labels):
        if at == of_all:
            continue
        fits = found.get(group, True) & found[labels[of_all]]
        fits = np.broadcast_to(fits, (len(unknown.values),) * 2) & (first.counts[at] > 0)[:, None]
        kept[group] = fits.copy()
        value, other = np.nonzero(fits & ~np.eye(len(fits), dtype=bool))
        if not len(value):
            continue
        counts = np.repeat(first.counts[None], len(value), axis=0)
        for row in (at, of_all):
            counts[:, row] = swapped(counts[:, row], value, other)
        marks = [f"m{one}" for one in range(len(value))]
        keys = pd.concat([first.keys.assign(**{MARK: mark}) for mark in marks], ignore_index=True)
        table = unknown.figures(keys, counts.reshape(-1, counts.shape[2]))
        out = release_tables({unknown.name: table}, Thresholds(), SLICES_TO_ASK, Before())[unknown.name].frame
        for mark, one, another in zip(marks, value, other, strict=True):
            run = out[out[unknown.marked_by] == mark].drop(columns=unknown.marked_by)
            kept[group][one, another] = run.reset_index(drop=True).equals(usual)
    return kept
