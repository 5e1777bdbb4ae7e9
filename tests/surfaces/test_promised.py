"""What a frozen plan said that the study could show stands beside what was found, in one sentence per outcome."""

from __future__ import annotations

import datetime as dt

import pytest

from data_contracts.planned import CHOICES, PlannedOutcome, PlannedStudy
from reports.content.cause.chapter import cause
from reports.content.parts import Points, Text
from reports.released.source import Source
from tests.surfaces.invented import facts, tables

BEFORE = "met deze teams een verschil vanaf"


def outcome(domain: str, smallest: float | None, *, too_few: bool = False, unit: str = "point") -> PlannedOutcome:
    return PlannedOutcome(
        subject="zrm" if unit == "point" else "provisions",
        life_domain=domain,
        what="all" if unit == "point" else "begeleiding individueel",
        unit=unit,
        is_headline=True,
        is_assumed=False,
        is_about_too_few=too_few,
        smallest=dict.fromkeys(CHOICES, smallest),
    )


def plan(*outcomes: PlannedOutcome, is_beforehand: bool = True, euros: PlannedOutcome | None = None) -> PlannedStudy:
    return PlannedStudy(
        made_on=dt.date(2025, 1, 15),
        is_beforehand=is_beforehand,
        municipality="Verzonnen",
        design="staggered",
        n_teams=12,
        n_started=8,
        n_clients=1200,
        share_measured_twice=0.7,
        clients_per_year=410,
        outcomes=list(outcomes),
        euros=euros,
    )


def told(could_show: PlannedStudy | None, design: str = "staggered") -> list[str]:
    parts = cause(Source(facts(design=design, could_show=could_show), tables())).parts
    found = [part.words for part in parts if isinstance(part, Text)]
    found += [item for part in parts if isinstance(part, Points) for item in part.items]
    return [line.replace("\xa0", " ") for line in found]


def test_both_figures_stand_in_one_sentence_per_leading_outcome() -> None:
    lines = told(plan(outcome("finances", 0.25), outcome("housing", None), outcome("adl", 0.3, too_few=True)))
    assert f"Financiën: vooraf was {BEFORE} 0,25 punten te zien; gevonden: +0,4 (aantoonbaar meer)." in lines
    (housing,) = [line for line in lines if line.startswith("Huisvesting: ")]
    assert housing.startswith("Huisvesting: vooraf was met deze teams geen enkel verschil te zien; gevonden: +0,3 (")
    assert any("vooraf waren dit te weinig mensen om iets over te zeggen; gevonden: +0,1" in line for line in lines)
    assert any(line.startswith("Voordat er cijfers waren, is op 15 januari 2025 gerekend") for line in lines)


def test_euros_and_what_has_no_figure_are_told_too() -> None:
    lines = told(plan(outcome("justice", 0.25), euros=outcome("all", 1_200.0, unit="eur")))
    assert any(line.endswith("te zien; gevonden: geen cijfer in dit rapport.") for line in lines)
    assert any(f"{BEFORE} € 1.200 per persoon te zien; gevonden: −€ 500 (" in line for line in lines)


def test_a_plan_of_after_a_report_does_not_claim_to_be_of_before() -> None:
    lines = told(plan(outcome("finances", 0.25), is_beforehand=False))
    assert any(line.startswith("Toen er al een rapport was, is") for line in lines)
    assert not any(line.startswith("Voordat er cijfers waren") for line in lines)


@pytest.mark.parametrize(("could_show", "design"), [(None, "staggered"), (plan(outcome("finances", None)), "change")])
def test_without_a_promise_or_a_comparison_nothing_is_added(could_show: PlannedStudy | None, design: str) -> None:
    kind = "before_after" if design == "change" else design
    assert not any("; gevonden: " in line for line in told(could_show, kind))
