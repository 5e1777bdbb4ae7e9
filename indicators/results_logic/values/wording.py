"""Measures, values and verdicts in plain Dutch sentences."""

from __future__ import annotations

import pandas as pd
from babel.numbers import format_decimal

from data_contracts.vocabulary.field import LifeDomain, SolutionKind, Stamp
from data_contracts.vocabulary.logic import DESIGN_NAMES, Direction, Verdict
from indicators.results_logic.tree import measures
from indicators.results_logic.tree.measures import Measure
from indicators.results_logic.values.verdicts import stands_out_by_chance

_SUBJECTS = {
    "zrm": "de ZRM",
    "ladder": "de Participatieladder",
    "experienced": "de ervaren baat",
    "provisions": "alle voorzieningen samen",
    "events": "alle gebeurtenissen samen",
    "solutions": "alle oplossingen samen",
}
_MOMENTS = {"first": "de eerste meting", "last": "de laatste meting", "monitoring": "de waakvlam"}
RECORDS = {
    "waiting_time": "wachttijd van melding tot eerste contact",
    "lead_time": "dagen tot de afsluiting, met een jaar als langste",
    "caseload": "aantal trajecten per medewerker",
    "with_plan": "aandeel mensen met een plan",
    "evaluated": "aandeel mensen met een evaluatie binnen een jaar",
    "question_answered": "aandeel mensen van wie de vraag is beantwoord",
}
COUNTED = {
    "scored": "aandeel mensen met een score",
    "scored_twice": "aandeel mensen met een tweede score",
    "monitored": "aandeel mensen met een score in de waakvlam",
}
SOLUTIONS = SolutionKind.labels()


def measured(measure: Measure) -> str:
    """What a measure computes, in one Dutch phrase."""
    match measure:
        case measures.PairMeasure():
            phrase = measure.phrase.format(on=_on(measure.life_domain, measure.subject))
            return f"{phrase}, van {_moment(measure.moment_from)} tot {_moment(measure.moment_to)}"
        case measures.CaseRecord():
            return _periods(RECORDS[measure.what], measure)
        case measures.Registration():
            on = _on(measure.life_domain, measure.subject)
            return _periods(f"{COUNTED[measure.what]} op {on}", measure)
        case measures.ShareUsing():
            return _periods(f"aandeel mensen met {_used(measure.subject, measure.what)}", measure)
        case measures.AmountPerYear():
            counted = f" ({_unit(measure.counted_in)})" if measure.counted_in else ""
            return _periods(f"{_used(measure.subject, measure.what)}{counted} per persoon per jaar", measure)
        case measures.Reach():
            return _periods("aantal mensen dat binnenkwam", measure)
        case measures.CostPerCase():
            costs = measure.cost_kind or ("kosten van de nieuwe aanpak" if measure.only_new_approach else "kosten")
            return _periods(f"{costs} per persoon die binnenkwam", measure)
        case measures.Estimate():
            if measure.what == "all" and measure.subject != "hours":
                on = _on(measure.life_domain, measure.subject)
                return f"geschat verschil op {on} (ontwerp: {DESIGN_NAMES[measure.design]})"
            used = _used(measure.subject, measure.what)
            used = f"aandeel mensen met {used}" if measure.subject == "solutions" else used
            return f"geschat verschil in {used} (ontwerp: {DESIGN_NAMES[measure.design]})"
    raise TypeError(f"no words for {type(measure).__name__}")


def _used(subject: str, what: str) -> str:
    if subject == "solutions":
        return f"als oplossing {SOLUTIONS[what]}"
    return "uren steun" if subject == "hours" else what


def _on(domain: LifeDomain | None, subject: str) -> str:
    return domain.label if domain else _SUBJECTS.get(subject, subject)


def _moment(moment: str) -> str:
    months = measures.months_of(moment)
    return _MOMENTS.get(moment) or (f"{months} maanden na de eerste meting" if months else f"meting {moment[1:]}")


def _periods(phrase: str, measure: measures.PeriodMeasure) -> str:
    if measure.period_from and measure.period_to:
        return f"{phrase}, {measure.period_to} vergeleken met {measure.period_from}"
    return f"{phrase}, laatste hele jaar van instroom vergeleken met het eerste"


_UNIT_WORDS = {"points": " punt", "share": " procentpunt", "ratio": "%", "amount": " per persoon per jaar"}
_DIGITS = {"points": 2, "share": 0, "ratio": 0, "amount": 3}


def figure(amount: float, unit: str) -> str:
    """A signed figure in its unit, in Dutch notation: +0,4 punt, +6 procentpunt, -12%."""
    return _signed(amount, unit) + _UNIT_WORDS[unit]


def between(low: float, high: float, unit: str) -> str:
    """A range in words: tussen +0,2 en +0,5 punt."""
    return f"tussen {_signed(low, unit)} en {_signed(high, unit)}{_UNIT_WORDS[unit]}"


def _signed(amount: float, unit: str) -> str:
    percent = 100 if unit in ("share", "ratio") else 1
    digits = _DIGITS[unit]
    if percent == 100 and round(amount * percent, digits) == 0:
        digits = 1  # less than one in a hundred is not nothing
    shown = round(amount * percent, digits) + 0.0  # no minus before a rounded zero
    return ("+" if shown > 0 else "") + format_decimal(shown, locale="nl")


_AMOUNTS = {"hour": "uur", "eur": "euro"}
_WHY_NOT = {
    "too_few": "Het gaat om te weinig mensen om te tonen.",
    "secondary": "Dit cijfer blijft verborgen, omdat het anders een kleine groep zou verraden.",
    "banded": "Een deelgroep is te klein of juist bijna iedereen.",
    "refused": "Dit cijfer kon niet eerlijk worden berekend.",
    "unequal_follow_up": "De twee jaren zijn niet even lang gevolgd; dat maakt de vergelijking oneerlijk.",
    "one_period": "Er is nog maar één jaar van instroom om te vergelijken.",
    "missing": "In de levering staat hierover niets.",
}


_BY_CHANCE = "De marge loopt niet door de nul. Toch is dit geen aantoonbaar verschil: er is naar veel tegelijk gekeken."
_STANDS_STILL = " Een verschil onder {size} telt als gelijk gebleven."


_PER_HUNDRED = "keer per 100 mensen per jaar"


def verdict_sentence(
    verdict: Verdict, value: pd.Series, direction: Direction, measure: Measure, *, smallest: float, why: str = ""
) -> str:
    """The verdict on an indicator in words, with the figure and its interval where there is one.

    `smallest` is the smallest difference that counts, `why` what stands in the way of a figure where that is known.
    """
    unit = measures.unit_of(measure)
    if pd.isna(value["estimate"]):
        return f"{verdict.label.capitalize()}. {why or _WHY_NOT.get(value['status'], _WHY_NOT['refused'])}"
    shown = f"{figure(value['estimate'], unit)}, waarschijnlijk {between(value['ci_low'], value['ci_high'], unit)}"
    if unit == "amount" and isinstance(measure, measures.Estimate):
        shown = _events(value) if measure.subject == "events" else _counted_in(shown, value["counted"])
    change = "een verandering van " if value["stamp"] == Stamp.CHANGE else ""
    sentence = f"{verdict.label.capitalize()} (verwacht: {direction.label}). Gemeten is {change}{shown}."
    if verdict is Verdict.STOOD_STILL or (verdict is Verdict.AS_EXPECTED and direction is Direction.STABLE):
        return sentence + _STANDS_STILL.format(size=_size(smallest, unit, measure, value))
    return f"{sentence} {_BY_CHANCE}" if stands_out_by_chance(value) else sentence


def _size(smallest: float, unit: str, measure: Measure, value: pd.Series) -> str:
    """The smallest difference that counts, without a sign."""
    if unit == "amount" and getattr(measure, "subject", "") == "events":
        return f"{_signed(100 * smallest, unit)} {_PER_HUNDRED}".lstrip("+")
    size = figure(smallest, unit).lstrip("+")
    return _counted_in(size, value["counted"]) if unit == "amount" else size


def _unit(code: str) -> str:
    return _AMOUNTS.get(code, code)


def _counted_in(shown: str, counted: str) -> str:
    return shown.replace(" per persoon", f" {_unit(counted)} per persoon")


def _events(value: pd.Series) -> str:
    """Events are few per person: as in the chapters they are told per hundred people in a year."""
    mean, low, high = (_signed(100 * value[name], "amount") for name in ("estimate", "ci_low", "ci_high"))
    return f"{mean} {_PER_HUNDRED}, waarschijnlijk tussen {low} en {high} {_PER_HUNDRED}"
