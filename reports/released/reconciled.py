"""How a balance can be likely while no benefit in it is demonstrable, and on which condition."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.demonstrable import LESS, MORE, shows
from data_contracts.vocabulary.field import ALL, Stamp
from reports.language import dutch
from reports.released.leading_chance import leading_chance

LIKELY = 0.8
CONDITION = (
    "Die kans geldt alleen als de vergelijking met mensen zonder de aanpak klopt, en voor alle baten samen. Van één "
    "baat zegt zij niets."
)
_HOW_MANY = {0: "is er geen", 1: "is er maar één"}


_TOGETHER = {LESS: "wel aantoonbaar minder", MORE: "juist aantoonbaar meer"}
_ALIKE = ["design", "measure", "moment_from", "moment_to", "slice", "slice_value"]


def _measured(tables: Mapping[str, pd.DataFrame], alternative: str) -> pd.DataFrame:
    """The measured differences under the priced benefits."""
    balance, estimates = tables["out_mkba__balance"], tables["out_effects__estimates"]
    priced = (balance["alternative"] == alternative) & (balance["role"] == "effect") & (balance["status"] == "priced")
    known = estimates["estimate"].notna() & (estimates["stamp"] != Stamp.CHANGE.value)
    return estimates[known & estimates["estimate_id"].isin(balance.loc[priced, "estimate_id"].dropna())]


def _provisions_together(estimates: pd.DataFrame, measured: pd.DataFrame) -> str:
    """What the euros of all provisions together show, where the differences are those of single provisions.

    That they can be demonstrable together while none is alone would else look like a contradiction of the chapter on
    effects.
    """
    single = measured.loc[(measured["subject"] == "provisions") & (measured["what"] != ALL), _ALIKE].drop_duplicates()
    euros = (estimates["subject"] == "provisions") & (estimates["what"] == ALL) & (estimates["unit"] == "eur")
    found = estimates[euros & estimates["estimate"].notna()].merge(single, on=_ALIKE)
    words = [_TOGETHER[word] for word in shows(found) if word in _TOGETHER]
    return f" Alle voorzieningen samen kostten per cliënt in het eerste jaar {words[0]}." if words else ""


def reconciling(tables: Mapping[str, pd.DataFrame], headline: pd.Series) -> str:
    """What belongs beside the chance of a positive balance; empty where there is nothing to reconcile."""
    leads = leading_chance(headline)
    if leads is None or not {"out_mkba__balance", "out_effects__estimates"} <= tables.keys():
        return ""
    measured = _measured(tables, str(headline["alternative"]))
    n_measured, n_alone = len(measured), int(shows(measured).isin([MORE, LESS]).sum())
    if n_alone == n_measured:
        return ""
    words = (
        f"Van de {n_measured} gemeten verschillen onder dit saldo {_HOW_MANY.get(n_alone, f'zijn er maar {n_alone}')} "
        "op zichzelf aantoonbaar."
    )
    if n_measured == 1:
        words = "Het ene gemeten verschil onder dit saldo is op zichzelf niet aantoonbaar."
    words += _provisions_together(tables["out_effects__estimates"], measured)
    if leads.chance < LIKELY:
        return words
    return f"{words} Toch is de kans op een positief saldo {dutch.chance(leads.chance)}. Dat kan samengaan. {CONDITION}"
