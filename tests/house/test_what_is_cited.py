"""A file, a make target or a test that code or docs name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("pipelines", "reports", "notebooks", "mkba", "indicators", "data_contracts")
FOLDERS = (*ROOMS, "docs", "studies", "tests", "benchmarks", "tools", ".ci", ".github")
READ = (".py", ".md", ".yaml", ".yml", ".toml", ".j2", ".R", "")
ENDINGS = "py|md|yaml|yml|json|csv|R|j2|js|css"
CITED = re.compile(rf"(?<![\w/.-])((?:{'|'.join(map(re.escape, FOLDERS))})/[\w/.-]*\w\.(?:{ENDINGS}))\b")
LINKED = re.compile(r"\]\(([^)#:]+)\)")


def texts() -> Iterator[tuple[Path, str]]:
    """Every text of ours that a reader may follow."""
    places = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")] + list(ROOT.iterdir())
    for path in sorted(places):
        if path.is_file() and path.suffix in READ and "deliveries" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def test_every_path_that_is_cited_exists() -> None:
    """A decision tells of its own day, so its paths may be gone."""
    missing = {
        f"{path.relative_to(ROOT)}: {cited}"
        for path, text in texts()
        for cited in CITED.findall(text)
        if not (ROOT / cited).exists() and path.parent.name != "decisions"
    }
    assert missing == set()


def test_every_link_of_a_page_leads_somewhere() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {link}"
        for path, text in texts()
        if path.suffix == ".md"
        for link in LINKED.findall(text)
        if not (path.parent / link).exists()
    }
    assert missing == set()


def test_every_make_target_that_a_page_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (path.name, target)
        for path, text in texts()
        if path.suffix in (".md", ".py")
        for target in re.findall(r"`make ([\w-]+)", text)
    }
    assert {one for one in named if one[1] not in targets} == set()


def test_every_test_that_a_page_names_exists() -> None:
    written = {name for path, text in texts() if path.suffix == ".py" for name in re.findall(r"def (test_\w+)", text)}
    written |= {path.stem for path, _ in texts()}
    named = {
        (path.name, name)
        for path, text in texts()
        if path.suffix == ".md" and path.name != "tabellen.md"  # where a column is called so
        for name in re.findall(r"`(?:[\w/]+/)?(test_\w+)(?:\.py)?`", text)
    }
    assert {one for one in named if one[1] not in written} == set()


def test_tests_do_not_import_the_benchmarks() -> None:
    importing = re.compile(r"^\s*(?:from|import) benchmarks", re.MULTILINE)
    assert [path for path, text in texts() if path.is_relative_to(ROOT / "tests") and importing.search(text)] == []
