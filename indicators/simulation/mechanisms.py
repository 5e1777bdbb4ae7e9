"""The mechanisms of a synthetic municipality and their size: the parts of simulation.yaml.

Points are points of the ZRM: the state behind a score lies on the same scale, and a score is that state plus noise,
rounded to 1..5. Shares run from 0 to 1, months are 365.25 / 12 days.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import AgeBand, Law, SolutionKind, TeamType

ShareOf = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(ge=0, le=5)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-4, le=4)]


def _one_whole(shares: dict[Any, float]) -> dict[Any, float]:
    if not math.isclose(sum(shares.values()), 1, abs_tol=1e-6):
        raise broken_rule("deze aandelen zijn samen niet 1.", "Maak ze samen 1.")
    return shares


OneWhole = AfterValidator(_one_whole)


class Team(Part):
    """One team; `size` is relative. Without a date the team never starts with the new approach."""

    team: str = Field(min_length=2)
    team_type: TeamType
    size: Positive = 1
    approach_started_on: dt.date | None = None


class Clients(Part):
    """Shares of the coarse attributes of clients."""

    age_band: Annotated[dict[AgeBand, ShareOf], OneWhole]
    household: Annotated[dict[str, ShareOf], OneWhole]
    target_group: Annotated[dict[str, ShareOf], OneWhole]
    referred_by: Annotated[dict[str, ShareOf], OneWhole]


class Course(Part):
    """How clients do without the new approach.

    They come in below their own level: `low_point` on average, of which the share `passes_by_itself` goes at a pace of
    `recovery_months` (1/e is left after it). Around that they have better and worse months (`fluctuation_sd`), and
    come in at the lowest of `lowest_of` of them: regression to the mean.
    """

    between_clients_sd: NotNegative
    between_domains_sd: NotNegative
    team_type_levels: dict[TeamType, Points]
    team_sd: NotNegative
    low_point: NotNegative
    passes_by_itself: ShareOf
    recovery_months: Positive
    fluctuation_sd: NotNegative
    lowest_of: int = Field(ge=1, le=10)


class TrueDomain(Part):
    """The usual level in a life domain and the full effect of the new approach on it, in points."""

    level: float = Field(ge=0, le=6)
    effect: Points = 0


class Ratings(Part):
    """The scoring worker: `reliability` is the correlation of two workers about one state, before rounding.

    Of the noise, `rater_share` is the worker's own strictness. `double_rated` of the intakes are rated again by a
    colleague within three weeks.
    """

    reliability: float = Field(gt=0, le=1)
    rater_share: ShareOf
    raters_per_team: int = Field(ge=2, le=1000)
    rater_changes: ShareOf
    double_rated: ShareOf


class Relevance(Part):
    """A life domain is scored when it matters: less often when the client does well in it."""

    scored_at_3: float = Field(gt=0, lt=1)
    per_point_better: NotNegative
    scored_again: ShareOf


class Support(Part):
    """Trajectories: length, hours and kind of solution; `_approach` holds under the new approach."""

    months: Positive
    hours_per_month: Positive
    hours_ratio: Ratio
    solution_kinds: Annotated[dict[SolutionKind, ShareOf], OneWhole]
    solution_kinds_approach: Annotated[dict[SolutionKind, ShareOf], OneWhole]
    moment_kept: ShareOf


class CaseRecord(Part):
    """What the team records of a trajectory; `_approach` holds for who came in under the new approach.

    Days from registration to start (mean), shares of trajectories with a plan and, halfway the first year or at its
    end, an evaluation, and the share of evaluations that find the question answered.
    """

    waiting_days: NotNegative
    waiting_days_approach: NotNegative
    with_plan: ShareOf
    with_plan_approach: ShareOf
    evaluated: ShareOf
    evaluated_approach: ShareOf
    question_answered: ShareOf
    question_answered_approach: ShareOf


class DropOut(Part):
    """Dropping out before a planned moment: `share` of those without progress, less likely per point of progress.

    logit(p) = logit(share) - per_point_of_progress x (true mean state now - at intake).
    """

    share: float = Field(gt=0, lt=1)
    per_point_of_progress: float = Field(ge=-10, le=10)


class Monitoring(Part):
    """After closing: `monitored` are seen again at half a year and a year; within a year `relapse_share` fall back."""

    monitored: ShareOf
    relapse_share: float = Field(ge=0, lt=1)
    relapse_points: NotNegative


class Ladder(Part):
    """Participatieladder: usual step, spread, share of the ZRM's course that it follows, and effect in steps."""

    level: float = Field(ge=0, le=7)
    between_clients_sd: NotNegative
    follows_course: ShareOf
    effect: Points
    noise_sd: NotNegative
    asked: ShareOf


class Product(Part):
    """A provision; `ratio` = users under the new approach / users without it. `households`: only these may use it."""

    product: str
    law: Law
    unit: str
    users: ShareOf
    more_per_point_worse: float = Field(ge=0, le=3)
    ratio: Ratio
    volume: Positive
    price_eur: Positive
    households: list[str] = []


class EventKind(Part):
    """A kind of event; `ratio` = rate from the start of the new approach / rate without it."""

    event_kind: str
    per_client_year: NotNegative
    more_per_point_worse: float = Field(ge=0, le=3)
    ratio: Ratio


class Experienced(Part):
    """The mark (1-10) that clients give at closing: who made progress is kinder."""

    mark: float = Field(ge=1, le=10)
    per_point_of_progress: NotNegative
    noise_sd: NotNegative
    answered: ShareOf


class Costs(Part):
    """Costs of a team per year; those of the new approach apart."""

    hourly_cost_eur: Positive
    other_share_of_wages: dict[str, ShareOf]
    wage_growth: float = Field(ge=-0.2, le=0.2)
    training_eur: NotNegative
    extra_work_eur_per_year: NotNegative
    noise_share: float = Field(ge=0, le=0.5)


class PublicFigures(Part):
    """A public figure per half-year, here and elsewhere: `effect` is what the approach adds to the own one."""

    indicator: str = Field(min_length=3)
    first_year: int = Field(ge=1990, le=2100)
    last_year: int = Field(ge=1990, le=2100)
    others: int = Field(ge=1, le=200)
    level: float
    between_sd: NotNegative
    course_sd: NotNegative
    noise_sd: NotNegative
    effect: float


class Faults(Part):
    """Faults to plant in the file of assessments, as rows; `not_applicable` counts cells and is no fault."""

    exact_duplicates: int = Field(default=0, ge=0)
    score_out_of_range: int = Field(default=0, ge=0)
    score_not_whole: int = Field(default=0, ge=0)
    date_in_future: int = Field(default=0, ge=0)
    impossible_date: int = Field(default=0, ge=0)
    client_missing: int = Field(default=0, ge=0)
    unknown_team: int = Field(default=0, ge=0)
    not_applicable: int = Field(default=0, ge=0)
