"""Relapse from measurements: where the clock starts, what the bracket is, and what is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.estimates import ESTIMATES
from indicators.relapse import bracket, spells
from indicators.relapse_estimates import relapse_estimates

LEVELS = Path(__file__).parents[1] / "reference" / "causal" / "levels.csv"


def assessments() -> pd.DataFrame:
    data = pd.read_csv(LEVELS).rename(columns={"client": "client_no", "month": "months", "level": "finances"})
    return data.assign(team_no=data["client_no"] % 8, housing=5.0, justice=np.nan)


def test_the_clock_starts_at_the_first_sufficient_score_and_stops_at_the_first_lower_one() -> None:
    client = np.array([1, 1, 1, 1, 2, 2, 3, 3, 4])
    months = np.array([0, 6, 12, 18, 0, 9, 0, 6, 0], float)
    score = np.array([2, 4, 5, 3, 3, 2, 5, 4, 4], float)
    found = spells(client, months, score)
    assert found.origin.tolist() == [1, 6]
    assert found.last_good.tolist() == [6, 6]
    assert found.first_bad[0] == 12
    assert np.isnan(found.first_bad[1])


def test_the_earliest_course_lies_below_the_latest_while_most_are_in_view() -> None:
    data = assessments()
    late, early = bracket(spells(*(data[name].to_numpy() for name in ("client_no", "months", "finances"))))
    assert all(early.at(month)[0] <= late.at(month)[0] for month in range(1, 13))


def test_rows_keep_their_contract_and_stay_within_bounds() -> None:
    twins = assessments().assign(client_no=lambda rows: rows["client_no"] + 10_000)
    found = relapse_estimates(pd.concat([assessments(), twins]), ["finances", "housing", "justice"])
    assert broken_rules(ESTIMATES, found) == {}
    finances = found[found["life_domain"] == "finances"].set_index("measure")
    assert finances["estimate"][["lasting_6", "lasting_12"]].tolist() == pytest.approx([0.9407378, 0.8453534])
    assert 6 < finances.loc["months_sufficient", "estimate"] < 12
    assert set(found["stamp"]) == {"change"}


def test_domains_without_relapse_or_without_scores_are_refused() -> None:
    found = relapse_estimates(assessments(), ["housing", "justice"])
    assert found["refused_because"].notna().all()
    assert found["estimate"].isna().all()
