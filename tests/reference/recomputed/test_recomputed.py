"""Every headline figure of two shipped studies, recomputed from the raw files by code that shares nothing with ours.

What a run released stands in tests/road. The recomputation reads the delivered files itself and rounds as docs/gate.md
says; a figure must then be the released one.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from mkba.appraisal import Settings, appraise
from mkba.binding.released_quantities import READS, released_quantities
from pipelines.study.checking import parameter_packs, study_mkba
from pipelines.study.workplace import read_study
from tests.reference.recomputed import as_released, balance, first_and_last, records, staggered
from tests.road.released import STUDIES, released

HEADLINE = list(records.DOMAINS)
USE = [*balance.IN_EUROS, "all", "wmo", "jeugdwet", "wgs", "crisisopname", "huisuitzetting", "politiemelding"]
LINES = [
    *("guidance", "day_activity", "household_help", "youth_care", "debt_arrangements"),
    *("crisis_admissions", "extra_effort"),
]
PAIRS = {
    "n_clients": len,
    "n_up": lambda change: (change > 0).sum(),
    "n_equal": lambda change: (change == 0).sum(),
    "n_down": lambda change: (change < 0).sum(),
}


@pytest.fixture(scope="module")
def towns():
    return {name: getattr(records, name)(STUDIES / name / "deliveries" / name) for name in ("rijnstad", "veldstad")}


def used_in_first_year(town, what):
    def value(client):
        until = records.months_later(client.intake_on, 12)
        return sum(amount for day, amount in client.used[what] if client.intake_on <= day < until)

    return value


def changed(domain):
    return lambda client: first_and_last.change_in_first_year(client, domain)


def released_row(name, measure, **about):
    rows = released(name, ["out_effects__estimates"])["out_effects__estimates"]
    rows = rows[(rows["measure"] == measure) & (rows["slice"] == "all")]
    for column, value in about.items():
        rows = rows[rows[column] == value]
    (row,) = rows.to_dict("records")
    return row


def is_released(found, row):
    for name, value in as_released.figures(found).items():
        assert row[name] == pytest.approx(value, rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize("domain", HEADLINE)
@pytest.mark.parametrize("name", ["rijnstad", "veldstad"])
def test_who_went_up_and_down_between_first_and_last(towns, name, domain):
    rows = released(name, ["out_change__by_domain"])["out_change__by_domain"]
    where = {"subject": "zrm", "life_domain": domain, "slice": "all", "moment_from": "first", "moment_to": "last"}
    (row,) = rows[(rows[list(where)] == list(where.values())).all(axis=1)].to_dict("records")
    pairs = np.array([(first, last) for _, first, last in first_and_last.pairs_first_to_last(towns[name], domain)])
    change = pairs[:, 1] - pairs[:, 0]
    assert {one: row[one] for one in PAIRS} == {one: as_released.count(int(of(change))) for one, of in PAIRS.items()}
    assert row["mean_change"] == pytest.approx(change.mean(), abs=0.005 + 1e-9)
    assert row["mean_before"] == pytest.approx(pairs[:, 0].mean(), abs=0.005 + 1e-9)


@pytest.mark.parametrize("domain", HEADLINE)
@pytest.mark.parametrize("name", ["rijnstad", "veldstad"])
def test_the_mean_change_of_the_first_year_with_teams_as_the_unit(towns, name, domain):
    found = staggered.mean(towns[name], changed(domain))
    is_released(found, released_row(name, "mean_change", subject="zrm", life_domain=domain))


@pytest.mark.parametrize("domain", HEADLINE)
def test_the_effect_of_the_approach_on_each_leading_life_domain(towns, domain):
    found = staggered.effect(towns["rijnstad"], changed(domain))
    is_released(found, released_row("rijnstad", "effect", subject="zrm", life_domain=domain))


@pytest.mark.parametrize("what", USE)
def test_the_effect_of_the_approach_on_euros_and_events(towns, what):
    found = staggered.effect(towns["rijnstad"], used_in_first_year(towns["rijnstad"], what))
    row = released_row("rijnstad", "effect", what=what, unit="event" if what in USE[-3:] else "eur")
    is_released(found, row)


def test_the_balance_line_by_line_to_the_cent(towns):
    town, files = towns["rijnstad"], read_study(STUDIES / "rijnstad")
    theirs = (
        appraise(
            study_mkba(files),
            parameter_packs(),
            released_quantities(files.study.design, released("rijnstad", READS)),
            Settings(seed=1, n_draws=64, n_randomisations=2),
        )
        .results[0]
        .at_mean
    )
    effects = {
        what: as_released.figures(staggered.effect(town, used_in_first_year(town, what)))["estimate"]
        for what in (*balance.IN_EUROS, "crisisopname")
    }
    came_in = sum(
        one.intake_on.year == 2023 and staggered.exposure(one, town.starts[one.team]) is True
        for one in town.clients.values()
    )
    costs = round(town.costs["nieuwe werkwijze: extra inzet", 2023] / 100) * 100
    ours = balance.lines(effects, as_released.count(came_in), costs)
    of_line = {row.line.id: theirs.line_pv[0, at] for at, row in enumerate(theirs.table.rows) if row.is_priced}
    names = dict(zip(ours, LINES, strict=True))
    for line, amount in ours.items():
        assert abs(of_line[names[line]]) == pytest.approx(abs(amount), abs=0.01), line
    assert theirs.npv[0] == pytest.approx(sum(ours.values()), abs=0.01)


def test_the_recomputation_shares_no_code_with_the_program():
    rooms = "pandas|data_contracts|indicators|mkba|pipelines|reports"
    for path in Path(records.__file__).parent.glob("*.py"):
        if path.name != Path(__file__).name:
            assert not re.search(rf"^(from|import) ({rooms})\b", path.read_text(encoding="utf-8"), re.MULTILINE), path
