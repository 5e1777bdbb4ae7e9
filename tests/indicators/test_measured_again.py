"""From which share of people measured again on the figure is said to be about them all."""

import pandas as pd
import pytest

from data_contracts.tables.assumptions import Assumptions
from indicators.effects.before_after_estimates import MEAN_CHANGE, mean_weights
from indicators.effects.estimates import Outcome
from indicators.effects.missing_estimates import takes_part, with_missing_clients

CHANGE = Outcome("change", "zrm", "points", "finances", moment_from="first", moment_to="last")


@pytest.mark.parametrize(("measured", "holds"), [(80, True), (79, False)])
def test_four_of_five_measured_again_is_enough(measured: int, holds: bool) -> None:
    clients = pd.DataFrame({"client_no": range(100), "team_no": [at % 10 for at in range(100)]})
    clients["start"] = [1.0 + at % 4 for at in range(100)]
    clients["change"] = [float(at * 7 % 3) if at * 37 % 100 < measured else None for at in range(100)]
    rows = with_missing_clients(clients, [CHANGE], ["start"], [], MEAN_CHANGE, mean_weights, seed=1)
    for text in rows["assumptions"]:
        assert Assumptions.of(text).checks["measured_again"] == {"holds": holds, "share": measured / 100}


def test_who_has_no_score_at_the_start_or_no_place_has_no_part() -> None:
    clients = pd.DataFrame({"team_no": [1, None, 2], "start": [3.0, 2.0, None], "exposed": [0, 1, 1]})
    assert takes_part(clients, "start").tolist() == [True, False, False]
