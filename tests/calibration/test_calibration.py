"""The bench of `make bench-calibration` sees what is not calibrated, and a world of it goes from records to words."""

import json

import numpy as np
import pandas as pd
import pytest

from tests.calibration import figures, store
from tests.calibration.page import page
from tests.calibration.populations import BY_NAME, POPULATIONS, drawn
from tests.calibration.world import said_in

N = 20_000


def municipalities(rng, spread_of_truth=10.0, said_margin=1.0):
    """Truth and a fair estimate with an error of 1; the margin that is said may be another."""
    truth = rng.normal(0, spread_of_truth, N)
    estimate = truth + rng.normal(0, 1, N)
    draws = estimate[:, None] + said_margin * np.linspace(-2.5, 2.5, 101)
    return pd.DataFrame(
        {
            "truth": truth,
            "chance": (draws > 0).mean(axis=1),
            "quantile": (draws < truth[:, None]).mean(axis=1),
            "interval": list(zip(estimate - 1.645 * said_margin, estimate + 1.645 * said_margin, strict=True)),
        }
    )


def test_an_interval_that_is_too_narrow_is_seen():
    rng = np.random.default_rng(1)
    fair, narrow = municipalities(rng), municipalities(rng, said_margin=0.5)
    assert figures.coverage(fair, "interval").low < 0.9 < figures.coverage(fair, "interval").high
    assert figures.coverage(narrow, "interval").high < 0.7
    ends = figures.quantile_bins(narrow["quantile"])
    assert ends[0].low > 0.1
    assert ends[-1].low > 0.1


def test_a_chance_from_the_measurement_alone_is_too_sure_where_most_approaches_do_little():
    rng = np.random.default_rng(1)
    little = municipalities(rng, spread_of_truth=0.5)
    bins = figures.reliability(little["chance"], little["truth"] > 0)
    assert not bins[-1].holds
    assert bins[-1].said > bins[-1].happened.high
    # The margin is right all the same, and nobody is loudly wrong more often than the level allows.
    assert figures.coverage(little, "interval").high > 0.9
    assert figures.loudly_wrong(little, 0.95).share < 0.05


def test_what_is_said_of_a_chance_that_is_true_agrees_in_every_bin():
    rng = np.random.default_rng(2)
    said = pd.Series(rng.random(N))
    happened = pd.Series(rng.random(N) < said)
    assert all(one.holds for one in figures.reliability(said, happened))


@pytest.fixture(scope="module")
def strong():
    return said_in("strong", 3)


@pytest.fixture(scope="module")
def nothing():
    return said_in("null", 3)


def test_the_same_seed_says_the_same(strong):
    assert strong == said_in("strong", 3)


def test_a_municipality_goes_from_records_to_a_chance_and_words(strong, nothing):
    said = strong
    assert 0 <= said.chance <= 1
    assert said.interval[0] < said.interval[1]
    assert said.interval_doubt[1] - said.interval_doubt[0] > said.interval[1] - said.interval[0]
    assert {subject for subject, _, _ in said.words} == {"zrm", "provisions", "events"}
    assert nothing.truth < 0
    assert {effect for _, _, effect in nothing.words} == {0.0}


def test_a_broken_off_run_goes_on_and_asks_nothing_twice(tmp_path):
    path = tmp_path / "calibration.jsonl"
    path.write_text(json.dumps({"population": "null", "seed": 1}) + '\n{"population": "nu', encoding="utf-8")
    assert [one["seed"] for one in store.done_in(path)] == [1]
    first = list(store.asked_in(2))
    assert len(first) == len(set(first)) == 36
    assert {name for name, _ in first[:18]} == set(BY_NAME)
    store.run(path, cycles=0, workers=1, seconds=1)
    assert path.read_text(encoding="utf-8").endswith("\n")


@pytest.mark.parametrize("population", POPULATIONS, ids=lambda one: one.name)
def test_every_population_draws_other_municipalities(population):
    drawings = [drawn(population, np.random.default_rng(seed)) for seed in range(20)]
    assert len({one.n_clients for one in drawings}) > 15
    ratios = {product.ratio for one in drawings for product in one.provisions}
    assert (ratios == {1.0}) == (population.name == "null")
    assert {len(one.teams) for one in drawings} <= set(range(6, 9) if population.few_teams else range(10, 25))


def test_the_page_holds_every_population_and_every_word(strong, nothing):
    rows = [one.row() | {"processor_s": 0.5} for one in (strong, nothing)]
    rows.append(rows[0] | {"seed": 4, "chance_doubt": None, "interval_doubt": None})
    text = page(pd.DataFrame(rows))
    assert all(f"| {one.name} |" in text for one in POPULATIONS)
    assert all(f"| {word} |" in text for word in figures.CHANCE_WORDS)
    of_both = text[text.index("## Said and happened, with doubt") : text.index("## How often the intervals")]
    assert sum(int(line.split("|")[2]) for line in of_both.splitlines() if "% to" in line) == 2
