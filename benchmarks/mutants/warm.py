"""A mutant put into functions that are imported already: nothing is imported again.

What a function does is changed in the function itself, so that everybody who holds it has the change. What a module
does when it is imported (a constant, a model, a contract, a default) cannot be changed so.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import CodeType, FunctionType


def put_in(path: str, whole: str, changed: str) -> bool:
    """Whether the change of the module at `path` stands in its functions now; if not, nothing was changed."""
    old, new = (compile(text, path, "exec") for text in (whole, changed))
    if _without_functions(old) != _without_functions(new):
        return False
    before, after = dict(_functions(old)), dict(_functions(new))
    differing = [name for name in before if before[name] != after[name]]
    if not differing or before.keys() != after.keys():
        return False
    live = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__code__.co_filename == path]
    found = {name: [one for one in live if one.__code__.co_qualname == name] for name in differing}
    if not all(found.values()) or any(len(one.__code__.co_freevars) for several in found.values() for one in several):
        return False
    for name, several in found.items():
        for function in several:
            function.__code__ = after[name]
    return True


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Functions and methods by their qualified name; what stands within a function belongs to it."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if _is_class(one):
                yield from _functions(one)
            else:
                yield one.co_qualname, one


def _without_functions(code: CodeType) -> tuple[object, ...]:
    """What the module, or a class, does itself."""
    consts = tuple(
        (_without_functions(one) if _is_class(one) else one.co_qualname) if isinstance(one, CodeType) else repr(one)
        for one in code.co_consts
    )
    return code.co_code, consts, code.co_names


def _is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names and not code.co_flags & 0x2  # CO_NEWLOCALS is of functions
