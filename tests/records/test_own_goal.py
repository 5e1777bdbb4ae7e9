"""Whether somebody is at the step that they want to reach; without a goal, at paid work."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.core import LADDER_CURRENT
from data_contracts.vocabulary.ladder import OWN_GOAL
from pipelines.records.panel import Climbed, ladder_panel
from tests.effects.invented import like
from tests.effects.road import as_view, with_views
from tests.intake.taking_in import study

GROUPS = pd.DataFrame({"client_no": [1, 2, 3]})


def climbed(*rows: tuple[int, str, int, int | None]) -> Climbed:
    """The panel of these measurements: client, day, step, goal."""
    frame = pd.DataFrame(rows, columns=["client_no", "assessed_on", "ladder_step", "ambition_step"])
    frame["assessed_on"] = pd.to_datetime(frame["assessed_on"])
    connection = with_views({})
    as_view(connection, "ladder", LADDER_CURRENT, like(LADDER_CURRENT, frame.assign(ladder_variant="classic")))
    connection.register("groups", GROUPS)
    connection.sql("SELECT 1::BIGINT AS client_no, NULL::DATE AS ended_on WHERE false").to_view("ended", replace=True)
    return ladder_panel(connection, GROUPS, study())


def test_sufficient_is_the_goal_that_was_first_recorded_and_paid_work_without_one() -> None:
    found = climbed(
        (1, "2024-01-01", 2, None),
        (1, "2024-06-01", 3, 4),  # the goal that counts, also for the first measurement
        (1, "2024-12-01", 4, 6),  # a goal set higher later on moves nothing
        (2, "2024-01-01", 4, None),
        (2, "2024-06-01", 5, None),
        (3, "2024-01-01", 3, 2),  # already beyond it
    )
    assert found.goal.tolist() == [4, 4, 4, 0, 0, 2]
    assert found.panel.scores["all"].tolist() == [2, 3, 4, 4, 5, 3]
    assert found.panel.scores[OWN_GOAL].tolist() == [1, 1, 2, 1, 2, 2]


def test_without_any_recorded_goal_there_are_only_steps() -> None:
    assert list(climbed((1, "2024-01-01", 2, None)).panel.scores) == ["all"]
