"""Design B as rows: four figures on the same clients, with balance, overlap and what an unseen cause must do.

A score has a value at the start. What clients used in the year after intake has none: it is compared between clients
equal in all that was known at the start, and difference-in-differences is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data_contracts.headline import AT_EQUAL_START
from data_contracts.tables.assumptions import Assumptions, Checks
from data_contracts.vocabulary.field import Stamp
from indicators.arrays import Flags, Floats, Integers
from indicators.comparison.bounded_scale import has_ends
from indicators.comparison.checks import (
    NO_START,
    checks,
    checks_of_figure,
    checks_of_scale,
    refusal,
    unlike_by_nature,
)
from indicators.comparison.figures import Overlap, Pairs, overlap
from indicators.comparison.margins import DIFFERENCE, DOUBLY_ROBUST, WEIGHTED, Figures, figures_of, propensities_of
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import (
    Basis,
    Estimated,
    Line,
    Outcome,
    estimate_rows,
    joint_rows,
    n_workers,
    one_row_per_client,
    values_of,
)
from indicators.effects.evidence import stamp_of
from indicators.effects.few_teams import TeamInference
from indicators.effects.team_cells import EXPOSED

_METHODS = {
    DIFFERENCE: "difference in differences in points and on the underlying scale, team jackknife, t",
    AT_EQUAL_START: "ancova on the starting score, team jackknife, t",
    WEIGHTED: "weighted by the odds of treatment, team jackknife, t",
    DOUBLY_ROBUST: "doubly robust, team jackknife, t",
}
LINES = {measure: Line("comparison", measure, method) for measure, method in _METHODS.items()}
LINES_OF_USE = LINES | {
    AT_EQUAL_START: Line("comparison", AT_EQUAL_START, "regression on what was known at the start, team jackknife, t")
}


def comparison_estimates(
    clients: pd.DataFrame,
    outcomes: Sequence[Outcome],
    before: Sequence[str | None],
    covariates: Sequence[str] = (),
    headline: str = DIFFERENCE,
    known_at_start: Sequence[str] = (),
) -> Estimated:
    """The mean effect on clients in the new approach, against clients of other teams in the same time.

    `clients` has one row per person: `client_no`, `team_no`, `exposed` (1, 0; missing has no part), optionally
    `rater_no`, numeric `covariates` known at the start, and per outcome the later score in `outcome.column` and the
    starting score in the column that `before` names at the same place. Clients without both scores have no part here
    (see `missing`). The joint table holds `headline`, the measure that the study declared: 'effect', which is
    difference-in-differences (of scores that have an end, over both scales: `bounded_scale`), or 'effect_ancova'. The
    others are companions on the same clients.

    Where `before` is None, as for use in the first year, clients are compared at an equal start in the numeric columns
    `known_at_start`, the level first; who lacks one of those has no part. The headline is 'effect_ancova' there,
    whatever was declared for scores, and its stamp is never above theirs; where 'effect' was declared, groups differ by
    nature, and use is refused when they begin apart. One team jackknife and one joint table hold all headlines.
    """
    one_row_per_client(clients)
    clients = clients[clients["exposed"].notna() & clients["team_no"].notna()]
    teams, team = np.unique(clients["team_no"].to_numpy(np.int64), return_inverse=True)
    values, _ = values_of(clients, outcomes)
    used = np.zeros((len(clients), len(outcomes)), bool)
    lines = [LINES[headline] if start else LINES_OF_USE[AT_EQUAL_START] for start in before]
    found: list[Figures] = []
    bases: list[dict[str, Basis]] = []
    propensities: dict[tuple[str | None, bytes], list[Floats]] = {}
    for at, (outcome, start) in enumerate(zip(outcomes, before, strict=True)):
        complete, pairs = _known(clients, values[:, at], start, covariates if start else known_at_start)
        shared = overlap(pairs)
        used[complete, at] = shared.kept
        own = team[used[:, at]]
        kept, has_start, figures = pairs.of(shared.kept), start is not None, Figures.none(teams.size)
        refused = refusal(pairs, shared, own, outcome)
        if refused is None and not has_start and headline == DIFFERENCE:
            refused = unlike_by_nature(kept)
        if refused is None:
            same = start, complete.tobytes()  # without a start, outcomes of the same clients share their propensities
            propensities[same] = propensities.get(same) or propensities_of(kept, own)
            ends = has_start and has_ends(kept, outcome.widest)
            figures = figures_of(kept, own, teams.size, propensities[same], has_start=has_start, ends=ends)
        about = complete if refused else used[:, at]
        basis = Basis(int(about.sum()), n_workers(clients[about]), refused_because=refused)
        found.append(figures)
        bases.append(
            dict.fromkeys(LINES, basis) if refused else _with_checks(basis, kept, shared, own, figures, has_start)
        )
    bases = _no_stronger_than_scores(bases, before, headline)
    rows = [
        *_rows(outcomes, found, bases, LINES, [at for at, start in enumerate(before) if start]),
        *_rows(outcomes, found, bases, LINES_OF_USE, [at for at, start in enumerate(before) if not start]),
    ]
    headlines = TeamInference.of([one.of[line.measure] for one, line in zip(found, lines, strict=True)])
    own_bases = [one[line.measure] for one, line in zip(bases, lines, strict=True)]
    joint = joint_rows(outcomes, LINES[headline], headlines, own_bases, used, lines)
    return Estimated(pd.concat(rows, ignore_index=True), joint)


def takes_part(clients: pd.DataFrame, outcome: Outcome, start: str | None, covariates: Sequence[str] = ()) -> Flags:
    """(N,) which clients the figures on `outcome` rest on: placed, all known of them, and alike enough to compare.

    `start` and `covariates` as in `comparison_estimates`; without a start the covariates are `known_at_start`.
    """
    found = (clients["exposed"].notna() & clients["team_no"].notna()).to_numpy(bool, copy=True)
    values, _ = values_of(clients[found], [outcome])
    complete, pairs = _known(clients[found], values[:, 0], start, covariates)
    complete[complete] = overlap(pairs).kept
    found[found] = complete
    return found


def _known(clients: pd.DataFrame, after: Floats, start: str | None, covariates: Sequence[str]) -> tuple[Flags, Pairs]:
    """(N,) of whom nothing is missing, and their pairs."""
    everyone = _pairs(clients, after, start, covariates)
    complete = ~np.isnan(np.column_stack([everyone.background, everyone.after])).any(axis=1)
    return complete, everyone.of(complete)


def _pairs(clients: pd.DataFrame, after: Floats, start: str | None, covariates: Sequence[str]) -> Pairs:
    columns = clients[list(covariates)].to_numpy(np.float64, na_value=np.nan)
    before = clients[start].to_numpy(np.float64, na_value=np.nan) if start else np.zeros_like(after)
    return Pairs(before, after, clients["exposed"].eq(EXPOSED).to_numpy(bool), columns)


def _with_checks(
    basis: Basis, kept: Pairs, shared: Overlap, team: Integers, figures: Figures, has_start: bool
) -> dict[str, Basis]:
    """Per measure the basis with what was checked: of the two groups, and of the figure itself."""
    groups = checks(kept, shared, team, figures.of[DIFFERENCE][2], has_start=has_start)
    of_figure = {
        measure: checks_of_figure(kept, groups["balance_weighted"], measure, figure, has_start=has_start)
        for measure, figure in figures.of.items()
    }
    of_figure[DIFFERENCE] |= checks_of_scale(figures)
    return {measure: replace(basis, checks=groups | own) for measure, own in of_figure.items()}


def _no_stronger_than_scores(
    bases: Sequence[dict[str, Basis]], before: Sequence[str | None], headline: str
) -> list[dict[str, Basis]]:
    """The bases of what has no start of its own with a check more: do the same groups carry a comparison of scores?"""
    shown = [own[headline] for own, start in zip(bases, before, strict=True) if start]
    carried = any(
        stamp_of("comparison", Assumptions(basis.checks)) is Stamp.COMPARISON
        for basis in shown
        if not basis.refused_because
    )
    scores: Checks = {"scores": {"holds": carried if any(before) else None}}

    def checked(basis: Basis) -> Basis:
        return basis if basis.refused_because else replace(basis, checks=basis.checks | scores)

    return [
        own if start else {measure: checked(basis) for measure, basis in own.items()}
        for own, start in zip(bases, before, strict=True)
    ]


def _rows(
    outcomes: Sequence[Outcome],
    found: Sequence[Figures],
    bases: Sequence[dict[str, Basis]],
    lines: dict[str, Line],
    chosen: Sequence[int],
) -> list[pd.DataFrame]:
    """The rows per measure of the chosen outcomes, each demonstrable or not by its own p-value.

    Of use, a difference in change is refused.
    """
    if not chosen:
        return []
    tables = []
    about = [outcomes[at] for at in chosen]
    for measure, line in lines.items():
        own = [bases[at][measure] for at in chosen]
        if measure == DIFFERENCE and lines is LINES_OF_USE:
            own = [replace(one, checks={}, refused_because=one.refused_because or NO_START) for one in own]
        inference = TeamInference.of([found[at].of[measure] for at in chosen])
        own = with_demonstrable(about, inference, own)
        tables.append(estimate_rows(about, line, inference, own))
    return tables
