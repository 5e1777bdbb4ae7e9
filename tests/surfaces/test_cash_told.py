"""What can be cashed in is told of the benefits; what costs more stands beside it, and is no benefit."""

import pytest

from reports.content.criteria import _cash
from reports.released.source import Source
from tests.surfaces.invented import facts, frame, tables


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        (0.0, "Per jaar is ongeveer € 60.000 te verzilveren, van € 100.000 aan baten."),
        (-56_000.0, "van € 100.000 aan baten. Daar staat € 56.000 aan hogere uitgaven tegenover."),
    ],
)
def test_benefits_and_what_costs_more_are_told_apart(loss: float, told: str) -> None:
    rows = [
        {"alternative": "continue", "line": "guidance", "benefit_eur": 100_000.0, "cashable_eur": 60_000.0},
        {"alternative": "continue", "line": "help", "benefit_eur": loss, "cashable_eur": loss},
        {"alternative": "scale_up", "line": "guidance", "benefit_eur": 900_000.0, "cashable_eur": 900_000.0},
    ]
    whole = {
        "label": "een regel",
        "budget": "gemeente: Wmo 2015",
        "from_year": 2025,
        "prob_positive": 0.9,
        "source": "x y",
    }
    rows = [whole | one | {"cashable_share": 0.6} for one in rows]
    source = Source(facts(), tables() | {"out_mkba__cashing": frame("out_mkba__cashing", rows)})
    assert _cash(source).replace("\N{NO-BREAK SPACE}", " ").endswith(told)
