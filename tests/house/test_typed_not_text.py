"""What has a form of its own is not edited as text: neither SQL, nor what a broken rule of a study says."""

from __future__ import annotations

import ast
import re

from tests.house.test_everything_has_a_use import PRODUCT, ROOT, trees

EDITS = {"replace", "sub", "removeprefix", "removesuffix", "partition", "split"}
SQL = re.compile(r"\b(SELECT|FROM|WHERE|OVER|PARTITION BY|ORDER BY|GROUP BY|UNION|CASE WHEN|JOIN)\b")
VALIDATORS = {"model_validator", "field_validator", "BeforeValidator", "AfterValidator"}


def test_sql_is_built_and_never_edited() -> None:
    edited = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees(PRODUCT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in EDITS
        and any(isinstance(one, ast.Constant) and SQL.search(str(one.value)) for one in node.args)
    ]
    assert edited == []


def test_a_model_says_what_to_do_about_each_rule_that_it_breaks() -> None:
    """A plain ValueError in a validator would reach the reader without what to do and without its place."""
    plain = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees(PRODUCT)
        for function in validators(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Raise) and node.exc and ast.unparse(node.exc).startswith("ValueError")
    ]
    assert plain == []


def validators(tree: ast.Module) -> list[ast.FunctionDef]:
    """The functions that pydantic calls: decorated, or named in an annotation."""
    named = {
        ast.unparse(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in VALIDATORS
        for argument in node.args
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [
        one
        for one in functions
        if one.name in named
        or any(isinstance(mark, ast.Call) and ast.unparse(mark.func) in VALIDATORS for mark in one.decorator_list)
    ]
