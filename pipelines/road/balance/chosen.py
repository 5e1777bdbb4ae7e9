"""Which effects count, and a line of the balance for each: who gains, what it is worth, how long, cashed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data_contracts.vocabulary.field import ALL, SCORES, Law, Stakeholder
from data_contracts.vocabulary.mkba import Evidence, LineType, PriceStatus
from indicators.results_logic.tree.measures import Estimate, outcome_of
from mkba.inputs.quantities import EURO
from pipelines.init.questions import Talk
from pipelines.road.balance.frame import NULL
from pipelines.road.balance.known import Candidate, Known
from pipelines.road.balance.lasting import NONE, ask_cashing, ask_lasting
from pipelines.road.balance.priced import Worth, identifier, line_type, worth
from pipelines.road.kinds import guide, one_of, some_of, whole, words

LAW_PAYS = {
    Law.WMO: Stakeholder.MUNICIPALITY,
    Law.YOUTH: Stakeholder.MUNICIPALITY,
    Law.PARTICIPATION: Stakeholder.MUNICIPALITY,
    Law.DEBT: Stakeholder.MUNICIPALITY,
    Law.HEALTH_INSURANCE: Stakeholder.HEALTH_INSURER,
    Law.LONG_TERM_CARE: Stakeholder.CARE_OFFICE,
}
_PARTIES = Stakeholder.labels()
_PAYS = {law.value: pays.value for law, pays in LAW_PAYS.items()}
_LAW_CHOICES = {NONE: "geen van deze wetten"} | Law.labels()
_LAW_SOURCE = "de wet zegt wie betaalt: Wmo 2015, Jeugdwet, Wgs, Zvw, Wlz"


@dataclass(slots=True)
class Chosen:
    """The lines of the effects that count, with the prices and price lists that they need."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    prices: list[dict[str, Any]] = field(default_factory=list)
    price_lists: list[str] = field(default_factory=list)
    why: str | None = None
    left_out: list[Candidate] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)  # line -> what was found of it, with its verdict


def chosen_effects(talk: Talk, known: Known, signed: str | None) -> Chosen:
    """The effects that a person counts, each as a line."""
    choices = {one.name: f"{one.words}: {one.found}" for one in known.candidates}
    text = "Welke uitkomsten tellen mee? Ook wat geen prijs heeft, en ook wat tegenviel."
    help_text = guide(
        "dagbesteding, crisisopname. Niet kiezen wat u al in een andere regel telt.", "stap 4 van een MKBA"
    )
    names = some_of(talk, "effecten", text, choices, help_text)
    why = words(
        talk,
        "effecten-waarom",
        "Waarom deze uitkomsten, en de andere niet?",
        guide("dit zijn de uitkomsten waarop de aanpak zich richt; de rest staat er al in."),
        20,
    )
    if names is None or (twice := counted_twice(names, known.candidates)) is not None:
        if names is not None:
            talk.wrong["effecten"] = str(twice)
        return Chosen()
    counted = [next(one for one in known.candidates if one.name == name) for name in names]
    found = Chosen(why=why, left_out=[one for one in known.candidates if one.name not in names])
    euro_keys = _own_euros(talk, counted)
    for one in counted:
        priced = Worth() if one.unit == EURO else worth(talk, one, known.packs, signed)
        found.lines.append(_line(talk, one, known, priced, euro_keys))
        found.prices += [priced.own] if priced.own is not None else []
        if priced.price_list is not None and priced.price_list not in found.price_lists:
            found.price_lists.append(priced.price_list)
    found.seen = {line["id"]: one.found for one, line in zip(counted, found.lines, strict=True)}
    counting = {one.name: line for one, line in zip(counted, found.lines, strict=True) if "pm_text" not in line}
    ask_lasting(talk, {one.name: one.words for one in counted}, dict(zip(names, found.lines, strict=True)), signed)
    ask_cashing(talk, {one.name: one.words for one in counted}, counting)
    return found


def counted_twice(names: Sequence[str], candidates: Sequence[Candidate]) -> str | None:
    """Why these together would count one thing twice; None when they do not."""
    counted = [one for one in candidates if one.name in names]
    for at, one in enumerate(counted):
        for other in counted[:at]:
            if one.subject == "provisions" and other.subject == one.subject:
                whole_law = [two for two in (one, other) if two.is_total_of_law]
                same = one.what == other.what
                within = len(whole_law) == 1 and one.law == other.law
                if same or within:
                    return f"'{other.name}' en '{one.name}' tellen hetzelfde twee keer. Kies er één van."
    return None


def _own_euros(talk: Talk, counted: Sequence[Candidate]) -> dict[str, Any]:
    """What the euros of the delivery are: asked once for all provisions."""
    if not any(one.unit == EURO for one in counted):
        return {}
    year = whole(talk, "voorzieningen.prijspeil", "Van welk jaar zijn de euro's van de voorzieningen in uw levering?",
                 guide("2023.", "uw inkoopcontract of de leverancier van de gegevens"), 2000, 2100)  # fmt: skip
    kinds = {"betaald": "wat er echt betaald is", "tarieven": "aantal maal een tarief uit het contract"}
    help_text = guide("betaald.", "uw eigen administratie")
    kind = one_of(talk, "voorzieningen.bedragen", "Wat zijn die euro's?", kinds, help_text)
    status = PriceStatus.SECOND_HAND.value if kind == "tarieven" else None
    return {"price_year": year} | ({"amount_status": status} if status else {})


def _line(talk: Talk, one: Candidate, known: Known, priced: Worth, euro_keys: dict[str, Any]) -> dict[str, Any]:
    gain = _gain(talk, one)
    kind = line_type(one, priced)
    default = f"{'Meer' if gain == 'higher' else 'Minder'} {one.words}"
    label = words(talk, f"{one.name}.naam", f"Hoe heet '{one.words}' in de balans?", guide(default), 3, default)
    node = _node(talk, one, known)
    quantity: dict[str, Any] = {"kind": "effect", "subject": one.subject}
    quantity |= {"what": one.what} if one.what != ALL and one.subject != "hours" else {}
    quantity |= {"life_domain": one.life_domain} if one.life_domain != ALL else {}
    quantity |= {"unit": one.unit, "gain_when": gain} | (euro_keys if one.unit == EURO else {})
    return {
        "id": identifier(one.name),
        "label": label,
        **({"node": node} if node else {}),
        "type": kind.value,
        **_parties(talk, one, kind),
        "evidence": Evidence.MEASURED.value,
        "compared_with": NULL,
        "quantity": quantity,
        **priced.line,
    }


def _gain(talk: Talk, one: Candidate) -> str | None:
    ways = {"lower": "minder is winst", "higher": "meer is winst"}
    certain = "higher" if one.subject in SCORES else "lower" if one.subject == "provisions" else None
    text = f"{one.words}: wat is winst?"
    help_text = guide("lower bij een crisisopname, higher bij een gestarte schuldregeling.", "uw Resultatenlogica")
    return one_of(talk, f"{one.name}.winst", text, ways, help_text, certain)


def _parties(talk: Talk, one: Candidate, kind: LineType) -> dict[str, Any]:
    """Who gains, by law where a law says so; for a transfer also who loses."""
    if kind is LineType.WELLBEING:
        law: str | None = NONE
        certain: str | None = Stakeholder.CLIENT.value
    else:
        known_law = one.law.value if one.law is not None else None
        text = f"{one.words}: onder welke wet valt dit?"
        help_law = guide("zvw bij een crisisopname.", _LAW_SOURCE)
        law = one_of(talk, f"{one.name}.wet", text, _LAW_CHOICES, help_law, known_law)
        if law is None:
            return {}  # who pays follows from the law, so that is asked first
        certain = _PAYS.get(law)
    text = f"{one.words}: wie heeft hier baat bij (of betaalt nu)?"
    help_text = guide("woningcorporatie bij een huisuitzetting.", _LAW_SOURCE)
    found: dict[str, Any] = {"receiver": one_of(talk, f"{one.name}.ontvanger", text, _PARTIES, help_text, certain)}
    if kind is LineType.TRANSFER:
        text = f"{one.words}: van wie komt dat geld?"
        found["payer"] = one_of(talk, f"{one.name}.betaler", text, _PARTIES, guide("client.", _LAW_SOURCE))
    return found | ({"law": law} if law != NONE else {})


def _node(talk: Talk, one: Candidate, known: Known) -> str | None:
    """The node of the tree that this effect shows; proposed where an indicator measures the same."""
    if known.tree is None:
        return None
    nodes = {NONE: "geen"} | {node.id: node.title for node in known.tree.nodes}
    same = (node for node, about in _measured(known) if about == (one.subject, one.life_domain, one.what))
    text = f"{one.words}: bij welke knoop van de boom hoort dit?"
    help_text = guide(next(iter(nodes)), "results_logic.yaml van deze studie")
    node = one_of(talk, f"{one.name}.knoop", text, nodes, help_text, next(same, NONE))
    return None if node == NONE else node


def _measured(known: Known) -> list[tuple[str, tuple[str, str, str]]]:
    found: list[tuple[str, tuple[str, str, str]]] = []
    for indicator in known.tree.indicators if known.tree else []:
        measure = indicator.measure
        if isinstance(measure, Estimate):
            found.append((indicator.node, (measure.subject, measure.life_domain or ALL, measure.what)))
        elif measure is not None and (about := outcome_of(measure)) is not None:
            found.append((indicator.node, about))
    return found
