"""What people say themselves is read on one scale: the one that most of them answered."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.results_logic.tree.measures import MeanChange, Registration
from indicators.results_logic.values.formulas import values
from indicators.results_logic.values.measured_rows import measured_rows
from indicators.results_logic.values.released import Released

FUNNEL = pd.DataFrame(
    [
        {"subject": "experienced", "life_domain": scale, "slice": "all", "slice_value": "all"}
        | {"n_clients": 400, "n_scored": scored, "status": "released"}
        for scale, scored in (("finances", 120), ("mark_1_10", 260), ("scale_1_5", 80))
    ]
)


def change(scale: str, group: str, n: int, mean: float) -> dict[str, object]:
    """A released change of a mark between the first and the last moment."""
    return {
        "subject": "experienced",
        "life_domain": scale,
        "moment_from": "first",
        "moment_to": "last",
        "slice": "all" if group == "all" else "team",
        "slice_value": group,
        "n_clients": n,
        "mean_change": mean,
        "mean_change_low": mean - 0.2,
        "mean_change_high": mean + 0.2,
        "status": "released",
    }


# The team asks more people for the second scale than for the first; everybody together is asked for the first.
CHANGE = pd.DataFrame(
    [
        change("mark_1_10", "all", 260, 1.5),
        change("scale_1_5", "all", 80, 0.3),
        change("finances", "all", 300, -0.1),
        change("mark_1_10", "Team Noord", 20, 1.0),
        change("scale_1_5", "Team Noord", 60, 0.2),
    ]
)
MEAN = MeanChange.model_validate({"name": "mean_change", "subject": "experienced"})


def test_each_scale_has_a_funnel_and_the_one_with_most_answers_is_registered() -> None:
    asked = {"name": "registration", "subject": "experienced", "what": "scored"}
    measure = Registration.model_validate(asked | {"period_from": "2022", "period_to": "2023"})
    rows = measured_rows(measure, Released(funnel=FUNNEL))
    assert rows[["life_domain", "n_scored"]].to_numpy().tolist() == [["mark_1_10", 260]]


def test_the_change_that_people_say_themselves_is_of_one_scale_for_every_group() -> None:
    found = values(MEAN, Released(change=CHANGE)).set_index("slice_value")
    assert found["estimate"].to_dict() == pytest.approx({"all": 1.5, "Team Noord": 1.0})


def test_a_life_domain_of_mijn_zrm_is_no_experienced_benefit() -> None:
    assert values(MEAN, Released(change=CHANGE[CHANGE["life_domain"] == "finances"])).empty
    assert values(MEAN, Released()).empty
