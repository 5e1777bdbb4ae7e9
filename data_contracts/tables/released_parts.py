"""What every out_ table shares: why a row or a count shows figures or does not, and the columns that say so."""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import integer, number, text
from data_contracts.vocabulary.field import SUBJECTS, Labelled


class Status(Labelled):
    """Why a row shows figures, or does not."""

    RELEASED = "released", "getoond"
    BANDED = "banded", "deels getoond: een deelgroep is te klein of juist bijna iedereen"
    HELD = "held", "cijfer van een eerdere publicatie: de groep is sindsdien te weinig veranderd"
    TOO_FEW = "too_few", "niet getoond: te weinig cliënten"
    SECONDARY = "secondary", "niet getoond: te weinig cliënten, of nodig om een kleine groep te beschermen"
    WITHDRAWN = (
        "withdrawn",
        "niet getoond: het eerdere cijfer is ingetrokken, en het nieuwe verschilt daarvan door te weinig mensen",
    )
    REFUSED = "refused", "niet getoond: deze uitsplitsing kan niet veilig worden getoond"


class PartStatus(Labelled):
    """Why a count that is a part of another is shown, or is not."""

    SHOWN = "shown", "getoond"
    BELOW = "below", "minder dan de drempel"
    ABOVE = "above", "bijna iedereen: de rest is minder dan de drempel"
    HIDDEN = "hidden", "niet getoond"


SHOWS_FIGURES = frozenset({Status.RELEASED, Status.BANDED, Status.HELD})


def status_columns(*parts: str) -> dict[str, pa.Column]:
    """Why a row, and each count that is a part of another, is shown or not."""
    return {
        "status": text(*Status),
        "held_from": text(nullable=True),
        **{f"{part}_status": text(*PartStatus) for part in parts},
    }


def count() -> pa.Column:
    """A rounded count; null where it is not shown."""
    return integer(0, nullable=True)


def figure(low: float | None = None) -> pa.Column:
    """A rounded figure; null where it is not shown."""
    return number(low, nullable=True)


SUBJECT = {"subject": text(*SUBJECTS), "life_domain": text()}
GROUP = {"slice": text(), "slice_value": text()}
MOMENTS = {"moment_from": text(), "moment_to": text()}
