"""The words of the MKBA: codes with their Dutch labels, beside those of the field in vocabulary.py."""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled
from data_contracts.vocabulary.names import folded


class PriceStatus(Labelled):
    """How sure we are that a price is what its source says; from strong to weak."""

    VERIFIED = "verified", "nagekeken in de bron"
    SECOND_HAND = "second_hand", "uit de tweede hand"
    ASSUMPTION = "assumption", "aanname"


class LineType(Labelled):
    """What kind of value a line is; transfers net to zero in the welfare total."""

    RESOURCE = "resource", "echte kosten of baten"
    TRANSFER = "transfer", "overdracht"
    WELLBEING = "wellbeing", "welzijn"
    LOST_PRODUCTION = "lost_production", "productie"


class Evidence(Labelled):
    """Where the quantity of a line comes from, from strong to weak."""

    MEASURED = "measured", "gemeten in deze studie"
    REGISTERED = "registered", "uit de eigen administratie"
    LITERATURE = "literature", "uit de literatuur"
    EXPERT = "expert", "inschatting van deskundigen"


class AlternativeKind(Labelled):
    """What a policy alternative does with the approach."""

    CONTINUE = "continue", "doorgaan"
    STOP = "stop", "stoppen"
    SCALE_UP = "scale_up", "uitbreiden"


# How one unit is called in a sentence ("per ..."); a unit that is not here keeps its own name.
UNIT_LABELS: dict[str, str] = {
    "case": "geval",
    "claim": "vordering",
    "client": "cliënt",
    "client_year": "cliëntjaar",
    "consult": "consult",
    "contact": "contact",
    "daly": "gewonnen gezond levensjaar (DALY)",
    "day": "dag",
    "decision": "besluit",
    "eur": "euro",
    "event": "keer",
    "fte": "fte",
    "half_day": "dagdeel",
    "hour": "uur",
    "mark": "punt op het rapportcijfer",
    "offence": "delict",
    "offending_person": "dader van dit soort delict",
    "point": "punt op de schaal",
    "qaly": "levensjaar in goede gezondheid (QALY)",
    "ride": "rit",
    "session": "zitting",
    "step": "trede",
    "visit": "bezoek",
    "year": "jaar",
}
# Units that say how high someone stands, not how often something happens: they count per year that it lasts.
STANDING_UNITS = frozenset({"mark", "point", "step"})


def unit_named(name: str) -> str:
    """The code of a unit that a delivery or a study calls by its Dutch name; another name stays as it is."""
    return _UNIT_NAMES.get(folded(name), name)


_UNIT_NAMES = {folded(label): code for code, label in UNIT_LABELS.items()}
