"""How long a test waits for what must come: longer than a busy machine needs. Only who waits in vain waits so long."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds


def until(comes: Callable[[], bool]) -> bool:
    """Whether it comes while there is patience."""
    last = time.monotonic() + PATIENCE
    while not (found := comes()) and time.monotonic() < last:
        time.sleep(0.1)
    return found
