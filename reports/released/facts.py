"""What a report says about its own making: policy of the study and labels of deliveries, nothing about a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from data_contracts.area_map import AreaMap
from data_contracts.design import MunicipalSeries
from data_contracts.house_style import OURS, HouseStyle
from data_contracts.planned import PlannedStudy
from data_contracts.protection import Thresholds
from data_contracts.study import Reliability
from data_contracts.vocabulary.reasons import RefusalKind
from reports.released.asked import Asked
from reports.released.since import Since


@dataclass(frozen=True, slots=True)
class Refusal:
    """A delivery that does not count, by its label, and the kind of fault that stopped it."""

    label: str
    kind: RefusalKind


@dataclass(frozen=True, slots=True)
class Facts:
    """One study and one run, as far as a reader may know.

    `as_of` dates the document; `design` is the declared kind (before_after, comparison, staggered, series), and
    `headline_measure` the measure through which it speaks. `compared_with` says whose clients are the comparison
    (never_started, not_yet_started); `started_on` when everybody began, in a series, and
    `municipal_series` where the public figures beside it come from.
    `term_warning` says on the day of the document that the term of the study ends soon.
    `declared_on` is when the study says that it was chosen, `frozen_on` when that was recorded, `deviations` what was
    changed since; `could_show` what the frozen plan said that this study could show.
    `for_whom` are the slices between whose groups the effect may differ, each with why somebody expects it.
    `since` is the release before this one; the first has none. `asked` are the questions that were answered.
    `house_style` is what pages look like, `area_map` the outlines of neighbourhoods.
    `study_hash` is of the whole study, `measured_hash` of all of it but the rules of the balance.
    `moment_pairs` are (from, to), the first is leading; `deliveries` are labels; `versions` is (what, version).
    """

    municipality: str
    title: str
    question: str
    as_of: dt.date
    needs_approval: bool
    design: str
    headline_measure: str
    declared_on: dt.date | None
    new_approach: str | None
    headline_domains: tuple[str, ...]
    moment_pairs: tuple[tuple[str, str], ...]
    editions: tuple[str, ...]
    thresholds: Thresholds
    replicate_days: int
    deliveries: tuple[str, ...]
    refused: tuple[Refusal, ...]
    seed: int
    versions: tuple[tuple[str, str], ...]
    study_hash: str
    measured_hash: str = ""
    contact: str = ""
    compared_with: str | None = None
    started_on: dt.date | None = None
    reliability: Reliability | None = None
    municipal_series: MunicipalSeries | None = None
    for_whom: tuple[tuple[str, str], ...] = ()
    term_warning: str = ""
    frozen_on: dt.date | None = None
    deviations: tuple[str, ...] = ()
    since: Since | None = None
    asked: tuple[Asked, ...] = ()
    could_show: PlannedStudy | None = None
    house_style: HouseStyle = OURS
    area_map: AreaMap | None = None
