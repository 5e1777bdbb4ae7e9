"""An error was published and withdrawn: amounts ten times too high, and the scores of three people."""

from __future__ import annotations

import pandas as pd

from data_contracts.contract import canonical
from data_contracts.gate.spec import SPECS
from pipelines.storage.home import Home
from pipelines.storage.tables import TableStore
from tests.flow.conftest import Done
from tests.flow.correction import N_WRONG, Corrected


def test_the_right_euros_are_shown_after_amounts_that_were_ten_times_too_high(corrected: Corrected, done: Done) -> None:
    right = TableStore(Home(done.home).tables).stored("out_effects__estimates").frame()
    shown = corrected.out("out_effects__estimates")
    euros = shown["unit"] == "eur"
    assert euros.sum() > 3
    assert shown.loc[euros, "status"].eq("released").all()
    pd.testing.assert_frame_equal(shown[euros], right[right["unit"] == "eur"])


def test_figures_in_which_three_people_were_wrong_are_hidden_with_the_reason(corrected: Corrected) -> None:
    change = corrected.out("out_change__by_domain")
    housing = change[
        (change["life_domain"] == "housing") & (change["slice"] == "all") & (change["moment_to"] == "last")
    ]
    assert housing["status"].tolist() == ["withdrawn"]
    assert housing["n_up"].isna().all() and housing["mean_change"].isna().all()
    others = change[~change["life_domain"].isin(["housing", "all"])]
    assert not others["status"].isin(["held", "withdrawn"]).any()


def test_whatever_moved_has_people_who_differ_and_nobody_differs_but_those_who_were_corrected(
    corrected: Corrected,
) -> None:
    told = corrected.known.distances
    told = told[told["release_id"] == corrected.first.name].set_index(["table_name", "key"])
    entries = corrected.known.entries
    unknown = entries[entries["table_name"].isin(SPECS) & ~entries["is_known"].astype(bool)]
    assert unknown["key"].tolist() in ([], ['{"what":"two_pseudonyms"}'])
    n_moved = 0
    for name in SPECS:
        then, now = (rows_by_key(store, name) for store in (corrected.wrong, corrected.store))
        for key in then.keys() & now.keys() & set(told.loc[name].index if name in told.index else []):
            d = told.loc[(name, key), "n_differ"]
            if then[key] != now[key]:
                n_moved += 1
                assert d > 0, (name, key)
            if "eur" not in key and "provisions" not in key:
                assert d <= N_WRONG, (name, key)
    assert n_moved > 20


def rows_by_key(store: TableStore, name: str) -> dict[str, str]:
    """The exact figures of a table, as text, by the key of their row; but what is adjusted for other rows."""
    spec = SPECS[name]
    frame = store.stored(str(spec.source.name)).frame().drop(columns="p_adjusted", errors="ignore")
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {
        canonical({one: row[one] for one in spec.key}): str(
            [f"{value:.9g}" if isinstance(value, float) else value for value in row.values()]
        )
        for row in plain
    }
