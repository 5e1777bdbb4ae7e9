"""Pages that are made from the code are what the code makes."""

from __future__ import annotations

import pytest

from tools.written_docs import ROOT, WRITTEN


@pytest.mark.parametrize("place", WRITTEN)
def test_the_page_is_what_make_docs_writes(place: str) -> None:
    assert (ROOT / place).read_text(encoding="utf-8") == WRITTEN[place](), "run make docs"
