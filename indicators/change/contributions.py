"""What each client adds to the models of change in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from data_contracts.tables.contributions import outcome_name
from indicators.arrays import Integers
from indicators.change.curves import model_rows
from indicators.change.growth import measurements
from indicators.contributions import LEVELS, Added, as_one_code
from indicators.counts.panel import Panel


def model_contributions(panel: Panel, moments: Sequence[str], days: int) -> Iterator[Added]:
    """Clients with all scores that curve and growth see of them; the panel without groups."""
    people = panel.client_no[panel.client_starts]
    for domain in panel.scores:
        rows = model_rows(panel, domain, moments, days)
        yield _together("curve", panel, domain, people, rows.client, rows.moment * LEVELS + rows.score)
        grown = measurements(panel, domain, days)
        code = grown["months"].to_numpy(np.int64) * LEVELS + grown["score"].to_numpy(np.int64)
        yield _together("growth", panel, domain, people, grown["client"].to_numpy(np.int64), code)


def _together(kind: str, panel: Panel, domain: str, people: Integers, client: Integers, code: Integers) -> Added:
    found, owner = np.unique(client, return_inverse=True)
    return Added(outcome_name(kind, [panel.subject, domain]), people[found], as_one_code(owner, code, len(found)))
