"""How many people said themselves what it brought: of the scale that most people answered."""

from __future__ import annotations

import pandas as pd

from indicators.results_logic.tree.measures import Registration
from indicators.results_logic.values.measured_rows import measured_rows
from indicators.results_logic.values.released import Released

FUNNEL = pd.DataFrame(
    [
        {"subject": "experienced", "life_domain": scale, "slice": "all", "slice_value": "all"}
        | {"n_clients": 400, "n_scored": scored, "status": "released"}
        for scale, scored in (("finances", 120), ("mark_1_10", 260), ("scale_1_5", 80))
    ]
)


def test_each_scale_has_a_funnel_and_the_one_with_most_answers_is_registered() -> None:
    asked = {"name": "registration", "subject": "experienced", "what": "scored"}
    measure = Registration.model_validate(asked | {"period_from": "2022", "period_to": "2023"})
    rows = measured_rows(measure, Released(funnel=FUNNEL))
    assert rows[["life_domain", "n_scored"]].to_numpy().tolist() == [["mark_1_10", 260]]
