"""What stands beside a decision: who pays and gains, how sure it is, other municipalities, what changed since."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from reports.content.cause.municipal import municipal
from reports.content.criteria import coalition
from reports.content.parts import Chapter, Figure, Part, Points, Text, Told
from reports.language import dutch, wording
from reports.released.source import Source

SINCE = "Wat is er veranderd sinds de vorige keer?"
NOTHING_SINCE = "Naast een vorige publicatie is dit niet gelegd. De onderzoeker kan dat doen met wijkbaat compare."
NOT_COMPARED = "Dat kunnen we niet zeggen: er zijn geen openbare cijfers van andere gemeenten naast gelegd."
MOST_CHANGES = 3


def stakes(source: Source, headline: pd.Series) -> str:
    """Who carries the costs, and who is better or worse off on balance."""
    rows = source.rows("out_mkba__stakeholders", alternative=str(headline["alternative"]))
    paying = dict.fromkeys(str(label).partition(":")[0] for label in rows.loc[rows["costs_eur"] != 0, "label"])
    pays = f"De kosten zijn voor: {dutch.listed(paying)}. " if paying else ""
    return f"{pays}{coalition(source)}"


def standing(source: Source) -> list[Part]:
    """How sure this is, and how others do or why nobody can say."""
    evidence, stamp = wording.EVIDENCE[source.stamp], source.stamp
    sure = f"Stempel: {stamp.label}. {wording.means(source.facts.design, stamp)} {evidence.cause}"
    parts = municipal(source)
    others = [
        after.words for before, after in pairwise(parts) if isinstance(before, Figure) and isinstance(after, Text)
    ]
    return [
        Told("Hoe zeker is dit?", sure, ("out_effects__estimates",)),
        Told("Hoe doen andere gemeenten het?", " ".join(others) or NOT_COMPARED, ("out_effects__municipalities",)),
    ]


def since_told(since: Chapter | None) -> Told:
    """The page on what changed in a few sentences: what it is set beside, and what went in."""
    if since is None:
        return Told(SINCE, NOTHING_SINCE, ())
    words = [part.words for part in since.parts[:1] if isinstance(part, Text)]
    went_in = next((part.items for part in since.parts if isinstance(part, Points)), ())
    return Told(SINCE, " ".join([*words, *went_in[:MOST_CHANGES]]), ())
