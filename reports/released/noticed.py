"""What the check of the analysis noticed about the balance: what report, terminal and --json all say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

# Where mkba.yaml has no line to point at.
_PLACES = {"lines": "de regels samen", "price_lists": "de prijslijsten", "correlations": "de samenhangen"}


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding in words: at which line of the balance, what, and what to do; `blocks` keeps every total out."""

    rule: str
    blocks: bool
    about: str
    what: str
    to_do: str

    @property
    def sentence(self) -> str:
        """At which line, and what."""
        return f"{self.about}: {self.what}"


def noticed(tables: Mapping[str, pd.DataFrame]) -> list[Noticed]:
    """Everything that was noticed, what blocks first; nothing where there is no analysis."""
    names = dict(_PLACES)
    for table, column, kind in (
        ("out_mkba__balance", "line", "lines"),
        ("out_mkba__headline", "alternative", "alternatives"),
    ):
        for _, row in tables.get(table, pd.DataFrame()).iterrows():
            names[f"{kind}: {row[column]}"] = f"'{row['label']}'"
    found = [
        Noticed(
            str(row["rule"]),
            row["severity"] == "blocks",
            names.get(str(row["where"]), str(row["where"]).replace("overlap_groups: ", "overlapgroep ")),
            str(row["what"]),
            str(row["to_do"]),
        )
        for _, row in tables.get("out_mkba__findings", pd.DataFrame()).iterrows()
    ]
    return sorted(found, key=lambda one: not one.blocks)
