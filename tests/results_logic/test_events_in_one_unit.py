"""Events have one unit wherever they are told: per hundred people in a year."""

import pandas as pd
import pytest

from data_contracts.vocabulary.logic import Direction
from indicators.results_logic.tree.measures import Estimate
from indicators.results_logic.values.verdicts import Verdict
from indicators.results_logic.values.wording import verdict_sentence
from reports.language import terms

VALUE = pd.Series(
    {
        "estimate": -0.02,
        "ci_low": -0.07,
        "ci_high": 0.03,
        "stamp": "comparison",
        "status": "released",
        "is_demonstrable": False,
        "counted": "event",
    }
)


def measure(subject: str, **more: str) -> Estimate:
    return Estimate(name="estimate", subject=subject, design="staggered", counted_as="amount", **more)  # type: ignore[arg-type]


def sentence(of: Estimate, counted: str = "event") -> str:
    value = VALUE.copy()
    value["counted"] = counted
    return verdict_sentence(next(iter(Verdict)), value, next(iter(Direction)), of, smallest=0.05)


def test_the_results_logic_tells_events_as_the_chapters_do() -> None:
    unit = terms.unit("event")
    assert f"{unit.show(-0.02)} {unit.behind}".replace("\u2212", "-") in sentence(
        measure("events", what="crisisopname")
    )
    assert "per persoon" not in sentence(measure("events"))


@pytest.mark.parametrize(
    ("subject", "counted", "words"),
    [
        ("hours", "hour", "uur per persoon"),
        ("provisions", "eur", "euro per persoon"),
        ("provisions", "uur", "uur per persoon"),
        ("provisions", "dagdeel", "dagdeel per persoon"),
    ],
)
def test_other_amounts_stay_per_person_in_the_unit_that_was_delivered(subject: str, counted: str, words: str) -> None:
    assert words in sentence(measure(subject), counted)
