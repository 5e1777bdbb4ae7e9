"""The page of `make bench-designs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from data_contracts.demonstrable import LESS, LEVEL, MORE
from indicators.many_outcomes import adjusted

_WAY = {MORE: 1.0, LESS: -1.0}

_HEAD = """# Other designs, and a municipality in which nothing happens

Written by `make bench-designs`: from records to estimates in memory, before the gate and without a balance. Seeds run
from 1 up, none left out. Shares stand with their exact 95 % interval.

## Beside what was planted

{n} seeds of each study. Heidestad compares with teams that never start, whose clients stand lower for good; kanaalstad
is one series, beside public figures of 24 others. What is true is planted in their `simulation.yaml`, and nothing else
happens in the series, so that its intervals are shown at their best. Estimates of one seed share their clients, so that
shares of estimates are less certain than their number says; *municipalities with a wrong word* counts each municipality
once. An estimate that is refused is not among them: what people use is refused in every seed of heidestad
([decision 100](decisions/0100-use-is-not-compared-between-groups-unlike-by-nature.md)).

"""
_PLANTED_COLUMNS = [
    "study",
    "about",
    "stamp",
    "estimates",
    "95 % interval holds the truth",
    "called more or less",
    "of these wrongly",
    "municipalities with a wrong word",
]
_NOTHING_COLUMNS = [
    "municipality",
    "about",
    "seeds",
    "outcomes of each",
    "refused",
    "95 % interval holds zero",
    "outcomes called",
    "municipalities with one called",
    "judged",
]
_MUNICIPAL = """
Of the public figures the planted step of {planted} was estimated at {mean:.2f} on average (sd {sd:.2f}) and called an
*aanwijzing* in {power:.0%} of the seeds; without any step it was called so in {false}, where at most
10 % is meant (with 24 others the test comes nearest with 2 of 25).
"""
_NOTHING = """
## Where nothing happens

Each municipality under an approach that changes no score, no use and no hour. *Called* is a word
*aantoonbaar meer* or *minder*; at most 5 of 100 municipalities should have one about a subject, however many outcomes
it has. *Judged* is whether that is rejected in an exact binomial test (5 %, after Holm over this table).

"""


def page(planted: dict[str, pd.DataFrame], nothing: dict[str, pd.DataFrame]) -> str:
    """Per study what was found beside what was planted, and per municipality beside nothing."""
    beside = [line for name, rows in planted.items() for line in _planted(name, rows)]
    text = _HEAD.format(n=_n_seeds(planted)) + _table(_PLANTED_COLUMNS, beside)
    text += _municipal(planted["kanaalstad"], nothing["kanaalstad, series"])
    return text + _NOTHING + _table(_NOTHING_COLUMNS, _nothing(nothing))


def _planted(name: str, rows: pd.DataFrame) -> Iterator[str]:
    for (subject, stamp), group in rows[rows["design"] != "municipal"].groupby(["subject", "stamp"]):
        holds = group["truth"].between(group["ci_low"], group["ci_high"])
        claimed = group[_is_called(group)]
        wrong = claimed[claimed["word"].map(_WAY) * claimed["truth"] <= 0]
        cells = [name, subject, stamp, len(group), _share(holds.sum(), len(group)), len(claimed), len(wrong)]
        yield _row([*cells, _share(wrong["seed"].nunique(), rows["seed"].nunique())])


def _nothing(found: dict[str, pd.DataFrame]) -> Iterator[str]:
    own = [
        (about, subject, group)
        for about, rows in found.items()
        for subject, group in rows[rows["design"] != "municipal"].groupby("subject")
    ]
    called = [int(group.loc[_is_called(group), "seed"].nunique()) for _, _, group in own]
    seeds = [int(group["seed"].nunique()) for _, _, group in own]
    p_value = adjusted(np.array([_too_often(*one) for one in zip(called, seeds, strict=True)]), "holm")
    for (about, subject, group), n_called, n_seeds, p in zip(own, called, seeds, p_value, strict=True):
        shown = group[group["estimate"].notna()]
        holds = shown["ci_low"].le(0) & shown["ci_high"].ge(0)
        yield _row(
            [
                about,
                subject,
                n_seeds,
                len(group) // n_seeds,
                f"{1 - len(shown) / len(group):.0%}",
                _share(holds.sum(), len(shown)) if len(shown) else "-",
                f"{_is_called(shown).sum() / max(len(shown), 1):.1%}",
                _share(n_called, n_seeds),
                "**rejected**" if p < LEVEL else "holds",
            ]
        )


def _municipal(planted: pd.DataFrame, nothing: pd.DataFrame) -> str:
    own, none = (rows[rows["design"] == "municipal"] for rows in (planted, nothing))
    is_called = [one["word"].eq("aanwijzing") for one in (own, none)]
    return _MUNICIPAL.format(
        planted=own["truth"].iloc[0],
        mean=own["estimate"].mean(),
        sd=own["estimate"].std(),
        power=is_called[0].mean(),
        false=_share(is_called[1].sum(), is_called[1].size),
    )


def _n_seeds(found: dict[str, pd.DataFrame]) -> int:
    return min(int(rows["seed"].nunique()) for rows in found.values())


def _table(columns: Sequence[object], rows: Iterable[str]) -> str:
    return "\n".join([_row(columns), _row(["---"] * len(columns)), *rows]) + "\n"


def _too_often(n_called: int, n: int) -> float:
    return float(stats.binomtest(n_called, n, LEVEL, alternative="greater").pvalue)


def _is_called(rows: pd.DataFrame) -> pd.Series:
    return rows["word"].isin(list(_WAY))


def _share(count: int, n: int) -> str:
    low, high = proportion_confint(int(count), n, method="beta")
    return f"{count / n:.1%} ({low:.1%} to {high:.1%})"


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
