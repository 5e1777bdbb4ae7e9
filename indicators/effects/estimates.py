"""Rows of est_effects__estimates and est_effects__joint: what was estimated, how sure, and on which conditions."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.errors import ContractBroken
from data_contracts.tables.assumptions import Assumptions, Checks
from data_contracts.tables.estimates import ALL, ESTIMATE_TABLES, ESTIMATES, JOINT
from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import SCORES
from data_contracts.vocabulary.scales import scale_of
from indicators.arrays import Flags, Floats
from indicators.effects.evidence import stamp_of
from indicators.effects.few_teams import LEAST_FREEDOM, TeamInference

Record = dict[str, Any]  # a row of est_effects__estimates

# Below this, intervals by normal theory mislead and a report says that there are few teams.
FEW_TEAMS = 30
FEWEST_DIFFERENT = 10
NO_MARGIN = "Zonder één van de teams blijft er te weinig over; de marge is niet te bepalen."
NO_FREEDOM = (
    "Zoveel hangt af van hoe de gemiste scores worden aangevuld dat er geen marge te bepalen is (minder dan één "
    "vrijheidsgraad)."
)
OFF_SCALE = "De marge is breder dan de hele schaal; het cijfer zegt dan niets."


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that may have changed: where it stands in the client frame, and what it is in words of the contract.

    `column` holds the value per client, missing where unknown. With `years` the value is a count and the outcome a
    rate per client-year: the column named there holds the years over which it was counted. `is_headline` tells whether
    the study declared the outcome beforehand: declared and other outcomes are tested apart. `part_of` names the column
    of the outcome that this one is a part or another unit of: it is asked about only after that one.
    """

    column: str
    subject: str
    unit: str
    life_domain: str = ALL
    what: str = ALL
    moment_from: str = "intake"
    moment_to: str = "m12"
    years: str | None = None
    is_headline: bool = True
    part_of: str | None = None

    @property
    def is_score(self) -> bool:
        """Given by somebody on a scale, not counted."""
        return self.subject in SCORES

    @property
    def widest(self) -> float:
        """How much two values can differ at most: the length of the scale, 1 for yes or no, else without bound.

        What lasts is a level and no difference; it minds its own bounds.
        """
        if self.is_score and self.unit not in ("share", "month"):
            scale = scale_of(self.subject, self.life_domain)
            return scale.highest - scale.lowest if scale else np.inf
        return 1.0 if self.subject == "solutions" else np.inf

    @property
    def per(self) -> str:
        """What one unit of the estimate belongs to."""
        return "client_year" if self.years else "client"


@dataclass(frozen=True, slots=True)
class Estimated:
    """The two tables that a design fills; both keep their contracts."""

    estimates: pd.DataFrame
    joint: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Line:
    """What all rows of one measure share; the stamp follows from the design and the checks."""

    design: str
    measure: str
    method: str


@dataclass(frozen=True, slots=True)
class Basis:
    """On whom an outcome's estimate rests, which conditions were checked, and why it is refused if it is."""

    n_clients: int
    n_workers: int | None
    checks: Checks = field(default_factory=dict)
    refused_because: str | None = None


def one_row_per_client(clients: pd.DataFrame) -> None:
    """Raise ContractBroken when a client stands in two rows: n_clients would no longer count people."""
    n_doubles = int(clients["client_no"].duplicated().sum())
    if n_doubles:
        raise ContractBroken(f"client frame of an estimate: {n_doubles} rows repeat a client; pass one row per person")


def rounded(value: float | None) -> float | None:
    """Four decimals, None for what is not a number: JSON knows no NaN."""
    return round(float(value), 4) if value is not None and np.isfinite(value) else None


def differ_too_little(values: Floats, *, is_score: bool = True) -> bool:
    """True when so few clients differ from the rest that no margin holds: fewer than ten in a score, none in use.

    Of a score, 'all had the same' would also be a statement about each of them. Use that few clients have is rare, not
    alike: its estimate has a margin, and the gate minds how few they are.
    """
    n_different = values.size - np.unique(values, return_counts=True)[1].max(initial=0)
    return bool(n_different < (FEWEST_DIFFERENT if is_score else 1))


def n_workers(clients: pd.DataFrame) -> int | None:
    """How many workers scored these clients; None when the delivery does not tell."""
    return int(clients["rater_no"].nunique()) if "rater_no" in clients else None


def values_of(clients: pd.DataFrame, outcomes: Sequence[Outcome]) -> tuple[Floats, Floats]:
    """(N, K) values and weights: a rate becomes count per year with the years as its weight."""
    values = clients[[one.column for one in outcomes]].to_numpy(np.float64, copy=True, na_value=np.nan)
    weights = np.ones_like(values)
    for position, one in enumerate(outcomes):
        if one.years:
            years = clients[one.years].to_numpy(np.float64, na_value=np.nan)
            weights[:, position] = np.where(years > 0, years, np.nan)
            values[:, position] /= weights[:, position]
    return values, weights


def estimate_rows(
    outcomes: Sequence[Outcome], line: Line, found: TeamInference, bases: Sequence[Basis]
) -> pd.DataFrame:
    """est_effects__estimates of one measure: a row per outcome, without figures where it is refused."""
    return as_estimates(estimate_records(outcomes, line, found, bases))


def as_estimates(records: Sequence[Record]) -> pd.DataFrame:
    """est_effects__estimates of these rows."""
    return pd.DataFrame(records, columns=list(ESTIMATES.columns)).astype(_dtypes(ESTIMATES.name))


def estimate_records(
    outcomes: Sequence[Outcome], line: Line, found: TeamInference, bases: Sequence[Basis]
) -> list[Record]:
    """The rows of `estimate_rows`, for who puts rows of many measures in one table: a frame costs more than a row."""
    half_width = found.half_width()
    bases = _with_margin(outcomes, found, bases)
    return [
        {
            "estimate_id": _identity(one, line),
            "subject": one.subject,
            "life_domain": one.life_domain,
            "what": one.what,
            "slice": ALL,
            "slice_value": ALL,
            "moment_from": one.moment_from,
            "moment_to": one.moment_to,
            "design": line.design,
            "measure": line.measure,
            "unit": one.unit,
            "per": one.per,
            **_figures(found.estimate[at], found.standard_error[at], half_width[at], basis),
            "n_clients": basis.n_clients,
            "n_workers": basis.n_workers,
            "method": line.method,
            "stamp": stamp_of(line.design, Assumptions(basis.checks)),
            "assumptions": Assumptions(basis.checks).text,
            "refused_because": basis.refused_because,
        }
        for at, (one, basis) in enumerate(zip(outcomes, bases, strict=True))
    ]


def refused_estimates(clients: pd.DataFrame, outcomes: Sequence[Outcome], line: Line, because: str) -> Estimated:
    """Every outcome refused for one reason that lies in the design; `n_clients` counts those who have the outcome.

    The reason is about these clients, so that it may leave with them: nobody is told of a group of two.
    """
    unknown = np.full(len(outcomes), np.nan)
    found = TeamInference(unknown, np.empty((0, len(outcomes))), unknown)
    bases = [Basis(int(clients[one.column].notna().sum()), None, refused_because=because) for one in outcomes]
    return Estimated(estimate_rows(outcomes, line, found, bases), empty_frame(JOINT))


def joint_rows(
    outcomes: Sequence[Outcome],
    line: Line,
    found: TeamInference,
    bases: Sequence[Basis],
    used: Flags,
    lines: Sequence[Line] | None = None,
) -> pd.DataFrame:
    """est_effects__joint of the estimates that were not refused; `used` (N, K) tells whom each rests on.

    `line` names the vector; `lines` (K,) are those of the estimates where they are not all of that one measure.

    The covariance is widened per estimate by t / 1.96, so that normal draws give the interval that the estimate shows,
    few teams included. Its rank is below the number of teams: draw from it by eigenvalues, not by Cholesky.
    """
    bases = _with_margin(outcomes, found, bases)
    kept = [at for at, basis in enumerate(bases) if basis.refused_because is None]
    widened = found.deviation[:, kept] * (found.half_width()[kept] / found.standard_error[kept] / Z_95)
    covariance = widened.T @ widened
    both = used[:, kept].astype(np.float64)
    n_both = both.T @ both
    names = [_identity(outcomes[at], lines[at] if lines else line) for at in kept]
    n = len(kept)
    frame = pd.DataFrame(
        {
            "vector": f"{line.design}/{line.measure}/{ALL}/{ALL}",
            "estimate_id": np.repeat(np.array(names, dtype=object), n),
            "with_estimate_id": np.tile(np.array(names, dtype=object), n),
            "mean": np.repeat(found.estimate[kept], n),
            "covariance": covariance.ravel(),
            "scale": "identity",
            "n_clients": n_both.ravel(),
        },
        columns=list(JOINT.columns),
    )
    return frame.astype(_dtypes(JOINT.name))


def _with_margin(outcomes: Sequence[Outcome], found: TeamInference, bases: Sequence[Basis]) -> list[Basis]:
    """The bases, refused where the figure has no margin, or one that leaves the scale.

    Without a margin one team carries the figure. Below one degree of freedom, which Rubin's rules can give, its ends
    are those of the table of t and not of the data. A margin off the scale holds values that nobody can have: with so
    few degrees of freedom, or so few clients, the figure says nothing, and to cut it off would make it look sure.
    """
    half_width = found.half_width()
    furthest = np.abs(found.estimate) + half_width
    result = []
    for at, (one, basis) in enumerate(zip(outcomes, bases, strict=True)):
        because = basis.refused_because
        if because is None and not np.isfinite(half_width[at]):
            because = NO_MARGIN
        elif because is None and found.degrees_of_freedom[at] < LEAST_FREEDOM:
            because = NO_FREEDOM
        elif because is None and furthest[at] > one.widest:
            because = OFF_SCALE
        result.append(replace(basis, refused_because=because))
    return result


@cache
def _dtypes(table: str) -> dict[Hashable, Any]:
    return empty_frame(ESTIMATE_TABLES[table]).dtypes.to_dict()


def _identity(one: Outcome, line: Line) -> str:
    moments = f"{one.moment_from}-{one.moment_to}"
    parts = (line.design, line.measure, ALL, ALL, one.subject, one.life_domain, one.what, one.unit)
    return "/".join((*parts, moments))


def _figures(estimate: float, se: float, half_width: float, basis: Basis) -> dict[str, float]:
    if basis.refused_because is not None:
        return dict.fromkeys(("estimate", "se", "ci_low", "ci_high"), np.nan)
    return {"estimate": estimate, "se": se, "ci_low": estimate - half_width, "ci_high": estimate + half_width}
