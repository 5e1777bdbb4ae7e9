"""The page of exhibits is what the command prints."""

from pathlib import Path

from benchmarks.effect_exhibits import exhibits


def test_the_committed_page_is_what_the_command_prints() -> None:
    page = Path(__file__).parents[2] / "docs" / "effect_exhibits.md"
    assert page.read_text(encoding="utf-8") == exhibits()
