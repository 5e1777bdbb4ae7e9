"""Samenvatting: what came out, how sure that is, and what is next; each sentence comes back with its figure."""

from __future__ import annotations

import pandas as pd

from data_contracts.demonstrable import LESS, MORE, NONE
from data_contracts.vocabulary.field import ALL, Stamp
from indicators.change.shares import with_shares
from reports.content.change.beside import measured_words, noise_range
from reports.content.learning import questions
from reports.content.money.verdict import verdict
from reports.content.parts import Chapter, Heading, Part, Points
from reports.language import dutch, terms, wording
from reports.released.leading_chance import leading_chance
from reports.released.reconciled import reconciling
from reports.released.source import Source


def summary(source: Source) -> Chapter:
    """Three short lists."""
    evidence = wording.EVIDENCE[source.stamp]
    parts: tuple[Part, ...] = (
        Heading("Wat zien we?"),
        Points(
            tuple([*people_told(source), *change_told(source), *said_told(source), *_cause(source), *_money(source)])
        ),
        Heading("Hoe zeker is dat?"),
        Points((f"Stempel: {source.stamp.label}. {wording.means(source.facts.design, source.stamp)}", evidence.cause)),
        Heading("Wat nu?"),
        Points(tuple(questions(source)[:3])),
    )
    return Chapter("samenvatting", "Samenvatting", parts)


def people_told(source: Source) -> list[str]:
    """How many people came in, and how many of them were measured."""
    rows = source.shown("out_change__funnel", subject="zrm", slice=ALL, life_domain=ALL)
    if rows.empty:
        return []
    row = rows.iloc[0]
    share = source.share_of(row, "n_scored_twice", "n_clients")
    of_all = f" ({dutch.percent(share)} van iedereen in beeld)" if share is not None else ""
    came = f"Er kwamen {dutch.count(row['n_clients'])} mensen in beeld."
    return [f"{came} {measured_words(source, row)}{of_all}."]


def change_told(source: Source) -> list[str]:
    """Who rose and who fell in the leading life domains, beside what noise alone would do."""
    rows = with_shares(source.change("zrm", source.main_pair))
    rows = rows[rows["life_domain"].isin(source.facts.headline_domains)].dropna(subset=["share_up", "share_down"])
    if rows.empty:
        return []
    up = dutch.listed(
        f"{dutch.percent(row['share_up'])} op {terms.domain(row['life_domain'])}"
        f"{source.mark('out_change__by_domain', row, 'n_up', dutch.count)}"
        for _, row in rows.iterrows()
    )
    down = dutch.between(rows["share_down"].min(), rows["share_down"].max(), dutch.percent)
    noise = noise_range(source)
    beside = f" Door meetruis alleen zou naar schatting al {noise} vooruitgaan, en evenveel achteruit." if noise else ""
    return [f"Van de mensen met twee metingen ging vooruit: {up}. Achteruit ging {down}. De rest bleef gelijk.{beside}"]


def said_told(source: Source) -> list[str]:
    """The mean mark that clients gave."""
    rows = source.shown("out_change__series", subject="experienced", life_domain="mark_1_10", cohort=ALL)
    last = rows.dropna(subset=["mean_score"]).sort_values("months_since_intake").tail(1)
    return [
        f"Cliënten gaven gemiddeld een {dutch.decimal(row['mean_score'], 1)} ({dutch.count(row['n_clients'])} "
        "antwoorden)."
        for _, row in last.iterrows()
    ]


def _cause(source: Source) -> list[str]:
    """What the design says of the leading life domains, and of care in euros."""
    if source.stamp is Stamp.CHANGE:
        return ["Of dit door de aanpak komt, weten we niet: er is geen groep om mee te vergelijken."]
    words = wording.EVIDENCE[source.stamp]
    rows = source.claims
    leading = rows[(rows["subject"] == "zrm") & rows["life_domain"].isin(source.facts.headline_domains)]
    better, worse, unsure = (leading[leading["shows"] == one] for one in (MORE, LESS, NONE))
    found = []
    if len(better):
        found.append(f"{dutch.sentence(words.good)} op: {_with_size(source, better)}.")
    if len(worse):
        found.append(f"{dutch.sentence(words.bad)} op: {_with_size(source, worse)}.")
    if len(unsure):
        names = dutch.listed(map(terms.domain, unsure["life_domain"]))
        found.append(f"{dutch.sentence(words.none)} op: {names}.")
    return found + _heavier(rows)


def _with_size(source: Source, rows: pd.DataFrame) -> str:
    return dutch.listed(
        f"{terms.domain(row['life_domain'])} ({dutch.signed(row['estimate'])} punt)"
        f"{source.mark('out_effects__estimates', row, 'estimate', dutch.signed)}"
        for _, row in rows.iterrows()
    )


def _heavier(rows: pd.DataFrame) -> list[str]:
    heavy = rows[(rows["subject"] == "solutions") & (rows["what"] == "individual")]
    heavy = heavy[heavy["shows"].isin([MORE, LESS])]
    return [
        f"{'Minder' if row['estimate'] < 0 else 'Meer'} mensen kregen een maatwerkvoorziening: "
        f"{dutch.points(row['estimate'])} procentpunt (marge "
        f"{dutch.between(row['ci_low'], row['ci_high'], dutch.points)})."
        for _, row in heavy.iterrows()
    ]


def _money(source: Source) -> list[str]:
    rows = source.table("out_mkba__headline")
    if rows.empty:
        return []
    mark = source.mark("out_mkba__headline", rows.iloc[0], "npv_mean_eur", dutch.euros)
    beside = reconciling(source.tables, rows.iloc[0])
    return [f"Kosten en baten{mark}. {balance_told(rows.iloc[0])}", *([beside] if beside else [])]


def balance_told(headline: pd.Series) -> str:
    """The balance of one alternative: where it leads, first whether it yields more than it costs."""
    told = dutch.tidy(str(headline["sentence"]))
    if headline["leading"] != "npv" or leading_chance(headline) is None:
        return told
    label = str(headline["label"])
    return f"{label}: {verdict(headline)}. {dutch.sentence(told.removeprefix(f'{label}: '))}"
