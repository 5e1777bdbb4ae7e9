"""What the results logic means for the balance: a benefit is as sure as the chain under it."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.logic import EvidenceGrade
from reports.content.money.totals import drawn_euros
from reports.content.parts import Part, Table, Text
from reports.language import dutch
from reports.released.source import Source

_GRADES = EvidenceGrade.labels()
_SHAKY = [EvidenceGrade.NONE.value, EvidenceGrade.WEAK.value]


def shaky_benefits(source: Source, headline: pd.Series) -> list[Part]:
    """Beside the balance: the benefits whose chain is contradicted, and those whose chain is an assumption yet."""
    rows = _benefits(source, headline)
    if rows.empty or pd.isna(headline["npv_mean_eur"]):
        return []
    parts: list[Part] = []
    refuted = rows[(rows["evidence_grade"] == EvidenceGrade.CONTRADICTED) & rows["mean_eur"].notna()]
    if len(refuted):
        amount = float(refuted["mean_eur"].sum())
        parts.append(
            Text(
                f"Let op. {_resting(source, headline, refuted)} op een keten die is weersproken "
                f"({dutch.listed(refuted['label'])}). Zonder die baten is het saldo ongeveer "
                f"{drawn_euros(float(headline['npv_mean_eur']) - amount, headline)}."
            )
        )
    assumed = rows[rows["evidence_grade"].isin(_SHAKY) & rows["mean_eur"].notna()]
    if len(assumed):
        parts.append(
            Text(
                f"{_resting(source, headline, assumed)} op een keten die niet of zwak is onderbouwd. Hoe die baten "
                "ontstaan, is nog een aanname; zie de Resultatenlogica."
            )
        )
    return parts


def _resting(source: Source, headline: pd.Series, assumed: pd.DataFrame) -> str:
    """How much of the benefits `assumed` is: all of them, or a part with the whole beside it."""
    balance = source.rows("out_mkba__balance", alternative=str(headline["alternative"]), role="effect")
    counted = balance[balance["mean_eur"].notna() & balance["welfare_sign"].ne(0)]
    whole, part = (drawn_euros(float(one["mean_eur"].sum()), headline) for one in (counted, assumed))
    if set(counted["line"]) == set(assumed["line"]):
        return f"Alle baten in het saldo, {whole}, rusten"
    return f"Van de {whole} aan baten rust {part}"


def chains(source: Source, headline: pd.Series) -> list[Part]:
    """Each benefit with how well the results logic supports it: as well as its weakest link."""
    rows = _benefits(source, headline)
    if rows.empty:
        return []
    lines = tuple(
        (", ".join(found["label"]), _amount(found, headline), _grade(found, str(grade)), str(note))
        for (grade, note), found in rows.groupby(["evidence_grade", "note"], sort=False)
    )
    columns = ("Baten", "Bedrag", "Keten eronder", "Toelichting")
    return [Table("Hoe goed de Resultatenlogica de baten onderbouwt", columns, lines, frozenset({2, 3}))]


def _benefits(source: Source, headline: pd.Series) -> pd.DataFrame:
    """The benefits of the first alternative that name a node of the tree: label, mean_eur, evidence_grade, note."""
    balance = source.rows("out_mkba__balance", alternative=str(headline["alternative"]), role="effect")
    bridge = source.table("out_logic__mkba_bridge")[["line", "evidence_grade", "weakest_link", "note"]]
    rows = balance[["line", "label", "mean_eur", "welfare_sign"]].merge(bridge, on="line", validate="one_to_one")
    rows["mean_eur"] = rows["mean_eur"].where(rows["welfare_sign"].ne(0))  # a transfer is no part of the balance
    return rows


def _grade(found: pd.DataFrame, grade: str) -> str:
    return "geen keten nodig" if found["weakest_link"].isna().all() else _GRADES[grade]


def _amount(found: pd.DataFrame, headline: pd.Series) -> str:
    if pd.isna(headline["npv_mean_eur"]) or found["mean_eur"].isna().all():
        return "geen bedrag"
    return drawn_euros(float(found["mean_eur"].sum()), headline)
