"""A formula as Excel knows it, as OpenFormula: other marks round references and between arguments, the same functions.

Raises ValueError for what we never write, so that no formula means something else unseen.
"""

from __future__ import annotations

import re

_CELL = r"\$?[A-Z]{1,3}\$?[1-9][0-9]*"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d]\w*)!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(.!:])
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.])
    |(?P<function>[A-Z]+)(?=\()
    |(?P<name>[^\W\d]\w*)(?![\w(.!])
    |(?P<comma>,)
    |(?P<mark>[-+*/^&()<>=])""",
    re.VERBOSE,
)
FUNCTIONS = frozenset({"SUM", "SUMIF", "ROUND", "IF", "MAX", "MIN"})


def open_formula(formula: str) -> str:
    """`=SUMIF(Regels!$C$5:$C$9,"baten",D5)` becomes `of:=SUMIF([$Regels.$C$5:.$C$9];"baten";[.D5])`."""
    at, said = 1, ["of:="]
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        if found is None or (found["function"] and found["function"] not in FUNCTIONS):
            raise ValueError(f"no OpenFormula is known for '{formula[at:]}' in '{formula}'")
        said.append(";" if found["comma"] else _reference(found) if found["first"] else found[0])
        at = found.end()
    return "".join(said)


def _reference(found: re.Match[str]) -> str:
    sheet = f"${found['sheet']}" if found["sheet"] else ""
    last = f":.{found['last']}" if found["last"] else ""
    return f"[{sheet}.{found['first']}{last}]"


def address(cell: str) -> str:
    """The cell `Sheet!$A$1`, or a range of cells, as a name refers to it: `$Sheet.$A$1`."""
    found = _TOKEN.fullmatch(cell)
    if found is None or not found["sheet"]:
        raise ValueError(f"'{cell}' is no cell of a sheet")
    return _reference(found)[1:-1]
