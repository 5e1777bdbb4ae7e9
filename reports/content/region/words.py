"""What a synthesis says in words, no stronger than its margins and its kind of evidence allow."""

from __future__ import annotations

from data_contracts.demonstrable import LEVEL
from data_contracts.vocabulary.ladder import LadderVariant
from indicators.synthesis.outcomes import CHANGE, COMPARED, EURO, INDICATION, OutcomeTogether
from indicators.synthesis.random_effects import FEWEST
from reports.language import dutch, terms

KIND = {
    COMPARED: "Verschil met wie de aanpak niet kreeg",
    INDICATION: "Aanwijzing: een breuk in de eigen lijn, of een vergelijking waarvan een aanname niet klopte",
    CHANGE: "Verandering, zonder vergelijking",
}
NOT_CLEAR = {
    COMPARED: "geen aantoonbaar gemiddeld verschil",
    INDICATION: "geen aantoonbaar gemiddeld verschil",
    CHANGE: "geen aantoonbare gemiddelde verandering",
}


_SCALES = {LadderVariant.CLASSIC.value: "klassiek", LadderVariant.EXTENDED.value: "uitgebreid"}


def name_of(one: OutcomeTogether) -> str:
    """The outcome, with its unit where that is not plain."""
    about = one.about
    name = terms.outcome(about["subject"], about["life_domain"], about["what"])
    return f"{name}{_scale(about)} ({terms.unit(about['unit']).behind})"


def _scale(about: dict[str, str]) -> str:
    """Which ladder, or euros of which year."""
    scale = about["scale"]
    if about["unit"] == EURO:
        return f", in euro's van {scale}" if scale.isdigit() else ", euro's van een onbekend jaar"
    return f", {_SCALES.get(scale, 'soort onbekend')}" if scale else ""


def show_of(one: OutcomeTogether) -> dutch.Show:
    """How figures of this outcome are shown."""
    return terms.unit(one.about["unit"]).show


def is_clear(one: OutcomeTogether) -> bool:
    """Whether the mean over municipalities differs from nothing, minding all outcomes of its kind."""
    found = one.synthesis
    return found is not None and one.p_adjusted < LEVEL and (found.low > 0 or found.high < 0)


def municipalities(n: int) -> str:
    """1 gemeente, 5 gemeenten."""
    return f"{n} {'gemeente' if n == 1 else 'gemeenten'}"


def verdict(one: OutcomeTogether) -> str:
    """The sentence of an outcome: the mean first, then what it means for a next municipality."""
    found = one.synthesis
    if found is None:
        return too_few(one)
    show = show_of(one)
    mean = f"Gemiddeld {dutch.with_margin(found.mean, found.low, found.high, show)}, uit {municipalities(found.n)}"
    next_one = dutch.between(found.expected_low, found.expected_high, show)
    said = f"{mean}." if is_clear(one) else f"{mean}: {NOT_CLEAR[one.kind]}{_by_chance(one)}."
    return " ".join([said, *_spread(one), f"Een volgende gemeente kan {next_one} verwachten{_sign(one)}."])


def too_few(one: OutcomeTogether) -> str:
    """Why there is no synthesis."""
    n = len(one.rows)
    beside = f" Bij nog {municipalities(one.n_hidden)} staat het cijfer niet in de publicatie." if one.n_hidden else ""
    return f"Uit {municipalities(n)}: te weinig om samen te nemen (het minste is {FEWEST}).{beside}"


def _by_chance(one: OutcomeTogether) -> str:
    """Where the margin alone would have said otherwise."""
    found = one.synthesis
    if found is None or found.low <= 0 <= found.high:
        return ""
    return " (de marge ligt naast nul, maar bij zoveel uitkomsten samen kan dat toeval zijn)"


def _spread(one: OutcomeTogether) -> list[str]:
    found = one.synthesis
    assert found is not None  # noqa: S101  asked by its caller
    thing = "de verandering" if one.kind == CHANGE else "het verschil"
    if found.between > abs(found.mean):
        return [f"De gemeenten verschillen meer dan {thing} groot is."]
    if found.between == 0:
        return ["De gemeenten verschillen niet meer van elkaar dan toeval verklaart; dat is niet hetzelfde als gelijk."]
    return []


def _sign(one: OutcomeTogether) -> str:
    found = one.synthesis
    assert found is not None  # noqa: S101  asked by its caller
    if found.expected_low > 0 or found.expected_high < 0:
        return ""
    return ": het kan daar dus ook niets doen, of het omgekeerde" if is_clear(one) else ""
