"""The few lines that the terminal and --json show of a release: released figures only."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data_contracts.released import PartStatus
from data_contracts.vocabulary import LifeDomain
from indicators.shares import with_shares

HEADLINE_TABLES = ("out_change__by_domain", "out_mkba__headline")
_LABELS = {domain.value: domain.label for domain in LifeDomain}


def headlines(tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """A line per life domain (everybody, first to last) and a line per alternative of the MKBA."""
    change = tables["out_change__by_domain"]
    wanted = (change["subject"] == "zrm") & (change["slice"] == "all")
    wanted &= (change["moment_from"] == "first") & (change["moment_to"] == "last")
    shown = wanted & (change["n_up_status"] == PartStatus.SHOWN) & (change["n_down_status"] == PartStatus.SHOWN)
    lines = [_change_line(row) for row in with_shares(change[shown]).to_dict("records")]
    return lines + [
        {"subject": "mkba", "what": row["alternative"], "sentence": row["sentence"]}
        for row in tables["out_mkba__headline"].to_dict("records")
    ]


def _change_line(row: dict[Any, Any]) -> dict[str, Any]:
    up, down, n_clients = round(100 * row["share_up"]), round(100 * row["share_down"]), int(row["n_clients"])
    label = _LABELS.get(row["life_domain"], row["life_domain"])
    people = f"{n_clients:,}".replace(",", ".")
    return {
        "subject": "zrm",
        "what": row["life_domain"],
        "n_clients": n_clients,
        "share_up": round(float(row["share_up"]), 2),
        "share_down": round(float(row["share_down"]), 2),
        "sentence": f"{label}: {up} % gestegen, {down} % gedaald (ongeveer {people} cliënten met twee metingen).",
    }
