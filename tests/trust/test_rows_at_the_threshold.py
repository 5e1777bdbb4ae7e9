"""From how many rows on the accounting of a delivery tells a number: none, or at least the threshold."""

import pandas as pd
import pytest

from data_contracts.gate.plain_tables import release_accounting
from data_contracts.protection import Thresholds
from data_contracts.tables.intake import ACCOUNTING
from tests.trust.test_use_and_plain_tables import frame_of

USUAL = {"delivery": "q1", "file": "a.csv", "table_name": "assessments", "rows": 100, "accepted": 100}
USUAL |= dict.fromkeys(("quarantined", "exact_duplicates", "left_out", "not_used", "blanked_scores"), 0)


@pytest.mark.parametrize(("n", "told"), [(0, 0), (1, None), (9, None), (10, 10), (12, 10)])
def test_nothing_is_said_of_one_to_nine_rows(n: int, told: int | None) -> None:
    out = release_accounting(frame_of(ACCOUNTING, USUAL, {"quarantined": n}), Thresholds(), {"q1": "q1"}).frame
    (found,) = out["quarantined"]
    assert pd.isna(found) if told is None else found == told
    assert out["status"].tolist() == ["released" if told is not None else "banded"]


def test_a_delivery_is_as_sure_as_its_least_sure_kind_of_rows() -> None:
    rows = frame_of(
        ACCOUNTING, USUAL, {"exact_duplicates": 3}, {"table_name": "costs", "file": "b.csv", "exact_duplicates": 30}
    )
    out = release_accounting(rows, Thresholds(), {"q1": "q1"}).frame.set_index("table_name")
    assert out["status"].to_dict() == {"assessments": "banded", "costs": "released"}
    assert out.loc["costs", ["rows", "exact_duplicates"]].tolist() == [100, 30]
