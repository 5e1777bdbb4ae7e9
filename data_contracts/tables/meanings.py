"""What every table and every released column means, in Dutch: one line each, in meanings.yaml."""

from __future__ import annotations

import functools
from importlib import resources

from ruamel.yaml import YAML

_UNITS = (
    (("_eur", "_eur_per_unit"), "euro"),
    (("_share",), "aandeel (1 is alles)"),
    (("_years",), "jaar"),
    (("_months", "_since_intake"), "maand"),
)
_SHARES = ("share_", "prob_", "p_value", "p_adjusted", "p_smallest")


def table_meaning(name: str) -> str:
    """What a released table is about."""
    return meanings()["tables"][name]


def meaning(name: str) -> str:
    """What any table is about, also one that never leaves the closed zone."""
    known = meanings()
    if name in known["tables"] or name in known["closed"]:
        return known["tables"].get(name) or known["closed"][name]
    if name.endswith("__current"):
        return f"{meaning(name.removesuffix('__current'))}; over alle leveringen die tellen"
    if name.startswith("raw_"):
        return f"{meaning(name.replace('raw_', 'core_', 1))}; de tekst zoals geleverd, elke regel met een oordeel"
    return f"{table_meaning(name.replace('est_', 'out_', 1))}; precies, voor de poort"


def column_meaning(name: str) -> str:
    """What a column says, wherever it stands."""
    known, part = meanings()["columns"], name.removesuffix("_status")
    return known[name] if name in known else f"of {part} is getoond, en anders waarom niet: {known[part]}"


def column_unit(name: str) -> str:
    """The unit of a column by its name; empty where another column says it, or where there is none."""
    if name.startswith("n_"):
        return "aantal"
    if name.startswith(_SHARES):
        return "aandeel (1 is alles)"
    return next((unit for ends, unit in _UNITS if name.endswith(ends)), "")


@functools.cache
def meanings() -> dict[str, dict[str, str]]:
    """All of them: of released tables, of those that stay, and of columns."""
    text = (resources.files("data_contracts.tables") / "meanings.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(text)
    return found
