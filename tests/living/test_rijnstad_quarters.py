"""The eight quarters are rijnstad as it was known on eight days, and end in rijnstad without who has left."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from tests.living.rijnstad_quarters import CLIENT, DAYS, N_GONE, N_WRONG, STUDY, cut

OPTIONS = {"sep": ";", "encoding": "windows-1252", "dtype": "str", "keep_default_na": False}


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return cut(tmp_path_factory.mktemp("quarters"))


def _read(place: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(place / f"{name}.csv", **OPTIONS)


def test_nothing_is_told_of_later(quarters: list[Path]) -> None:
    for place, day in zip(quarters, DAYS, strict=True):
        assert place.name == f"{day:%Y%m%d}"
        for name in ("trajecten", "voorzieningen"):
            ends = pd.to_datetime(_read(place, name)["Einddatum"], format="%d-%m-%Y", errors="coerce")
            assert ends.max() <= day


def test_the_last_quarter_is_what_was_delivered_without_who_has_left(quarters: list[Path]) -> None:
    theirs, ours = _read(STUDY / "deliveries" / "rijnstad", "clienten"), _read(quarters[-1], "clienten")
    assert len(set(theirs[CLIENT]) - set(ours[CLIENT])) == N_GONE * (len(DAYS) - 1)
    scores = _read(quarters[-1], "zrm_2021_2024")
    assert (
        not scores.merge(_read(STUDY / "deliveries" / "rijnstad", "zrm_2021_2024"), how="left", indicator="of")["of"]
        .eq("left_only")
        .any()
    )


def test_scores_are_put_right_in_every_later_quarter(quarters: list[Path]) -> None:
    key = [CLIENT, "Meetmoment", "Datum afname"]
    for earlier, later in pairwise(quarters):
        both = _read(earlier, "zrm_2021_2024").merge(_read(later, "zrm_2021_2024"), on=key)
        assert 0 < (both["Financiën_x"] != both["Financiën_y"]).sum() <= 2 * N_WRONG
