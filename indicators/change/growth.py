"""Levels per year by a linear mixed model: est_change__growth. Secondary, and said so.

The ordinal model (curves.py) is the headline; this one gives levels per year, which people ask for, and treats the
steps between levels as equal, which they are not. Every assessment counts, at its own month.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import DAYS_PER_MONTH, REPLICATE_DAYS
from indicators.change.linear_growth import linear_growth
from indicators.counts.moments import scored_rows
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Grouping, Panel

TOO_FEW = "Te weinig mensen of te weinig metingen om groei te kunnen schatten."


def growth_by_domain(panel: Panel, replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_change__growth per life domain and group, with a 95 % interval of the levels per year.

    Replicates of the first assessment are left out, and assessments in another edition where the life domain is not
    comparable. Months are whole, so that clients with the same moments cost one.
    """
    tables = []
    for domain in panel.scores:
        rows = measurements(panel, domain, replicate_days)
        tables += [_per_group(rows, domain, name, grouping) for name, grouping in panel.client_groups.items()]
    return as_table(estimate_companions.GROWTH, pd.concat(tables, ignore_index=True).assign(subject=panel.subject))


def measurements(panel: Panel, domain: str, replicate_days: int) -> pd.DataFrame:
    """The rows that the model is fitted to: score, months since the first, and the position of the client."""
    scores = panel.scores[domain]
    scored = scored_rows(panel, scores)
    first = scored.row[scored.start][scored.owner]
    used = (scored.days_since_first == 0) | (scored.days_since_first > replicate_days)
    used &= scored.agreed(scored.row)
    if domain not in panel.comparable:
        used &= panel.edition[scored.row] == panel.edition[first]
    kept = np.flatnonzero(used)
    return pd.DataFrame(
        {
            "score": scores[scored.row[kept]],
            "months": np.round(scored.days_since_first[kept] / DAYS_PER_MONTH),
            "client": scored.client[scored.owner[kept]],
        }
    )


def _per_group(rows: pd.DataFrame, domain: str, name: str, grouping: Grouping) -> pd.DataFrame:
    group = grouping.codes[rows["client"]]
    lines = []
    for code, label in enumerate(grouping.labels):
        own = rows[group == code]
        found = linear_growth(own["score"].to_numpy(), own["months"].to_numpy(), own["client"].to_numpy())
        line: dict[str, object] = {"slice_value": label, "n_clients": own["client"].nunique()}
        if found is None:
            lines.append(line | {"refused_because": TOO_FEW})
            continue
        half = Z_95 * found.per_year_error
        line |= {"level_at_start": found.intercept, "levels_per_year": found.per_year}
        lines.append(line | {"per_year_low": found.per_year - half, "per_year_high": found.per_year + half})
    columns = ["slice_value", "n_clients", "level_at_start", "levels_per_year", "per_year_low", "per_year_high"]
    return pd.DataFrame(lines, columns=[*columns, "refused_because"]).assign(life_domain=domain, slice=name)
