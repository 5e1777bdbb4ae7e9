"""The page of what was once wrong with records names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_page_names_exists() -> None:
    lines = [line for line in (ROOT / "docs" / "records.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    named = {name for line in lines[1:] for name in re.findall(r"`(test_\w+)`", line)}
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert len(lines) == 1 + 14 and all("`test_" in line for line in lines[1:])
    assert named - there == set()
