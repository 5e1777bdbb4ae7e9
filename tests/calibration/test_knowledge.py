"""Chances with what is known elsewhere: those of the bench are those of the product, and true where knowledge is."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from mkba.appraisal import Settings, appraise
from mkba.tables.headline import headline_rows
from reports.released.leading_chance import leading_chance
from tests.calibration import figures
from tests.calibration.knowledge import ABOUT, BINS, judged, known_from
from tests.calibration.page_known import lights, with_what_was_known
from tests.calibration.world import declared, said_in, weighed

N = 6_000
PER_EURO, COSTS, ERROR = 100.0, 2_000.0, 30.0  # of the balance, per euro less


@pytest.fixture(scope="module")
def said():
    return said_in("mixed", 2)


def municipalities(rng, spread=20.0, mean=-15.0):
    """True effects of a population, each measured with the same error, and a balance that is linear in the effect."""
    truth = rng.normal(mean, spread, N)
    estimate = truth + rng.normal(0, ERROR, N)
    of = 32
    scores = stats.norm.ppf((np.arange(BINS * of) + 0.5) / (BINS * of))
    rows = []
    for at in range(N):
        drawn = (estimate[at] + ERROR * scores).reshape(BINS, of)
        npv, true = -drawn * PER_EURO - COSTS, -truth[at] * PER_EURO - COSTS
        bins = {"left": 0.0, "drawn": drawn.mean(axis=1), "of": of}
        bins |= {"gain": (npv > 0).sum(axis=1), "below": (npv < true).sum(axis=1)}
        chance = float((npv > 0).mean())
        found = {"seed": at, "truth": true, "chance": chance, "chance_doubt": chance}
        rows.append(found | {"found": [estimate[at], ERROR], "draws": bins})
    return pd.DataFrame(rows)


def test_where_most_approaches_do_little_knowledge_of_others_makes_the_chance_true():
    frame = municipalities(np.random.default_rng(5))
    known = known_from(frame)
    assert known.mean == pytest.approx(-15, abs=2)
    assert known.expected_spread == pytest.approx(20, abs=2)
    found = judged(frame, known)
    assert (found["seed"] % 2 == 0).all()
    told = found.dropna(subset=["known"])
    assert len(told) > 0.97 * N / 2
    happened = told["truth"] > 0
    assert sum(one.holds for one in figures.reliability(told["chance"], happened)) < 8
    assert all(one.holds for one in figures.reliability(told["known"], happened))
    # Mean and spread are estimated, so that a tenth is not exactly one.
    assert all(abs(one.share - 0.1) < 0.02 for one in figures.quantile_bins(told["quantile_known"]))


def test_a_measurement_far_from_all_others_gets_no_chance():
    frame = municipalities(np.random.default_rng(6)).head(200)
    frame["draws"].iloc[2]["drawn"] -= 500
    found = judged(frame, known_from(frame)).set_index("seed")
    assert np.isnan(found.loc[2, "known"])
    assert found["known"].notna().sum() > 90


def test_a_municipality_tells_others_its_estimate_and_keeps_draws_that_give_its_chance(said):
    estimate, se = said.found
    assert se > 0
    bins = said.draws
    assert sum(bins["gain"]) / (BINS * bins["of"]) == pytest.approx(said.chance, abs=1e-9)
    assert sum(bins["below"]) / (BINS * bins["of"]) == pytest.approx(said.quantile, abs=1e-9)
    assert np.mean(bins["drawn"]) == pytest.approx(estimate, abs=0.2 * se)
    assert bins["left"] == 0  # its lines carry every provision


def test_the_chance_of_the_bench_in_that_light_is_the_one_of_the_product(said):
    settings = Settings(seed=1, n_draws=4_096, n_randomisations=2)
    _, model, packs = declared()
    beforehand = ABOUT.model_copy(update={"mean": -120.0, "spread": 250.0})
    found = appraise(
        model.model_copy(update={"beforehand": beforehand}), packs, weighed("mixed", 2, settings).released, settings
    )
    (row,) = headline_rows(found)

    class Known:
        mean, expected_spread = -120.0, 250.0

    ours = judged(pd.DataFrame([said.row()]), Known()).iloc[0]
    assert ours["known"] == pytest.approx(row["prob_npv_positive_known"], abs=0.01)
    assert ours["first_known"] == pytest.approx(leading_chance(pd.Series(row)).least, abs=0.01)
    assert abs(ours["known"] - said.chance) > 0.05


def test_the_page_says_how_many_were_judged_and_of_how_many_no_chance_is_given():
    frame = municipalities(np.random.default_rng(7)).head(300)
    text = "".join(with_what_was_known(lights(frame, frame)))
    assert "where assumptions hold" in text
    assert "| 150 |" in text
    assert text.count("90 % interval where") == 1
    assert "| zeer waarschijnlijk |" in text
