"""An error was published and withdrawn, corrected, and put right in public: which figures, what they were, and why.

Amounts were ten times too low, and the scores of three people were wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from data_contracts.contract import canonical
from data_contracts.errors import StudyError
from data_contracts.gate.ledger import Before
from data_contracts.gate.specs import SPECS
from data_contracts.vocabulary.errata import Cause
from pipelines.assets.through_gate import cells_released
from pipelines.releases.errata import rectify, table_of
from pipelines.run import run
from pipelines.storage.home import Home
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import read_study
from tests.effects.road import words
from tests.flow.conftest import Done
from tests.flow.correction import N_WRONG, WHY, Corrected
from tests.flow.test_money_commands import said

pytestmark = pytest.mark.slow  # two whole runs; what an erratum shows stands in tests/surfaces too


def test_the_right_euros_are_shown_after_amounts_that_were_ten_times_too_low(
    corrected: Corrected, tmp_path: Path
) -> None:
    exact = {store: _euros(store, "est_effects__estimates") for store in (corrected.wrong, corrected.store)}
    low, high = (exact[corrected.store][name] / 10 for name in ("ci_low", "ci_high"))
    assert exact[corrected.wrong]["ci_low"].tolist() == pytest.approx(low.tolist(), nan_ok=True)
    assert exact[corrected.wrong]["ci_high"].tolist() == pytest.approx(high.tolist(), nan_ok=True)
    shown = _euros(corrected.store, "out_effects__estimates")
    assert len(shown) > 3
    assert shown["status"].eq("released").all()
    anew = as_if_nothing_was_shown_before(corrected, tmp_path)
    pd.testing.assert_frame_equal(shown, _euros(anew, "out_effects__estimates"))


def _euros(store: TableStore, name: str) -> pd.DataFrame:
    frame = store.stored(name).frame()
    return frame[frame["unit"] == "eur"].reset_index(drop=True)


def as_if_nothing_was_shown_before(corrected: Corrected, root: Path) -> TableStore:
    """What the gate would show of the estimates in a new home."""
    name, study, store = "out_effects__estimates", read_study(corrected.order.study).study, TableStore(root)
    shown = cells_released(lambda table: corrected.store.stored(table).frame(), study, Before(), ())[name]
    store.keep(store.write(SPECS[name].result, shown.frame))
    return store


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
    """The exact figures of a table, as text, by the key of their row."""
    spec = SPECS[name]
    frame = store.stored(str(spec.source.name)).frame()
    plain = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {
        canonical({one: row[one] for one in spec.key}): str(
            [f"{value:.9g}" if isinstance(value, float) else value for value in row.values()]
        )
        for row in plain
    }


def csv_of(corrected: Corrected, name: str) -> pd.DataFrame:
    """A table as a Dutch spreadsheet opens it."""
    return pd.read_csv(corrected.right.directory / "tables" / f"{name}.csv", sep=";", decimal=",")


def page_of(corrected: Corrected) -> str:
    return words((corrected.right.directory / "report.html").read_text(encoding="utf-8"))


def test_the_right_euros_say_that_they_are_put_right_with_the_old_value_and_the_cause(corrected: Corrected) -> None:
    use = csv_of(corrected, "out_care__use")
    euros = use[(use["unit"] == "eur") & (use["subject"] == "provisions") & use["total"].notna()]
    assert len(euros) and euros["revised_from"].eq(corrected.first.name).all()
    revised = csv_of(corrected, "out_release__revised")
    totals = revised[(revised["table_name"] == "out_care__use") & (revised["figure"] == "total")]
    assert len(totals) == len(euros)
    assert (totals["now"] / totals["was"]).between(9, 11).all()
    assert set(totals["cause"]) == {"delivery"}
    assert "gerectificeerd: was €" in page_of(corrected)
    assert "in het cijfer van 31 januari 2026, want de geleverde gegevens klopten niet" in page_of(corrected)


def test_the_balance_is_marked_too(corrected: Corrected) -> None:
    headline = csv_of(corrected, "out_mkba__headline")
    assert headline["revised_from"].eq(corrected.first.name).any()


def test_what_did_not_move_has_no_mark(corrected: Corrected) -> None:
    ladder = csv_of(corrected, "out_change__by_domain")
    ladder = ladder[ladder["subject"] == "ladder"]
    assert len(ladder) and ladder["revised_from"].isna().all()


def test_figures_in_which_three_people_were_wrong_are_told_to_be_kept_back(corrected: Corrected) -> None:
    change = csv_of(corrected, "out_change__by_domain")
    housing = change[(change["life_domain"] == "housing") & (change["slice"] == "all")]
    kept_back = housing[housing["status"] == "withdrawn"]
    assert len(kept_back) and kept_back["revised_from"].isna().all()
    assert "Het eerdere cijfer is ingetrokken, en het nieuwe verschilt daarvan door te weinig mensen." in page_of(
        corrected
    )
    assert any("housing" in str(one["key"]) for one in corrected.outcome.marks["held"])


def test_the_report_opens_with_what_changed_and_the_balance_adds_up_to_the_cent(corrected: Corrected) -> None:
    page = (corrected.right.directory / "wat-is-er-veranderd.txt").read_text(encoding="utf-8")
    assert page_of(corrected).index("Wat is er veranderd sinds de vorige keer?") < page_of(corrected).index(
        "Samenvatting"
    )
    assert WHY in page and corrected.first.name in page
    lines = page.split("Van het vorige saldo naar dit saldo")[1].split("\n\n")[0].splitlines()[2:]
    published = table_of(corrected.right.directory, "out_mkba__headline")
    assert published is not None
    has_one = published[published["npv_at_mean_eur"].ne(0) & published["npv_at_mean_eur"].notna()]
    assert len(has_one) > 1
    for at, balance in enumerate(has_one["npv_at_mean_eur"]):
        old, *parts, new = [_cents(line)[at] for line in lines]
        assert old + sum(parts) == new == round(100 * balance)


def _cents(line: str) -> list[int]:
    """The amounts of a line, one per alternative."""
    amounts = re.findall(r"(−?)€\s*([\d.]+),(\d\d)", line)
    return [(-1 if minus else 1) * int(whole.replace(".", "") + cents) for minus, whole, cents in amounts]


def test_the_workbook_lists_all_of_it(corrected: Corrected) -> None:
    book = load_workbook(corrected.right.directory / "mkba.xlsx")
    rows = [[cell.value for cell in row] for row in book["Errata"].iter_rows()]
    assert any(str(row[0]).startswith("Gebruik: Begeleiding individueel: totaal") for row in rows)
    assert any(row[1] == "niet getoond" for row in rows)


def test_made_again_it_is_the_same_release(corrected: Corrected) -> None:
    assert run(corrected.order).release == corrected.right


def test_the_list_shows_the_chain(corrected: Corrected, done: Done) -> None:
    text = said("release", "list", done.study, "--home", corrected.home.root)
    assert f"zet recht: {corrected.first.name}" in text
    assert "bevat fouten, want de geleverde gegevens klopten niet" in text


def test_what_nobody_could_read_is_not_put_right(corrected: Corrected, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(corrected.home.root, home.root)
    lines = (home.released / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["release"] != corrected.first.name]
    (home.released / "decisions.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(StudyError, match="nooit goedgekeurd"):
        rectify(home, corrected.first.name, Cause.BUG, "A. Ambtenaar", WHY, dt.date(2026, 2, 1))
