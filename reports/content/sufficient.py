"""P(voldoende) in time: the share that is sufficient at each moment, by the model that also counts who missed one."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data_contracts.vocabulary.ladder import OWN_GOAL
from data_contracts.vocabulary.scales import scale_of
from reports.charts.specs import Course, Courses
from reports.content.parts import Explanation, Figure, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source


def sufficient_parts(source: Source, subject: str, domains: Collection[str]) -> tuple[Part, ...]:
    """One figure with a line per life domain, and the reason where a line cannot be told."""
    rows = source.shown("out_change__curves", subject=subject, slice="all")
    rows = rows[rows["life_domain"].isin(list(domains))]
    rows = rows.assign(months=rows["moment"].map(_months)).sort_values("months", kind="stable")
    known = rows.dropna(subset=["share_sufficient"])
    lines = {str(code): group for code, group in known.groupby("life_domain", observed=True) if len(group) > 1}
    named = [code for code in domains if code in lines]
    unknown = [code for code in domains if code not in lines and (rows["life_domain"] == code).any()]
    parts: list[Part] = [_figure(subject, {code: lines[code] for code in named})] if named else []
    for code in unknown:
        reasons = rows.loc[rows["life_domain"] == code, "refused_because"].dropna()
        if len(reasons):
            name = terms.outcome(subject, code, code)
            parts.append(Text(f"{name}: een beloop van het deel dat voldoende is, staat er niet. {reasons.iloc[0]}"))
    return tuple(parts)


def _months(moment: str) -> int:
    return 0 if moment == "first" else int(moment[1:])


def _cut(subject: str, life_domain: str) -> str:
    """What is sufficient, in words."""
    scale = scale_of(subject, life_domain)
    if life_domain == OWN_GOAL:
        return "het eigen doel op de ladder bereikt"
    return f"een score van {scale.sufficient_from} of hoger" if scale else "voldoende"


def _figure(subject: str, lines: dict[str, pd.DataFrame]) -> Figure:
    cut = _cut(subject, next(iter(lines)))
    courses = tuple(
        Course(
            terms.outcome(subject, code, code),
            tuple(group["months"].astype(float)),
            tuple(group["share_sufficient"].astype(float)),
        )
        for code, group in lines.items()
    )
    body = tuple(
        (
            terms.outcome(subject, code, code),
            f"{row['months']} maanden",
            dutch.count(row["n_clients"]),
            dutch.percent(row["share_sufficient"]),
            dutch.between(row["share_sufficient_low"], row["share_sufficient_high"], dutch.percent),
        )
        for code, group in lines.items()
        for row in group.to_dict("records")
    )
    return Figure(
        f"Welk deel van de mensen heeft {cut}, in de tijd?",
        Courses(courses, "maanden sinds de eerste meting", "deel van de mensen", dutch.percent),
        Table(
            f"Deel van de mensen met {cut}",
            ("Leefgebied", "Na", "Mensen gemeten", "Voldoende", "Marge (95%)"),
            body,
            frozenset({1}),
        ),
        Explanation(
            "Een model voor geordende scores met een eigen niveau per persoon (cumulatief logit-model), omgerekend "
            "naar het deel van alle mensen.",
            "per punt verschillend, zie de tabel",
            "Iedereen met minstens één score. Wie een moment miste, telt mee met de scores die er wel zijn.",
            "Wie wegbleef, lijkt op wie net zo scoorde en bleef. De marge gaat over toeval tussen mensen, niet over "
            "verschillen tussen teams.",
        ),
    )
