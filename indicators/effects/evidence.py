"""The evidence stamp of an estimate: that of its design, as far as the checks on it hold.

The stamp travels with every estimate (design.md 7). It starts at what the design can carry at best; a check that fails
lowers it, nothing raises it. Figures stay as they are: only the words change.
"""

from __future__ import annotations

from data_contracts.tables.assumptions import Assumptions, Condition
from data_contracts.vocabulary.field import Stamp

OF_DESIGN: dict[str, Stamp] = {
    "before_after": Stamp.CHANGE,
    "monitoring": Stamp.CHANGE,
    "series": Stamp.INDICATION,
    "comparison": Stamp.COMPARISON,
    "staggered": Stamp.STRONG_COMPARISON,
}
# Fewer degrees of freedom than this and an interval says little, however well the design is argued.
MIN_DEGREES_OF_FREEDOM = 4.0
# A condition without which the design's argument falls.
_CARRYING: dict[str, tuple[Condition, ...]] = {
    "comparison": ("balance_of_figure", "balance_weighted", "overlap", "scores"),
    "staggered": ("pre_trend",),
}


def stamp_of(design: str, found: Assumptions) -> Stamp:
    """The stamp of one estimate: that of its design, lowered by what its checks found.

    A carrying condition that fails leaves an indication. A staggered start with too few degrees of freedom is a
    comparison. What could not be checked lowers nothing, but is named beside the figure.
    """
    stamp = OF_DESIGN[design]
    if any(found.holds(name) is False for name in _CARRYING.get(design, ())):
        return Stamp.INDICATION
    freedom = found.number("teams", "degrees_of_freedom")
    if stamp is Stamp.STRONG_COMPARISON and freedom is not None and freedom < MIN_DEGREES_OF_FREEDOM:
        return Stamp.COMPARISON
    return stamp
