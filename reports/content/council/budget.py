"""What it means for the municipality's own budget per year: only what is agreed to be cashed."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import Stakeholder
from mkba.wording import significant
from reports.charts.specs import YearBars
from reports.content.parts import Explanation, Figure, Table
from reports.language import dutch
from reports.released.source import Source

NET = "samen"
EXPECTED = "Dit zijn verwachte bedragen, zonder eigen marge."
_SEE_BALANCE = "Hoe zeker zij samen zijn, leest u aan de marge van het saldo."


def budget_figure(source: Source, headline: pd.Series) -> Figure | None:
    """Bars per year and budget of the municipality with the net line; None where no money moves."""
    rows = source.rows(
        "out_mkba__budgets", alternative=str(headline["alternative"]), stakeholder=Stakeholder.MUNICIPALITY.value
    )
    moving = set(rows.loc[rows["cash_eur"] != 0, "label"])
    rows = rows[rows["label"].isin(moving)]
    if rows.empty:
        return None
    wide = rows.pivot_table(index="label", columns="year", values="cash_eur", sort=False, observed=True)
    wide = wide.reindex(sorted(wide.columns), axis="columns")
    net = wide.sum()
    has_margin = pd.notna(headline["npv_p05_eur"])
    years = tuple(str(year) for year in wide.columns)
    parts = tuple(
        (str(name), tuple(map(float, values))) for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    )
    lines = [(name, *map(dutch.euros, values)) for name, values in parts]
    return Figure(
        f"Begroting van de gemeente per jaar bij '{headline['label']}'",
        YearBars(years, parts, tuple(map(float, net)), NET, "euro per jaar", dutch.euros),
        Table(
            "Geld van de gemeente per jaar; min is uitgeven",
            ("Begroting", *years),
            (*lines, (dutch.sentence(NET), *map(dutch.euros, net))),
        ),
        Explanation(
            "Per jaar: wat er bij komt min wat eraf gaat, per budget van de gemeente. Niet teruggerekend naar nu.",
            "bedragen, geen mensen",
            "Een baat telt pas mee als er is afgesproken dat een budget omlaag gaat.",
            "De afspraken over verzilveren staan in mkba.yaml.",
        ),
        " ".join(filter(None, [EXPECTED, _SEE_BALANCE if has_margin else "", _apart(parts, net)])),
    )


def _apart(parts: tuple[tuple[str, tuple[float, ...]], ...], net: pd.Series) -> str:
    """A word for who adds up what is shown and finds something else."""
    shown = [sum(map(significant, amounts)) for amounts in zip(*(values for _, values in parts), strict=True)]
    if all(dutch.euros(one) == dutch.euros(whole) for one, whole in zip(shown, net, strict=True)):
        return ""
    return "Elk bedrag is apart afgerond. Een som kan daardoor iets anders lijken."
