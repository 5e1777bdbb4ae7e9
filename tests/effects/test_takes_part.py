"""The clients of a trace are those whom each design's estimator took, and their records give what it counted."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.records.outcomes import client_outcomes
from pipelines.tracing.effects import people_of_effect, with_lost_clients
from pipelines.tracing.figures import EFFECTS, figures
from pipelines.tracing.use import USE
from tests.effects.invented import people, records, use_of
from tests.effects.road import study, travelled, with_views
from tests.effects.test_designs_in_the_report import COMPARISON, SERIES, STAGGERED, STARTS


def municipality(starts: dict[int, str | None]) -> dict[str, pd.DataFrame]:
    """Some lowest scores occur in the approach only: these clients have nobody to be compared with. Some came back."""
    who = people(starts)
    alone = (who["finances_before"] == 1) & ~who["team_no"].isin([1, 2, 3])
    who = who.assign(finances_before=who["finances_before"].mask(alone, 3))
    used = use_of(who)
    later = used["trajectories"].head(200)
    later = later.assign(started_on=later["started_on"] + pd.Timedelta(days=500), solution_kind="individual")
    return records(who, starts) | used | {"trajectories": pd.concat([used["trajectories"], later], ignore_index=True)}


@pytest.mark.parametrize(
    ("design", "kinds"),
    [
        pytest.param(
            COMPARISON % "difference",
            {"comparison", "comparison:effect_ancova", "comparison:effect_weighted"},
            marks=pytest.mark.slow,
        ),
        (SERIES, {"series"}),
        (STAGGERED, {"staggered", "staggered:effect_imputed", "before_after:mean_change_reweighted"}),
    ],
)
def test_a_trace_finds_exactly_the_clients_and_records_that_a_figure_rests_on(design: str, kinds: set[str]) -> None:
    starts = STARTS if "series" not in design else dict.fromkeys(STARTS, "2021-07-01")
    connection, policy = with_views(municipality(starts)), study(design)
    road = travelled(connection, policy)
    nothing = {name: road.out[EFFECTS].head(0) for name in ("out_change__by_domain", "out_care__use")}
    known = figures({EFFECTS: road.out[EFFECTS], **nothing})
    assert kinds | {"before_after"} <= {key.split("/")[2] for key in known}
    assert {key.split("/")[0] for key in known} == {"zrm", *USE}
    found = client_outcomes(connection, ["finances", "housing"])
    columns = {
        (one.subject, one.what, one.unit): found.clients.set_index("client_no")[one.column] for one in found.used
    }
    for figure in known.values():
        row, followed = figure.row, people_of_effect(connection, policy, figure.row)
        assert followed.n_counted == figure.among(road.est["est_effects__estimates"])["n_clients"], figure.key
        used = followed.points
        if row["subject"] in USE:
            counted = used[used["part"] == "counted"].groupby("client_no")["value"].sum()
            counted = counted.clip(upper=1) if row["subject"] == "solutions" else counted
            taken = followed.clients.loc[followed.clients["why_not"].isna(), "client_no"]
            wanted = columns[row["subject"], row["what"], row["unit"]].loc[taken]
            assert counted.reindex(taken, fill_value=0).to_numpy() == pytest.approx(wanted.to_numpy()), figure.key
        else:
            scores = used[used["part"].isin(["before", "after"])]
            assert scores["client_no"].nunique() == followed.n_counted
            assert with_lost_clients(row) or scores.groupby("client_no").size().eq(2).all()
