"""Why a balance can be surer than each benefit in it: the sum minds all of them, the test looks at them one by one."""

from __future__ import annotations

import pandas as pd

from reports.content.parts import Part, Text
from reports.released.reconciled import CONDITION, reconciling
from reports.released.source import Source

_WHY = (
    "Elke baat apart kan toeval zijn; dat ze allemaal tegelijk toeval zijn, is minder waarschijnlijk. En de toets per "
    "uitkomst is streng, omdat er naar veel uitkomsten is gekeken. Noem daarom het saldo met zijn marge, en noem geen "
    "enkele baat bewezen die dat op zichzelf niet is."
)


def shown_benefits(source: Source, headline: pd.Series) -> list[Part]:
    """How many measured benefits show a difference by themselves, and how that goes with the chance of the balance."""
    words = reconciling(source.tables, headline)
    if not words:
        return []
    return [Text(f"{words} {_WHY}" if words.endswith(CONDITION) else words)]
