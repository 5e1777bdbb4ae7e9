"""The pattern under which a file of the next delivery is known, and where a delivery is put."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.init.kinds import loosened
from pipelines.init.writing import fill_inbox
from pipelines.storage.home import Home


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("zrm_2024.csv", "zrm_*.csv"),
        ("zrm_2024-01_v2.xlsx", "zrm_*_v*.xlsx"),
        ("zrm.csv", "zrm.csv"),
        ("2024.csv", "2024.csv"),  # nothing would be left to know it by
        ("zrm2024", "zrm2024"),
        (".csv", ".csv"),
    ],
)
def test_numbers_in_the_name_of_a_file_may_change(name: str, pattern: str) -> None:
    assert loosened(name) == pattern


def test_every_other_delivery_of_a_day_gets_a_number_and_the_same_one_does_not(tmp_path: Path) -> None:
    home, places = Home(tmp_path / "home"), []
    for at in range(4):
        path = tmp_path / str(at) / "zrm.csv"
        path.parent.mkdir()
        path.write_text(f"levering {at}", encoding="utf-8")
        places.append(fill_inbox(home, "Teststad", [path], "20260301"))
        assert fill_inbox(home, "Teststad", [path], "20260301") == places[-1]
    day = "teststad-20260301"
    assert [place.name for place in places] == [day, f"{day}-2", f"{day}-3", f"{day}-4"]
    assert [(place / "zrm.csv").read_text(encoding="utf-8") for place in places] == [
        f"levering {at}" for at in range(4)
    ]
