"""How sure every interval of ours is, 95 of 100; and when something is too rare to be chance."""

from __future__ import annotations

# Half the width of a 95 % interval, in standard errors of a normal distribution.
Z_95 = 1.959963984540054
P_STEP = 0.001  # of a p-value that leaves; also the smallest that is shown
# A placebo test holds up to this: of ten places where nothing happened one looks like this by chance.
RARE = 0.1


def smallest_p_value(n_placebos: int) -> float:
    """The smallest p-value that a placebo test can give: what happened is one of the `n_placebos` + 1."""
    return 1 / (1 + n_placebos)
