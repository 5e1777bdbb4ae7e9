"""The leading figures again, without clients who were with two teams at once or who came back.

Such a client counts for one team and one episode only. When the figure without them is another one, that rule matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from data_contracts.protection import Thresholds
from data_contracts.study import Study
from indicators.designs.clients import ClientOutcomes
from indicators.designs.declared_design import declared_estimates, headline_line
from indicators.designs.supported import DesignVerdict
from indicators.effects.before_after_estimates import MEAN_CHANGE, before_after_estimates
from indicators.effects.estimates import Estimated, Line, Outcome, refused_estimates

SUFFIX = "_plain_courses"
_FEW = (
    "Te weinig mensen met deze uitkomst waren bij twee teams tegelijk of kwamen terug, om het zonder hen te berekenen."
)


def of_plain_courses(
    found: ClientOutcomes, compared: pd.DataFrame, study: Study, verdict: DesignVerdict, odd: frozenset[int]
) -> list[pd.DataFrame]:
    """The leading change, and the leading figure of the declared design, by the same estimators on the others.

    `odd` are the numbers of the clients with an odd course; of too few of them nothing is said. An outcome that too few
    of them have is refused, and counts all who have it: the difference of two figures would be about these few.
    """
    if len(odd) < study.thresholds.clients:
        return []
    leading = replace(found, scored=tuple(found.leading), used=())
    outcomes = [one.change for one in leading.scored]

    def rows(clients: pd.DataFrame, line: Line, estimated: Callable[[pd.DataFrame], Estimated]) -> pd.DataFrame:
        is_odd = clients["client_no"].isin(odd)
        few = [one for one in outcomes if _is_about_few(clients.loc[is_odd, one.column], one, study.thresholds)]
        return _companion(estimated(clients[~is_odd]).estimates, line, clients, few)

    tables = [rows(found.clients, MEAN_CHANGE, lambda plain: before_after_estimates(plain, outcomes))]
    if study.design.compares and verdict.because is None:

        def declared(plain: pd.DataFrame) -> Estimated:
            return declared_estimates(plain, replace(leading, clients=plain), study.design, verdict)

        tables.append(rows(compared, headline_line(study.design), declared))
    return tables


def _is_about_few(of_odd: pd.Series, outcome: Outcome, thresholds: Thresholds) -> bool:
    return bool(of_odd.notna().sum() < thresholds.of(outcome.life_domain))


def _companion(found: pd.DataFrame, line: Line, clients: pd.DataFrame, few: list[Outcome]) -> pd.DataFrame:
    """The rows of `line` as a measure of their own, those of `few` refused."""
    own = replace(line, measure=line.measure + SUFFIX, method=f"{line.method}; clients with a plain course")
    shown = (found["measure"] == line.measure) & ~found["life_domain"].isin([one.life_domain for one in few])
    names = found["estimate_id"].str.replace(f"/{line.measure}/", f"/{own.measure}/", n=1, regex=False)
    rows = found.assign(estimate_id=names, measure=own.measure, method=own.method)[shown]
    return pd.concat([rows, refused_estimates(clients, few, own, _FEW).estimates], ignore_index=True)
