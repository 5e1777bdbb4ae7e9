"""One page of the choices behind a balance, for whoever answers for them to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.vocabulary.mkba import PriceStatus
from mkba.inputs.line_model import Line
from mkba.inputs.model import Mkba
from mkba.inputs.named_prices import price_of
from mkba.inputs.packs import Packs
from mkba.inputs.spread import Sourced
from reports.content.parts import Table
from reports.language import dutch

_AS_MEASURED = "zo lang als gemeten (1 jaar)"


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """What is signed for: what came out, the lines, the assumptions, and what does not count."""

    municipality: str
    title: str
    release: str
    outcome: tuple[str, ...]
    notes: tuple[str, ...]
    why: str
    lines: Table
    pm: Table
    assumptions: Table
    left_out: Table


def choices_page(
    municipality: str,
    release: str,
    model: Mkba,
    packs: Packs,
    outcome: Sequence[str],
    notes: Sequence[str],
    why: str,
    left_out: Sequence[tuple[str, str]],
) -> ChoicesPage:
    """The page of one balance; `left_out` are the outcomes that were not counted, each with what was found."""
    counted = [line for line in model.lines if not line.is_pm]
    stays_pm = [line for line in model.lines if line.is_pm]
    return ChoicesPage(
        municipality,
        model.title,
        release,
        tuple(dutch.tidy(one) for one in outcome),
        tuple(notes),
        why,
        Table(
            "Wat in euro's meetelt",
            ("Regel", "Wie betaalt of ontvangt", "Prijs en bron", "Hoe lang", "Uit de begroting te halen"),
            tuple(_counted(line, model, packs) for line in counted),
            texts=frozenset({1, 2, 3, 4}),
        ),
        Table(
            "Wat wel telt maar geen prijs heeft (PM)",
            ("Regel", "Wie merkt het", "Waarom geen prijs"),
            tuple((line.label, _who(line), line.pm_text or "") for line in stays_pm),
            texts=frozenset({1, 2}),
        ),
        Table(
            "Getallen waar iemand voor staat",
            ("Getal", "Waarde", "Laag", "Hoog", "Zekerheid", "Bron"),
            tuple(_assumption(label, one) for label, one in _declared(model)),
            texts=frozenset({4, 5}),
        ),
        Table(
            "Gemeten, maar niet meegeteld", ("Uitkomst", "Wat er gevonden is"), tuple(left_out), texts=frozenset({1})
        ),
    )


def _counted(line: Line, model: Mkba, packs: Packs) -> tuple[str, ...]:
    price = price_of(line.price, model, packs) if line.price else None
    source = (
        "euro's uit de eigen administratie" if price is None else f"{price.label} ({price.status.label}): {price.cited}"
    )
    lasts = _AS_MEASURED if line.duration_years == 1 else f"{line.duration_years} jaar"
    cashed = "nee, geen afspraak"
    if line.cashing is not None:
        cashed = f"{dutch.percent(line.cashing.share)}, na {line.cashing.lag_years} jaar: {line.cashing.source}"
    is_effect = line.quantity.kind == "effect"
    return line.label, _who(line), source, lasts if is_effect else "", cashed if is_effect else ""


def _who(line: Line) -> str:
    parties = [one.label for one in (line.payer, line.receiver) if one is not None]
    law = f" ({line.law.label})" if line.law is not None else ""
    return " aan ".join(parties) + law


def _declared(model: Mkba) -> list[tuple[str, Sourced]]:
    """Every number that somebody declared, with what it is."""
    found: list[tuple[str, Sourced]] = []
    for choice in model.alternatives:
        extra = choice.extra_clients_per_fte
        found += [(f"{choice.label}: cliënten per fte", extra)] if extra is not None else []
    for null in model.null_alternative.trajectories:
        found += [(f"{null.label}: vanzelf", null.autonomous_share)] if null.autonomous_share else []
    for line in model.lines:
        found += [(factor.label, factor) for factor in line.factors]
        found += [(f"afname per jaar: {line.label}", line.drop_off)] if line.drop_off else []
        found += [(line.label, line.quantity)] if line.quantity.kind == "declared" else []
    if model.volume.clients_per_year.kind == "declared":
        found.append(("cliënten per jaar", model.volume.clients_per_year))
    return found


def _assumption(label: str, one: Sourced) -> tuple[str, ...]:
    signed = (
        f"{one.status.label}, getekend door {one.signed_by}"
        if one.status is PriceStatus.ASSUMPTION
        else one.status.label
    )
    return label, dutch.plain(one.value), dutch.plain(one.low), dutch.plain(one.high), signed, one.source
