"""What the terminal says about who was compared holds no exact number of people, and no few."""

from __future__ import annotations

import pandas as pd

from pipelines.records.compared import compared_of_everybody
from tests.effects.road import study

REASONS = {"compared": 2398, "not_scored": 342, "no_second_moment": 1, "too_near": 1259}


def test_people_are_counted_as_the_gate_counts_them() -> None:
    the_study = study("kind: before_after")
    pair = the_study.moment_pairs[0]
    table = pd.DataFrame(
        {
            "subject": "zrm",
            "life_domain": "finances",
            "moment_from": pair.moment_from,
            "moment_to": pair.moment_to,
            "reason": list(REASONS),
            "n_clients": list(REASONS.values()),
        }
    )
    (line,) = compared_of_everybody(table, the_study)  # of the leading life domains only one has rows
    assert line["sentence"] == (
        "Financiën: ongeveer 2.400 van de 4.000 mensen vergeleken; niet: 340 geen score op dit leefgebied, minder dan "
        "10 geen score op het tweede moment, 1.260 geen tweede score die ver genoeg na de eerste ligt."
    )
    assert line["clients"] == {"compared": 2400, "not_scored": 340, "no_second_moment": None, "too_near": 1260}
