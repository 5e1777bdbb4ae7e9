"""Everything that starts a process of this software passes here first.

It loads two thousand modules and keeps them all: Python looking for garbage after every 700 objects of them took a
fifth to a quarter of a start, and found none (docs/decisions/0137).
"""

import gc

gc.set_threshold(100_000, 50)
