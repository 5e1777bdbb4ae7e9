"""Why a published figure turned out wrong: five causes, each with the words that stand beside the new figure."""

from __future__ import annotations

from data_contracts.vocabulary.field import Labelled


class Cause(Labelled):
    """What made the published figures wrong; the label follows 'want'."""

    MAPPING = "mapping", "de gegevens waren verkeerd gelezen"
    DELIVERY = "delivery", "de geleverde gegevens klopten niet"
    METHOD = "method", "de rekenwijze is verbeterd"
    PRICE = "price", "een prijs klopte niet"
    BUG = "bug", "in het programma zat een fout"
