"""What one fte more holds, and what knowing everything is worth when the comparison itself is in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from data_contracts.tables.mkba import mkba_frames
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.value_of_information import gain_of
from mkba.wording import euros
from tests.mkba_case import appraised, case, line, scaled_up


def sentences(data: dict[str, object]) -> dict[str, str]:
    rows = mkba_frames(mkba_rows(appraised(data)))["out_mkba__headline"]
    return dict(zip(rows["alternative"], rows["sentence"], strict=True))


def test_one_fte_more_says_that_it_holds_going_on_and_what_the_fte_itself_brings() -> None:
    told = sentences(scaled_up(case()))
    more = "Daarin zitten ook alle kosten en baten van 'Doorgaan'."
    assert more in told["more"]
    assert more not in told["go_on"] and more not in told["stop"]
    # 40 people a year for five years at 2.25 %: they cost 100 euros each and yield 300.
    costs, yields = (euros(40 * each * 4.679453) for each in (100, 300))
    assert f"Per extra fte komt er {costs} aan kosten bij, en {yields} aan baten." in told["more"]


def test_of_an_fte_that_nobody_measured_the_balance_is_that_of_going_on_less_its_costs() -> None:
    data = scaled_up(case())
    del line(data, "extra_yield")["price"]
    line(data, "extra_yield")["pm_text"] = "Dat is nergens gemeten."
    data["prices"] = [one for one in data["prices"] if one["id"] != "extra_yield"]
    told = sentences(data)["more"]
    assert "aan kosten bij; wat dat oplevert, is niet gemeten en telt hier niet mee." in told


def test_knowing_everything_is_worth_more_when_the_comparison_is_in_doubt() -> None:
    appraisal = appraised(case())
    outcomes = [one.npv_in_doubt for one in appraisal.results]
    expected = gain_of(np.column_stack([np.zeros_like(outcomes[0]), *outcomes]))
    everything = mkba_frames(mkba_rows(appraisal))["out_mkba__information"].sort_values("rank").iloc[0]
    assert expected > everything["value_eur"]
    assert "als de vergelijking klopt" in everything["sentence"]
    in_doubt = everything["sentence"].split("Met twijfel daaraan erbij is dat hoogstens € ")[1].split(" waard")[0]
    assert float(in_doubt.replace(".", "").replace(",", ".")) == pytest.approx(expected, rel=0.2)
