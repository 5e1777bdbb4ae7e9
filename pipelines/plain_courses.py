"""The leading figures again, without clients who were with two teams at once or who came back.

Such a client counts for one team and one episode only. When the figure without them is another one, that rule matters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.estimates import ESTIMATES
from data_contracts.study import Thresholds
from indicators.estimates import Estimated, Group, Line, Outcome, refused_estimates

SUFFIX = "_plain_courses"
_FEW = (
    "Te weinig mensen met deze uitkomst waren bij twee teams tegelijk of kwamen terug, om het zonder hen te berekenen."
)


@dataclass(frozen=True, slots=True)
class PlainCourses:
    """The numbers of the clients with an odd course, and the outcomes to look at without them."""

    odd: frozenset[int]
    outcomes: Sequence[Outcome]
    thresholds: Thresholds

    def rows(self, clients: pd.DataFrame, line: Line, estimated: Callable[[pd.DataFrame], Estimated]) -> pd.DataFrame:
        """The rows of `line` by the same estimator on the others, as a measure of their own.

        Empty when too few clients have an odd course. An outcome that too few of them have is refused, and counts all
        who have it: the difference of two figures would be about these few.
        """
        is_odd = clients["client_no"].isin(self.odd)
        if len(self.odd) < self.thresholds.clients:
            return empty_frame(ESTIMATES)
        own = replace(line, measure=line.measure + SUFFIX, method=f"{line.method}; clients with a plain course")
        few = [one for one in self.outcomes if self._is_about_few(clients.loc[is_odd, one.column], one)]
        found = estimated(clients[~is_odd]).estimates
        shown = (found["measure"] == line.measure) & ~found["life_domain"].isin([one.life_domain for one in few])
        names = found["estimate_id"].str.replace(f"/{line.measure}/", f"/{own.measure}/", n=1, regex=False)
        rows = found.assign(estimate_id=names, measure=own.measure, method=own.method)[shown]
        refused = refused_estimates(clients, few, Group(), own, _FEW).estimates
        return pd.concat([rows, refused], ignore_index=True)

    def _is_about_few(self, of_odd: pd.Series, outcome: Outcome) -> bool:
        return bool(of_odd.notna().sum() < self.thresholds.of(outcome.life_domain))
