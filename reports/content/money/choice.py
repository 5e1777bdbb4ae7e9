"""What helps to choose: one fte more, money per budget year, who could pay whom, what knowing more is worth."""

from __future__ import annotations

import pandas as pd

from reports.content.parts import Heading, Part, Points, Table, Text
from reports.language import dutch, wording
from reports.released.source import Source

MOST_WORTH = 5
_WORTH_NAMING_EUR = 1.0


def one_fte_more(source: Source, headline: pd.DataFrame) -> list[Text]:
    """What one fte more costs and yields against going on as it is, or why that is not known."""
    labels = dict(zip(headline["alternative"], headline["label"], strict=True))
    return [
        Text(f"'{labels[row['alternative']]}' vergeleken met '{labels[row['compared_with']]}': {_per_fte(row)}")
        for _, row in source.table("out_mkba__marginal").iterrows()
    ]


def _per_fte(row: pd.Series) -> str:
    costs = f"per extra fte {dutch.euros(row['outlay_per_fte_eur'])} kosten"
    if pd.notna(row["refused_because"]):
        why = f"Een saldo geven we niet: {row['refused_because']}."
        return f"{costs}. {why} Bij de PM-posten staat wat het waard moet zijn."
    return (
        f"{costs} en {dutch.euros(row['effects_per_fte_eur'])} baten, dus een saldo van "
        f"{dutch.euros(row['npv_per_fte_eur'])}. De kans dat dit meer oplevert dan kost, is "
        f"{dutch.chance(row['prob_positive'])} ({wording.chance(row['prob_positive'])})."
    )


def budgets(source: Source, headline: pd.Series) -> list[Part]:
    """Money in and out of each budget in the first years, and the payments with which nobody loses."""
    rows = source.rows("out_mkba__budgets", alternative=str(headline["alternative"]))
    parts: list[Part] = []
    moving = rows[rows["cash_eur"] != 0]
    if len(moving):
        years = sorted(rows["year"].unique())
        lines = tuple(
            (str(label), *(dutch.euros(amount) for amount in found.sort_values("year")["cash_eur"]))
            for label, found in rows[rows["label"].isin(moving["label"])].groupby("label", sort=False)
        )
        words = (
            "Geld dat er per jaar echt bij komt of af gaat; min is uitgeven. Een baat telt hier pas mee als er is "
            "afgesproken dat een budget omlaag gaat; wat meer kost, telt meteen."
        )
        columns = ("Begroting", *(str(year) for year in years))
        parts += [Text(words), Table("Geld per begroting, niet teruggerekend", columns, lines)]
    payments = source.rows("out_mkba__side_payments", alternative=str(headline["alternative"]))
    if len(payments):
        parts += [
            Text("Met deze betalingen, opgeteld over alle jaren, gaat geen begroting erop achteruit:"),
            Points(
                tuple(
                    f"{row['payer_label']} betaalt {dutch.euros(row['amount_eur'])} aan {row['receiver_label']}"
                    for _, row in payments.iterrows()
                )
            ),
        ]
    return parts


def worth_of_knowing(source: Source) -> list[Part]:
    """What it is at most worth to know more before choosing: everything, and the inputs where it matters most."""
    rows = source.table("out_mkba__information").sort_values("rank")
    if rows.empty:
        return []
    sentences = [dutch.tidy(str(rows["sentence"].iloc[0]))]
    named = rows[(rows["rank"] > 0) & (rows["value_eur"] >= _WORTH_NAMING_EUR)].head(MOST_WORTH)
    sentences += [dutch.sentence(dutch.tidy(one)) for one in named["sentence"]]
    if named.empty:
        sentences.append("Eén uitgangspunt preciezer weten verandert de keuze niet, welk u ook neemt.")
    words = "Meer weten heeft waarde als de keuze er anders door kan worden. Zoveel mag het dus hoogstens kosten."
    return [Heading("Wat is meer weten waard?"), Text(words), Points(tuple(sentences))]
