"""A forest plot: every municipality, all together, and what a next one may expect; with the numbers beside it."""

from __future__ import annotations

import numpy as np

from indicators.synthesis.outcomes import OutcomeTogether
from reports.charts.specs import Intervals, Series
from reports.content.parts import Explanation, Figure, Table
from reports.content.region.facts import RegionFacts
from reports.content.region.words import KIND, municipalities, name_of, show_of, verdict
from reports.language import dutch, terms

TOGETHER, NEXT_ONE = "Alle samen, gemiddeld", "Een volgende gemeente"


def forest(facts: RegionFacts, one: OutcomeTogether) -> Figure:
    """The figure of an outcome that has a synthesis."""
    found, show = one.synthesis, show_of(one)
    assert found is not None  # noqa: S101  asked by its caller
    own, rows = facts.named_rows(one.rows)
    values = (*rows["estimate"], found.mean, (found.expected_low + found.expected_high) / 2)
    lows = (*rows["ci_low"], found.low, found.expected_low)
    highs = (*rows["ci_high"], found.high, found.expected_high)
    chart = Intervals(
        (*own, TOGETHER, NEXT_ONE),
        (Series(name_of(one), values, lows, highs),),
        terms.unit(one.about["unit"]).behind,
        float(np.nanmax(np.abs(one.estimates))),
        show,
    )
    margins = [dutch.between(low, high, show) for low, high in zip(lows, highs, strict=True)]
    shown = [*map(show, values[:-1]), "-"]
    names = (*own, TOGETHER, NEXT_ONE)
    table = Table(
        f"{name_of(one)}: per gemeente, samen, en voor een volgende",
        ("Gemeente", "Cijfer", "Marge (95%)"),
        tuple(zip(names, shown, margins, strict=True)),
    )
    return Figure(f"{name_of(one)}. {KIND[one.kind]}", chart, table, _explained(one), reading=verdict(one))


def _explained(one: OutcomeTogether) -> Explanation:
    hidden = f" Bij {municipalities(one.n_hidden)} staat het cijfer niet in de publicatie." if one.n_hidden else ""
    moments = f"{terms.moment(one.about['moment_from'])} tot {terms.moment(one.about['moment_to'])}"
    return Explanation(
        "Elke gemeente weegt naar de standaardfout van haar cijfer en naar hoe ver gemeenten uiteen liggen (Paule en "
        "Mandel). De marge van het gemiddelde is die van Hartung en Knapp; de onderste balk houdt ook rekening met "
        "twijfel over hoe ver gemeenten uiteen liggen (Nagashima e.a. 2019).",
        f"{municipalities(len(one.rows))}.{hidden} Aantallen cliënten staan in hun eigen publicaties.",
        f"Iedereen in de publicatie die nu geldt, van {moments}.",
        "Gemeenten zijn op te vatten als een greep uit gemeenten die op hen lijken. Wie niet meedeed, kan anders zijn.",
    )
