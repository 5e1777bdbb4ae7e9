"""How a balance can be likely while no benefit in it is demonstrable, and on which condition."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.demonstrable import LESS, MORE, shows
from data_contracts.vocabulary.field import Stamp
from reports.language import dutch

LIKELY = 0.8
CONDITION = (
    "Die kans geldt alleen als de vergelijking met mensen zonder de aanpak klopt, en voor alle baten samen. Van één "
    "baat zegt zij niets."
)
_HOW_MANY = {0: "is er geen", 1: "is er maar één"}


def alone(tables: Mapping[str, pd.DataFrame], alternative: str) -> tuple[int, int]:
    """How many measured differences stand under the priced benefits, and how many of them are demonstrable."""
    balance, estimates = tables["out_mkba__balance"], tables["out_effects__estimates"]
    priced = (balance["alternative"] == alternative) & (balance["role"] == "effect") & (balance["status"] == "priced")
    known = estimates["estimate"].notna() & (estimates["stamp"] != Stamp.CHANGE.value)
    measured = estimates[known & estimates["estimate_id"].isin(balance.loc[priced, "estimate_id"].dropna())]
    return len(measured), int(shows(measured).isin([MORE, LESS]).sum())


def reconciling(tables: Mapping[str, pd.DataFrame], headline: pd.Series) -> str:
    """What belongs beside the chance of a positive balance; empty where there is nothing to reconcile."""
    chance = headline["prob_npv_positive"]
    if pd.isna(chance) or not {"out_mkba__balance", "out_effects__estimates"} <= tables.keys():
        return ""
    n_measured, n_alone = alone(tables, str(headline["alternative"]))
    if n_alone == n_measured:
        return ""
    words = (
        f"Van de {n_measured} gemeten verschillen onder dit saldo {_HOW_MANY.get(n_alone, f'zijn er maar {n_alone}')} "
        "op zichzelf aantoonbaar."
    )
    if chance < LIKELY:
        return words
    return f"{words} Toch is de kans op een positief saldo {dutch.chance(chance)}. Dat kan samengaan. {CONDITION}"
