"""Small rules of the MKBA, each by itself: what a column of a workbook holds, what says euros, how draws are binned."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from pydantic import Field

from mkba.balance.gradient import effect_gradient
from mkba.binding.effects import Effects
from mkba.peers.stated import require_euros
from mkba.peers.table import Faults, Table
from mkba.uncertainty.regression import N_BINS, _bins
from mkba.wording import chance, of_hundred
from mkba.workbook.columns import _bare
from mkba.workbook.reading import _named
from tests.mkba_case import appraised, released


@pytest.mark.parametrize(
    ("annotation", "inner", "may_be_missing"),
    [
        (int, int, False),
        (int | None, int, True),
        (Annotated[int | None, Field(ge=0)], int, True),
        (int | str | None, int | str, True),
        (int | str, int | str, False),
        (Literal["a"], Literal["a"], False),
    ],
)
def test_a_column_may_be_empty_where_nothing_is_one_of_its_kinds(
    annotation: Any, inner: Any, may_be_missing: bool
) -> None:
    assert _bare(annotation) == (inner, may_be_missing)


@pytest.mark.parametrize(
    ("rows", "is_named"),
    [
        ([{"id": "a"}, {"id": "b"}], True),
        ([], True),
        ([{"id": "a"}, {"label": "b"}], False),
        (["id", "ids"], False),
        ({"id": "a"}, False),
    ],
)
def test_parts_are_matched_on_their_id_where_every_part_has_one(rows: Any, is_named: bool) -> None:
    assert _named(rows) == is_named


@pytest.mark.parametrize(
    ("title", "shown", "fault"),
    [
        ("Amount (EUR)", "0.00", ""),
        ("Bedrag", "€ #,##0.00", ""),
        ("Amount", "0.00", "in welke munt"),
        ("Amount", "£ #,##0.00", "niet in euro"),
        ("Amount (x 1.000 EUR)", "0.00", "duizenden"),
    ],
)
def test_a_workbook_says_that_its_amounts_are_euros_in_a_heading_or_in_how_they_are_shown(
    title: str, shown: str, fault: str
) -> None:
    table = Table("Kosten", 1, {"amount": 0}, {"amount": title}, (), ())
    faults = Faults("werkmap.xlsx")
    shape: Any = SimpleNamespace(is_in_euros=False)
    book = {"Kosten": [[title], [5.0]], "Ander": [["€"], [1.0]]}
    require_euros(shape, [table], book, {("Kosten", 2, 1): shown, ("Ander", 2, 1): "€ 0"}, faults)
    said = " ".join(one.what for one in faults.findings)
    assert (fault in said) if fault else not said


@pytest.mark.parametrize("n_draws", [1, 10, 300, 5_000, 131_072])
def test_bins_are_of_one_size_and_only_the_first_and_the_last_are_halved(n_draws: int) -> None:
    starts = _bins(n_draws)
    size = max(n_draws // min(N_BINS, n_draws), 1)
    assert starts[0] == 0 and (np.diff(starts) > 0).all() and starts[-1] < n_draws
    within = starts[(starts > size + 1) & (starts < n_draws - size - 1)]
    assert np.diff(within).min(initial=size) >= size
    halved = starts[(starts > 0) & (starts <= size)]
    assert set(halved) >= {1 << power for power in range(int(np.log2(size)) + 1) if 1 << power < n_draws}


@pytest.mark.parametrize(
    ("probability", "said"),
    [(1.0, "meer dan 99 %"), (0.991, "meer dan 99 %"), (0.99, "99 %"), (0.01, "1 %"), (0.009, "minder dan 1 %")],
)
def test_a_chance_is_never_said_to_be_certain(probability: float, said: str) -> None:
    assert chance(probability) == said


@pytest.mark.parametrize(("share", "said"), [(0.0, "0"), (0.694, "69"), (0.695, "70"), (1.0, "100")])
def test_a_share_is_told_as_so_many_of_a_hundred(share: float, said: str) -> None:
    assert of_hundred(share) == f"{said} van de 100"


def test_the_balance_moves_with_a_logarithm_as_with_its_exponent() -> None:
    """By one standard error of the logarithm: nights go from exp(mean) to exp(mean + sd), and the balance with them."""
    given = released(nights=math.log(0.4))
    effects = given.effects.effects
    by_log = Effects((replace(effects[0], scale="log"), *effects[1:]), given.effects.covariance)
    table = appraised(given=replace(given, effects=by_log)).table
    nights, _, _, _ = effect_gradient(table)
    linear, _, _, _ = effect_gradient(appraised(given=released(nights=0.4)).table)
    mean = math.exp(math.log(0.4) + 0.1**2 / 2)
    assert nights * 0.1 == pytest.approx(linear * mean * (math.exp(0.1) - 1))
    assert linear < 0  # more nights cost money
