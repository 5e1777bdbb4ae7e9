"""From the rows of a sheet to rows of one record each, without losing one."""

import pytest

from data_contracts.mapping.steps import Melt, Repeat, Shape
from pipelines.intake.reading.named import NotAsAgreed
from tests.intake.reading.sheet import OnSheet
from tests.intake.reading.test_frame import TOTAL

TWICE = Shape(repeat=Repeat(suffixes={"_T0": "T0", "_T1": "T1"}, into="moment_label"))
YEARS = Shape(melt=Melt(columns=["20??"], into="year", value="amount_eur"))


def test_keys_that_stand_once_are_filled_down_past_a_total() -> None:
    sheet = OnSheet("Team|Gebied\nNoord|Financiën\n|ADL\nTotaal|\n|Justitie\nZuid|ADL\n")
    named = sheet.shape(Shape(fill_down=["Team"]), TOTAL)
    assert sheet.rows(named, "Team") == [("Noord",), ("Noord",), ("Noord",), ("Zuid",)]


def test_a_column_set_per_moment_becomes_a_row_per_moment() -> None:
    sheet = OnSheet("Nr|Datum_T0|ADL_T0|Datum_T1|ADL_T1\na|1-1-22|3|1-7-22|4\nb|2-1-22|2||\n")
    named = sheet.shape(TWICE)
    assert sheet.rows(named, "Nr", "Datum", "ADL", "moment_label") == [
        ("a", "1-1-22", "3", "T0"),
        ("a", "1-7-22", "4", "T1"),
        ("b", "2-1-22", "2", "T0"),
    ]


def test_a_plain_name_beside_a_numbered_one_is_the_first_moment() -> None:
    sheet = OnSheet("Nr|Team|Datum|ADL|Datum (2)|ADL (2)\na|Noord|1-1-22|3|1-7-22|4\n")
    named = sheet.shape(Shape(repeat=Repeat(suffixes={"": "eerste", " (2)": "tweede"}, into="moment_label")))
    assert sheet.rows(named, "Team", "Datum", "moment_label") == [
        ("Noord", "1-1-22", "eerste"),
        ("Noord", "1-7-22", "tweede"),
    ]


def test_a_row_without_any_moment_stays_one_row() -> None:
    sheet = OnSheet("Nr|Datum_T0|Datum_T1\na|1-1-22|\nb||\n")
    assert sheet.rows(sheet.shape(TWICE), "Nr") == [("a",), ("b",)]


def test_a_crosstab_becomes_a_row_per_filled_cell_and_a_total_stays_one_line() -> None:
    sheet = OnSheet("Team|2021|2022\nNoord|10|20\nZuid||30\nTotaal|10|50\n")
    named = sheet.shape(YEARS, TOTAL)
    assert sheet.rows(named, "Team", "year", "amount_eur") == [
        ("Noord", "2021", "10"),
        ("Noord", "2022", "20"),
        ("Zuid", "2022", "30"),
    ]
    assert sheet.left_out(named) == [(4, "total")]


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (Shape(fill_down=["Wijk"]), "kolom 'Wijk' van fill_down ontbreekt"),
        (TWICE, "geen kolom heeft '_T0', '_T1' in zijn naam"),
        (YEARS, "geen kolom past bij"),
    ],
)
def test_a_shape_that_does_not_fit_is_told(shape: Shape, words: str) -> None:
    with pytest.raises(NotAsAgreed, match=words):
        OnSheet("Team|Jaar\nNoord|2022\n").shape(shape)
