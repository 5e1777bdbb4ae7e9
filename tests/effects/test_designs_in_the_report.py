"""Every declared design from records to report: its headline, its companions, and the words that it may use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from data_contracts.vocabulary.field import Stamp
from tests.effects.invented import people, records
from tests.effects.road import Road, study, travelled, with_views
from tests.effects.stamped_words import words_not_allowed

STARTS = {1: "2021-02-01", 2: "2021-08-01", 3: "2022-02-01", 4: "2022-08-01", **dict.fromkeys(range(5, 10))}
STAGGERED = "kind: staggered, new_approach: Proef"
COMPARISON = "kind: comparison, new_approach: Proef, comparison: {against: never_started, headline: %s}"
SERIES = "kind: series, new_approach: Proef, started_on: 2021-07-01"


def road(design: str, who: pd.DataFrame | None = None, starts: dict[int, str | None] | None = None) -> Road:
    starts = starts or STARTS
    found = people(starts) if who is None else who
    return travelled(with_views(records(found, starts)), study(design))


def vectors(found: Road) -> list[str]:
    return sorted(found.out["out_effects__joint"]["vector"].unique())


@pytest.fixture(scope="module")
def staggered() -> Road:
    return road(STAGGERED)


def test_a_staggered_start_stands_beside_change_with_its_companions(staggered: Road) -> None:
    effect = staggered.rows(design="staggered", measure="effect").set_index("life_domain")["estimate"]
    change = staggered.rows(design="before_after", measure="mean_change").set_index("life_domain")["estimate"]
    assert effect.to_numpy() == pytest.approx([0.8, 0.8], abs=0.3)
    assert (change < effect).all()
    for words in (
        "Eerst en later, zonder vergelijking",
        "Waarschuwing: oude rekenwijze",
        "vóór de start",
        "Aangevuld",
        "met weinig teams",
    ):
        assert words in staggered.cause


def test_only_the_headline_of_the_design_used_enters_the_joint(staggered: Road) -> None:
    assert vectors(staggered) == ["staggered/effect/all/all"]
    assert vectors(road("kind: before_after")) == ["before_after/mean_change/all/all"]


def test_no_companion_claims_more_than_the_headline(staggered: Road) -> None:
    drifting = people(STARTS)
    half_years = (drifting["intake"] - drifting["intake"].min()).dt.days / 182.5
    drift = 0.3 * half_years * (drifting["team_no"] < 5) + np.random.default_rng(1).normal(0, 0.5, len(drifting))
    drifting = drifting.assign(finances_before=2, finances_after=(2 + drift).round().clip(1, 5))
    found = road(STAGGERED, drifting)
    stamps = found.rows(design="staggered", life_domain="finances")
    assert set(stamps["stamp"]) == {"indication"}
    assert {"effect_imputed", "effect_at_+0"} <= set(stamps["measure"])
    assert staggered.rows(design="staggered").groupby("life_domain")["stamp"].nunique().eq(1).all()
    assert "indication" not in set(staggered.rows(design="staggered")["stamp"])


@pytest.mark.parametrize(
    ("headline", "shown"), [("difference", "Verschil in verandering"), ("ancova", "Gelijke start")]
)
def test_a_comparison_shows_both_figures_and_why_they_differ(headline: str, shown: str) -> None:
    found = road(COMPARISON % headline)
    same_time = found.rows(design="comparison")["n_clients"].max()
    assert same_time < 0.75 * len(people(STARTS))  # only half-years in which both groups took clients in
    assert vectors(found) == [f"comparison/{found.study.design.headline_measure}/all/all"]
    assert f"{shown} (hoofdcijfer)" in found.cause
    assert "nooit met de nieuwe werkwijze begonnen" in found.cause
    assert "Welke aanname klopt, hangt af van hoe mensen in de groepen kwamen." in found.cause
    effect = found.rows(design="comparison", measure="effect").set_index("life_domain")["estimate"]
    assert effect.to_numpy() == pytest.approx([0.8, 0.8], abs=0.25)
    assert (
        "Een groep die dichter bij zo'n grens begint, lijkt daardoor minder te veranderen dan zij doet." in found.cause
    )


def test_a_series_is_never_more_than_an_indication() -> None:
    everybody = dict.fromkeys(range(1, 7), "2021-07-01")
    found = road(SERIES, people(everybody, per_team=300), everybody)
    row = found.rows(design="series", life_domain="finances").iloc[0]
    assert row["stamp"] == "indication"
    assert row["ci_low"] < 0.8 < row["ci_high"]
    assert row["estimate"] == pytest.approx(0.8, abs=0.4)
    assert "Iedereen begon op 1 juli 2021." in found.cause
    assert not words_not_allowed(found.cause, Stamp.INDICATION)


def test_a_series_with_an_empty_month_is_refused_with_its_reason() -> None:
    everybody = dict.fromkeys(range(1, 7), "2021-07-01")
    who = people(everybody, per_team=300)
    found = road(SERIES, who[who["intake"].dt.strftime("%Y-%m") != "2019-09"], everybody)
    assert "de reeks heeft gaten" in found.cause


def test_change_alone_never_says_effect() -> None:
    found = road("kind: before_after")
    assert "gespreide start" in found.cause  # named as a wish for the next study, not chosen
    assert not words_not_allowed(found.report, Stamp.CHANGE)


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("kind: comparison, new_approach: Proef", "comparison hoort bij kind: comparison"),
        ("kind: series, new_approach: Proef", "started_on hoort bij kind: series"),
        ("kind: staggered, new_approach: Proef, started_on: 2021-07-01", "started_on hoort bij kind: series"),
        (
            "kind: before_after, comparison: {against: never_started, headline: ancova}",
            "comparison hoort bij kind: comparison",
        ),
        (
            "kind: comparison, new_approach: Proef, comparison: {against: never_started, headline: weighted}",
            "kies uit 'difference' of 'ancova'",
        ),
    ],
)
def test_a_design_says_all_that_it_needs_and_nothing_else(design: str, words: str) -> None:
    with pytest.raises(StudyError, match=words):
        study(design)
