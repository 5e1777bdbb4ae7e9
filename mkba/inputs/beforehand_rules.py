"""What was known beforehand held against the lines of the same mkba.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.vocabulary.field import ALL
from data_contracts.yaml_file import Location
from mkba.inputs.beforehand import PROVISIONS
from mkba.inputs.model import Mkba
from mkba.inputs.quantities import FromEffect


def beforehand_faults(model: Mkba) -> Iterator[tuple[Location, str, str]]:
    """What was known elsewhere is about something that the balance rests on, in euros that can be laid beside it."""
    known = model.beforehand
    if known is None:
        return
    lines = [line.quantity for line in model.lines if known.is_carried_by(line)]
    if not lines:
        what = f"op '{known.what}' van '{known.subject}' in '{known.unit}' rust geen regel met een prijs."
        others = ", ".join(sorted(_priced_outcomes(model, known.unit)))
        do = f"Kies uit: {others}." if others else "Kijk na wat de regels onder quantity noemen."
        yield (
            ("beforehand", "what"),
            what,
            do,
        )
    elif len({one.price_year for one in lines}) > 1:
        what = "de regels hierover zijn in euro's van verschillende jaren."
        yield ("beforehand", "price_year"), what, "Geef die regels hetzelfde price_year."


def _priced_outcomes(model: Mkba, unit: str) -> set[str]:
    own = [line.quantity for line in model.lines if isinstance(line.quantity, FromEffect) and not line.is_pm]
    found = {(one.subject, one.what or ALL) for one in own if one.unit == unit}
    wholes = {(subject, ALL) for subject, _ in found if subject == PROVISIONS}
    return {f"{what} van {subject}" for subject, what in found | wholes}
