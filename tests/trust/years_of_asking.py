"""Ten years of releases with three hundred answers, in the hands of who knows all clients but one.

That attacker knows everything of all others, and of the one everything but two scores; runs the software for each
pair that it can be, and keeps those that give what was published. All that is shown comes from the real gate, by the
real rule of the ledger, of the slices that questions open.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from differencing import ASKED_DOMAINS, ASKED_SLICES, NAME, SLICES_TO_ASK, Tally, _compare, asked_about
from municipality import change_table
from plain_ledger import people_of, released, remembered, who_of

from data_contracts.gate.asked import Opened, rows_that_may_leave
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds

RELEASES, ANSWERS = 10, 300
PAIRS = tuple(itertools.product(range(1, 6), range(1, 6)))
DOMAIN = ASKED_DOMAINS[0]
ALWAYS = ("all", "team_type")
People = pd.DataFrame


@dataclass(frozen=True, slots=True)
class Guessed:
    """The share of right guesses from the first release and from all of them, and of cells free to show those shown."""

    first: float
    all: float
    tally: Tally


def guessed(seed: int) -> Guessed:
    """One municipality, with each pair of scores that the one may have as the truth: so 25 trials."""
    years, questions = list(_years(seed)), _questions(seed)
    looks: list[tuple[str, ...]] = []
    tally = Tally()
    for pair in PAIRS:
        shown = _released(years, questions, pair, tally)
        looks.append(tuple(one.frame.to_csv() for one in shown))
    # Who keeps several pairs guesses one of them.
    return Guessed(len({one[0] for one in looks}) / len(PAIRS), len(set(looks)) / len(PAIRS), tally)


def _years(seed: int) -> list[People]:
    """People as each release has them: some come, and a few scores are corrected."""
    rng, people, found = np.random.default_rng([seed, 2]), asked_about(seed), list[People]()
    for year in range(RELEASES):
        found.append(people)
        newcomers = asked_about(1_000 * (year + 1) + seed).sample(int(rng.integers(0, 60)), random_state=seed)
        newcomers = newcomers.assign(client=newcomers["client"] + 1_000 * (year + 1))
        few = rng.permutation(people.index[1:])[: rng.integers(0, 6)]
        corrected = people["after"].mask(people.index.isin(few), people["after"] % 5 + 1)
        people = pd.concat([people.assign(after=corrected), newcomers], ignore_index=True)
    return found


def _questions(seed: int) -> list[set[str]]:
    """The slices that are open for the life domain of the one in each release.

    Answers about another life domain are of other scores: they tell nothing of this one.
    """
    rng, opened, found = np.random.default_rng([seed, 3]), set[str](), list[set[str]]()
    for _ in range(RELEASES):
        for _ in range(ANSWERS // RELEASES):
            domain, slice_ = str(rng.choice(ASKED_DOMAINS)), str(rng.choice(ASKED_SLICES))
            opened |= {slice_} if domain == DOMAIN else set()
        found.append(set(opened))
    return found


def _released(years: list[People], questions: list[set[str]], pair: tuple[int, int], tally: Tally) -> list[Released]:
    shown, truths = list[Released](), []
    for people, opened in zip(years, questions, strict=True):
        is_one = people["client"] == 0
        people = people.assign(
            before=people["before"].mask(is_one, pair[0]), after=people["after"].mask(is_one, pair[1])
        )
        table = change_table(people, DOMAIN, (*ALWAYS, *ASKED_SLICES))
        asked = [Opened.of(NAME, slice_, {"life_domain": DOMAIN}) for slice_ in sorted(opened)]
        table = rows_that_may_leave(NAME, table, SLICES_TO_ASK, asked)
        out = released(table, ledger=remembered(*shown), slices=SLICES_TO_ASK)
        truths.append({key: who_of(one) for key, one in people_of(table, NAME).items()})
        _compare(shown, out, truths, tally, Thresholds().clients)
        shown.append(out)
    return shown
