"""What stands beside the change figures leaves as roughly as the change itself, and never with a team."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from plain_ledger import remembered

from data_contracts.gate.ledger import Before
from data_contracts.gate.specs import SPECS
from data_contracts.gate.team_spread import release_team_spread
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice
from data_contracts.tables import released_companions as released
from data_contracts.tables.estimate_companions import (
    BY_RATER,
    COMPANIONS,
    CURVES,
    GROWTH_POTENTIAL,
    REGRESSION,
    RELIABLE,
    ROOM,
    SELF_REPORT,
    TEAMS,
)
from data_contracts.tables.for_whom import FOR_WHOM

PAIR = {"subject": "zrm", "life_domain": "finances", "slice": "all", "slice_value": "all"}
PAIR |= {"moment_from": "first", "moment_to": "last"}


def rows(schema, *some: dict) -> pd.DataFrame:
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    return pd.DataFrame([PAIR | row for row in some]).reindex(columns=list(kinds)).astype(kinds)


def test_few_who_relapsed_are_hidden_and_do_not_follow_from_the_others(gate) -> None:
    kinds = {"n_recovered": 42, "n_improved": 51, "n_equal": 90, "n_worse": 23, "n_relapsed": 4}
    exact = rows(RELIABLE, {"method": "beyond_noise", "reliability": 0.8, "n_clients": 210} | kinds)
    out = gate(exact, "out_change__reliable")
    shown = out.frame.iloc[0]
    assert shown["n_relapsed_status"] == "below" and pd.isna(shown["n_relapsed"])
    assert shown[["n_clients", "n_recovered", "n_improved"]].tolist() == [210, 40, 50]
    assert out.summary.worst_width >= 5


def test_few_clients_who_differ_from_the_professional_do_not_follow_from_the_others(gate) -> None:
    people = {"n_clients": 118, "n_lower": 47, "n_equal": 68, "n_higher": 3}
    out = gate(rows(SELF_REPORT, people), "out_quality__self_report")
    shown = out.frame.iloc[0]
    assert shown["n_higher_status"] == "below" and pd.isna(shown["n_higher"])
    assert out.summary.worst_width >= 5


def test_steps_to_a_goal_are_rounded_and_few_are_hidden(gate) -> None:
    people = {"n_clients": 118, "n_reached": 47, "n_one_step": 68, "n_more_steps": 3}
    shown = gate(rows(GROWTH_POTENTIAL, people | {"steps_at": "after"}), "out_ladder__growth_potential").frame.iloc[0]
    assert shown["n_more_steps_status"] == "below" and pd.isna(shown["n_more_steps"])


def test_who_cannot_rise_is_rounded_and_few_pensioners_are_hidden(gate) -> None:
    people = {"n_clients": 203, "n_at_floor": 41, "n_cannot_rise": 33, "n_could_rise": 170}
    exact = rows(ROOM, people | {"n_at_ceiling": 29, "n_capped": 4, "n_up": 60})
    shown = gate(exact, "out_change__room").frame.iloc[0]
    assert shown[["n_could_rise", "n_cannot_rise"]].tolist() == [170, 35]
    assert pd.isna(shown["n_capped"])


def test_few_clients_of_another_rater_cannot_be_told_from_the_whole(gate) -> None:
    of = {"all": (104, 40), "same": (97, 37), "other": (7, 3)}
    exact = rows(
        BY_RATER,
        *(
            {
                "rater": rater,
                "n_clients": n,
                "n_up": up,
                "n_equal": n - up - up // 2,
                "n_down": up // 2,
                "mean_change": 0.2,
            }
            for rater, (n, up) in of.items()
        ),
    )
    out = gate(exact, "out_change__by_rater")
    assert not out.frame.set_index("rater").loc["other", ["n_clients", "n_up", "mean_change"]].notna().any()
    assert out.summary.worst_width >= 5


@pytest.mark.parametrize(("p", "verdict"), [(0.0312, True), (0.0501, False), (np.nan, False)])
def test_another_test_leaves_as_yes_or_no(gate, p: float, verdict: bool) -> None:
    exact = rows(COMPANIONS, {"test": "mcnemar", "n_clients": 80, "statistic": 2.1, "p_value": p})
    shown = gate(exact, "out_change__companions").frame
    assert shown["is_significant"].tolist() == [verdict]


def test_regression_to_the_mean_leaves_as_yes_or_no(gate) -> None:
    exact = rows(
        REGRESSION,
        *({"reference_mean": mean, "n_clients": 80, "change_low": low} for mean, low in ((3.0, 0.08), (3.5, -0.02))),
    )
    assert gate(exact, "out_change__regression_to_mean").frame["is_rise_beyond"].tolist() == [True, False]


def test_figures_of_a_model_are_no_finer_than_their_margin_or_than_a_rounded_count(gate) -> None:
    curve = {"moment": "m6", "method": "clmm"}
    many = {"life_domain": "housing", "n_clients": 2_500, "share_sufficient": 0.20459}
    many |= {"share_sufficient_low": 0.19203, "share_sufficient_high": 0.21775}
    few = many | {"life_domain": "finances", "n_clients": 100}
    shown = gate(rows(CURVES, curve | many, curve | few), "out_change__curves").frame
    shown = shown.set_index("life_domain")[["share_sufficient_low", "share_sufficient", "share_sufficient_high"]]
    assert shown.loc["housing"].tolist() == pytest.approx([0.192, 0.204, 0.218])
    assert shown.loc["finances"].tolist() == pytest.approx([0.15, 0.2, 0.25])


def teams(sizes: list[int]) -> pd.DataFrame:
    return rows(
        TEAMS,
        *(
            {"slice": "team", "slice_value": f"Team {number}", "n_clients": n, "mean_change_pooled": number / 10}
            for number, n in enumerate(sizes)
        ),
    )


def test_teams_leave_as_the_middle_half_without_a_name() -> None:
    shown = release_team_spread(teams([30, 30, 30, 30, 30]), Thresholds(), Before()).frame
    assert not {"slice_value", "team"} & set(shown.columns)
    assert shown[["n_teams", "middle_half_low", "middle", "middle_half_high"]].iloc[0].tolist() == [5, 0.1, 0.2, 0.3]


def test_a_team_under_the_threshold_does_not_count_and_four_teams_show_nothing() -> None:
    shown = release_team_spread(teams([30, 30, 30, 30, 9]), Thresholds(), Before()).frame.iloc[0]
    assert shown["n_teams"] == 4 and pd.isna(shown["middle"]) and shown["status"] == "too_few"


def test_no_exact_test_and_no_team_has_a_column_that_leaves() -> None:
    leaving = {column for schema in released.COMPANION_TABLES for column in schema.columns}
    assert not leaving & {"p_value", "statistic", "change_low", "team", "weight_of_own_data", "n_workers"}
    named = {str(schema.name) for schema in released.COMPANION_TABLES}
    assert named - set(SPECS) == {"out_change__noise_floor", "out_change__teams_spread"}


def of_groups(moved: int = 0) -> pd.DataFrame:
    """Two groups and everybody; of `moved` people another value counts, for every figure that leans on them."""
    everyone = " ".join(f"p{at}:{'x' if at < moved else 'a'}" for at in range(120))
    figures = {"effect": 0.4 + moved / 100, "effect_low": 0.1, "effect_high": 0.7, "p_value": 0.2, "method": "t"}
    slices = [("all", "all", 120), ("age_band", "18-26", 50), ("age_band", "67+", 70)]
    known = [{"slice": name, "slice_value": value, "n_clients": n} | figures for name, value, n in slices]
    return rows(FOR_WHOM, *known).assign(people=everyone)


@pytest.mark.parametrize(("moved", "status"), [(0, "released"), (3, "held"), (15, "released")])
def test_the_effect_of_a_group_is_shown_anew_only_when_enough_people_of_all_groups_differ(
    gate, moved: int, status: str
) -> None:
    slices = [Slice(name="all"), Slice(name="age_band", merges_into="all", ground="verzonnen gegevens")]
    first = gate(of_groups(), "out_effects__for_whom", slices=slices)
    then = gate(of_groups(moved), "out_effects__for_whom", remembered(first), slices=slices).frame
    assert then["status"].unique().tolist() == [status]
    assert then["effect"].eq(first.frame["effect"]).all() == (moved < 10)
