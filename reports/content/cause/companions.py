"""Beside the headline: the same question asked in other ways, and how much must be wrong before nothing is left."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.certainty import RARE, smallest_p_value
from reports.content.cause.compared_use import use_compared
from reports.content.cause.staggered import staggered, with_margin
from reports.content.chosen import when_chosen
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source


def companions(source: Source) -> list[Part]:
    """The other figures of the declared design for the leading life domains."""
    rows = source.claims
    leading = rows[(rows["subject"] == "zrm") & rows["life_domain"].isin(source.facts.headline_domains)]
    made: dict[str, Callable[[Source, pd.DataFrame], list[Part]]] = {
        "staggered": staggered,
        "comparison": _comparison,
        "series": _series,
    }
    if leading.empty or source.facts.design not in made:
        return use_compared(source)
    return [Heading("Anders gerekend"), *made[source.facts.design](source, leading), *use_compared(source)]


def _comparison(source: Source, rows: pd.DataFrame) -> list[Part]:
    is_ancova = source.facts.headline_measure == "effect_ancova"
    names = ("effect" if is_ancova else "effect_ancova", "effect_weighted", "effect_doubly_robust")
    beside = [source.by_domain("comparison", name) for name in names]
    body, reasons = [], []
    for _, row in rows.iterrows():
        domain, checks = str(row["life_domain"]), Assumptions.of(str(row["assumptions"]))
        found = (one.get(domain) for one in beside)
        hidden = dutch.decimal(checks.number("unseen_cause", "e_value_interval"), 1)
        body.append((terms.domain(domain), dutch.signed(row["estimate"]), *map(with_margin, found), hidden))
        at_start = checks.number("difference_or_ancova", "difference_at_start")
        reasons.append(f"{terms.domain(domain)} {dutch.signed(at_start)}")
    own, other = ("Gelijke start", "Verschil in verandering")[:: 1 if is_ancova else -1]
    columns = (
        "Leefgebied",
        f"{own} (hoofdcijfer)",
        f"{other} (marge)",
        "Gewogen (marge)",
        "Dubbel gecorrigeerd (marge)",
        "Zo sterk moet een verborgen oorzaak zijn",
    )
    return [
        Text(_against(source)),
        Table("Het hoofdcijfer naast andere rekenwijzen", columns, tuple(body), texts=frozenset({2, 3, 4})),
        Text(
            "'Verschil in verandering' gaat ervan uit dat beide groepen zonder de aanpak evenveel waren veranderd. "
            "'Gelijke start' gaat ervan uit dat mensen met dezelfde beginscore even ver waren gekomen. De twee "
            f"verschillen als de groepen niet gelijk begonnen. Het verschil bij de start in punten: "
            f"{dutch.listed(reasons)}. Welke aanname klopt, hangt af van hoe mensen in de groepen kwamen. Dat staat "
            f"niet in de cijfers. {when_chosen(source)}"
        ),
        *_on_both_scales(source),
        Text(
            "De laatste kolom: zoveel keer zo vaak moet een verborgen oorzaak voorkomen in de ene groep, én zoveel "
            "keer de uitkomst vergroten, om het verschil onzeker te maken. Een 1 betekent: het is nu al niet zeker."
        ),
    ]


def _on_both_scales(source: Source) -> list[Part]:
    """What the difference in change is on either scale, where scores stop at an end."""
    said = []
    for domain, row in source.by_domain("comparison", "effect").items():
        checks = Assumptions.of(str(row["assumptions"]))
        found = [checks.number("bounded_scale", name) for name in ("in_points", "underlying")]
        if domain in source.facts.headline_domains and None not in found:
            in_points, underlying = map(dutch.signed, found)
            said.append(f"{terms.domain(domain)} {in_points} en {underlying}")
    if not said:
        return []
    return [
        Text(
            "Een score kan niet onder de laagste en niet boven de hoogste trede komen. Een groep die dichter bij zo'n "
            "grens begint, lijkt daardoor minder te veranderen dan zij doet. Het verschil in verandering is daarom op "
            "twee manieren berekend: in punten, en op een schaal zonder grenzen waarvan de scores de treden zijn. "
            "Welke van de twee klopt, is aan twee metingen niet te zien. Het cijfer ligt er middenin en de marge omvat "
            f"de marges van beide. In punten en zonder grenzen: {dutch.listed(said)}."
        )
    ]


def _against(source: Source) -> str:
    whose = {
        "never_started": "teams die nooit met de nieuwe werkwijze begonnen",
        "not_yet_started": "teams die er nooit of pas later mee begonnen",
    }
    return (
        f"Vergeleken is met mensen van {whose[source.facts.compared_with or 'never_started']}, die in dezelfde "
        "halfjaren binnenkwamen."
    )


def _series(source: Source, rows: pd.DataFrame) -> list[Part]:
    body = []
    for _, row in rows.iterrows():
        checks = Assumptions.of(str(row["assumptions"]))
        bend = checks.number("bend", "per_period")
        name = terms.domain(str(row["life_domain"]))
        body.append((name, dutch.signed(row["estimate"]), dutch.signed(bend), _placebo_words(checks)))
    started = f" op {dutch.day(source.facts.started_on)}" if source.facts.started_on else ""
    return [
        Text(
            f"Iedereen begon{started}. De lijn is per maand van binnenkomst. Mensen die in het jaar daarvoor "
            "binnenkwamen, hadden met beide werkwijzen te maken en tellen niet mee."
        ),
        Table(
            "De knik in de lijn, en hoe vaak zo'n knik voorkomt",
            ("Leefgebied", "Sprong", "Daarna per maand erbij", "Verzonnen startdata met zo'n sprong"),
            tuple(body),
            texts=frozenset({3}),
        ),
    ]


def _placebo_words(checks: Assumptions) -> str:
    """Of how many invented starts the step was as large; with too few of them, that this says nothing."""
    starts, as_large = (checks.number("placebo_starts", name) for name in ("n_starts", "n_as_large"))
    if starts is None or as_large is None:
        return dutch.NOT_SHOWN
    words = f"{as_large:.0f} van {starts:.0f}"
    return words if smallest_p_value(int(starts)) <= RARE else f"{words}; te weinig om iets te zeggen"
