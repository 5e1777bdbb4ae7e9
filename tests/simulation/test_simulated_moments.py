"""Drop-out depends on how it goes, relapse comes as declared, and the period is kept."""

import numpy as np
import pandas as pd
import pytest

from indicators.simulation.moments import N_SLOTS, Plan, dropped_before
from indicators.simulation.municipality import simulate
from tests.simulation.simulated import changed


def plan(count: int) -> Plan:
    """Every client has one moment to drop out before: the closing."""
    is_planned = np.zeros((count, N_SLOTS), dtype=bool)
    is_planned[:, [0, 5]] = True
    return Plan(np.zeros((count, N_SLOTS), dtype=np.int32), is_planned, np.zeros(count, dtype=np.int32))


def share_dropped(settings, progress: float, **drop_out: float) -> float:
    rules = changed(settings, drop_out=drop_out).drop_out
    dropped = dropped_before(np.full((100_000, N_SLOTS), progress), plan(100_000), rules, seed=1)
    return float((dropped < N_SLOTS).mean())


def test_the_declared_share_of_those_without_progress_drops_out(settings):
    assert share_dropped(settings, 0, share=0.2, per_point_of_progress=1) == pytest.approx(0.2, abs=0.005)


def test_a_point_of_progress_lowers_the_odds_to_drop_out_as_declared(settings):
    share = share_dropped(settings, 1, share=0.2, per_point_of_progress=0.8)
    assert share / (1 - share) == pytest.approx(0.25 * np.exp(-0.8), rel=0.03)
    assert share_dropped(settings, 1, share=0.2, per_point_of_progress=0) == pytest.approx(0.2, abs=0.005)


@pytest.mark.parametrize(("per_point_of_progress", "depends"), [(2.5, True), (0, False)])
def test_who_dropped_out_after_half_a_year_was_doing_worse(settings, per_point_of_progress, depends):
    drop_out = {"share": 0.4, "per_point_of_progress": per_point_of_progress}
    municipality = simulate(changed(settings, n_clients=40_000, drop_out=drop_out), seed=1)
    domains = [domain.value for domain in settings.life_domains]
    scored = municipality.assessments.assign(mean=municipality.assessments[domains].astype("float").mean(axis=1))
    wide = scored.pivot_table(index="client_key", columns="moment_label", values="mean", aggfunc="first")
    ended = municipality.trajectories.set_index("client_key")["ended_on"].notna()
    half_year = wide.join(ended)[lambda frame: frame["ended_on"] & frame["evaluatie 1"].notna()]
    change = half_year["evaluatie 1"] - half_year["intake"]
    seen_at_closing = half_year["afsluiting"].notna()
    gap = change[seen_at_closing].mean() - change[~seen_at_closing].mean()
    assert (gap > 0.045) if depends else (abs(gap) < 0.03)  # standard error about 0.01


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_relapse_within_a_year_is_as_declared(settings, share):
    realised = simulate(changed(settings, n_clients=15_000, monitoring={"relapse_share": share}), seed=1).truth.realised
    assert realised["share_of_closed_relapsed_within_year"] == pytest.approx(share, abs=0.016)  # 3 standard errors


def test_relapse_shows_in_the_monitoring_phase_and_only_there(settings):
    def mean_scores(relapse_share: float) -> pd.Series:
        rules = {"relapse_share": relapse_share, "monitored": 0.8}
        assessments = simulate(changed(settings, n_clients=10_000, monitoring=rules), seed=1).assessments
        return assessments.astype({"finances": "float"}).groupby("moment_label")["finances"].mean()

    fall = mean_scores(0) - mean_scores(0.5)
    assert fall["monitoring"] > 0.2
    assert (fall.drop("monitoring") == 0).all()


def test_nothing_is_dated_before_or_after_the_period(settings):
    municipality = simulate(changed(settings, n_clients=10_000), seed=1)
    first, last = pd.Timestamp(settings.first_day), pd.Timestamp(settings.last_day)
    for name in ("assessments", "ladder", "trajectories", "provisions", "events", "experienced"):
        dated = getattr(municipality, name).select_dtypes("datetime")
        # Who came in during the first weeks was registered before them.
        for column, values in dated.drop(columns="registered_on", errors="ignore").items():
            assert values.dropna().between(first, last).all(), f"{name}.{column}"
    closed = municipality.trajectories.dropna(subset=["ended_on"])
    assert (closed["ended_on"] > closed["started_on"]).all()
    assert 0.1 < municipality.trajectories["ended_on"].isna().mean() < 0.4


def test_a_share_of_the_clients_is_measured_once_and_monitoring_comes_after_closing(settings):
    assessments = simulate(changed(settings, n_clients=10_000), seed=1).assessments
    per_client = assessments.groupby("client_key").size()
    assert 0.2 < (per_client == 1).mean() < 0.5
    days = assessments.pivot_table(index="client_key", columns="moment_label", values="assessed_on", aggfunc="first")
    assert (days["monitoring"] > days["afsluiting"])[days[["monitoring", "afsluiting"]].notna().all(axis=1)].all()
    assert (days["evaluatie 1"] > days["intake"])[days["evaluatie 1"].notna()].all()


def test_only_monitoring_comes_after_the_end_of_a_trajectory(settings):
    municipality = simulate(changed(settings, n_clients=10_000), seed=1)
    seen = municipality.assessments.merge(municipality.trajectories.dropna(subset=["ended_on"]), on="client_key")
    is_after = seen["assessed_on"] > seen["ended_on"]
    assert set(seen.loc[is_after, "moment_label"]) == {"monitoring"}
