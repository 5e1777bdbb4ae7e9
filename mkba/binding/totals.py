"""Released totals that the engine may use: costs by kind and year, and what provisions cost today."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.part_years import last_whole_year
from mkba.binding.effects import REASONS, RELEASED, SHOWN, Row, Total, number, records, vintage_of


def cost_totals(costs: pd.DataFrame, in_part: frozenset[int]) -> dict[str, Total]:
    """Totals in euros from the released table out_costs__by_year.

    `costs/new/<kind>/<year>` for what the new approach costs on top, `costs/regular/<kind>/<year>` for the rest;
    `latest` in the place of the year is the last year in the table of which the deliveries hold no mere part
    (`in_part`), and without such a year the last. A year with one withheld kind has no `total`.
    """
    rows = records(costs)
    latest = last_whole_year((int(number(row["year"])) for row in rows), in_part) or 0
    parts: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        part, year = "new" if row["is_new_approach"] else "regular", int(number(row["year"]))
        for kind in (str(row["cost_kind"]), "total"):
            parts.setdefault((part, kind, year), []).append(row)
    totals = {}
    for (part, kind, year), found in parts.items():
        for named in (str(year), "latest") if year == latest else (str(year),):
            totals[f"costs/{part}/{kind}/{named}"] = _cost_total(f"costs/{part}/{kind}/{named}", found, year)
    return totals


def _cost_total(name: str, rows: list[Row], year: int) -> Total:
    reasons = [_withheld(row, "amount_eur") for row in rows]
    refused = next((reason for reason in reasons if reason is not None), None)
    value = None if refused is not None else sum(number(row["amount_eur"]) for row in rows)
    return Total(name, "eur", value, year, refused, "out_costs__by_year")


def _withheld(row: Row, column: str) -> str | None:
    status = str(row.get("status", RELEASED))
    if status in SHOWN and not np.isnan(number(row[column])):
        return None
    return REASONS.get(status, "niet vrijgegeven")


def use_totals(use: pd.DataFrame) -> dict[str, Total]:
    """What provisions cost per client-year today: `use/<law>/eur/per_client_year`.

    From the rows per law of the released table out_care__use (where `what` is the law), slice 'all', in euros.
    """
    totals = {}
    for row in records(use):
        if row["unit"] == "eur" and row["slice"] == "all" and row["what"] == row["law"]:
            name = f"use/{row['law']}/eur/per_client_year"
            refused = _withheld(row, "total") or _withheld(row, "client_years")
            if refused is None and number(row["client_years"]) == 0:  # rounded: everybody came only just
                refused = "de mensen zijn samen nog geen jaar in beeld"
            value = None if refused is not None else number(row["total"]) / number(row["client_years"])
            totals[name] = Total(name, "eur", value, refused=refused, table="out_care__use", vintage=vintage_of(row))
    return totals
