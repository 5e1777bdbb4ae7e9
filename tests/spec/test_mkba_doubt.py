"""How sure a balance is: quantiles where teams are few, doubt about the design, and no digit that rounding took."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal, Settings
from mkba.binding.effects import Effects, Released, effects_from
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.rounding import rounding_error
from mkba.wording import euros
from tests.mkba_case import appraised, case, line, released

MANY = Settings(seed=1, n_draws=65_536)
MONEY = ("staff", "care")


def of_few_teams(df: float) -> Released:
    """The effects as the gate releases them: variances widened so that a normal gives the 95 % interval of a t."""
    given = released()
    effects = tuple(replace(one, degrees_of_freedom=df) for one in given.effects.effects)
    return replace(given, effects=Effects(effects, given.effects.covariance))


def only(*names: str) -> dict[str, object]:
    data = case()
    data["lines"] = [one for one in data["lines"] if one["id"] in names]
    return data


def going_on(appraisal: Appraisal) -> pd.Series:
    return mkba_frames(mkba_rows(appraisal))["out_mkba__headline"].query("alternative == 'go_on'").iloc[0]


@pytest.mark.parametrize("df", [4.0, 9.0, 30.0])
def test_the_balance_has_the_quantiles_of_a_t_where_teams_are_few(df: float) -> None:
    npv = appraised(only(*MONEY), of_few_teams(df), MANY).results[0].balance.npv
    # 60 euros less for 500 client-years with an sd of 20, five years, minus 20,000 a year.
    middle, sd = 10_000 * 4.679453, 20 * 500 * 4.679453
    for probability in (0.025, 0.05, 0.25, 0.95, 0.975):
        exact = middle + sd * Z_95 / stats.t.ppf(0.975, df) * stats.t.ppf(probability, df)
        assert np.quantile(npv, probability) == pytest.approx(exact, abs=0.02 * sd)


def test_a_sum_of_effects_of_the_same_few_teams_has_the_quantiles_of_one_t() -> None:
    npv = appraised(only("staff", "care", "nights"), of_few_teams(4), MANY).results[0].balance.npv
    free = appraised(only("staff", "care", "nights"), of_few_teams(np.inf), MANY).results[0].balance.npv
    narrower = (np.quantile(npv, 0.95) - np.quantile(npv, 0.05)) / (np.quantile(free, 0.95) - np.quantile(free, 0.05))
    assert narrower == pytest.approx(
        stats.t.ppf(0.95, 4) / stats.t.ppf(0.975, 4) * Z_95 / stats.norm.ppf(0.95), rel=0.02
    )


def test_degrees_of_freedom_come_with_the_released_estimate() -> None:
    row = {"estimate_id": "a", "subject": "events", "life_domain": "all", "what": "x", "slice": "all", "unit": "event"}
    row |= {
        "slice_value": "all",
        "moment_from": "first",
        "moment_to": "last",
        "design": "staggered",
        "status": "released",
    }
    row |= {"measure": "effect", "per": "client_year", "stamp": "strong_comparison", "n_clients": 200, "se": 0.02}
    row |= {"estimate": -0.1, "refused_because": None}
    checks = '{"teams": {"holds": false, "total": 8, "degrees_of_freedom": 4.2, "started": 5}}'
    joint = pd.DataFrame({"estimate_id": [], "with_estimate_id": [], "mean": [], "covariance": [], "scale": []})
    few, many = (
        effects_from(pd.DataFrame([row | {"assumptions": found}]), joint).effects[0] for found in (checks, "{}")
    )
    assert (few.degrees_of_freedom, many.degrees_of_freedom) == (4.2, float("inf"))
    # A fifth of 0.02 is 0.004, but 5 / 200 clients is coarser.
    assert few.rounding_step == 0.05


def test_doubt_about_the_design_widens_the_margin_and_the_more_so_the_weaker_the_comparison() -> None:
    def widths(stamp: Stamp) -> tuple[float, float]:
        headline = going_on(appraised(given=released(stamp), settings=MANY))
        doubt = headline["npv_doubt_p95_eur"] - headline["npv_doubt_p05_eur"]
        return float(headline["npv_p95_eur"] - headline["npv_p05_eur"]), float(doubt)

    (one, strong), (other, weak) = widths(Stamp.STRONG_COMPARISON), widths(Stamp.INDICATION)
    assert one == pytest.approx(other)
    assert 1.2 * one < strong < weak


def test_doubt_about_the_design_is_the_drift_that_the_pack_names() -> None:
    data = only(*MONEY)
    result = appraised(data, released(Stamp.STRONG_COMPARISON), MANY).results[0]
    # One standard error of drift on top of the measured one, a fifth of the people at most without effect, 10 % volume.
    effect, rest = 30_000 * 4.679453, 20_000 * 4.679453
    middle = 0.9 * effect - rest
    assert result.npv_in_doubt.mean() == pytest.approx(middle, abs=0.01 * effect)
    # Variance per client-year: (0.9 x 60 and 20 around it) with the missing, the volume and the drift beside it.
    missing = 0.2**2 / 12
    of_effect = (0.81 + missing) * 20**2 + missing * 60**2 + 20**2
    variance = 1.01 * (of_effect + (0.9 * 60) ** 2) - (0.9 * 60) ** 2
    assert result.npv_in_doubt.std() == pytest.approx(np.sqrt(variance) * 500 * 4.679453, rel=0.02)


def test_the_sentence_names_on_which_condition_the_chance_holds_and_gives_a_second_one() -> None:
    headline = going_on(appraised())
    assert "Klopt de vergelijking, en zijn prijzen en aantallen zoals opgegeven, dan" in headline["sentence"]
    assert "Met twijfel daaraan erbij" in headline["sentence"]
    assert headline["prob_npv_positive_doubt"] < headline["prob_npv_positive"]


def test_doubt_does_not_change_the_other_draws_and_is_the_same_for_the_same_seed() -> None:
    first, again = appraised(), appraised()
    assert first.results[0].npv_in_doubt.tobytes() == again.results[0].npv_in_doubt.tobytes()
    certain = appraised(case() | {"doubt": "doubt_2026"})
    assert certain.results[0].balance.npv.tobytes() == first.results[0].balance.npv.tobytes()


def test_a_doubt_that_no_pack_holds_is_refused() -> None:
    with pytest.raises(Exception, match="'doubt_1999' kennen we niet"):
        appraised(case() | {"doubt": "doubt_1999"})


def test_no_digit_of_a_balance_lies_below_what_rounding_left_of_it() -> None:
    given = released()
    effects = tuple(replace(one, rounding_step=10.0 if one.id == "care" else 0.0) for one in given.effects.effects)
    appraisal = appraised(only(*MONEY), Released(Effects(effects, given.effects.covariance), given.totals), MANY)
    # Half a step of 10 euros for 500 client-years, five years: 11,699 at most, spread evenly.
    error = rounding_error(appraisal.table, appraisal.model.alternatives[0], appraisal.results[0].overlap)
    assert error == pytest.approx(5 * 500 * 4.679453 * 1.6449 / np.sqrt(3), rel=1e-3)
    assert "het saldo is ongeveer € 50.000." in going_on(appraisal)["sentence"]


@pytest.mark.parametrize(
    ("amount", "precision", "shown"),
    [
        (-331_226, 14_000, "-€ 330.000"),
        (331_226, 0, "€ 331.000"),
        (4_321, 90_000, "€ 0"),
        (1_234_567, 800, "€ 1,23 miljoen"),
        (1_005_000, 0, "€ 1 miljoen"),
        (12_500_000, 0, "€ 12,5 miljoen"),
    ],
)
def test_euros_are_written_to_their_real_precision(amount: float, precision: float, shown: str) -> None:
    assert euros(amount, precision) == shown


def test_what_is_left_out_of_doubt_is_said_in_the_pack() -> None:
    data = case()
    line(data, "nights")["price"] = "night"
    pack = appraised(data).table.packs.doubt["doubt_2026"]
    assert all(one.source for one in (pack.drift, pack.unmeasured, pack.volume, pack.prices))
