"""Wat valt er te leren: questions for the learning circle, made from what is not yet clear."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from data_contracts.demonstrable import NONE
from data_contracts.vocabulary.field import ALL, Stamp
from data_contracts.vocabulary.logic import PURPOSE, LinkVerdict, Verdict
from reports.content.circle.told import learned
from reports.content.parts import Chapter, Heading, Part, Points, Text
from reports.language import dutch, terms
from reports.released.source import Source

MOST_QUESTIONS = 6
MOST_NAMES = 5
_BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])")


def learning(source: Source) -> Chapter:
    """Questions to talk about, and what to register better."""
    parts: list[Part] = [
        Text(f"Cijfers geven geen besluit, wel een gesprek. {PURPOSE}"),
        Heading("Vragen voor de leerkring"),
        Points(tuple(questions(source)[:MOST_QUESTIONS])),
    ]
    missing = to_register(source)
    if missing:
        parts += [Heading("Wat beter vastleggen"), Points(tuple(missing))]
    parts += learned(source)
    return Chapter("leren", "Wat valt er te leren?", tuple(parts))


def questions(source: Source) -> list[str]:
    """From the sharpest to the most general."""
    proposals = source.table("out_logic__proposals")["question_for_the_circle"]
    return [*proposals, *_from_links(source), *_from_indicators(source), *_from_estimates(source), *_always(source)]


def _from_links(source: Source) -> list[str]:
    rows = source.rows("out_logic__links", verdict=LinkVerdict.UPPER_STAYS_BEHIND.value)
    return [
        f"'{row['title_from']}' gaat zoals verwacht, '{row['title_to']}' niet. Klopt de redenering nog?"
        for _, row in rows.iterrows()
    ]


def _from_indicators(source: Source) -> list[str]:
    said = {
        Verdict.DIFFERENT.value: "Dit gaat anders dan verwacht.",
        Verdict.STOOD_STILL.value: "Dit bleef gelijk, terwijl wij een verandering verwachtten.",
    }
    rows = source.rows("out_logic__indicators", slice=ALL)
    return [
        f"{row['question']} {said[row['verdict']]} Herkent u dat, en hoe kan dat?"
        for _, row in rows[rows["verdict"].isin(list(said))].iterrows()
    ]


def _from_estimates(source: Source) -> list[str]:
    if source.stamp is Stamp.CHANGE:
        return []
    rows = source.claims
    measured = rows[rows["subject"] == "zrm"]
    unsure = measured[measured["shows"] == NONE]
    if unsure.empty:
        return []
    return [
        f"Op {_not_shown_on(unsure, measured)} aantoonbaar verschil gemeten. Werkt de aanpak daar niet, is het te "
        "vroeg, of zijn er te weinig mensen of teams om het te zien?"
    ]


def _not_shown_on(unsure: pd.DataFrame, measured: pd.DataFrame) -> str:
    """The life domains by name, or how many of how many where a list would be long."""
    if len(unsure) <= MOST_NAMES:
        return f"{dutch.listed(map(terms.domain, unsure['life_domain']))} is geen"
    if len(unsure) == len(measured):
        return f"geen van de {len(measured)} leefgebieden is een"
    return f"{len(unsure)} van de {len(measured)} leefgebieden is geen"


def _always(source: Source) -> list[str]:
    rows = source.change("zrm", source.main_pair).dropna(subset=["n_down"])
    found = []
    if len(rows):
        share = rows["n_down"].astype(float) / rows["n_clients"].astype(float)
        worst = rows.iloc[int(share.argmax())]
        found.append(
            f"Op {terms.domain(str(worst['life_domain']))} ging {dutch.percent(float(share.max()))} achteruit. "
            "Wie zijn dat, en wat hadden zij nodig?"
        )
    funnel = source.shown("out_change__funnel", subject="zrm", slice=ALL, life_domain=ALL)
    if len(funnel) and pd.notna(funnel["n_scored_twice"].iloc[0]):
        once = 1 - funnel["n_scored_twice"].iloc[0] / funnel["n_clients"].iloc[0]
        found.append(
            f"Van de mensen in beeld is ongeveer {dutch.percent(once)} niet twee keer gemeten. Hoe gaat het met hen?"
        )
    return [*found, "Wat ziet u in de wijk dat niet in deze cijfers staat?"]


def to_register(source: Source) -> list[str]:
    """What the tree says to record, and the chapters that are still empty."""
    rows = source.rows("out_logic__indicators", slice=ALL)
    found = [f"{row['question']} {row['to_register']}" for _, row in rows.iterrows() if row["to_register"]]
    found += _not_said(source.table("out_logic__diagnosis")["to_register"], found)
    information = source.table("out_mkba__information")
    worth = information[(information["rank"] > 0) & (information["one_more_year_eur"] > 0)].sort_values("rank").head(2)
    found += [dutch.tidy(sentence) for sentence in worth["sentence"]]
    if source.table("out_change__series").query("subject == 'experienced'").empty:
        found.append("Wat cliënten zelf zeggen ontbreekt. Vraag na afloop om een rapportcijfer en een toelichting.")
    return found


def _not_said(advice: Iterable[str], already: list[str]) -> list[str]:
    """Every sentence of the advices once: branches of a tree share steps, and a question may have named one."""
    sentences = dict.fromkeys(one for text in advice for one in _BETWEEN_SENTENCES.split(text) if one)
    return [one for one in sentences if not any(one in said for said in already)]
