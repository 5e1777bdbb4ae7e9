"""Sign test, McNemar and Stuart-Maxwell equal R. Values made by companions.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimate_companions import COMPANIONS
from indicators.change.companions import companions, exact_sign_p, stuart_maxwell
from indicators.counts.pair_counts import PAIR

EXPECTED = pd.read_csv(Path(__file__).with_name("companions.csv")).set_index("name")
TABLES = {
    "vision": [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]],
    "housing_control": [[12, 32, 30], [5, 27, 21], [1, 7, 10]],
    "housing_certificate": [[13, 16, 44], [4, 17, 42], [2, 3, 17]],
}


def counted(table: list[list[int]], lowest: int = 1) -> pd.DataFrame:
    cells = [(i + lowest, j + lowest, n) for i, row in enumerate(table) for j, n in enumerate(row) if n]
    key = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))
    return pd.DataFrame(cells, columns=["score_from", "score_to", "n_clients"]).assign(**key)


@pytest.mark.parametrize("name", TABLES)
def test_stuart_maxwell_equals_coin(name: str) -> None:
    statistic, df = stuart_maxwell(np.array([TABLES[name]]))
    assert statistic == pytest.approx(EXPECTED.loc[name, "stuart_maxwell"])
    assert df == EXPECTED.loc[name, "df"]


def test_empty_levels_do_not_change_stuart_maxwell() -> None:
    padded = np.pad(np.array(TABLES["housing_control"]), ((1, 1), (1, 1)))
    assert stuart_maxwell(padded[None]) == pytest.approx((52.9203539823, 2))
    assert stuart_maxwell(np.diag([3, 4, 5])[None]) == pytest.approx((0, 0))


@pytest.mark.parametrize("name", TABLES)
def test_sign_test_and_mcnemar_equal_r(name: str) -> None:
    # Levels from 3 on, so that the second level is sufficient, as in the script.
    table = companions(counted(TABLES[name], lowest=3)).set_index("test")
    assert broken_rules(COMPANIONS, table.reset_index()[list(COMPANIONS.columns)]) == {}
    assert table.loc["sign", "p_value"] == pytest.approx(EXPECTED.loc[name, "sign_p"], rel=1e-6)
    assert table.loc["mcnemar", "p_value"] == pytest.approx(EXPECTED.loc[name, "mcnemar_p"], rel=1e-6)


def test_published_mcnemar_table() -> None:
    """794, 86, 150, 570: chi-square 17.3559 without correction; the statistic here is its root."""
    table = companions(counted([[794, 150], [86, 570]], lowest=3)).set_index("test")
    assert table.loc["mcnemar", "statistic"] ** 2 == pytest.approx(17.3559, abs=1e-4)


def test_sign_test_of_the_small_ordinal_example() -> None:
    assert exact_sign_p(np.array([10]), np.array([1])) == pytest.approx([0.01171875])


def test_stuart_maxwell_is_refused_where_n_does_not_carry_it() -> None:
    table = companions(counted(TABLES["housing_control"])).set_index("test")
    assert pd.isna(table.loc["stuart_maxwell", "p_value"])
    assert table.loc["stuart_maxwell", "refused_because"] == "Te weinig mensen voor een toets op de hele verdeling."
    assert companions(counted(TABLES["housing_certificate"])).set_index("test").loc["stuart_maxwell", "df"] == 2
