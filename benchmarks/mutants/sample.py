"""Small changes of our code, as cosmic-ray's operators make them, drawn by lot with a seed."""

from __future__ import annotations

import difflib
import hashlib
import random
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.tree import NodeOrLeaf

SEED = 20_261_129
# Without those that change nothing a test could see (decorators, exceptions) or the same place in a dozen ways.
OPERATORS = [
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div")),
    *(f"ReplaceBinaryOperator_{pair}" for pair in ("Mod_Mul", "Pow_Mul", "BitAnd_BitOr", "BitOr_BitAnd")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt")),
    *(f"ReplaceUnaryOperator_{pair}" for pair in ("USub_UAdd", "Delete_Not", "Delete_Invert")),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd", "AddNot"),
    *("NumberReplacer", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
]
# Where a star unpacks or parts parameters: another sign there is no Python.
_UNPACKS = ("parameters", "param", "typedargslist", "argument", "arglist", "star_expr", "dictorsetmaker")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the `occurrence`-th place in `module` (a path from the root) where `operator` fits."""

    module: str
    operator: str
    occurrence: int
    line: int

    def changed(self, root: Path) -> str:
        """The whole module with the change."""
        code = mutate_code((root / self.module).read_text(encoding="utf-8"), _operator(self.operator), self.occurrence)
        if code is None:
            raise LookupError(self)
        return str(code)

    def difference(self, root: Path) -> tuple[str, str]:
        """The lines before and after, without the space around them."""
        old = (root / self.module).read_text(encoding="utf-8").splitlines()
        lines = list(difflib.unified_diff(old, self.changed(root).splitlines(), lineterm="", n=0))[3:]
        before, after = ([line[1:].strip() for line in lines if line[0] == sign] for sign in "-+")
        return " ".join(before), " ".join(after)

    def key(self, root: Path) -> str:
        """The same as long as the module is."""
        source = hashlib.sha256((root / self.module).read_bytes()).hexdigest()
        return hashlib.sha256(f"{source} {self.module} {self.operator} {self.occurrence}".encode()).hexdigest()[:16]


def sample(root: Path, package: str, n: int, seed: int = SEED) -> list[Mutant]:
    """At most `n` mutants of `package`; a larger sample holds the smaller one.

    Drawn are places first and then one change of each, so that what can be changed in many ways weighs no more.
    """
    places: dict[tuple[str, int, int], list[Mutant]] = {}
    for path in sorted((root / package).rglob("*.py")):
        for at, mutant in _mutants(path, str(path.relative_to(root))):
            places.setdefault((mutant.module, *at), []).append(mutant)
    lot = random.Random(f"{seed} {package}")  # noqa: S311  a draw that can be repeated
    order = sorted(places)
    lot.shuffle(order)
    drawn = (lot.choice(places[place]) for place in order)
    return list(islice((one for one in drawn if _is_python(one.changed(root))), n))


def _is_python(text: str) -> bool:
    """Between the kinds of a `case` only one sign can stand."""
    try:
        compile(text, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _mutants(path: Path, module: str) -> list[tuple[tuple[int, int], Mutant]]:
    """Every mutant of one module with its place."""
    nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
    found = []
    for name in OPERATORS:
        occurrence = 0
        for node in nodes:
            for start, _ in _operator(name).mutation_positions(node):
                if not _makes_no_difference(node):
                    found.append((start, Mutant(module, name, occurrence, start[0])))
                occurrence += 1
    return found


def _makes_no_difference(node: NodeOrLeaf) -> bool:
    """In a type, which Python does not look at; in a decorator (slots); or a star that multiplies nothing."""
    child, parent = node, node.parent
    is_star = getattr(node, "value", "") in ("*", "**", "/")
    if is_star and parent is not None and parent.type in _UNPACKS:
        return True
    while parent is not None:
        if parent.type == "decorator":
            return True
        if parent.type in ("tfpdef", "annassign") and parent.children.index(child) == parent.children.index(":") + 1:
            return True
        if parent.type == "funcdef" and child is parent.annotation:
            return True
        child, parent = parent, parent.parent
    return False


@cache
def _operator(name: str) -> Operator:
    return get_operator(f"core/{name}")()
