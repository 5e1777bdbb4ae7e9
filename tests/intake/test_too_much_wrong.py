"""A file of which too many rows have one fault: the refusal says where in the mapping to look, and at which column."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from tests.intake.taking_in import MAPPING, delivered, mapping, study, take_in

HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\n"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (
            "demo-0001;31/31/2025;3;3;;",
            "hoe datums geschreven zijn (date) bij 'Datum'. Bijvoorbeeld {from: Begin, date: [yyyy-mm-dd]}",
        ),
        ("demo-0001;10-10-2025;9;9;;", "bij codes wat nieuwe waarden betekenen"),
        ("0001;10-10-2025;3;3;;", "Kijk pseudonym_pattern na"),
        ("demo-0001;10-10-2025;3", "Kijk delimiter en quote na"),
        ("demo-0001;10-10-2029;3;3;;", "of de ontvangst klopt"),
    ],
)
def test_a_refusal_for_too_many_faults_says_where_to_look(tmp_path: Path, row: str, where: str) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        take_in(delivered(tmp_path / "levering", HEADER + f"{row}\n" * 3), study(), mapping(MAPPING))
    assert where in refused.value.every[0].do


def test_numbers_are_looked_for_at_their_own_columns(tmp_path: Path) -> None:
    costs = """  - match: kosten.csv
    table: costs
    columns: {team: Team, year: Jaar, cost_kind: Soort, amount_eur: Bedrag}
"""
    directory = delivered(tmp_path / "levering", HEADER + "demo-0001;10-10-2025;3;3;;\n")
    delivered(directory, "Team;Jaar;Soort;Bedrag\nNoord;2024;loon;1500.00\nZuid;2024;loon;2500.00\n", "kosten.csv")
    with pytest.raises(DeliveryRefused) as refused:
        take_in(directory, study(), mapping(MAPPING + costs))
    assert "hoe getallen geschreven zijn (number) bij 'Bedrag'" in refused.value.every[0].do
