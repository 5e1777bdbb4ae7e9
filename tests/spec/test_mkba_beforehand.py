"""What was known elsewhere beside what was measured: exact for a normal, refused where both cannot be true."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data_contracts.errors import StudyError
from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal, Settings
from mkba.binding.beforehand import parts_of, place_of
from mkba.binding.effects import Effect, Effects, Released
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.beforehand import Carried, chance_of_gain, quantiles, weights
from tests.mkba_case import appraised, case, model, released
from tests.reference.by_integration import chance_of_few_teams, chance_with_gamma_price

MANY = Settings(seed=1, n_draws=65_536)
YEARS = 4.679453  # five years at the end of each, at 2.25 %
PER_EURO = 500 * YEARS  # of the balance, per euro less per client-year
COSTS = 20_000 * YEARS
MEASURED, ERROR = -60.0, 20.0  # care, euros per client-year


def known(mean: float, spread: float, **more: Any) -> dict[str, Any]:
    about = {"subject": "provisions", "what": "zorg", "unit": "eur", "price_year": 2024}
    return about | {"mean": mean, "spread": spread, "source": "Synthese van twaalf verzonnen gemeenten"} | more


def of_care(beforehand: dict[str, Any] | None, given: Released | None = None) -> Appraisal:
    data = case()
    data["lines"] = [one for one in data["lines"] if one["id"] in ("staff", "care")]
    if beforehand is not None:
        data["beforehand"] = beforehand
    return appraised(data, given or released(Stamp.STRONG_COMPARISON), MANY)


def headline(appraisal: Appraisal) -> pd.Series:
    return mkba_frames(mkba_rows(appraisal))["out_mkba__headline"].query("alternative == 'go_on'").iloc[0]


@pytest.mark.parametrize(("mean", "spread"), [(-10.0, 20.0), (-60.0, 5.0), (0.0, 40.0), (-30.0, 400.0)])
def test_one_normal_beside_another_is_the_closed_form(mean: float, spread: float) -> None:
    row = headline(of_care(known(mean, spread)))
    precision = 1 / ERROR**2 + 1 / spread**2
    middle, sd = (MEASURED / ERROR**2 + mean / spread**2) / precision, precision**-0.5
    balance = stats.norm(-middle * PER_EURO - COSTS, sd * PER_EURO)
    assert row["prob_npv_positive_known"] == pytest.approx(balance.sf(0), abs=0.004)
    assert row["npv_known_mean_eur"] == pytest.approx(balance.mean(), abs=0.01 * balance.std())
    assert row["npv_known_p05_eur"] == pytest.approx(balance.ppf(0.05), abs=0.03 * balance.std())
    assert row["npv_known_p95_eur"] == pytest.approx(balance.ppf(0.95), abs=0.03 * balance.std())


def test_few_teams_beside_knowledge_is_what_integration_gives() -> None:
    given = released(Stamp.STRONG_COMPARISON)
    few = tuple(replace(one, degrees_of_freedom=5.0) for one in given.effects.effects)
    found = headline(of_care(known(-20.0, 15.0), replace(given, effects=Effects(few, given.effects.covariance))))
    exact = chance_of_few_teams((MEASURED, ERROR), 5.0, (-20.0, 15.0), PER_EURO, COSTS)
    assert found["prob_npv_positive_known"] == pytest.approx(exact, abs=0.005)
    assert found["prob_npv_positive"] > exact + 0.1


def test_knowledge_about_one_effect_moves_another_that_errs_with_it_as_integration_says() -> None:
    data = case() | {"beforehand": known(-15.0, 12.0)}
    data["lines"] = [one for one in data["lines"] if one["id"] in ("staff", "care", "nights")]
    found = headline(appraised(data, released(), MANY))
    # The price of a night is 100, of 90 in 100 between 60 and 140: a gamma with an sd of 80 / 3.29.
    price = (100.0, 80 / (2 * stats.norm.ppf(0.95)))
    exact = chance_with_gamma_price((MEASURED, ERROR), (-0.4, 0.1), 0.5, price, (-15.0, 12.0), PER_EURO, COSTS)
    assert found["prob_npv_positive_known"] == pytest.approx(exact, abs=0.005)
    assert abs(found["prob_npv_positive"] - exact) > 0.02


def with_whole(given: Released, mean: float, *, more: float = 0.0) -> Released:
    """All provisions together beside care and the benefit; `more` is the variance of a third, which has no line."""
    effects, covariance = given.effects.effects, given.effects.covariance
    alike = {"slice": "all"}
    whole = Effect("whole", "provisions", "all", "eur", "client_year", Stamp.STRONG_COMPARISON, mean=mean, about=alike)
    third = Effect(
        "third", "provisions", "vervoer", "eur", "client_year", Stamp.STRONG_COMPARISON, mean=0.0, about=alike
    )
    parts = np.zeros((6, 6))
    parts[:4, :4], parts[4, 4] = covariance, more
    row = parts[1] + parts[2] + parts[4]
    parts[5, :5] = parts[:5, 5] = row[:5]
    parts[5, 5] = row[1] + row[2] + row[4]
    return Released(Effects((*effects, third, whole), parts), given.totals)


def of_whole(given: Released, mean: float = -40.0, spread: float = 20.0) -> Appraisal:
    data = case() | {"beforehand": known(mean, spread, what="all")}
    data["lines"] = [one for one in data["lines"] if one["id"] in ("staff", "care", "benefit")]
    return appraised(data, given, MANY)


@pytest.mark.parametrize(("shown", "more"), [(-90.0, 0.0), (-90.0, 300.0), (-97.0, 0.0)])
def test_knowledge_about_all_provisions_reaches_the_lines_of_its_parts(shown: float, more: float) -> None:
    """Also where the whole that is shown is not the sum: then by the covariance of the whole with its parts."""
    found = of_whole(with_whole(released(), shown, more=more))
    # Joint normal of (care, whole): care is N(-60, 20), the whole its sum with a benefit N(-30, 15) and a third.
    variance = 20.0**2 + 15.0**2 + more
    shift = 20.0**2 / (variance + 20.0**2) * (-40.0 - shown)
    left = 20.0**2 - 20.0**4 / (variance + 20.0**2)
    balance = stats.norm(-(MEASURED + shift) * PER_EURO - COSTS, np.sqrt(left) * PER_EURO)
    # The benefit is a transfer: it weighs in the whole, and not in the balance.
    assert headline(found)["prob_npv_positive_known"] == pytest.approx(balance.sf(0), abs=0.006)


@pytest.mark.parametrize(
    ("beforehand", "reason"),
    [
        (known(60.0, 30.0), "spreken elkaar tegen"),
        (known(-60.0, 0.02), "zo precies dat er te weinig trekkingen"),
        (known(-60.0, 30.0, moment_to="within_24_months"), "niet vergeleken of niet vrijgegeven"),
    ],
)
def test_without_a_sound_chance_there_is_a_reason_and_no_number(beforehand: dict[str, Any], reason: str) -> None:
    given = released()
    about = tuple(
        replace(one, about={"slice": "all", "moment_to": "within_12_months"}) for one in given.effects.effects
    )
    row = headline(of_care(beforehand, replace(given, effects=Effects(about, given.effects.covariance))))
    assert reason in row["known_because"]
    assert "geven we geen kans: " in row["sentence"]
    assert pd.isna(row[["prob_npv_positive_known", "npv_known_mean_eur"]]).all()
    assert 0 < row["prob_npv_positive"] < 1


def test_an_outcome_that_is_refused_or_not_one_has_no_place_and_a_whole_with_a_hidden_part_is_not_its_sum() -> None:
    effects, declared = (
        with_whole(released(), -90.0).effects,
        model(case() | {"beforehand": known(-10.0, 20.0, what="all")}),
    )
    assert declared.beforehand is not None
    assert place_of(declared.beforehand, effects) == 5
    assert parts_of(5, effects) == [1, 2, 4]
    *others, whole = effects.effects
    twice = Effects((*others[:4], replace(whole, id="again"), whole), effects.covariance)
    assert place_of(declared.beforehand, twice) == "er is meer dan één uitkomst die zo heet"
    hidden = Effects((*others, replace(whole, refused="te weinig cliënten")), effects.covariance)
    assert place_of(declared.beforehand, hidden) == "te weinig cliënten"
    for part in (replace(others[4], refused="te weinig cliënten"), replace(others[4], vintage="2025-01-31-1234abcd")):
        assert parts_of(5, Effects((*others[:4], part, whole), effects.covariance)) == [5]
    assert parts_of(1, effects) == [1]


def test_knowledge_about_what_the_lines_hardly_carry_is_no_knowledge_about_the_balance() -> None:
    row = headline(of_whole(with_whole(released(), -90.0, more=4_000.0)))
    assert row["known_because"] == "de regels met een prijs dragen te weinig van deze uitkomst"


def test_a_figure_that_knowledge_allows_once_in_a_hundred_contradicts_it() -> None:
    drawn = 10.0 * stats.norm.ppf((np.arange(4_096) + 0.5) / 4_096)
    for surprise, refused in ((2.5, None), (2.65, "contradicts")):
        distance = surprise * np.hypot(10.0, 20.0)
        assert weights(Carried(drawn, 0.0, 1.0), distance, 20.0).refusal() == refused


def test_what_no_line_carries_widens_what_was_known() -> None:
    drawn = 10.0 * stats.norm.ppf((np.arange(4_096) + 0.5) / 4_096)
    one, other = weights(Carried(drawn, 3.0, 0.9), 5.0, 4.0), weights(Carried(drawn, 0.0, 1.0), 5.0, 5.0)
    assert one.shares == pytest.approx(other.shares)


def test_equal_weights_change_nothing() -> None:
    values = np.random.default_rng(3).normal(size=1_000)
    same = np.full(1_000, 1e-3)
    assert quantiles(values, same, (0.05, 0.95)) == pytest.approx(np.quantile(values, (0.05, 0.95)), abs=0.01)
    assert chance_of_gain(values, same) == pytest.approx((values > 0).mean())


def test_euros_of_another_year_are_laid_beside_those_of_the_measured_figure() -> None:
    index = model().price_index
    factor = of_care(None).table.packs.index[index].factor(2019, 2024)
    now, then = (
        headline(of_care(known(-10.0 * factor, 20.0 * factor))),
        headline(of_care(known(-10.0, 20.0, price_year=2019))),
    )
    assert factor > 1.1
    assert then["prob_npv_positive_known"] == pytest.approx(now["prob_npv_positive_known"], abs=1e-9)


def test_the_sentence_names_source_knowledge_and_both_chances() -> None:
    said = headline(of_care(known(-10.0, 20.0)))["sentence"]
    assert "Met wat elders is gevonden (Synthese van twaalf verzonnen gemeenten: 10 euro per cliëntjaar minder" in said
    assert "de kans dat de baten groter zijn dan de kosten 36 %" in said
    assert "op deze meting alleen, 84 %" in said


def test_without_the_block_nothing_is_other_than_it_was() -> None:
    bare, told = of_care(None), of_care(known(-10.0, 20.0))
    assert bare.light is None
    assert bare.results[0].balance.npv.tobytes() == told.results[0].balance.npv.tobytes()
    row, other = headline(bare), headline(told)
    names = [name for name in row.index if "known" in name]
    assert len(names) == 7
    assert row[names].isna().all()
    unlike = {name for name in row.index if name not in names and row[name] != other[name] and not pd.isna(row[name])}
    assert unlike == {"sentence", "parameters_hash"}
    assert other["sentence"].startswith(row["sentence"])


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"spread": 0}, "beforehand"),
        ({"spread": -3}, "beforehand"),
        ({"source": None}, "source"),
        ({"what": "huisbezoek"}, "op 'huisbezoek' van 'provisions' in 'eur' rust geen regel met een prijs"),
        ({"what": "huisbezoek"}, "Kies uit: all van provisions, uitkering van provisions, zorg van provisions."),
        ({"subject": "events", "what": "all", "unit": "night", "price_year": None}, "op 'all' van 'events'"),
        ({"subject": "zrm", "unit": "point", "price_year": None}, "rust geen regel met een prijs"),
        ({"subject": "ladder", "what": "trede", "unit": "step", "price_year": None}, "rust geen regel met een prijs"),
        ({"price_year": None}, "price_year hoort bij euro's"),
        ({"price_year": 1991}, "de prijsindex heeft geen cijfer voor 1991"),
        ({"unit": "ratio", "price_year": None}, "van een verhouding kan dit niet"),
        ({"men": 3}, "men"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(more: dict[str, Any], what: str) -> None:
    data = case() | {"beforehand": {key: one for key, one in (known(-10.0, 20.0) | more).items() if one is not None}}
    with pytest.raises(StudyError) as error:
        model(data)
    (finding,) = error.value.findings
    assert finding.line is not None
    assert what in str(finding)
