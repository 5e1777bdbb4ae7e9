"""And back: one municipality reads its own figures beside what the others let expect, and drawn towards that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_contracts.vocabulary.field import ALL
from indicators.synthesis.elsewhere import Elsewhere, in_the_light_of_others
from indicators.synthesis.outcomes import COMPARED, KINDS, OutcomeTogether
from indicators.synthesis.random_effects import FEWEST
from mkba.wording import significant
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text
from reports.content.region.facts import RegionFacts
from reports.content.region.words import KIND, name_of, show_of
from reports.language import dutch

COLUMNS = (
    "Uitkomst",
    "Eigen cijfer (95%)",
    "Andere gemeenten",
    "Elders te verwachten (95%)",
    "Bijgesteld naar elders (95%)",
)


def own_chapter(facts: RegionFacts, outcomes: Sequence[OutcomeTogether], own: int) -> Chapter:
    """The page of the municipality at place `own` of the region."""
    name = facts.takers[own].name
    parts: list[Part] = [
        Text(
            "Het eigen cijfer van een kleine gemeente slaat ver uit, ook als er weinig aan de hand is. Daarom staat "
            "hier ernaast wat in andere gemeenten is gevonden. Het bijgestelde cijfer is het eigen cijfer, getrokken "
            "naar wat elders te verwachten is: verder naarmate het eigen cijfer onzekerder is en de anderen meer op "
            "elkaar lijken. Het is een schatting met een aanname en staat niet in uw eigen publicatie."
        )
    ]
    found = False
    for kind in KINDS:
        rows = list(_rows([one for one in outcomes if one.kind == kind], own))
        if rows:
            found = True
            parts += [Heading(KIND[kind]), Table(f"{name}. {KIND[kind]}", COLUMNS, tuple(rows))]
    parts += [Text(words) for one in outcomes if (words := _for_the_balance(one, own))]
    if not found:
        parts.append(Text(_why_nothing(facts, outcomes, own)))
    parts += [Heading("Wat dit niet zegt"), Points(tuple(_limits()))]
    return Chapter("synthese", f"{name} naast de andere gemeenten van {facts.region}", tuple(parts))


def _why_nothing(facts: RegionFacts, outcomes: Sequence[OutcomeTogether], own: int) -> str:
    """What is lacking where nothing stands beside anything: the municipality itself, or the others."""
    name = facts.takers[own].name
    if not facts.takers[own].has_release:
        return f"{name} heeft nog geen geldende publicatie. Daarna staan hier de eigen cijfers naast die van anderen."
    if any(len(set(one.rows["municipality"]) - {own}) >= FEWEST for one in outcomes):
        return f"{name} heeft zelf geen cijfer van een uitkomst die minstens {FEWEST} andere gemeenten hebben."
    return f"Van geen uitkomst zijn er naast {name} {FEWEST} andere gemeenten met een cijfer."


def _rows(outcomes: Sequence[OutcomeTogether], own: int) -> Iterator[tuple[str, ...]]:
    for one in outcomes:
        places = one.rows["municipality"].tolist()
        if own not in places:
            continue
        row, beside = one.rows.iloc[places.index(own)], _beside(one, own)
        if beside is not None:
            show = show_of(one)
            yield (
                name_of(one),
                dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], show),
                str(beside.n_others),
                *_told(beside, show),
            )


def _beside(one: OutcomeTogether, own: int) -> Elsewhere | None:
    """What the others let expect beside the own figure; the one place from which this page takes it."""
    at = one.rows["municipality"].tolist().index(own)
    row = one.rows.iloc[at]
    return in_the_light_of_others(one.estimates, one.variances, at, (row["ci_high"] - row["ci_low"]) / 2)


def _for_the_balance(one: OutcomeTogether, own: int) -> str:
    """What mkba.yaml may hold as known beforehand, of the first question about money; from the others alone."""
    places = one.rows["municipality"].tolist()
    about = (one.kind, one.about["subject"], one.about["what"], one.about["unit"])
    if about != (COMPARED, "provisions", ALL, "eur") or own not in places:
        return ""
    beside = _beside(one, own)
    if beside is None:
        return ""
    return (
        f"Wilt u dit laten meetellen in de kans dat de baten groter zijn dan de kosten? Zet dan in mkba.yaml, onder "
        f"beforehand: subject: provisions, what: all, unit: eur, mean: {significant(beside.expected):g}, spread: "
        f"{significant(beside.spread):g}, price_year: {one.about['scale']}, en bij source: deze synthese, uit "
        f"{beside.n_others} gemeenten. Ligt het plan al vast, dan noemt het rapport dit als afwijking."
    )


def _told(beside: Elsewhere, show: dutch.Show) -> tuple[str, str]:
    return (
        dutch.with_margin(beside.expected, beside.expected_low, beside.expected_high, show),
        dutch.with_margin(beside.shrunken, beside.low, beside.high, show),
    )


def _limits() -> Iterator[str]:
    yield "Het bijgestelde cijfer gaat ervan uit dat uw gemeente een greep is uit gemeenten die op de andere lijken."
    yield "Weet u dat uw gemeente anders is, door inwoners of aanpak, lees dan het eigen cijfer met zijn marge."
    yield "De andere gemeenten staan er zonder naam en zonder eigen regel; alleen wat zij samen laten verwachten telt."
