"""Over wie gaat het: from everybody in view to those who were measured again, and in the monitoring phase."""

from __future__ import annotations

import math

import pandas as pd

from data_contracts.tables.released import PartStatus
from data_contracts.vocabulary.field import ALL
from reports.charts.specs import Bars
from reports.content.parts import Chapter, Explanation, Figure, Part, Table, Text
from reports.content.years import year_named
from reports.language import dutch, terms
from reports.released.source import Source

STEPS = {
    "n_clients": "In beeld",
    "n_scored": "Minstens één keer gemeten",
    "n_scored_twice": "Twee keer gemeten",
    "n_monitored": "Gemeten in de waakvlam",
}
START_UNKNOWN = (
    "Er zijn kosten gemaakt voor een nieuwe aanpak, maar wanneer teams ermee begonnen, is niet geleverd. Wie onder die "
    "aanpak binnenkwam, is daarom niet te zeggen. Zet per team de startdatum in teams.yaml of in de levering van teams."
)
MISSING_BAR = (
    "Een stap zonder balk gaat over bijna iedereen, of over te weinig mensen om te tonen. De tabel achter deze figuur "
    "zegt welke."
)


def people(source: Source) -> Chapter:
    """The funnel, and how many came in each year."""
    rows = source.shown("out_change__funnel", subject="zrm", slice=ALL)
    if rows.empty:
        return Chapter("mensen", "Over wie gaat het?", missing="Daarvoor is een levering nodig met scores op de ZRM.")
    parts: list[Part] = [
        Text(
            "Niet iedereen die bij een wijkteam kwam, is gemeten. En niet iedereen is een tweede keer gemeten. Wie "
            "wegblijft kan het beter of juist slechter hebben. Houd dat in gedachten bij elk cijfer hierna."
        ),
        _funnel(source, rows),
    ]
    reach = _reach(source)
    return Chapter("mensen", "Over wie gaat het?", (*parts, *reach))


def _funnel(source: Source, rows: pd.DataFrame) -> Figure:
    total = rows[rows["life_domain"] == ALL]
    top = (total if len(total) else rows).iloc[0]
    bars = [name for name in STEPS if _is_shown(top, name)]
    table = Table(
        "Hoeveel mensen zijn gemeten, per leefgebied",
        ("Leefgebied", *STEPS.values()),
        tuple(
            (
                terms.domain(row["life_domain"]),
                dutch.count(row["n_clients"]),
                *(source.part(row, name) for name in list(STEPS)[1:]),
            )
            for _, row in rows.iterrows()
        ),
    )
    return Figure(
        "Van iedereen in beeld tot wie opnieuw is gemeten",
        Bars(
            tuple(STEPS[name] for name in bars),
            tuple(float(top[name]) for name in bars),
            "aantal mensen",
            dutch.count,
        ),
        table,
        Explanation(
            "Telling van verschillende mensen. Wie op geen enkel leefgebied een score heeft, telt alleen bij 'in "
            "beeld'.",
            f"{dutch.count(top['n_clients'])} mensen in beeld",
            "Alle mensen met een traject of een meting, van alle teams en jaren in de levering, gemeten of niet.",
            f"Aantallen zijn afgerond op {source.facts.thresholds.round_to}. Een leefgebied dat niet speelt, wordt "
            "niet gescoord; dat is gewoon.",
        ),
        "" if len(bars) == len(STEPS) else MISSING_BAR,
    )


def _is_shown(row: pd.Series, name: str) -> bool:
    shown = name == "n_clients" or row[f"{name}_status"] == PartStatus.SHOWN
    return shown and not pd.isna(row[name]) and not math.isnan(float(row[name]))


def _reach(source: Source) -> list[Part]:
    rows = source.shown("out_reach__by_year")
    if rows.empty:
        return []
    wide = rows.pivot_table(index="year", columns="way", values="n_clients", observed=True)
    found = [way for way in terms.WAYS if way in wide]
    # Of a register without a single start nobody can say that everybody came in under the usual way.
    is_known = set(source.table("out_reach__by_year")["way"]) != {"regular"}
    table = Table(
        "Hoeveel mensen er per jaar bij kwamen",
        ("Jaar", *(terms.WAYS[way] if is_known else "Mensen" for way in found)),
        tuple((year_named(source, year), *(dutch.count(row[way]) for way in found)) for year, row in wide.iterrows()),
    )
    is_paid_for = bool(source.table("out_costs__by_year")["is_new_approach"].any())
    return [table] if is_known or not is_paid_for else [table, Text(START_UNKNOWN)]
