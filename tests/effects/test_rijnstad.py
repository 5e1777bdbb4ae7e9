"""Rijnstad: what its delivery was made with is found, and intervals mind how few teams there are."""

from __future__ import annotations

import csv
import json

import duckdb
import pytest
from scipy import stats

from data_contracts.study import Study
from data_contracts.vocabulary.field import Law
from indicators.counts.provision_kinds import by_life_domain
from indicators.counts.provision_shift import shift_of_kinds
from pipelines.records.provision_kinds import provisions_given
from tests.effects.road import Road, travelled
from tests.effects.shipped import STUDIES, delivered
from tests.surfaces.paper import on_paper, require_room


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, duckdb.DuckDBPyConnection]:
    return delivered("rijnstad", tmp_path_factory)


@pytest.fixture(scope="module")
def rijnstad(core: tuple[Study, duckdb.DuckDBPyConnection]) -> Road:
    study, connection = core
    return travelled(connection, study)


def checks(found: Road, life_domain: str) -> dict[str, dict[str, float]]:
    rows = found.rows(subject="zrm", life_domain=life_domain, measure="effect")
    return dict(json.loads(rows["assumptions"].iloc[0]))


def test_rijnstad_started_in_eight_of_twelve_teams_and_shows_no_drift_before(rijnstad: Road) -> None:
    for domain in rijnstad.study.design.headline_domains:
        found = checks(rijnstad, domain)
        assert (found["teams"]["started"], found["teams"]["total"]) == (8, 12)
        assert found["pre_trend"]["holds"] is True
    assert "Liepen de groepen vóór de start gelijk op? ja" in rijnstad.cause


def test_rijnstad_gained_on_finances_and_housing_beyond_what_happened_anyway(rijnstad: Road) -> None:
    effect = rijnstad.rows(subject="zrm", measure="effect").set_index("life_domain")
    change = rijnstad.rows(subject="zrm", measure="mean_change").set_index("life_domain")
    for domain in ("finances", "housing"):
        assert 0.1 < effect.loc[domain, "ci_low"] < effect.loc[domain, "ci_high"] < 0.8
        assert change.loc[domain, "ci_low"] > 0.1
    assert effect["ci_high"].gt(0).all()
    hours = rijnstad.rows(subject="hours", measure="effect").iloc[0]
    assert hours["ci_high"] < 0
    for words in ("Eerst en later, zonder vergelijking", "De twee soorten punten verschillen."):
        assert words in rijnstad.cause


@pytest.mark.parametrize("measure", ["effect", "effect_group_time"])
def test_intervals_are_t_intervals_with_few_degrees_of_freedom(rijnstad: Road, measure: str) -> None:
    row = rijnstad.rows(subject="zrm", life_domain="finances", measure=measure).iloc[0]
    half_widths = (row["ci_high"] - row["ci_low"]) / 2 / row["se"]
    assert half_widths > stats.t.ppf(0.975, 11)
    if measure == "effect":
        freedom = checks(rijnstad, "finances")["teams"]["degrees_of_freedom"]
        assert half_widths == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-3)


def test_rijnstad_tells_what_lasts_and_who_was_lost(rijnstad: Road) -> None:
    lasting = rijnstad.rows(design="monitoring", life_domain="finances").set_index("measure")["estimate"]
    assert lasting["lasting_6"] > lasting["lasting_12"] > lasting["lasting_24"]
    assert lasting["lasting_12_modelled"] < lasting["lasting_12"]
    assert 6 < lasting["months_sufficient"] < 12
    assert "Hoe lang houdt het stand?" in rijnstad.cause
    assert "zonder en met de mensen die niet opnieuw zijn gemeten" in rijnstad.cause
    assert rijnstad.rows(subject="experienced").empty  # every client gave one mark


def test_money_is_asked_as_a_whole_first_and_a_law_is_never_more_certain(rijnstad: Road) -> None:
    rows = rijnstad.rows(subject="provisions", unit="eur", measure="effect").set_index("what")
    whole, laws = rows.loc["all"], rows.loc[rows.index.isin([law.value for law in Law])]
    assert set(laws.index) == {"wmo", "jeugdwet", "wgs"}
    assert whole["estimate"] == pytest.approx(laws["estimate"].sum())
    assert whole["n_clients"] == laws["n_clients"].iloc[0]
    adjusted = {
        what: json.loads(text)["demonstrable"]["p_value_adjusted"] for what, text in rows["assumptions"].items()
    }
    assert adjusted["all"] == json.loads(whole["assumptions"])["demonstrable"]["p_value"]
    assert all(adjusted[law] >= adjusted["all"] for law in laws.index)
    assert "Over geld stond één vraag voorop" in rijnstad.cause
    assert "Alle voorzieningen samen" in rijnstad.cause


@pytest.mark.usefixtures("rijnstad")
def test_nothing_is_known_of_use_before_the_intake(core: tuple[Study, duckdb.DuckDBPyConnection]) -> None:
    # Why a comparison has no difference-in-differences of use; docs/decisions/0007.
    for table, day in (("events", "occurred_on"), ("provisions", "started_on"), ("trajectories", "started_on")):
        rows = core[1].sql(
            f"SELECT count(*), count(*) FILTER ({day} < intake_on) FROM {table} JOIN groups USING (client_no)"
        )
        n_rows, n_before = rows.fetchall()[0]
        assert n_rows > 200 and n_before == 0


def test_rijnstad_fits_on_two_pages_for_the_council_and_at_most_twelve_for_the_report(rijnstad: Road) -> None:
    require_room(on_paper(rijnstad.source))


@pytest.mark.usefixtures("rijnstad")
def test_rijnstad_tells_per_life_domain_who_managed_with_what_is_open_to_all_as_its_file_does(
    core: tuple[Study, duckdb.DuckDBPyConnection],
) -> None:
    heaviest: dict[tuple[str, str, str], bool] = {}
    path = STUDIES / "rijnstad" / "deliveries" / "rijnstad" / "voorzieningen.csv"
    with path.open(encoding="windows-1252", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            about = (row["Cliëntnummer"], row["Leefgebied"], row["Ingangsdatum"][-4:])
            heaviest[about] = heaviest.get(about, False) or row["Soort voorziening"] == "maatwerk"
    table = by_life_domain(provisions_given(core[1])).set_index(["life_domain", "year"])
    for label, code in (("Dagbesteding", "daytime_activities"), ("ADL", "adl"), ("", "not_told")):
        for year in ("2021", "2024"):
            kinds = [heavy for (_, domain, at), heavy in heaviest.items() if (domain, at) == (label, year)]
            assert table.loc[(code, int(year)), "n_clients"] == pytest.approx(len(kinds), rel=0.01)
            assert table.loc[(code, int(year)), "n_individual"] == pytest.approx(sum(kinds), rel=0.01)
    shift = shift_of_kinds(provisions_given(core[1]), core[0].thresholds.of).set_index("life_domain")
    assert shift.loc["daytime_activities", "p_adjusted"] < 0.05 < shift.loc["finances", "p_adjusted"]
    assert shift.loc["domestic_relations", "refused_because"] == "too_few"
