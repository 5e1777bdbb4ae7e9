"""An invented municipality as released tables: small, rounded, and with every state that a report must survive."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd

from data_contracts.contract import require
from data_contracts.protection import Thresholds
from data_contracts.tables.assumptions import PROMISED
from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.reasons import RefusalKind
from indicators.results_logic.findings.outcomes import logic_frames
from indicators.results_logic.findings.team_outcomes import team_outcomes
from indicators.results_logic.values.released import Released as LogicTables
from mkba.appraisal import Appraisal
from mkba.tables.rows import mkba_rows
from reports.released.facts import Facts, Refusal
from reports.released.source import CONTRACTS
from tests.results_logic.trees import small_tree

Tables = dict[str, pd.DataFrame]
DOMAINS = ("finances", "housing", "mental_health", "adl", "social_network")
TEAMS = ("Team Appel", "Team Peer", "Team Kers", "Team Pruim", "Team Vijg", "Team Noot")
PAIRS = (("first", "last"), ("first", "m6"), ("last", "monitoring"))
TREE = small_tree()


def facts(**changed: Any) -> Facts:
    """The facts of the invented study, with some of them changed."""
    known: dict[str, Any] = {
        "municipality": "Verzonnen",
        "title": "Worden mensen in Verzonnen zelfredzamer?",
        "question": "Neemt de zelfredzaamheid toe?",
        "as_of": dt.date(2025, 7, 1),
        "needs_approval": True,
        "design": "staggered",
        "headline_measure": "mean_change" if changed.get("design") == "before_after" else "effect",
        "declared_on": dt.date(2025, 1, 15),
        "new_approach": "Nieuwe werkwijze",
        "headline_domains": ("finances", "housing"),
        "moment_pairs": PAIRS,
        "editions": ("zrm_2013", "zrm_2017"),
        "thresholds": Thresholds(),
        "replicate_days": 30,
        "deliveries": ("voorjaar",),
        "refused": (Refusal("nr. 2", RefusalKind.COLUMNS),),
        "seed": 7,
        "versions": (("wijkbaat", "0.1.0"),),
        "study_hash": "0f3c9a77",
        "contact": "onderzoek@verzonnen.example",
    }
    return Facts(**(known | changed))


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame that keeps the contract of `name`; what a row does not say is released, shown or missing."""
    schema = CONTRACTS[name]
    columns = list(schema.columns)
    usual = {column: "shown" for column in columns if column.endswith("_status")}
    usual |= {"status": "released"} if "status" in columns else {}
    found = pd.DataFrame([usual | row for row in rows], columns=columns)
    found = found.astype({column: str(kind.dtype) for column, kind in schema.columns.items()})
    require(schema, found)
    return found


def everybody(**more: Any) -> dict[str, Any]:
    """A row about everybody together."""
    return {"slice": "all", "slice_value": "all", **more}


def funnel() -> pd.DataFrame:
    """Who was measured; nearly everybody once, so that this count stays hidden."""
    rows = [
        everybody(
            subject="zrm", life_domain=domain, n_clients=400, n_scored=380 - 10 * at, n_scored_twice=200, n_monitored=40
        )
        for at, domain in enumerate(DOMAINS)
    ]
    top = everybody(
        subject="zrm", life_domain="all", n_clients=400, n_scored_twice=250, status="banded", n_scored_status="above",
        n_monitored_status="below",
    )  # fmt: skip
    return frame("out_change__funnel", [top, *rows])


def change() -> pd.DataFrame:
    """Change for everybody and per team, and a domain with too few people."""
    rows = [
        {**_moved(domain, at), **everybody(), "moment_from": pair[0], "moment_to": pair[1]}
        for pair in PAIRS
        for at, domain in enumerate(DOMAINS)
    ]
    rows += [
        {**_moved("finances", at), "slice": "team", "slice_value": team, "moment_from": "first", "moment_to": "last"}
        for at, team in enumerate(TEAMS)
    ]
    hidden = {column: None for column in _moved("finances", 0) if column.startswith(("n_", "mean_", "p_"))}
    rows.append(
        {**_moved("addiction", 0), **everybody(), **hidden, "moment_from": "first", "moment_to": "last"}
        | {"status": "too_few", **{f"n_{part}_status": "hidden" for part in ("up", "equal", "down")}}
    )
    rows.append({**_moved("all", 2), **everybody(), "subject": "ladder", "moment_from": "first", "moment_to": "last"})
    return frame("out_change__by_domain", rows)


def _moved(domain: str, at: int) -> dict[str, Any]:
    return {
        "subject": "zrm",
        "life_domain": domain,
        "n_clients": 200,
        "n_up": 90 - 5 * at,
        "n_equal": 80,
        "n_down": 30 + 5 * at,
        "n_sufficient_before": 60,
        "n_sufficient_after": 90,
        "mean_before": 2.4,
        "mean_after": 2.7 - 0.02 * at,
        "mean_change": 0.3 - 0.02 * at,
        "mean_change_low": 0.2 - 0.02 * at,
        "mean_change_high": 0.4 - 0.02 * at,
        "p_value": 0.001,
        "p_adjusted": 0.012,
        "method": "pratt_normal",
    }


def series() -> pd.DataFrame:
    """Mean scores of three cohorts in two editions, and marks of clients at one moment."""
    rows = [
        {
            "subject": "zrm",
            "life_domain": domain,
            "edition": edition,
            "cohort": cohort,
            "months_since_intake": month,
            "n_clients": 100 - 2 * month,
            "n_sufficient": 40,
            "mean_score": 2.3 + month / 60,
        }
        for domain in DOMAINS
        for edition, cohort in (("zrm_2013", "2021"), ("zrm_2013", "2022"), ("zrm_2017", "2022"), ("zrm_2017", "2023"))
        for month in (0, 6, 12)
    ]
    rows += [
        {
            "subject": "experienced",
            "life_domain": "mark_1_10",
            "edition": "mark_1_10",
            "cohort": cohort,
            "months_since_intake": 0,
            "n_clients": 50,
            "n_sufficient": 40,
            "mean_score": 7.2,
        }
        for cohort in ("2021", "2022", "all")
    ]
    return frame("out_change__series", rows)


def use() -> pd.DataFrame:
    """Events, provisions, hours and solutions; case records of one year of intake."""
    kinds = (
        ("events", "huisuitzetting", None, "event", 20, 25.0),
        ("provisions", "begeleiding individueel", "wmo", "eur", 120, 250_000.0),
        ("hours", "support", None, "hour", None, 3_000.0),
        ("solutions", "preliminary", None, "trajectory", 180, 180.0),
        ("solutions", "individual", None, "trajectory", 150, 150.0),
    )
    rows = [
        everybody(
            subject=subject,
            what=what,
            law=law,
            unit=unit,
            n_clients=n,
            n_clients_base=400,
            client_years=500.0,
            total=total,
        )
        for subject, what, law, unit, n, total in kinds
    ]
    recorded = (
        ("waiting_time", "day", 95, 3_300.0),
        ("with_plan", "client", 60, 60.0),
        ("lead_time", "day", None, 2e4),
    )
    rows += [
        {
            "subject": "cases",
            "what": what,
            "unit": unit,
            "slice": "cohort",
            "slice_value": "2022",
            "n_clients": n,
            "n_clients_base": 100,
            "client_years": 250.0,
            "total": total,
        }
        | ({} if n else {"status": "banded", "n_clients_status": "above"})
        for what, unit, n, total in recorded
    ]
    return frame("out_care__use", rows)


def provision_kinds() -> Tables:
    """Preliminary beside granted: one life domain that moved, one that did not, one of which few were preliminary."""
    shares = {
        "finances": (30, 60),
        "housing": (40, 45),
        "mental_health": (None, 25),
        "not_told": (20, 20),
        "all": (60, 80),
    }
    kinds = [
        {"life_domain": domain, "year": year, "n_clients": 200 if domain == "all" else 120, "n_preliminary": light}
        | {"n_individual": light and (200 if domain == "all" else 120) - light}
        | ({} if light else {"status": "banded", "n_preliminary_status": "below", "n_individual_status": "above"})
        for domain, both in shares.items()
        for year, light in zip((2021, 2024), both, strict=True)
    ]
    about = {"year_from": 2021, "year_to": 2024, "n_clients": 240, "is_shifted": False}
    figures = {"finances": (0.25, 0.1, 0.4), "housing": (0.05, -0.1, 0.2), "not_told": (0, -0.1, 0.1)}
    figures["all"] = (0.1, -0.05, 0.25)
    shifts = [
        about | {"life_domain": domain, "shift": shift, "shift_low": low, "shift_high": high}
        for domain, (shift, low, high) in figures.items()
    ]
    shifts[0]["is_shifted"] = True
    shifts.append(about | {"life_domain": "mental_health", "refused_because": "too_few"})
    names = ("out_care__by_life_domain", "out_care__shift")
    return {name: frame(name, rows) for name, rows in zip(names, (kinds, shifts), strict=True)}


CHECKS: dict[str, dict[str, Any]] = {
    "autocorrelation": {"holds": None, "value": 0.1, "newey_west_se": 0.1},
    "balance_at_start": {"holds": True, "largest": 0.05},
    "balance_weighted": {"holds": True, "largest": 0.01},
    "bend": {"holds": None, "per_period": 0.0, "se": 0.01},
    "counterfactual": {"holds": False},
    "demonstrable": {"holds": True, "p_value": 0.001, "p_value_adjusted": 0.01},
    "drift_that_would_undo_it": {"holds": None, "m_bar": None},
    "group_time": {"holds": None, "estimate": 0.3},
    "overlap": {"holds": True, "share_trimmed": 0.02},
    "partly_exposed": {"holds": True, "rule": "left_out"},
    "placebo_starts": {"holds": True, "p_value": 0.02, "n_starts": 49, "n_as_large": 0},
    "drift_not_excluded": {"holds": False, "per_period": 0.05, "estimate": -0.05},
    "pre_trend": {
        "holds": True,
        "slope_per_period": 0.0,
        "p_value": 0.5,
        "p_value_all_periods": 0.5,
        "slope_explaining": 0.1,
        "power": 0.33,
    },
    "teams": {"holds": False, "total": 12, "degrees_of_freedom": 7.5},
    "two_way": {"holds": None, "estimate": 0.3, "negative_weight": 0.0},
    "unseen_cause": {"holds": None, "e_value": 2.0, "e_value_interval": 1.5},
    "wild_bootstrap": {"holds": None, "p_value": None},
}


def estimates(design: str, measure: str, stamp: Stamp) -> list[dict[str, Any]]:
    """Estimates of one design: clear on the first domains, unsure on the others."""
    checks = json.dumps({name: CHECKS[name] for name in PROMISED.get((design, measure), {"demonstrable"})})
    kinds = [("zrm", domain, "all", "point", 0.4 - 0.1 * at, 0.12) for at, domain in enumerate(DOMAINS)]
    if design != "before_after":
        kinds += [
            ("events", "all", "huisuitzetting", "event", -0.02, 0.005),
            ("provisions", "all", "begeleiding individueel", "eur", -500.0, 150.0),
            ("solutions", "all", "individual", "share", -0.17, 0.04),
        ]
    return [
        everybody(
            estimate_id=f"{design}/{subject}/{domain}/{what}",
            subject=subject,
            life_domain=domain,
            what=what,
            moment_from="first",
            moment_to="within_12_months",
            design=design,
            measure=measure,
            unit=unit,
            per="client",
            estimate=value,
            se=se,
            ci_low=value - 2 * se,
            ci_high=value + 2 * se,
            n_clients=200,
            method="invented",
            stamp=stamp.value,
            assumptions=checks,
        )
        for subject, domain, what, unit, value, se in kinds
    ]


def tables() -> Tables:
    """Every table of a study with a comparison; results logic and MKBA apart."""
    found = [
        *estimates("staggered", "effect", Stamp.STRONG_COMPARISON),
        *estimates("before_after", "mean_change", Stamp.CHANGE),
    ]
    cost = {"year": 2023, "cost_kind": "loonkosten", "n_teams": 6, "amount_eur": 90_000.0}
    rows = [{"delivery": "voorjaar-1", "table_name": "assessments", "rows": 1000, "accepted": 980}]
    rows = [row | {"quarantined": 15, "exact_duplicates": 5, "not_used": 0} for row in rows]
    return {
        "out_change__funnel": funnel(),
        "out_change__by_domain": change(),
        "out_change__series": series(),
        "out_care__use": use(),
        **provision_kinds(),
        "out_effects__estimates": frame("out_effects__estimates", found),
        "out_costs__by_year": frame("out_costs__by_year", [cost | {"is_new_approach": new} for new in (False, True)]),
        "out_quality__odd_courses": frame(
            "out_quality__odd_courses",
            [
                {"what": "came_back", "n_clients": 500, "n_odd": 45, "n_odd_status": "shown"},
                {"what": "two_pseudonyms", "n_clients": 500, "n_odd_status": "below"},
            ],
        ),
        "out_reach__by_year": frame(
            "out_reach__by_year",
            [{"year": year, "way": "new", "n_clients": 120, "is_whole_year": year < 2023} for year in (2022, 2023)],
        ),
        "out_intake__accounting": frame("out_intake__accounting", rows),
    }


def only_change() -> Tables:
    """The same municipality without a comparison."""
    rows = estimates("before_after", "mean_change", Stamp.CHANGE)
    return tables() | {"out_effects__estimates": frame("out_effects__estimates", rows)}


def with_logic(found: Tables) -> Tables:
    """`found` and what it says of the small tree."""
    released = LogicTables(change=found["out_change__by_domain"], funnel=found["out_change__funnel"])
    return found | logic_frames(TREE, released, team_outcomes(TREE, released), {})


def mkba_tables(appraisal: Appraisal) -> Tables:
    """The out_mkba__ tables of an analysis."""
    return mkba_frames(mkba_rows(appraisal))
