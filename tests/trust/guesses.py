"""How often who knows all but one is right about that one: before any release, from the first, and from all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from all_but_one import Flags, Possible, both, by_running, possible
from differencing import ASKED_SLICES
from unknown_one import Unknown
from years_of_asking import ALWAYS, YEARS, People, Shown, each_in_turn, label_of, questions, releases, shown, years

NOTHING = "nothing"
COUNTS, FIRST, RUN = "counts of the first", "the first release", "the same, gate run too"
ANSWERED, LATER, ALL_YEARS = "with its answers", "ten releases", "ten, with 300 answers"
WAYS = (NOTHING, COUNTS, FIRST, RUN, ANSWERED, LATER, ALL_YEARS)


@dataclass(frozen=True, slots=True)
class Guessed:
    """Of one municipality: per way of knowing and thing to guess how many guesses are right, of so many; and Shown."""

    n_people: int
    n_tried: int
    right: dict[str, dict[str, int]]
    shown: Shown


def guessed(unknown: Unknown, seed: int, times: int = 1, n_years: int = YEARS) -> Guessed:
    """A municipality of `times` the smallest, of which each client in turn is the one."""
    people, asked = years(seed, times)[:n_years], questions(seed)[:n_years]
    answered, plain = releases(unknown, people, asked), releases(unknown, people, [[]] * n_years)
    first = possible(unknown, plain[:1])
    of_year = both(first, possible(unknown, [one for one in answered if one.year == 0]))
    known = {
        NOTHING: {},
        COUNTS: possible(unknown, plain[:1], "n_"),
        FIRST: first,
        RUN: by_running(unknown, plain[0], first),
        ANSWERED: of_year,
        LATER: both(first, possible(unknown, plain[1:])),
        ALL_YEARS: both(of_year, possible(unknown, [one for one in answered if one.year > 0])),
    }
    right = {way: guessed_right(unknown, people, found) for way, found in known.items()}
    counted = {way: {what: int(flags.sum()) for what, flags in one.items()} for way, one in right.items()}
    n_tried = len(each_in_turn(people, unknown))
    return Guessed(len(people[0]), n_tried, counted, shown(unknown, people, answered))


def guessed_right(unknown: Unknown, people: Sequence[People], found: Possible) -> dict[str, Flags]:
    """Per thing to guess: of whom in turn the guess is right.

    The guess is what is most common among those values that are possible, as the others of the first year have them.
    """
    first, ones = people[0], each_in_turn(people, unknown)
    groups = [[(name, label) for label in label_of(ones, name)] for name in (*ALWAYS, *ASKED_SLICES)]
    value = ones[unknown.column].to_numpy(np.int64)
    could = np.ones((len(ones), len(unknown.values)), np.bool_)
    for slice_ in groups:
        for at, group in enumerate(slice_):
            if group in found:
                could[at] &= found[group][value[at]]
    common = np.bincount(first[unknown.column], minlength=len(unknown.values)) - np.eye(len(unknown.values))[value]
    weight = could * (common + 1e-6)
    right = {}
    for what, label in unknown.guesses.items():
        labels = np.unique(label)
        of_label = np.stack([weight[:, label == one].sum(axis=1) for one in labels], axis=1)
        right[what] = labels[of_label.argmax(axis=1)] == label[value]
    return right
