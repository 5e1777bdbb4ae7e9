"""How sure every interval of ours is: 95 of 100."""

from __future__ import annotations

# Half the width of a 95 % interval, in standard errors of a normal distribution.
Z_95 = 1.959963984540054
