"""What tells records of a file apart: a number of their own, a column that nobody asked for, a second telling."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.init.frame_found import footnotes, goal_in_title, header_rows, is_recognised
from pipelines.init.grid import Top
from pipelines.init.record_found import place_record
from pipelines.init.repeated import ask_repeated
from pipelines.init.telling_rows import place_roles
from tests.intake.init.by_hand import asked, grid, reading

KEYS, DAYS = ["A", "A", "B"], ["1-1-2022", "1-2-2022", "1-3-2022"]
OURS = {"client_key": "Wie", "assessed_on": "Dag"}


def numbered(cells: list[str], name: str = "Formulier id", keys: list[str] | None = None, **replies: Any) -> str | None:
    """The column of the number of a record; 'open' while it is asked."""
    rows = {"Wie": keys or KEYS, "Dag": DAYS, name: cells}
    one = reading("ladder", rows, **replies)
    one.columns = dict(OURS)
    place_record(one)
    certain = [question for question in one.talk.questions.values() if question.certain is not None]
    return one.columns.get("record_id") or ("asked" if one.talk.questions and not certain else None)


@pytest.mark.parametrize(
    ("cells", "name", "keys", "found"),
    [
        (["71", "83", "72"], "Formulier id", None, "Formulier id"),
        (["71", "83", "72"], "Meting nr", None, "Meting nr"),
        (["71", "83", "72"], "Registratienummer", None, "Registratienummer"),
        (["71", "83", "72"], "Volgnr", None, "asked"),  # of what, its name does not say
        (["71", "83", "72"], "Formulier id", ["A", "B", "C"], "asked"),  # nobody has a second record
        (["71", "83", "72"], "Dossiernummer", None, None),  # of something else than the record
        (["71", "83", "72"], "Wijk", None, None),
        (["71", "83", ""], "Formulier id", None, None),
        (["71", "83", "71"], "Formulier id", None, None),  # one number for two clients
        (["71", "71", "72"], "Formulier id", None, None),  # one number for two records
        (["1", "2", "3"], "Formulier id", None, None),  # that numbers the rows
        (["0", "1", "2"], "Formulier id", None, None),
        (["2", "3", "4"], "Formulier id", None, "Formulier id"),
        (["1", "2", "4"], "Formulier id", None, "Formulier id"),
        (["a1", "a2", "a3"], "Formulier id", None, "Formulier id"),
    ],
)
def test_a_number_of_a_record_says_so_and_each_record_has_its_own(
    cells: list[str], name: str, keys: list[str] | None, found: str | None
) -> None:
    assert numbered(cells, name, keys) == found


def test_a_reply_names_the_number_or_says_that_there_is_none() -> None:
    assert numbered(["71", "83", "72"], "Volgnr", nummer="Volgnr") == "Volgnr"
    assert numbered(["71", "83", "72"], nummer="geen") is None


def test_without_a_day_nobody_has_a_second_record() -> None:
    one = reading("ladder", {"Wie": KEYS, "Formulier id": ["71", "83", "72"]})
    one.columns = {"client_key": "Wie"}
    place_record(one)
    assert "record_id" not in one.columns
    assert [question.certain for question in one.talk.questions.values()] in ([], [None])


def test_a_long_file_has_one_number_per_set_of_scores() -> None:
    rows = {"Wie": ["A", "A", "A", "A"], "Dag": ["1-1-2022"] * 2 + ["1-2-2022"] * 2, "Domein": ["x", "y"] * 2}
    for cells, found in ((["7", "7", "9", "9"], "Id"), (["7", "8", "9", "6"], None), (["7", "7", "7", "7"], None)):
        one = reading("assessments", {**rows, "Id": cells}, nummer="Id")
        one.columns = {**OURS, "life_domain": "Domein"}
        place_record(one)
        assert one.columns.get("record_id") == found
        assert one.entry.get("record") == (["record_id"] if found else None)


def twice(keys: list[str], steps: list[str], sources: list[int], **replies: Any) -> tuple[list[int], dict, list[str]]:
    """The rows that stay, what the entry says of records told twice, and the open questions."""
    one = reading("ladder", {"Wie": keys, "Dag": ["1-1-2022"] * len(keys), "Trede": steps}, sources, **replies)
    one.columns = {**OURS, "ladder_step": "Trede"}
    ask_repeated(one)
    return one.grid.numbers, one.entry, asked(one)


@pytest.mark.parametrize(
    ("keys", "steps", "sources", "is_asked"),
    [
        (["A", "A"], ["2", "3"], [0, 1], True),
        (["A", "A"], ["2", "2"], [0, 1], False),
        (["A", "B"], ["2", "3"], [0, 1], False),
        (["", ""], ["2", "3"], [0, 1], False),
        (["A", "A", "B"], ["2", "3", "4"], [0, 0, 1], False),  # within one file: the intake judges that
        (["A", "A", "A", "A"], ["2", "3", "2", "3"], [0, 0, 1, 1], False),  # both files tell both
        (["A", "A", "A"], ["2", "3", "2"], [0, 0, 1], True),
    ],
)
def test_a_record_that_two_files_tell_differently_is_asked_about(
    keys: list[str], steps: list[str], sources: list[int], is_asked: bool
) -> None:
    assert (twice(keys, steps, sources)[2] == ["dubbel"]) == is_asked


def test_of_records_told_twice_all_count_or_the_last_file_or_one_file_not() -> None:
    told = (["A", "B", "A"], ["2", "4", "3"], [0, 0, 1])
    assert twice(*told, dubbel="apart")[:2] == ([2, 3, 4], {"repeated": "apart"})
    assert twice(*told, dubbel="laatste")[:2] == ([2, 3, 4], {"repeated": "last_file"})
    assert twice(*told, dubbel="zonder a.csv")[:2] == ([4], {})
    assert twice(*told, dubbel="zonder b.csv")[:2] == ([2, 3], {})


def roles(
    cells: list[str], name: str = "Status", table: str = "ladder", **replies: Any
) -> tuple[list, list, list[str]]:
    """What the entry says of rows, the rows that stay, and the open questions."""
    rows = {"Wie": ["A"] * len(cells), "Dag": ["1-1-2022"] * len(cells), name: cells}
    one = reading(table, rows, **replies)
    one.columns = dict(OURS)
    place_roles(one)
    return one.entry.get("rows", []), one.grid.numbers, asked(one)


def test_equal_keys_with_another_word_beside_them_are_asked_about() -> None:
    assert roles(["nieuw", "oud"]) == ([], [2, 3], ["regels.status"])
    assert roles(["nieuw", "nieuw"])[2] == [] and roles(["", ""])[2] == []


def test_rows_that_do_not_count_have_no_say_in_what_follows() -> None:
    said, rows, _ = roles(
        ["nieuw", "oud", ""], regels__status={"nieuw": "telt mee", "oud": "weglaten", "(leeg)": "telt mee"}
    )
    (role,) = said
    assert role["column"] == "Status" and role["values"]["oud"] == {"leave_out": "oud"} and "empty" in role
    assert rows == [2, 4]
    assert roles(["nieuw", "oud"], regels__status="zegt niets") == ([{"column": "Status", "same": True}], [2, 3], [])


def test_a_word_for_a_goal_a_rater_or_an_edition_becomes_what_it_means() -> None:
    words = ["doel", "zelf", "medewerker", "2017", "meting"]
    replies = dict(zip(words, ["doel", "cliënt", "professional", "zrm_2017", "meting"], strict=True))
    (role,), rows, _ = roles(words, "Soort score", "assessments", **{"regels__soort-score": replies})
    assert role["values"] == {
        "doel": {"score_kind": "goal"},
        "zelf": {"rater_type": "client"},
        "medewerker": {"rater_type": "professional"},
        "2017": {"edition": "zrm_2017"},
        "meting": {"score_kind": "measured"},
    }
    assert rows == [3, 4, 5, 6]


NAMES = ["Cliëntnummer", "Datum afname", "Financiën", "Huisvesting"]
ROW = ["ZR1-A", "1-1-2022", "3", "4"]
GROUPS, DOMAINS = ["", "", "Instroom", "", "", "Uitstroom"], ["Financiën", "Huisvesting", "ADL"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([NAMES, ROW], [1]),
        ([["Overzicht", "", "", ""], NAMES, ROW], [2]),
        ([["Overzicht", "", "", ""], ["a", "b", "c", "d"], ROW], [2]),  # no name that we know: the widest
        ([["a", "b", "", ""], ["1", "2", "3", "4"]], [1]),
        ([], [1]),
        ([["", "", "Financiën", "", "Huisvesting", ""], ["", "", "T0", "T1", "T0", "T1"], ROW], [1, 2]),
        ([["", "", "Financiën", "Huisvesting"], ["", "", "1", "2"], ROW], [1]),  # scores, no names of moments
        ([GROUPS, [*NAMES[:2], *DOMAINS, *DOMAINS], ROW], [1, 2]),
        ([GROUPS, [*NAMES[:2], *DOMAINS], ROW], [2]),
    ],
)  # fmt: skip
def test_the_header_is_the_row_with_most_names_that_we_know_or_two_rows_that_name_together(
    rows: list[list[str]], found: list[int]
) -> None:
    assert header_rows(Top([*enumerate(rows, 1)])) == found


def test_a_header_shows_two_names_that_we_know_and_a_title_may_speak_of_a_goal() -> None:
    assert is_recognised(["Cliëntnummer", "Datum afname", "x"]) and not is_recognised(["Cliëntnummer", "x"])
    assert goal_in_title("zrm_gewenst_2022.csv") and not goal_in_title("zrm_2022.csv")


@pytest.mark.parametrize(
    ("last", "n"),
    [(["bron: x", "", ""], 1), (["", "", ""], 1), (["bron", "2", ""], 0), (["", "x", ""], 0), (["", "", "x"], 0)],
)
def test_lines_at_the_end_that_fill_the_first_column_only_are_footnotes(last: list[str], n: int) -> None:
    rows = zip(["A", "1", "2"], ["B", "3", "4"], last, strict=True)
    assert footnotes(grid({name: list(cells) for name, cells in zip("abc", rows, strict=True)})) == n
    two = zip(["A", "1"], last[:2], strict=True)
    assert footnotes(grid({name: list(cells) for name, cells in zip("ab", two, strict=True)})) == 0
