"""The documentation as a site has every page once, and links that hold there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tools.site import CONFIG, in_site, page_names, with_links_of_site

NAMES = [
    "README.md",
    "PRIVACY.md",
    "docs/gate.md",
    "docs/decisions/README.md",
    "docs/decisions/0041-a-step-is-done-once.md",
]


@pytest.mark.parametrize(
    ("name", "text", "linked"),
    [
        ("README.md", "[de poort](docs/gate.md#regel)", "[de poort](gate.md#regel)"),
        ("docs/gate.md", "[begin](../README.md)", "[begin](index.md)"),
        ("docs/gate.md", "[recht](../PRIVACY.md)", "[recht](PRIVACY.md)"),
        ("docs/decisions/0041-a-step-is-done-once.md", "[alle](README.md)", "[alle](index.md)"),
        ("docs/decisions/0041-a-step-is-done-once.md", "[de poort](../gate.md)", "[de poort](../gate.md)"),
        ("CONTRIBUTING.md", "[keuzes](docs/decisions)", "[keuzes](decisions/index.md)"),
        ("docs/gate.md", "[spec](../data_contracts/gate/spec.py)", "spec (`data_contracts/gate/spec.py`)"),
        ("docs/gate.md", "[`mkba/wording.py`](../mkba/wording.py)", "`mkba/wording.py`"),
        ("docs/gate.md", "[elders](https://www.example.org/x)", "[elders](https://www.example.org/x)"),
        ("docs/gate.md", "[hieronder](#regel)", "[hieronder](#regel)"),
    ],
)
def test_a_link_holds_in_the_site(name: str, text: str, linked: str) -> None:
    assert with_links_of_site(name, text, NAMES) == linked


def pages_in(nav: Any) -> Iterator[str]:
    """The pages that a menu names."""
    if isinstance(nav, str):
        yield nav
    else:
        for one in nav.values() if isinstance(nav, dict) else nav:
            yield from pages_in(one)


def test_the_menu_has_every_page_once_but_for_the_single_decisions() -> None:
    menu = list(pages_in(tomllib.loads(CONFIG.read_text(encoding="utf-8"))["project"]["nav"]))
    asked = [in_site(name) for name in page_names() if not name.startswith("docs/decisions/0")]
    assert sorted(menu) == sorted(asked)
