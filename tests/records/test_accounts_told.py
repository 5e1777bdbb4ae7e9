"""The account of a run keeps every delivery apart."""

from __future__ import annotations

from pipelines.commands.summary import as_json
from pipelines.run import Outcome


def test_two_deliveries_with_a_file_of_one_name_both_keep_their_account() -> None:
    first, second = {"zrm.csv": {"rows": 171, "quarantined": {"score_unknown": 1}}}, {"zrm.csv": {"rows": 1}}
    outcome = Outcome(accounts=[{"delivery": "q1-aa", "files": first}, {"delivery": "q2-bb", "files": second}])
    assert as_json(outcome)["accounting"] == {"q1-aa": first, "q2-bb": second}
