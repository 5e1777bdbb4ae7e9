"""The first questions of a balance: the problem, what happens without the approach, the choices, the conventions."""

from __future__ import annotations

from typing import Any

from data_contracts.vocabulary.mkba import AlternativeKind
from pipelines.init.questions import Question, Talk
from pipelines.road.balance.known import Known
from pipelines.road.kinds import Asked, at_least, guide, one_of, some_of, sourced, whole, words

NULL = "usual_way"
SCALE_UP_PRICE = "team_member_fte"
_WERKWIJZER = "Werkwijzer kosten-batenanalyse in het sociale domein (SEO, 2016)"
_EIGHT_STEPS = "de acht stappen van een MKBA, rwseconomie.nl"
_KINDS = {"doorgaan": AlternativeKind.CONTINUE, "stoppen": AlternativeKind.STOP, "uitbreiden": AlternativeKind.SCALE_UP}


def signed_by(talk: Talk) -> str | None:
    """Who answers for the assumptions of this balance."""
    text = "Wie staat er voor de aannames in deze balans? Noem een functie."
    return words(talk, "getekend", text, guide("onderzoeker van de gemeente.", "docs/mkba.md"))


def problem(talk: Talk, known: Known) -> dict[str, Any]:
    """Title, problem and null alternative."""
    town = known.study.municipality
    title = f"Maatschappelijke kosten en baten van de nieuwe werkwijze in de wijkteams van {town}"
    text = "Welk probleem moet de aanpak oplossen? Schrijf het zoals u het de raad vertelt (minstens 120 tekens)."
    help_problem = guide(
        "inwoners kwamen bij veel loketten, hulp kwam laat en vaak zwaar.", f"stap 1 van {_EIGHT_STEPS}"
    )
    null_text = "Wat gebeurt er zonder de aanpak? Dat is niet hetzelfde als niets doen (minstens 80 tekens)."
    help_null = guide(
        "de teams werken door op de gewone wijze, en een deel knapt vanzelf op.", f"stap 2 van {_EIGHT_STEPS}"
    )
    source_text = "Waarop rust die vergelijking?"
    help_source = guide("vergelijking met de teams die later begonnen.", _WERKWIJZER)
    return {
        "title": words(talk, "titel", "Hoe heet deze balans?", guide(title), 5, title),
        "problem_analysis": words(talk, "probleem", text, help_problem, 120),
        "null_alternative": {
            "description": words(talk, "nulalternatief", null_text, help_null, 80),
            "trajectories": [
                {
                    "id": NULL,
                    "label": words(
                        talk, "nul-naam", "Hoe noemt u dat kort?", guide("gewone werkwijze."), 3, "gewone werkwijze"
                    ),
                    "source": words(talk, "nul-bron", source_text, help_source, 8),
                    **_by_themselves(talk, known),
                }
            ],
        },
    }


def _by_themselves(talk: Talk, known: Known) -> dict[str, Any]:
    """Which share would have come about anyway: asked only where the study does not compare."""
    if known.study.design.compares:
        return {}
    text = "De studie vergelijkt niet. Weet u welk deel van de verandering ook vanzelf was gebeurd?"
    help_text = guide("onbekend. Dan zegt de balans welk deel aan het team te danken moet zijn.", _WERKWIJZER)
    choice = one_of(talk, "vanzelf", text, {"onbekend": "dan een omslagpunt", "bekend": "er is een bron"}, help_text)
    if choice != "bekend":
        return {}
    asked = Asked("vanzelf", "Welk deel was ook vanzelf gebeurd, van 0 tot 1?", "0,3.", 0, 1, "beta")
    return {"autonomous_share": sourced(talk, asked, signed_by(talk))}


def alternatives(talk: Talk, signed: str | None) -> list[dict[str, Any]]:
    """The choices that the balance sets beside the situation without the approach."""
    kinds = {"doorgaan": "de aanpak vasthouden", "stoppen": "terug naar vroeger", "uitbreiden": "meer medewerkers"}
    text = "Tussen welke keuzes gaat het? Minstens twee."
    chosen = some_of(talk, "alternatieven", text, kinds, guide("doorgaan, stoppen.", f"stap 3 van {_EIGHT_STEPS}"))
    if chosen is None or len(chosen) < 2:
        if chosen is not None:
            talk.wrong["alternatieven"] = "Kies er minstens twee: zonder keuze is er niets te vergelijken."
        return []
    return [_alternative(talk, name, signed) for name in kinds if name in chosen]


def _alternative(talk: Talk, name: str, signed: str | None) -> dict[str, Any]:
    kind = _KINDS[name]
    found: dict[str, Any] = {"id": kind.value, "label": name.capitalize(), "kind": kind.value}
    years = 0
    if kind is not AlternativeKind.STOP:
        years = whole(talk, f"{name}.jaren", f"Hoeveel jaar gaat '{name}' door?", guide("5."), 1, 100) or 0
    described = {
        "doorgaan": f"De teams houden de aanpak vast, {years} jaar lang.",
        "stoppen": "De teams gaan terug naar de gewone werkwijze.",
        "uitbreiden": f"De teams krijgen er mensen bij en helpen daarmee meer inwoners, {years} jaar lang.",
    }[name]
    text = f"Wat houdt '{name}' in?"
    found["label"] = words(talk, f"{name}.naam", f"Hoe heet '{name}' in het rapport?", guide(name), 3, found["label"])
    found["description"] = words(talk, f"{name}.omschrijving", text, guide(described), 20, described)
    found["years"] = years
    if kind is AlternativeKind.SCALE_UP:
        found |= _scaling(talk, signed)
    return found


def _scaling(talk: Talk, signed: str | None) -> dict[str, Any]:
    fte = whole(talk, "uitbreiden.fte", "Hoeveel fte komt erbij?", guide("1."), 1, 1000)
    clients = Asked(
        "uitbreiden.clienten", "Hoeveel cliënten per jaar helpt één fte?", "35 (laag 20, hoog 50).", 0, 1000
    )
    return {"extra_fte": fte, "extra_clients_per_fte": sourced(talk, clients, signed)}


def conventions(talk: Talk, known: Known) -> dict[str, Any]:
    """Years, discounting and the packs: those that ship are proposed, the years are chosen by a person."""
    discount = max(known.packs.discount.values(), key=lambda pack: pack.valid_from)
    years = sorted(next(iter(known.packs.index.values())).levels)
    rates = {pack.id: pack.label for pack in known.packs.discount.values()}
    timings = {"start": "begin van het jaar", "mid": "midden van het jaar", "end": "eind van het jaar"}
    help_rate = guide(f"{discount.id}.", discount.source)
    base = whole(talk, "basisjaar", "Naar welk jaar rekenen we terug?", guide("2025."), 1990, 2100)
    level = whole(talk, "prijspeil", "In euro's van welk jaar?", guide(f"{years[-2]}."), years[0], years[-1])
    text = "Hoeveel jaar tellen kosten en baten mee? Minstens zo lang als de langste keuze doorgaat."
    horizon = whole(talk, "horizon", text, guide("10."), 1, 200)
    return {
        "base_year": base,
        "price_year": level,
        "horizon_years": horizon,
        "timing": one_of(
            talk, "moment-in-jaar", "Wanneer in het jaar vallen de bedragen?", timings, guide("mid."), "mid"
        ),
        "discount": one_of(talk, "discontovoet", "Welke discontovoet?", rates, help_rate, discount.id),
        "price_index": next(iter(known.packs.index)),
        "stress_tests": next(iter(known.packs.stress)),
    }


def volume(talk: Talk, known: Known, signed: str | None) -> dict[str, Any]:
    """How many people a year: what was released, else a number with a source."""
    units = {"clients_per_year": "client", "client_years_per_year": "client_year"}
    if known.totals["clients_per_year"].value is not None:
        return {name: {"kind": "released", "id": name, "unit": unit} for name, unit in units.items()}
    text = "Hoeveel cliënten komen er per jaar onder de aanpak? De publicatie geeft dat aantal niet."
    found = sourced(talk, Asked("clienten-per-jaar", text, "400, uit het jaarverslag.", 1), signed)
    return {name: {"kind": "declared", "unit": unit, **(found or {})} for name, unit in units.items()}


def reason(talk: Talk, name: str, text: str, example: str, certain: str | None = None) -> str | None:
    """Why something has no price."""
    return talk.text(Question(name, text, fits=at_least(10), guide=guide(example, _WERKWIJZER), certain=certain))
