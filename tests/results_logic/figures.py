"""Released tables written by hand: small, invented, already rounded."""

from __future__ import annotations

import pandas as pd

CHANGE = {
    "subject": "zrm",
    "life_domain": "finances",
    "slice": "all",
    "slice_value": "all",
    "moment_from": "first",
    "moment_to": "m6",
    "n_clients": 200,
    "n_up": 90,
    "n_equal": 70,
    "n_down": 40,
    "n_sufficient_before": 60,
    "n_sufficient_after": 90,
    "mean_change": 0.35,
    "mean_change_low": 0.2,
    "mean_change_high": 0.5,
    "status": "released",
}
USE = {
    "subject": "events",
    "what": "huisuitzetting",
    "law": None,
    "unit": "keer",
    "slice": "cohort",
    "slice_value": "2022",
    "n_clients": 20,
    "n_clients_base": 200,
    "client_years": 100.0,
    "total": 25.0,
    "status": "released",
}
FUNNEL = {
    "subject": "zrm",
    "life_domain": "finances",
    "slice": "cohort",
    "slice_value": "2022",
    "n_clients": 200,
    "n_scored": 180,
    "n_scored_twice": 100,
    "n_monitored": 40,
    "status": "released",
}
COST = {
    "year": 2022,
    "cost_kind": "loonkosten",
    "is_new_approach": False,
    "n_teams": 5,
    "amount_eur": 100_000.0,
    "status": "released",
}
ESTIMATE = {
    "estimate_id": "staggered/effect/zrm/finances",
    "subject": "zrm",
    "life_domain": "finances",
    "what": "all",
    "slice": "all",
    "slice_value": "all",
    "moment_from": "first",
    "moment_to": "within_12_months",
    "design": "staggered",
    "measure": "effect",
    "unit": "point",
    "estimate": 0.3,
    "ci_low": 0.05,
    "ci_high": 0.55,
    "n_clients": 200,
    "stamp": "strong_comparison",
    "assumptions": '{"demonstrable": {"holds": false, "p_value": 0.03, "p_value_adjusted": 0.2}}',
    "status": "released",
}


def rows_of(base: dict[str, object], *changed: dict[str, object]) -> pd.DataFrame:
    """One row per set of changes to `base`; without changes one row."""
    return pd.DataFrame([{**base, **one} for one in changed or ({},)])
