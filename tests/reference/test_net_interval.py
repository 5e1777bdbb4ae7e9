"""The interval of net change equals the one of its makers: ci.prop.ps of R statpsych (D. G. Bonett).

The example that its documentation prints, `ci.prop.ps(.05, 12, 4, 26, 6)`: 0.44, 0.09448809, 0.2548067, 0.6251933.
Of 48 people 26 went one way and 4 the other.
"""

import numpy as np
import pytest

from indicators.change.shares import net_interval


def test_the_interval_of_net_change_equals_statpsych() -> None:
    low, high = net_interval(np.array([26.0, 4.0]), np.array([4.0, 26.0]), np.array([48.0, 48.0]))
    assert low == pytest.approx([0.2548067, -0.6251933], abs=1e-7)
    assert high == pytest.approx([0.6251933, -0.2548067], abs=1e-7)


def test_the_interval_of_net_change_stays_within_what_can_be() -> None:
    low, high = net_interval(np.array([10.0, 0.0]), np.array([0.0, 10.0]), np.array([10.0, 10.0]))
    assert (low[1], high[0]) == (-1, 1)
