"""When this study was chosen, as far as that was recorded."""

from __future__ import annotations

from reports.language import wording
from reports.released.source import Source


def when_chosen(source: Source) -> str:
    """One sentence, and another one about what was changed since."""
    facts = source.facts
    return wording.when_chosen(source.chosen, facts.frozen_on, facts.declared_on, facts.deviations)
