"""Samenvatting: what came out, how sure that is, and what is next; each sentence comes back with its figure."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary import ALL, Stamp
from indicators.shares import with_shares
from reports import dutch, wording
from reports.chapters.learning import questions
from reports.parts import Chapter, Heading, Part, Points
from reports.source import Source


def summary(source: Source) -> Chapter:
    """Three short lists."""
    evidence = wording.EVIDENCE[source.stamp]
    parts: tuple[Part, ...] = (
        Heading("Wat zien we?"),
        Points(tuple([*_people(source), *_change(source), *_cause(source), *_money(source)])),
        Heading("Hoe zeker is dat?"),
        Points((f"Stempel: {source.stamp.label}. {evidence.means}", evidence.cause)),
        Heading("Wat nu?"),
        Points(tuple(questions(source)[:3])),
    )
    return Chapter("samenvatting", "Samenvatting", parts)


def _people(source: Source) -> list[str]:
    rows = source.shown("out_change__funnel", subject="zrm", slice=ALL, life_domain=ALL)
    if rows.empty:
        return []
    row = rows.iloc[0]
    again = source.part(row, "n_scored_twice")
    return [f"Er kwamen {dutch.count(row['n_clients'])} mensen in beeld. Twee keer gemeten: {again}."]


def _change(source: Source) -> list[str]:
    rows = with_shares(source.change("zrm", source.main_pair))
    rows = rows[rows["life_domain"].isin(source.facts.headline_domains)].dropna(subset=["share_up", "share_down"])
    return [
        f"{wording.domain(row['life_domain'])}: {dutch.percent(row['share_up'])} ging vooruit, "
        f"{dutch.percent(row['share_down'])} ging achteruit."
        for _, row in rows.iterrows()
    ]


def _cause(source: Source) -> list[str]:
    """What the design says of the leading life domains, and of care in euros."""
    if source.stamp is Stamp.CHANGE:
        return ["Of dit door de aanpak komt, weten we niet: er is geen groep om mee te vergelijken."]
    outcome = wording.EVIDENCE[source.stamp].outcome
    rows = source.estimates
    leading = rows[(rows["subject"] == "zrm") & rows["life_domain"].isin(source.facts.headline_domains)]
    clear, unsure = leading[leading["ci_low"] > 0], leading[(leading["ci_low"] <= 0) & (leading["ci_high"] >= 0)]
    found = []
    if len(clear):
        shown = dutch.listed(
            f"{wording.domain(row['life_domain'])} ({dutch.signed(row['estimate'])} punt)"
            for _, row in clear.iterrows()
        )
        found.append(f"Een duidelijk {outcome} van de aanpak op: {shown}.")
    if len(unsure):
        found.append(
            f"Niet zeker of er een {outcome} is op: {dutch.listed(map(wording.domain, unsure['life_domain']))}."
        )
    return found + _heavier(rows)


def _heavier(rows: pd.DataFrame) -> list[str]:
    heavy = rows[(rows["subject"] == "solutions") & (rows["what"] == "individual")]
    heavy = heavy[(heavy["ci_high"] < 0) | (heavy["ci_low"] > 0)]
    return [
        f"{'Minder' if row['estimate'] < 0 else 'Meer'} mensen kregen een maatwerkvoorziening: "
        f"{dutch.points(row['estimate'])} ({dutch.between(row['ci_low'], row['ci_high'], dutch.points)})."
        for _, row in heavy.iterrows()
    ]


def _money(source: Source) -> list[str]:
    rows = source.table("out_mkba__headline")
    return [f"Kosten en baten. {dutch.tidy(rows['sentence'].iloc[0])}"] if len(rows) else []
