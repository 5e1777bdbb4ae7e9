"""What `wijkbaat read --json` found beside the truth of a case."""

from __future__ import annotations

from typing import Any

from data_contracts.tables.core import DOMAIN_COLUMNS

_ZRM = "core_zrm__assessments"
_ROWS = {"provisions_rows": "provisions", "ladder_rows": "ladder", "trajectories": "trajectories"}
_EUROS = {"costs": "costs", "provisions_eur": "provisions"}


def found_in(read: dict[str, Any]) -> dict[str, Any]:
    """The figures of a case, by the names of expectations.json."""
    tables = read["tables"]
    zrm = tables[_ZRM]
    domains = [name for name in DOMAIN_COLUMNS if name in zrm["count"]]
    figures = {
        "assessments": zrm["rows"],
        "clients": zrm["clients"],
        "scores": sum(zrm["count"][name] for name in domains),
        "sum_all": sum(zrm["sum"][name] or 0 for name in domains),
        "sum_finances": zrm["sum"]["finances"],
        "first": zrm["first"],
        "last": zrm["last"],
    }
    by_word = {name.split("_")[1]: table for name, table in tables.items()}
    figures |= {name: by_word[word]["rows"] for name, word in _ROWS.items() if word in by_word}
    figures["trajectories"] = tables["core_cases__trajectories"]["rows"]
    return figures | {name: by_word[word]["sum"]["amount_eur"] for name, word in _EUROS.items() if word in by_word}


def differences(read: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Each figure that is not as expected; a table that nothing was taken into is told, not wrong."""
    figures = found_in(read)
    wanted = {**expected["truth"], **expected["sums"]}
    told = {name for name in expected["sums"] if not figures.get(name)}
    return [
        f"{name} {figures.get(name)} instead of {value}"
        for name, value in wanted.items()
        if name not in told and figures.get(name) != value
    ]
