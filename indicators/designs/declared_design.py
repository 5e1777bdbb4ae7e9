"""The estimates of the design that a study declared: a comparison, a staggered start or one series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.design import Design
from data_contracts.headline import AT_EQUAL_START
from data_contracts.tables.estimates import JOINT
from data_contracts.vocabulary.field import MATRICES
from indicators.comparison.estimates import LINES, LINES_OF_USE, comparison_estimates
from indicators.comparison.known_at_start import known_at_start
from indicators.designs.clients import ClientOutcomes, age_columns
from indicators.designs.monthly_series import series_estimates
from indicators.designs.supported import DesignVerdict
from indicators.effects.estimates import Estimated, Line, Outcome, refused_estimates
from indicators.series.estimates import STEP
from indicators.staggered.estimates import HEADLINE, event_study_estimates, staggered_estimates


def declared_estimates(
    clients: pd.DataFrame, found: ClientOutcomes, design: Design, verdict: DesignVerdict
) -> Estimated:
    """The estimates of a design other than before-after, or every outcome refused because the data cannot carry it."""
    changed = [one.change for one in found.scored]
    if verdict.because is not None:
        return _refused(clients, changed, found.used, design, verdict.because)
    match design.kind:
        case "comparison":
            return _comparison(clients, found, design.headline_measure)
        case "series" if design.started_on is not None:
            series = series_estimates(clients, [*changed, *found.used], design.started_on)
            return Estimated(series, empty_frame(JOINT))
    effects = staggered_estimates(clients, [*changed, *found.used])
    times = event_study_estimates(clients, [one.change for one in found.leading])
    return Estimated(pd.concat([effects.estimates, times], ignore_index=True), effects.joint)


def headline_line(design: Design) -> Line:
    """The line through which a design other than before-after speaks of scores."""
    if design.kind == "comparison":
        return LINES[design.headline_measure]
    return STEP if design.kind == "series" else HEADLINE


def _refused(
    clients: pd.DataFrame, changed: Sequence[Outcome], used: Sequence[Outcome], design: Design, because: str
) -> Estimated:
    """Every outcome without figures under the line through which the design would have spoken of it."""
    of_scores = headline_line(design)
    of_use = LINES_OF_USE[AT_EQUAL_START] if design.kind == "comparison" else of_scores
    parts = [
        refused_estimates(clients, outcomes, line, because) for outcomes, line in ((changed, of_scores), (used, of_use))
    ]
    return Estimated(pd.concat([one.estimates for one in parts], ignore_index=True), parts[0].joint)


def _comparison(clients: pd.DataFrame, found: ClientOutcomes, headline: str) -> Estimated:
    """Scores from their own starting value; use, which has none, among clients equal in all known at the start."""
    outcomes = [*(replace(one.change, column=one.after) for one in found.scored), *found.used]
    before = [*(one.before for one in found.scored), *(None for _ in found.used)]
    known = known_of(clients, found)
    clients = clients.join(known)
    names = [str(name) for name in known]
    return comparison_estimates(
        clients, outcomes, before, age_columns(clients), headline=headline, known_at_start=names
    )


def known_of(clients: pd.DataFrame, found: ClientOutcomes) -> pd.DataFrame:
    """What was known at the start of these clients, as columns: use is compared between clients equal in it."""
    return known_at_start(
        clients[clients["first_year_complete"]],
        domains=[one.before for one in found.scored if one.change.subject == "zrm"],
        declared=[one.before for one in found.leading],
        others=[one.before for one in found.scored if one.change.subject not in MATRICES],
        traits=age_columns(clients),
    )
