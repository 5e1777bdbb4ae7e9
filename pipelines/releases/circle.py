"""What the circle adopted, as the documents of a release take it."""

from __future__ import annotations

from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from reports.circle.adopted import CircleWords, circle_words


def adopted_words(home: Home) -> CircleWords:
    """Nothing where no circle has met yet."""
    return circle_words(CircleJournal(home).memory())
