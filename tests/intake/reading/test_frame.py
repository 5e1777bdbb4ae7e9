"""Where the table stands in a sheet, and which lines are no records."""

import time

import pytest

from data_contracts.mapping.steps import DropRow, Frame
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.sheets import DATE, NUMBER, TEXT, Merged
from tests.intake.reading.sheet import OnSheet, mapping_of

TOTAL = Frame(drop_rows=[DropRow.model_validate({"column": "Team", "is": "totaal*", "as": "total"})])


def test_titles_above_the_header_are_no_rows() -> None:
    sheet = OnSheet("Uitdraai ZRM\n\nTeam|Jaar\nNoord|2022\n")
    named = sheet.frame(Frame(header_rows=[3]))
    assert sheet.rows(named, "Team", "Jaar") == [("Noord", "2022")]


def test_two_header_rows_make_one_name_over_merged_cells() -> None:
    sheet = OnSheet("Nummer|Instroom|||\n|Financiën|Huisvesting|Team|\n1|2|3|Zuid|\n", is_text=False)
    named = sheet.frame(Frame(header_rows=[1, 2]), merged=[Merged(1, 1, 1, 2)])
    assert list(named.columns) == ["Nummer", "Instroom Financiën", "Instroom Huisvesting", "Instroom Team"]


def test_without_merged_cells_a_group_reaches_to_the_next_group() -> None:
    sheet = OnSheet("Nummer|Instroom||Uitstroom|\n|Financiën|ADL|Financiën|ADL\n1|2|3|4|5\n")
    named = sheet.frame(Frame(header_rows=[1, 2]))
    assert list(named.columns) == [
        "Nummer",
        "Instroom Financiën",
        "Instroom ADL",
        "Uitstroom Financiën",
        "Uitstroom ADL",
    ]


def test_double_nameless_and_empty_columns() -> None:
    sheet = OnSheet("Datum|Datum||Team|||\n1-1-2022|2-1-2022|x|Noord|||\n")
    assert list(sheet.frame().columns) == ["Datum", "Datum (2)", "kolom 3", "Team"]


def test_totals_and_footnotes_are_left_out_and_told() -> None:
    sheet = OnSheet("Team|Jaar\nNoord|2022\nTotaal 2022|2022\nTOTAAL|\nBron: het ECD|\n")
    named = sheet.frame(TOTAL.model_copy(update={"footnotes": True}))
    assert sheet.rows(named, "Team") == [("Noord",)]
    assert sheet.left_out(named) == [(3, "total"), (4, "total"), (5, "footnote")]


def test_a_header_that_comes_back_is_no_row_and_one_in_another_order_puts_the_rows_below_it_right() -> None:
    sheet = OnSheet("Team|Jaar\nNoord|2022\nTeam|Jaar\nZuid|2022\nJaar|Team\n2023|Noord\n")
    named = sheet.frame()
    assert sheet.rows(named, "Team", "Jaar") == [("Noord", "2022"), ("Zuid", "2022"), ("Noord", "2023")]
    assert [number for number, _ in sheet.left_out(named)] == [3, 5]


@pytest.mark.parametrize(
    ("row", "readable"), [("Zuid|2022", True), ("Zuid", False), ("Zuid|2022|", True), ("Zuid|2022|x", False)]
)
def test_a_row_of_a_text_file_that_is_shorter_or_longer_than_its_header_is_unreadable(row: str, readable: bool) -> None:
    sheet = OnSheet(f"Team|Jaar\nNoord|2022\n{row}\n")
    assert len(sheet.rows(sheet.frame(), "Team")) == 1 + readable


def test_a_workbook_may_have_short_rows() -> None:
    sheet = OnSheet("Team|Jaar\nNoord|2022\nZuid\n", is_text=False)
    assert sheet.rows(sheet.frame(), "Team", "Jaar") == [("Noord", "2022"), ("Zuid", None)]


def test_hard_spaces_around_a_cell_go() -> None:
    sheet = OnSheet("Team|Jaar\n\u00a0Noord\u00a0|2022\n\u00a0|2023\n")
    assert sheet.rows(sheet.frame(), "Team") == [("Noord",), (None,)]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (Frame(header_rows=[9]), "op regel 9 staat geen kopregel"),
        (
            Frame(drop_rows=[DropRow.model_validate({"column": "Wijk", "is": "x", "as": "other"})]),
            "kolom 'Wijk' van drop_rows",
        ),
    ],
)
def test_a_frame_that_does_not_fit_is_told(frame: Frame, words: str) -> None:
    with pytest.raises(NotAsAgreed, match=words):
        OnSheet("Team|Jaar\nNoord|2022\n").frame(frame)


def test_typed_cells_are_written_in_the_style_of_their_column() -> None:
    mapping = mapping_of(
        """
        table: provisions
        columns:
          client_key: Nummer
          product: Product
          law: Wet
          started_on: {from: Start, date: [dd-mm-yyyy]}
          ended_on: {from: Eind, date: [serial]}
          amount_eur: Bedrag
        """.replace("\n        ", "\n")
    )
    sheet = OnSheet(
        "Nummer|Product|Wet|Start|Eind|Bedrag\n"
        "7.0|3.5|Wmo|2024-01-31 23:30:00+00:00|2024-02-29|412.5\n"
        "8|x|Wmo|31-01-2024|45351|412.500\n",
        kinds={2: "nntmdn", 3: "tttttt"},
        is_text=False,
    )
    assert sheet.rows(sheet.frame(mapping=mapping), *mapping.read_columns) == [
        ("7", "3.5", "Wmo", "01-02-2024", "2024-02-29", "412,5"),
        ("8", "x", "Wmo", "31-01-2024", "45351", "412.500"),
    ]


def test_a_sheet_of_many_columns_is_framed_in_seconds_with_every_cell_as_in_a_narrow_one() -> None:
    names = [f"Vraag {at}" for at in range(600)]
    sheet = OnSheet("|".join(names) + "\n" + "|".join(f" {at} " if at % 3 else "" for at in range(600)) + "\n")
    started = time.process_time()
    named = sheet.frame()
    assert sheet.rows(named, *names) == [tuple(str(at) if at % 3 else None for at in range(600))]
    assert time.process_time() - started < 8  # one expression per column takes over half a minute


def test_a_typed_cell_is_written_alike_in_a_sheet_of_few_and_of_many_columns() -> None:
    names, cells = ["Team", "Jaar", "Soort", "Bedrag"], ["Noord", "2022-03-04", "x", "412.5"]
    written = []
    for more in (0, 100):
        line, header = [*cells, *["9"] * more], [*names, *(f"Vraag {at}" for at in range(more))]
        kinds = {2: TEXT + DATE + TEXT + NUMBER + NUMBER * more}
        sheet = OnSheet("|".join(header) + "\n" + "|".join(line) + "\n", kinds=kinds, is_text=False)
        written.append(sheet.rows(sheet.frame(), *names))
    assert written[0] == written[1] == [("Noord", "2022-03-04", "x", "412,5")]
