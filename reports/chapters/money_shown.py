"""Why a balance can be surer than each benefit in it: the sum minds all of them, the test looks at them one by one."""

from __future__ import annotations

import pandas as pd

from reports import dutch
from data_contracts.demonstrable import LESS, MORE
from reports.parts import Part, Text
from reports.source import Source

LIKELY = 0.8


def shown_benefits(source: Source, headline: pd.Series) -> list[Part]:
    """How many measured benefits show a difference by themselves, and how that goes with the chance of the balance."""
    chance = headline["prob_npv_positive"]
    rows = source.rows("out_mkba__balance", alternative=str(headline["alternative"]), role="effect", status="priced")
    measured = rows[["estimate_id"]].drop_duplicates().merge(source.claims[["estimate_id", "shows"]], on="estimate_id")
    if measured.empty or pd.isna(chance):
        return []
    alone = int(measured["shows"].isin([MORE, LESS]).sum())
    if alone == len(measured):
        return []
    words = (
        f"De baten in het saldo rusten op {len(measured)} gemeten verschillen. "
        f"{_HOW_MANY.get(alone, f'Maar {alone} daarvan zijn')} op zichzelf aantoonbaar."
    )
    if chance >= LIKELY:
        words += (
            f" Toch is de kans op een positief saldo {dutch.chance(chance)}. Dat kan samengaan. Elke baat apart kan "
            "toeval zijn; dat ze allemaal tegelijk toeval zijn, is minder waarschijnlijk. En de toets per uitkomst is "
            "streng, omdat er naar veel uitkomsten is gekeken. Noem daarom het saldo met zijn marge, en noem geen "
            "enkele baat bewezen die dat op zichzelf niet is."
        )
    return [Text(words)]


_HOW_MANY = {0: "Geen daarvan is", 1: "Maar één daarvan is"}
