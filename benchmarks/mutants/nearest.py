"""Which tests are nearest to a module: those that import it in the fewest steps."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOMS = ("pipelines", "reports", "mkba", "indicators", "data_contracts", "tests")
N_FILES = 12
REACH = 2  # steps beyond the nearest
# A test that starts a whole run, or a browser, is not near to any one module, and takes minutes.
WHOLE_RUN = "pipelines/run.py"
NOT_NEAR = ("surfaces", "effects", "wheel", "fuzz", "house", "region", "rights", "studies", "strangers")


def nearest_tests(root: Path, module: str) -> list[str]:
    """At most N_FILES files: first what is called after the module, then the tests of its room, then the nearest.

    A mutant that is noticed costs the first of them; one that survives costs all.
    """
    needed_by = _needed_by(root)
    steps, front = {module: 0}, [module]
    while front:
        front = [user for one in front for user in sorted(needed_by.get(one, ())) if steps.setdefault(user, -1) == -1]
        front = list(dict.fromkeys(front))
        steps |= dict.fromkeys(front, max(steps.values()) + 1)
    tests = [one for one in steps if Path(one).name.startswith("test_") and not set(NOT_NEAR) & set(Path(one).parts)]
    tests = [one for one in tests if not _starts_a_run(root, one)]
    reach = min((steps[one] for one in tests), default=0) + REACH
    called, room = Path(module).stem, Path(module).parent.name
    tests = [one for one in tests if steps[one] <= reach or room in Path(one).parts]

    def distance(test: str) -> tuple[bool, bool, int, int, str]:
        return called not in test, room not in Path(test).parts, steps[test], len(_reached(root, test)), test

    return sorted(tests, key=distance)[:N_FILES]


def needed_by_test(root: Path, test: str) -> list[str]:
    """The modules of ours that a file of tests needs, without the tests themselves."""
    return sorted(one for one in _reached(root, test) if not one.startswith("tests/"))


@cache
def _starts_a_run(root: Path, test: str) -> bool:
    """Whether the file, or a file of tests that it needs, imports the whole run by name."""
    ours = [one for one in _reached(root, test) if one.startswith("tests/")]
    return any(WHOLE_RUN in _imports(root)[one] for one in ours)


@cache
def _reached(root: Path, file: str) -> frozenset[str]:
    """Every file of ours that this one needs."""
    found, front = {file}, [file]
    while front:
        front = [one for user in front for one in _imports(root)[user] if one not in found]
        found |= set(front)
    return frozenset(found)


@cache
def _needed_by(root: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for user, used in _imports(root).items():
        for one in used:
            found.setdefault(one, set()).add(user)
    return found


@cache
def _imports(root: Path) -> dict[str, set[str]]:
    """Per file of ours the files that it imports; a test also needs the conftest.py above it."""
    files = {str(path.relative_to(root)): path for room in ROOMS for path in sorted((root / room).rglob("*.py"))}
    found = {}
    for name, path in files.items():
        wanted = [*_candidates(ast.parse(path.read_text(encoding="utf-8")), Path(name).parent)]
        if name.startswith("tests/"):
            wanted += [str(folder / "conftest.py") for folder in Path(name).parents]
        found[name] = {one for one in wanted if one in files and one != name}
    return found


def _candidates(tree: ast.Module, folder: Path) -> list[str]:
    """Files that the imports may mean: a module, or a name in one; a test may import the file beside it."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    paths = [name.replace(".", "/") + ".py" for name in names]
    return paths + [str(folder / path) for path in paths if "/" not in path]
