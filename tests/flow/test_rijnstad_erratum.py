"""An erratum on a whole municipality: amounts ten times too high, withdrawn and put right; then three wrong people.

Minutes: three runs of rijnstad.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.vocabulary.errata import Cause
from pipelines.intake.deciding import decide_about
from pipelines.releases.errata import rectify, table_of
from pipelines.releases.release import Release, decide
from pipelines.run import Order, run
from pipelines.storage.acts import WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.storage.journal import all_or_nothing
from pipelines.storage.receipts import Receipts
from tests.effects.road import words
from tests.flow.correction import WHY, changed, ten_times, three_people

pytestmark = pytest.mark.slow
STUDY = HOUSE / "studies" / "rijnstad"
DELIVERY = STUDY / "deliveries" / "rijnstad"
BY = "A. Ambtenaar"


@dataclass(frozen=True)
class Walked:
    """Published with amounts ten times too high; put right while three people were still wrong; those put right."""

    wrong: Release
    euros_right: Release
    all_right: Release

    def table(self, name: str, which: str) -> pd.DataFrame:
        found = table_of(getattr(self, which).directory, name)
        assert found is not None
        return found

    def page(self, which: str) -> str:
        return words((getattr(self, which).directory / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    root = tmp_path_factory.mktemp("rijnstad")
    home = Home(root / "home")
    scores, amounts = ("zrm_2021_2024.csv", three_people), ("voorzieningen.csv", ten_times)
    first = changed(DELIVERY, root / "correctie-1", dict((scores, amounts)))
    second = changed(DELIVERY, root / "correctie-2", dict((scores,)))
    third = shutil.copytree(DELIVERY, root / "correctie-3")

    def published(delivery: Path, as_of: str) -> Release:
        made = run(Order(STUDY, home.root, delivery, as_of, 1)).release
        assert made is not None
        return made

    wrong = published(first, "2026-01-30")
    with home.lock(), all_or_nothing(home.root):
        decide(home, wrong.name, "withdraw", BY, "bedragen tien keer te hoog", dt.date(2026, 1, 31))
        decide_about(home, Receipts(home.receipts).accepted()[0], WITHDRAW, BY, WHY)
        rectify(home, None, Cause.DELIVERY, BY, WHY, dt.date(2026, 1, 31))
    euros_right = published(second, "2026-01-31")
    with home.lock(), all_or_nothing(home.root):
        rectify(
            home, euros_right.name, Cause.DELIVERY, BY, "van drie mensen klopte een score niet", dt.date(2026, 2, 1)
        )
    return Walked(wrong, euros_right, published(third, "2026-02-01"))


def provisions(table: pd.DataFrame) -> pd.DataFrame:
    euros = table[(table["unit"] == "eur") & (table["subject"] == "provisions") & table["total"].notna()]
    return euros.set_index(["what", "slice", "slice_value"])


def test_the_right_euros_are_marked_with_the_old_value_and_the_cause(walked: Walked) -> None:
    then, now = (provisions(walked.table("out_care__use", which)) for which in ("wrong", "euros_right"))
    shares = (then["total"] / now["total"]).dropna()
    assert len(shares) > 10 and shares.between(9, 11).all()
    assert now["revised_from"].eq(walked.wrong.name).all()
    revised = walked.table("out_release__revised", "euros_right")
    totals = revised[(revised["table_name"] == "out_care__use") & (revised["figure"] == "total")]
    assert set(totals["cause"]) == {"delivery"} and (totals["was"] / totals["now"]).between(9, 11).all()
    assert "gerectificeerd: was €" in walked.page("euros_right")
    assert "in het cijfer van 30 januari 2026, want de geleverde gegevens klopten niet" in walked.page("euros_right")


def test_the_balance_is_put_right_to_what_it_would_have_been(walked: Walked) -> None:
    then, now = (walked.table("out_mkba__headline", which) for which in ("wrong", "euros_right"))
    assert now["revised_from"].eq(walked.wrong.name).any()
    assert then["npv_at_mean_eur"].iloc[0] != now["npv_at_mean_eur"].iloc[0]


def test_figures_in_which_three_people_were_wrong_are_held_and_say_so(walked: Walked) -> None:
    then, now = (housing(walked.table("out_change__by_domain", which)) for which in ("euros_right", "all_right"))
    assert now["status"].tolist() == ["held"] * len(now) and len(now)
    assert now["held_from"].eq(walked.euros_right.name).all() and now["revised_from"].isna().all()
    assert now["mean_change"].tolist() == then["mean_change"].tolist() != [None]
    assert "vastgehouden, cijfer van 31 januari 2026" in walked.page("all_right")


def housing(change: pd.DataFrame) -> pd.DataFrame:
    """Everybody's change on housing from the first moment to the one at which the scores of the three were wrong."""
    return change[(change["life_domain"] == "housing") & (change["slice"] == "all") & (change["moment_to"] == "m6")]


def test_what_nobody_moved_is_shown_as_it_was(walked: Walked) -> None:
    then, now = (provisions(walked.table("out_care__use", which)) for which in ("euros_right", "all_right"))
    assert now["total"].equals(then["total"])
    assert now["status"].isin(["released", "banded"]).all()
    assert now["revised_from"].eq(walked.wrong.name).all()  # nothing else has stood there since
