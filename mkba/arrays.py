"""What the engine calls an array of amounts, and the rows of a table before they are a frame."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Rows = list[dict[str, object]]
