"""Who came in per year, and how far teams lie apart, follow the ledger's rule too."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from plain_ledger import DAY

from data_contracts.contract import empty_frame
from data_contracts.gate.ledger import DISTANCES, Before, new_entries
from data_contracts.gate.reach import release_reach
from data_contracts.gate.summary import Released
from data_contracts.gate.unaudited import IN_LEDGER
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import REACH
from data_contracts.tables.released import RELEASED_TABLES


def came_in(**n_clients: int) -> pd.DataFrame:
    rows = [
        {"year": int(name[1:5]), "way": name[6:], "n_clients": n, "is_whole_year": True}
        for name, n in n_clients.items()
    ]
    return pd.DataFrame(rows).astype({name: str(column.dtype) for name, column in REACH.columns.items()})


def after(first: Released, d: dict[str, int], counted: dict[str, int], *, withdrawn: bool = False) -> Before:
    """What the gate is told after `first`: D per way of working, and who contributes now."""
    entries = new_entries(first.cells, "2025-01-01-eerste", DAY)
    rows = [
        {
            "release_id": "2025-01-01-eerste",
            "table_name": entry["table_name"],
            "key": entry["key"],
            "n_differ": d[json.loads(entry["key"])["way"]],
            "n_beside": d[json.loads(entry["key"])["way"]],
        }
        for entry in entries.to_dict("records")
    ]
    spec = IN_LEDGER["out_reach__by_year"]
    cells = {spec.cell({"year": 2024, "way": way}): n for way, n in counted.items()}
    distances = pd.DataFrame(rows).astype(empty_frame(DISTANCES).dtypes.to_dict())
    return Before(entries, distances, frozenset({"2025-01-01-eerste"} if withdrawn else ()), cells)


def first() -> Released:
    spec = IN_LEDGER["out_reach__by_year"]
    known = {spec.cell({"year": 2024, "way": way}): n for way, n in {"new": 42, "regular": 61}.items()}
    return release_reach(came_in(y2024_new=42, y2024_regular=61), Thresholds(), Before(counted=known))


def test_a_year_in_which_too_few_people_differ_is_held_whole() -> None:
    now = {"new": 44, "regular": 80}
    known = after(first(), {"new": 2, "regular": 19}, now)
    shown = release_reach(came_in(y2024_new=44, y2024_regular=80), Thresholds(), known)
    assert shown.frame["status"].tolist() == ["held", "held"]
    assert shown.frame["n_clients"].tolist() == [40, 60]
    assert shown.frame["held_from"].tolist() == ["2025-01-01-eerste"] * 2
    assert not shown.cells["is_new"].any()


def test_a_year_in_which_enough_people_differ_is_shown_anew() -> None:
    known = after(first(), {"new": 13, "regular": 19}, {"new": 55, "regular": 80})
    shown = release_reach(came_in(y2024_new=55, y2024_regular=80), Thresholds(), known)
    assert shown.frame["status"].tolist() == ["released", "released"]
    assert shown.frame["n_clients"].tolist() == [55, 80]
    assert shown.cells["is_new"].all()


def test_the_same_people_are_shown_as_they_are_and_remembered_once() -> None:
    known = after(first(), {"new": 0, "regular": 0}, {"new": 42, "regular": 61})
    shown = release_reach(came_in(y2024_new=42, y2024_regular=61), Thresholds(), known)
    pd.testing.assert_frame_equal(shown.frame, first().frame)
    assert not shown.cells["is_new"].any()


def test_without_an_earlier_figure_that_stands_a_held_year_shows_nothing_and_says_why() -> None:
    known = after(first(), {"new": 2, "regular": 0}, {"new": 44, "regular": 61}, withdrawn=True)
    shown = release_reach(came_in(y2024_new=44, y2024_regular=61), Thresholds(), known)
    assert shown.frame["status"].tolist() == ["withdrawn", "withdrawn"]
    assert shown.frame["n_clients"].isna().all()


@pytest.mark.parametrize("name", sorted(RELEASED_TABLES))
def test_every_table_about_clients_is_in_the_ledger(name: str) -> None:
    about_clients = {"n_clients", "n_clients_base", "n_teams"} & set(RELEASED_TABLES[name].columns)
    # Joint follows the estimates that it is about; what is about teams alone or money counts no clients.
    assert not about_clients or name in IN_LEDGER or name in ("out_effects__joint", "out_costs__by_year")
