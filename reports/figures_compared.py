"""The figures about everybody in two releases: what they were, what they are, and which did not move.

Released figures only. A figure that is hidden in one of the two has no value there and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.vocabulary.field import ALL
from indicators.change.shares import with_shares
from reports.language import dutch, terms

TABLES = ("out_change__by_domain", "out_effects__estimates", "out_effects__design")
_KEY = ["subject", "life_domain", "moment_from", "moment_to"]


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure in two releases; None where it is not shown."""

    what: str
    before: float | None
    after: float | None
    is_share: bool

    @property
    def is_equal(self) -> bool:
        """Shown alike, or in neither."""
        return self.before == self.after

    def line(self, width: int) -> str:
        """The figure before and after, in Dutch; its name takes `width`."""
        return f"  {self.what:<{width}} {self._shown(self.before):>14} {self._shown(self.after):>14}"

    def _shown(self, value: float | None) -> str:
        if value is None:
            return "niet getoond"
        return dutch.percent(value) if self.is_share else dutch.decimal(value)


def figures_compared(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> list[Moved]:
    """Every share that rose or fell, and every estimate of the design that was used, in the order of the later one."""
    found = []
    for figures in (_shares, _estimates):
        then, now = figures(before), figures(after)
        is_share = figures is _shares
        found += [Moved(what, then.get(what), now.get(what), is_share) for what in dict.fromkeys([*now, *then])]
    return found


def figures_told(moved: list[Moved]) -> str:
    """What moved, and how many did not, as text."""
    others = [one for one in moved if not one.is_equal]
    same = len(moved) - len(others)
    title = "Cijfers over iedereen"
    width = max([len(title), *(len(one.what) for one in others)])
    head = f"  {title:<{width}} {'eerst':>14} {'nu':>14}"
    tail = f"{same} van de {len(moved)} cijfers over iedereen zijn gelijk gebleven."
    return "\n".join([*([head, *(one.line(width) for one in others), ""] if others else []), tail])


def _shares(tables: Mapping[str, pd.DataFrame]) -> dict[str, float | None]:
    change = tables["out_change__by_domain"]
    everybody = with_shares(change[(change["slice"] == ALL) & (change["subject"] != "all")])
    return {
        f"{terms.outcome(row['subject'], row['life_domain'], ALL)}, {moments}: {words}": _value(row[f"share_{name}"])
        for row in everybody.sort_values(_KEY).to_dict("records")
        for moments in [f"{terms.moment(row['moment_from'])} naar {terms.moment(row['moment_to'])}"]
        for name, words in (("up", "gestegen"), ("down", "gedaald"))
    }


def _estimates(tables: Mapping[str, pd.DataFrame]) -> dict[str, float | None]:
    used, estimates = tables["out_effects__design"]["used"], tables["out_effects__estimates"]
    own = estimates[(estimates["slice"] == ALL) & estimates["design"].isin(used)]
    return {_estimate(row): _value(row["estimate"]) for row in own.sort_values("estimate_id").to_dict("records")}


def _estimate(row: dict[Any, Any]) -> str:
    outcome = terms.outcome(row["subject"], row["life_domain"], row["what"])
    return f"{outcome} ({terms.estimate(row['measure'])}, {terms.unit(row['unit']).behind})"


def _value(value: object) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), 6)  # type: ignore[arg-type, call-overload]
