"""How dates, numbers and totals of a file are written into the mapping, and what is asked first."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.init.styles import drop_totals, place_styles
from tests.intake.init.by_hand import asked, reading


def styled(table: str, columns: dict[str, list[str]], ours: dict[str, str], **replies: Any) -> tuple[dict, list[str]]:
    one = reading(table, columns, **replies)
    one.columns = dict(ours)
    place_styles(one)
    return one.entry["columns"], asked(one)


def test_a_dutch_date_needs_no_word_and_another_form_is_written_out() -> None:
    for cells, written in (
        (["13-1-2022", "1-2-2022"], "Dag"),
        (["2022-01-13", ""], {"from": "Dag", "date": ["yyyy-mm-dd"]}),
        (["1/13/2022", "2/1/2022"], {"from": "Dag", "date": ["m/d/yyyy"]}),
        (["", ""], "Dag"),
    ):
        assert styled("ladder", {"Dag": cells}, {"assessed_on": "Dag"}) == ({"assessed_on": written}, [])


def test_a_date_in_two_ways_is_asked_and_the_reply_is_written() -> None:
    cells = {"Dag": ["1-2-2022", "3-4-2022"]}
    assert styled("ladder", cells, {"assessed_on": "Dag"})[1] == ["datumvorm.dag"]
    said = styled("ladder", cells, {"assessed_on": "Dag"}, datumvorm__dag="m-d-yyyy")
    assert said == ({"assessed_on": {"from": "Dag", "date": ["m-d-yyyy"]}}, [])
    unknown = styled("ladder", {"Dag": ["lente", "zomer"]}, {"assessed_on": "Dag"})
    assert unknown[1] == ["datumvorm.dag"]


def test_a_day_to_come_is_no_day_of_an_assessment_and_may_be_the_end_of_a_course() -> None:
    cells = {"Dag": ["1-2-2027", "13-4-2027"]}
    assert styled("ladder", cells, {"assessed_on": "Dag"})[1] == ["datumvorm.dag"]
    assert styled("trajectories", cells, {"ended_on": "Dag"}) == ({"ended_on": "Dag"}, [])


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        (["12,5", "412.500"], "Uren"),
        (["12.5", "3"], {"from": "Uren", "number": {"decimal": ".", "thousands": ","}}),
        (["1 250,5", "3"], {"from": "Uren", "number": {"decimal": ",", "thousands": " "}}),
        (["veel", "weinig"], "Uren"),
    ],
)
def test_a_number_is_written_with_its_marks_where_they_are_not_dutch(cells: list[str], written: object) -> None:
    assert styled("trajectories", {"Uren": cells}, {"hours": "Uren"}) == ({"hours": written}, [])


def test_a_number_in_two_ways_is_asked() -> None:
    cells = {"Uren": ["412.500", "1.000"]}
    assert styled("trajectories", cells, {"hours": "Uren"})[1] == ["getalvorm.uren"]
    said, _ = styled("trajectories", cells, {"hours": "Uren"}, getalvorm__uren="punt")
    assert said["hours"] == {"from": "Uren", "number": {"decimal": ".", "thousands": ","}}
    assert styled("trajectories", cells, {"hours": "Uren"}, getalvorm__uren="komma")[0] == {"hours": "Uren"}


def without_totals(columns: dict[str, list[str]], ours: dict[str, str], **replies: Any) -> tuple[list, list, list[str]]:
    """What is dropped by the mapping, the rows that stay, and the open questions."""
    one = reading("costs" if "amount_eur" in ours else "ladder", columns, **replies)
    one.columns = dict(ours)
    drop_totals(one)
    return one.frame.get("drop_rows", []), one.grid.numbers, asked(one)


def test_a_total_where_the_key_of_a_client_stands_is_left_out_unasked() -> None:
    keys = [*(f"ZR1-{at}" for at in range(20)), "Totaal"]
    dropped, rows, open_ = without_totals({"Cliënt": keys}, {"client_key": "Cliënt"})
    assert dropped == [{"column": "Cliënt", "is": "Totaal", "as": "total"}]
    assert (rows, open_) == ([*range(2, 22)], [])


@pytest.mark.parametrize(("n_totals", "is_dropped"), [(1, True), (2, False)])
def test_words_on_one_key_in_ten_are_no_totals(n_totals: int, is_dropped: bool) -> None:
    keys = [*(f"ZR1-{at}" for at in range(18)), *["Totaal"] * n_totals]
    assert bool(without_totals({"Cliënt": keys}, {"client_key": "Cliënt"})[0]) == is_dropped


def test_a_total_of_another_table_is_asked_about() -> None:
    columns = {"Team": ["Noord", "Zuid", "Totaal"], "Bedrag": ["10", "20", "30"]}
    ours = {"team": "Team", "amount_eur": "Bedrag"}
    assert without_totals(columns, ours) == ([], [2, 3, 4], ["totalen.team"])
    dropped, rows, _ = without_totals(columns, ours, totalen__team="totaal")
    assert (dropped, rows) == ([{"column": "Team", "is": "Totaal", "as": "total"}], [2, 3])
    assert without_totals(columns, ours, totalen__team="telt mee")[:2] == ([], [2, 3, 4])


@pytest.mark.parametrize(
    ("teams", "amounts", "is_asked"),
    [
        (["Noord", "Zuid", "Alles"], ["10", "20", "30"], True),
        (["Noord", "Zuid", "Alles"], ["10", "20", "31"], False),
        (["Noord", "Alles", "Alles"], ["30", "10", "20"], False),  # of two words neither is the total of the other
        (["Noord", "Zuid", "Alles"], ["10", "?", "30"], False),
        (["Noord", "Zuid", ""], ["10", "20", "30"], False),
        (["Noord", "Zuid", "Oost"], ["0", "0", "0"], False),
    ],
)
def test_a_word_whose_rows_add_up_to_all_others_is_a_total_whatever_it_is_called(
    teams: list[str], amounts: list[str], is_asked: bool
) -> None:
    found = without_totals({"Team": teams, "Bedrag": amounts}, {"team": "Team", "amount_eur": "Bedrag"})
    assert (found[2] == ["totalen.team"]) == is_asked
