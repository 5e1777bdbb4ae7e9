"""The tables beside the change figures of the invented municipality, with the states that a report must survive."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data_contracts.study import Reliability
from tests.surfaces.invented import Tables, everybody, frame

LEADING = ("finances", "housing")
MAIN = {"moment_from": "first", "moment_to": "last"}
RELIABILITY = Reliability(values=[0.7, 0.9], source="Een verzonnen bron over twee verzonnen groepen.")


def _rows(**more: Any) -> list[dict[str, Any]]:
    return [everybody(subject="zrm", life_domain=domain, **MAIN, **more) for domain in LEADING]


def noise_floor() -> pd.DataFrame:
    """From 15 to 21 of 100 would rise by noise."""
    found = [(0.7, 0.21), (0.9, 0.15)]
    return frame(
        "out_change__noise_floor",
        [row for r, up in found for row in _rows(reliability=r, share_up_by_noise=up, share_down_by_noise=up)],
    )


def reliable() -> pd.DataFrame:
    """Few change beyond a cautious noise, more beyond a hopeful one; hardly anybody relapses."""
    cautious = {"n_recovered": 10, "n_improved": 20, "n_equal": 160, "n_worse": 10, "n_relapsed": None}
    hopeful = {"n_recovered": 40, "n_improved": 50, "n_equal": 80, "n_worse": 20, "n_relapsed": 10}
    methods = ("beyond_noise", "edwards_nunnally")
    return frame(
        "out_change__reliable",
        [row for m in methods for row in _rows(n_clients=200, method=m, reliability=0.9, **hopeful)]
        + [
            row
            for m in methods
            for row in _rows(
                n_clients=200, method=m, reliability=0.7, status="banded", n_relapsed_status="below", **cautious
            )
        ],
    )


def companions() -> Tables:
    """All of them."""
    means = [2.0, 2.5, 3.0, 3.5]
    spread = {"middle_half_low": 0.1, "middle": 0.2, "middle_half_high": 0.35}
    raters = [("same", 120, 40, 30), ("other", 80, 50, 5), ("unknown", 10, None, None)]
    course = [("first", 300, 0.2), ("m6", 200, 0.25), ("m12", 100, 0.3)]
    return {
        "out_change__noise_floor": noise_floor(),
        "out_change__reliable": reliable(),
        "out_change__regression_to_mean": frame(
            "out_change__regression_to_mean",
            [row for mean in means for row in _rows(n_clients=200, reference_mean=mean, is_rise_beyond=mean <= 3.0)],
        ),
        "out_change__companions": frame(
            "out_change__companions",
            [
                row
                for test in ("sign", "mcnemar", "stuart_maxwell")
                for row in _rows(n_clients=200, test=test, is_significant=test != "mcnemar")
            ],
        ),
        "out_change__room": frame(
            "out_change__room",
            [
                *_rows(n_clients=200, n_at_floor=50, n_could_rise=180, n_cannot_rise=20, n_capped_status="below"),
                everybody(subject="zrm", life_domain="daytime_activities", **MAIN)
                | {"n_clients": 200, "n_at_floor": 50, "n_could_rise": 150, "n_cannot_rise": 50, "n_capped": 35},
            ],
        ),
        "out_change__by_rater": frame(
            "out_change__by_rater",
            [
                {"subject": "zrm", "life_domain": domain, "rater": rater, **MAIN, "n_clients": n, "n_up": up}
                | {"n_equal": 40, "n_down": down, "mean_change": 0.3 if rater == "other" else 0.1}
                for domain in LEADING
                for rater, n, up, down in raters
            ],
        ),
        "out_change__curves": frame(
            "out_change__curves",
            [
                everybody(subject="zrm", life_domain="finances", moment=moment, n_clients=n, method="clmm")
                | {"share_sufficient": p, "share_sufficient_low": p - 0.05, "share_sufficient_high": p + 0.05}
                for moment, n, p in course
            ]
            + [
                everybody(subject="zrm", life_domain="housing", moment="first", n_clients=300, method="clmm")
                | {"refused_because": "Niemand is hier twee keer gemeten."}
            ],
        ),
        "out_change__growth": frame(
            "out_change__growth",
            [
                everybody(subject="zrm", life_domain="finances", n_clients=300, levels_per_year=0.2)
                | {"per_year_low": 0.1, "per_year_high": 0.3},
                everybody(subject="zrm", life_domain="housing", n_clients=30, refused_because="Te weinig metingen."),
            ],
        ),
        "out_change__teams_spread": frame(
            "out_change__teams_spread",
            [
                {"subject": "zrm", "life_domain": "finances", **MAIN, "n_teams": 6, **spread},
                {"subject": "zrm", "life_domain": "housing", **MAIN, "n_teams": 3, "status": "too_few"},
            ],
        ),
        "out_quality__ratings": frame(
            "out_quality__ratings",
            [
                everybody(subject="zrm", n_clients=400, n_straight_lined=25, n_followed_up=250)
                | {"n_copied_forward_status": "below", "status": "banded"}
            ],
        ),
        "out_quality__agreement": frame(
            "out_quality__agreement",
            [
                {"subject": "zrm", "life_domain": domain, "measure": measure, "n_clients": 40}
                | {"estimate": 0.72 if domain == "finances" else 0.78, "ci_low": 0.6, "ci_high": 0.85}
                for domain in LEADING
                for measure in ("icc_agreement", "weighted_kappa")
            ],
        ),
    }
