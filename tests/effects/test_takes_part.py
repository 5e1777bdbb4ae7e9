"""The clients that a trace names are those whom each design's estimator took: as many as its figure says."""

from __future__ import annotations

import pytest

from pipelines.tracing.effects import people_of_effect, with_lost_clients
from pipelines.tracing.figures import EFFECTS, figures
from tests.effects.invented import people, records
from tests.effects.road import study, travelled, with_views
from tests.effects.test_designs_in_the_report import COMPARISON, SERIES, STAGGERED, STARTS


@pytest.mark.parametrize(
    ("design", "kinds"),
    [
        (COMPARISON % "difference", {"comparison", "comparison:effect_ancova", "comparison:effect_weighted"}),
        (SERIES, {"series"}),
        (STAGGERED, {"staggered", "staggered:effect_imputed", "before_after:mean_change_reweighted"}),
    ],
)
def test_a_trace_finds_exactly_the_clients_that_a_figure_rests_on(design: str, kinds: set[str]) -> None:
    starts = STARTS if "series" not in design else dict.fromkeys(STARTS, "2021-07-01")
    connection, policy = with_views(records(people(starts), starts)), study(design)
    road = travelled(connection, policy)
    nothing = {name: road.out[EFFECTS].head(0) for name in ("out_change__by_domain", "out_care__use")}
    known = figures({EFFECTS: road.out[EFFECTS], **nothing})
    assert kinds | {"before_after"} <= {key.split("/")[2] for key in known}
    for figure in known.values():
        followed = people_of_effect(connection, policy, figure.row)
        assert followed.n_counted == figure.among(road.est["est_effects__estimates"])["n_clients"], figure.key
        scores = followed.points[followed.points["part"].isin(["before", "after"])]
        assert scores["client_no"].nunique() == followed.n_counted
        assert with_lost_clients(figure.row) or scores.groupby("client_no").size().eq(2).all()
