"""What only tests use is no part of the product: it is used, or it goes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("pipelines", "reports", "notebooks", "mkba", "indicators", "data_contracts")
USERS = (*PRODUCT, "benchmarks", "tools")


def trees(rooms: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def used_names() -> Counter[str]:
    """How often each name is read, imported or asked for in code and templates; its definition does not count."""
    found: Counter[str] = Counter()
    for _, tree in trees(USERS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found[node.id] += 1
            elif isinstance(node, ast.Attribute):
                found[node.attr] += 1
    for template in (ROOT / "reports").rglob("*.j2"):
        found.update(re.findall(r"\w+", template.read_text(encoding="utf-8")))
    entry = re.findall(r'= "[\w.]+:(\w+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return found + Counter(entry)


def defined() -> Iterator[tuple[Path, ast.FunctionDef | ast.ClassDef]]:
    """Functions, classes and methods; a method of a class of another library may be that library's to call."""
    for path, tree in trees(PRODUCT):
        nodes = [*ast.walk(tree)]
        own = ours(nodes)
        inherited = {
            method
            for node in nodes
            if isinstance(node, ast.ClassDef) and not {base_name(base) for base in node.bases} <= own
            for method in node.body
        }
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node not in inherited:
                yield path, node


def base_name(base: ast.expr) -> str:
    return ast.unparse(base).split(".")[0].split("[")[0]


def ours(nodes: list[ast.AST]) -> set[str]:
    """The names in a file that come from our own rooms."""
    own = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in PRODUCT:
            own |= {alias.asname or alias.name for alias in node.names}
    return own


def test_every_function_and_class_is_used_outside_the_tests() -> None:
    """A function with a decorator is called by who made the decorator; a method of a dunder name by Python."""
    used = used_names()
    idle = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path, node in defined()
        if not used[node.name]
        and not node.name.startswith("__")
        and not any(ast.unparse(one) != "property" for one in node.decorator_list)
    }
    assert idle == set()
