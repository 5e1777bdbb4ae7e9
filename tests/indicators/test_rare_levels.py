"""An ordinal scale of which a level hardly occurs: its two thresholds all but touch."""

import numpy as np
import pytest

from indicators.ordinal.likelihood import terms
from indicators.ordinal.maximum import maximum
from indicators.ordinal.model import fit_ordinal
from indicators.ordinal.objective import Objective, Parameters
from indicators.ordinal.patterns import patterns


def test_steps_from_wide_thresholds_never_turn_them_round() -> None:
    rng = np.random.default_rng(8)
    latent = rng.logistic(size=(300, 2)) + rng.normal(0, 1, (300, 1))
    score = 1 + (latent > -0.01).astype(int) + (latent > 0.01)
    client, cell = np.indices(score.shape)
    rows = (score.ravel(), cell.ravel(), client.ravel())
    assert 0 < (score == 2).sum() < 10
    data = patterns(rows[0] - 1, rows[1], rows[2], 3)
    design = np.array([[0.0], [1.0]])
    start = Parameters(np.array([-0.3, 0.3]), np.array([0.0]), 1.0)
    best, is_top = maximum(Objective(data, terms(data), design, 15), start, 0.05 * np.eye(4))
    expected = fit_ordinal(rows[0], rows[1], design, rows[2])
    assert is_top and best.thresholds[0] < best.thresholds[1]
    assert best.thresholds == pytest.approx(expected.thresholds, abs=1e-3)
