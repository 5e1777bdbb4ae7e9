"""`make docs`: the pages that are made from the code or from each other, so that none of them grows old unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indicators.results_logic.tree.schema import tree_schema
from tools import columns_of_people, ggm, reference
from tools.effect_exhibits import exhibits

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = ROOT / "docs" / "decisions"


def decisions_index() -> str:
    """docs/decisions/README.md: every decision by number, with its title."""
    lines = [
        f"| [{path.name[:4]}]({path.name}) | {path.read_text(encoding='utf-8').splitlines()[0].split('. ', 1)[1]} |"
        for path in sorted(DECISIONS.glob("[0-9]*.md"))
    ]
    return "\n".join([_DECISIONS_SAY, "| number | decision |", "|---|---|", *lines, ""])


_DECISIONS_SAY = """# Decisions

Where we chose otherwise than a reader would expect, and why. One page per choice, the next free number, the choice as
its title; what replaces a choice says so on both pages. Made by `make docs` from the titles.
"""
WRITTEN: dict[str, Callable[[], str]] = {
    "docs/decisions/README.md": decisions_index,
    "docs/kolommen.md": columns_of_people.page,
    "docs/results_logic.schema.json": tree_schema,
    "docs/effect_exhibits.md": exhibits,
    "docs/ggm.md": ggm.page,
    "docs/mkba_yaml.md": reference.keys_of_mkba,
    "docs/opdrachten.md": reference.commands,
    "docs/prijzen.md": reference.prices,
    "docs/tabellen.md": reference.released_tables,
}


def main() -> None:
    """Write them all."""
    for place, text in WRITTEN.items():
        (ROOT / place).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
