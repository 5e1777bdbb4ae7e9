"""The alternatives side by side, each with its verdict: one that loses says so."""

from __future__ import annotations

import pandas as pd

from reports.content.money.choice import one_fte_more
from reports.content.money.totals import drawn_euros, drawn_margin
from reports.content.money.verdict import verdict
from reports.content.parts import Table, Text
from reports.language import dutch
from reports.released.source import Source

COLUMNS = ("Keuze", "Kosten", "Baten", "Saldo", "Marge (90%)", "Oordeel")


def choices(source: Source) -> Table | None:
    """A row per alternative; None without an MKBA."""
    rows = source.table("out_mkba__headline")
    if rows.empty:
        return None
    lines = tuple(_line(row) for _, row in rows.iterrows())
    return Table("De keuzes naast elkaar, vergeleken met het nulalternatief", COLUMNS, lines, frozenset({5}))


def _line(row: pd.Series) -> tuple[str, ...]:
    if pd.isna(row["npv_mean_eur"]):
        return (row["label"], *[dutch.NOT_SHOWN] * 4, dutch.tidy(row["sentence"].removeprefix(f"{row['label']}: ")))
    margin = drawn_margin(row["npv_p05_eur"], row["npv_p95_eur"], row)
    amounts = dutch.euros(row["outlay_eur"]), drawn_euros(row["effects_eur"], row)
    return (row["label"], *amounts, drawn_euros(row["npv_mean_eur"], row), margin, verdict(row))


def one_fte_told(source: Source) -> list[Text]:
    """What one fte more costs beside going on, where nobody measured what it yields; else its balance."""
    rows, headline = source.table("out_mkba__marginal"), source.table("out_mkba__headline")
    if rows.empty or rows["refused_because"].isna().any():
        return list(one_fte_more(source, headline))
    labels = dict(zip(headline["alternative"], headline["label"], strict=True))
    return [
        Text(
            f"'{labels[row['alternative']]}' kost per extra fte {dutch.euros(row['outlay_per_fte_eur'])} meer dan "
            f"'{labels[row['compared_with']]}'. Wat die extra fte oplevert, is niet gemeten."
        )
        for _, row in rows.iterrows()
    ]
