"""A balance may be likely positive while no benefit in it is demonstrable by itself; the report says how."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from reports.content.money.chapter import money
from reports.content.parts import Text
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.surfaces.invented import facts, mkba_tables, tables

APPRAISAL = appraised()
RESTS_ON = {"nights": "staggered/events/all/huisuitzetting", "care": "staggered/zrm/finances/all"}


SINGLE = "staggered/provisions/all/begeleiding individueel"


def words(demonstrable: int, chance: float = 0.97, all_provisions: float | None = None) -> str:
    """The text of the MKBA with two priced benefits, of which so many are demonstrable.

    `all_provisions` is what all provisions together cost more, demonstrably; then a single one is under the balance.
    """
    found = tables() | mkba_tables(APPRAISAL)
    balance, estimates, headline = (
        found[name].copy() for name in ("out_mkba__balance", "out_effects__estimates", "out_mkba__headline")
    )
    balance["estimate_id"] = balance["line"].map(RESTS_ON)
    for place, name in enumerate(RESTS_ON.values()):
        check = json.dumps({"demonstrable": {"holds": place < demonstrable, "p_value": 0.03, "p_value_adjusted": 0.2}})
        estimates.loc[estimates["estimate_id"] == name, "assumptions"] = check
    headline["prob_npv_positive"] = chance
    if all_provisions is not None:
        balance["estimate_id"] = balance["estimate_id"].replace(RESTS_ON["care"], SINGLE)
        single = estimates[estimates["estimate_id"] == SINGLE]
        holds = json.dumps({"demonstrable": {"holds": True, "p_value": 0.01, "p_value_adjusted": 0.01}})
        estimates.loc[single.index, "assumptions"] = check
        figures = {"estimate": all_provisions, "ci_low": all_provisions - 400.0, "ci_high": all_provisions + 400.0}
        together = single.assign(estimate_id="together", what="all", assumptions=holds, **figures)
        estimates = pd.concat([estimates, together], ignore_index=True)
    changed = {"out_mkba__balance": balance, "out_effects__estimates": estimates, "out_mkba__headline": headline}
    parts = money(Source(facts(), found | changed, None, APPRAISAL.model)).parts
    return " ".join(part.words for part in parts if isinstance(part, Text))


@pytest.mark.parametrize(("demonstrable", "said"), [(0, "is er geen"), (1, "is er maar één")])
def test_a_likely_balance_of_benefits_that_are_not_demonstrable_is_explained(demonstrable: int, said: str) -> None:
    text = words(demonstrable)
    assert f"Van de 2 gemeten verschillen onder dit saldo {said} op zichzelf aantoonbaar." in text
    assert "Toch is de kans op een positief saldo 97%. Dat kan samengaan." in text.replace("\u00a0", " ")


def test_an_unlikely_balance_needs_no_explanation() -> None:
    text = words(0, chance=0.6)
    assert "op zichzelf aantoonbaar" in text
    assert "Dat kan samengaan" not in text


def test_when_every_benefit_is_demonstrable_nothing_is_said() -> None:
    assert "op zichzelf aantoonbaar" not in words(2)


@pytest.mark.parametrize(
    ("euros", "said"),
    [(-500.0, "wel aantoonbaar minder."), (500.0, "juist aantoonbaar meer."), (100.0, "")],
)
def test_what_all_provisions_together_show_stands_beside_what_none_shows_alone(euros: float, said: str) -> None:
    text = words(0, all_provisions=euros)
    assert "is er geen op zichzelf aantoonbaar." in text
    together = "Alle voorzieningen samen kostten per cliënt in het eerste jaar"
    assert (f"{together} {said}" in text) if said else (together not in text)


def test_nothing_is_said_of_all_provisions_where_no_provision_is_under_the_balance() -> None:
    assert "Alle voorzieningen samen" not in words(0)
