"""What names, dates, numbers and pseudonyms of a column say to `wijkbaat init`, each by itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.steps import NumberStyle
from data_contracts.vocabulary.field import LifeDomain
from pipelines.init.dates_found import dates_read, day_forms, looks_like_dates
from pipelines.init.domains_found import domains_of, only_numbered
from pipelines.init.grid import Grid, OneSheet
from pipelines.init.keys_found import pseudonym_pattern
from pipelines.init.kinds import Kind
from pipelines.init.numbers_found import bare_number, number_styles, plain_number
from pipelines.init.open_questions import example_reply, questions_text
from pipelines.init.questions import Question, Talk, WrongReply
from pipelines.init.shape_found import moments, stands_once
from pipelines.init.tables_found import best_table, fields_of, is_amount, is_scaled, rank, table_fit, years_in
from pipelines.intake.reading.sheets import Sheet

LAST = dt.date(2026, 3, 1)


# dates


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("21-03-04", {"d-m-yy": dt.date(2004, 3, 21), "yy-m-d": dt.date(2021, 3, 4)}),
        ("5-3-04", {"d-m-yy": dt.date(2004, 3, 5), "m-d-yy": dt.date(2004, 5, 3)}),
        ("05-03-04", {
            "d-m-yy": dt.date(2004, 3, 5), "m-d-yy": dt.date(2004, 5, 3), "yy-m-d": dt.date(2005, 3, 4),
        }),
        ("13/12/2021", {"d/m/yyyy": dt.date(2021, 12, 13)}),
        ("12/13/2021", {"m/d/yyyy": dt.date(2021, 12, 13)}),
        ("2021-02-30", {}),
        ("2021-02-28", {"yyyy-mm-dd": dt.date(2021, 2, 28)}),
        ("20210228", {"yyyymmdd": dt.date(2021, 2, 28)}),
        ("28022021", {"ddmmyyyy": dt.date(2021, 2, 28)}),
        ("28 maart 2021", {"d mmm yyyy": dt.date(2021, 3, 28)}),
        ("28-mrt-21", {"d-mmm-yy": dt.date(2021, 3, 28)}),
        ("44197", {"serial": dt.date(2021, 1, 1)}),
        ("44197,75", {"serial": dt.date(2021, 1, 1)}),
        ("2021-02-28 13:45", {"yyyy-mm-dd": dt.date(2021, 2, 28)}),
        ("31-12-9999", {"d-m-yyyy": dt.date(9999, 12, 31)}),
        ("1-1-2100", {}),
        ("31-12-1989", {}),
        ("1-3-70", {}),
        ("1-3-89", {}),
        ("1-3-90", {"d-m-yy": dt.date(1990, 3, 1), "m-d-yy": dt.date(1990, 1, 3)}),
        ("Noord", {}),
    ],
)  # fmt: skip
def test_a_text_is_every_day_that_it_may_be(text: str, forms: dict[str, dt.date]) -> None:
    assert day_forms(text, LAST) == forms


def test_two_digits_of_a_year_below_seventy_are_of_this_century() -> None:
    far = dt.date(2080, 1, 1)
    assert day_forms("31-12-69", far)["d-m-yy"] == dt.date(2069, 12, 31)
    assert "d-m-yy" not in day_forms("31-12-70", far)


def readings(*cells: str) -> list[tuple[str, ...]]:
    return list(dates_read(cells, LAST).readings)


def test_one_day_after_the_twelfth_decides_a_column() -> None:
    assert readings("1-2-2021", "3-4-2021") == [("d-m-yyyy",), ("m-d-yyyy",)]
    assert readings("1-2-2021", "13-4-2021") == [("d-m-yyyy",)]
    assert readings("1/2/2021", "4/13/2021") == [("m/d/yyyy",)]
    assert readings("3-3-2021", "4-4-2021") == [("d-m-yyyy",)]


def test_years_that_stand_first_are_found_where_no_other_order_reads_them() -> None:
    assert readings("21-03-04", "21-12-31", "22-01-30") == [("yy-m-d",)]
    assert readings("21-03-04", "22-03-05") == [("d-m-yy",), ("yy-m-d",)]


def test_a_stray_text_in_twenty_leaves_a_reading_and_one_in_ten_takes_it() -> None:
    good = [f"13-{at:02}-2021" for at in range(1, 13)] + [f"14-{at:02}-2021" for at in range(1, 8)]
    assert readings(*good, "1/13/2021") == [("d-m-yyyy",)]
    assert readings(*good[:9], "1/13/2021") == []
    read = dates_read([*good, "onbekend", ""], LAST)
    assert (read.rows, read.unread, read.has_halves) == (20, 1, False)
    assert dates_read(["1/13/2021 1:00 PM"], LAST).has_halves


def test_a_column_is_of_dates_where_nine_of_ten_texts_are() -> None:
    days = [f"13-{at:02}-2021" for at in range(1, 10)]
    assert looks_like_dates([*days, "onbekend"], LAST)
    assert not looks_like_dates([*days[:8], "onbekend"], LAST)
    assert not looks_like_dates(["44197", "44198"], LAST) and not looks_like_dates(["", ""], LAST)


# numbers


@pytest.mark.parametrize(
    ("text", "bare"),
    [("€ 1.250,50", "1.250,50"), ("1.250,-", "1.250"), ("(12,5)", "-12,5"), ("12,5-", "-12,5"), ("- 12", "-12"),
     ("12 EUR", "12"), ("1\u00a0250", "1 250"), ("12,--", "12")],
)  # fmt: skip
def test_an_amount_without_its_decoration(text: str, bare: str) -> None:
    assert bare_number(text) == bare


def test_a_point_and_three_digits_can_be_read_in_two_ways_until_another_row_decides() -> None:
    dutch, english = NumberStyle(), NumberStyle(decimal=".", thousands=",")
    assert number_styles(["412.500", "1.000"]) == [dutch, english]
    assert number_styles(["412.500", "12,5"]) == [dutch]
    assert number_styles(["412.500", "12.5"]) == [english]
    assert number_styles(["412.500,-"]) == [dutch]
    assert number_styles(["12", "13"]) == [dutch]


def test_a_word_among_ten_numbers_does_not_count_and_two_do() -> None:
    numbers = [str(at) for at in range(9)]
    assert number_styles([*numbers, "onbekend"]) == [NumberStyle()]
    assert number_styles([*numbers[:8], "onbekend", "geen"]) == []
    assert plain_number("1.250,50") == Decimal("1250.50")
    assert plain_number("twaalf") is None


# pseudonyms


def keys(n: int, form: str = "ZR1-{:06}") -> list[str]:
    return [form.format(at) for at in range(n)]


def hashes(n: int, letter: str = "a") -> list[str]:
    return [f"{letter}{at:011}" for at in range(n)]


def test_pseudonyms_have_a_prefix_a_set_of_letters_and_a_length_in_common() -> None:
    assert pseudonym_pattern(keys(40, "ZR1-ab{:04}"), []) == "ZR1-[a-f0-9]{6}"
    assert pseudonym_pattern(keys(20, "A-xy{:04}") + keys(20, "B-xy{:03}"), []) == "(A-|B-)[a-z0-9]{5,6}"
    assert pseudonym_pattern(hashes(40), []) == "[a-f0-9]{12}"


def test_one_key_of_another_length_in_thirty_is_no_form_and_two_of_twenty_are() -> None:
    assert pseudonym_pattern([*hashes(30), "a" * 15], []) == "[a-f0-9]{12}"
    assert pseudonym_pattern([*hashes(18), "a" * 15, "b" * 15], []) == "[a-f0-9]{12,15}"


def test_nine_of_ten_with_a_prefix_are_a_form_and_half_are_not() -> None:
    assert pseudonym_pattern([*keys(27, "ZR1-ab{:04}"), "x", "y", "z"], []) == "ZR1-[a-f0-9]{6}"
    with pytest.raises(StudyError, match="geen pseudoniemen met een vaste vorm"):
        pseudonym_pattern([*keys(20, "ZR1-ab{:04}"), *(f"x{at}" for at in range(20))], [])


def test_plain_numbers_are_refused_as_such() -> None:
    with pytest.raises(StudyError, match="gewone nummers"):
        pseudonym_pattern([str(1_000 + at) for at in range(40)], [])
    # Long numbers are no hashes either, also where one in ten has a letter.
    with pytest.raises(StudyError, match="gewone nummers"):
        pseudonym_pattern([str(10**11 + 7 * at) for at in range(36)] + hashes(4), [])


def test_one_pseudonym_in_two_ways_of_writing_is_a_slip_and_one_in_ten_a_habit() -> None:
    few, many = hashes(40), hashes(40)
    assert pseudonym_pattern([*few, "A" + few[0][1:]], [*few, "A" + few[0][1:]])
    with pytest.raises(StudyError, match="4 pseudoniemen komen twee keer voor"):
        pseudonym_pattern(many, [*many, *("A" + one[1:] for one in many[:4])])


# names of columns


def test_thirteen_numbers_in_a_row_are_the_domains_and_twelve_or_a_gap_are_not() -> None:
    named = [f"ZRM{at}" for at in range(1, 14)]
    assert only_numbered(["Datum", *named]) == named
    assert only_numbered(named[:11]) == named[:11]
    assert only_numbered(named[:12]) == only_numbered([*named[:10], "ZRM12"]) == []
    assert only_numbered([named[1], named[0], *named[2:]]) == []


def test_short_names_count_where_a_list_of_five_fits() -> None:
    short = ["ZRM_fin", "ZRM_dagb", "ZRM_huisv", "ZRM_versl", "ZRM_adl"]
    assert set(domains_of(short).values()) >= {LifeDomain.FINANCES, LifeDomain.HOUSING, LifeDomain.ADDICTION}
    assert domains_of(short[:4]) == {"ZRM_fin": LifeDomain.FINANCES}  # a name in full
    assert domains_of(["Financiën", "Datum"]) == {"Financiën": LifeDomain.FINANCES}
    assert domains_of(["Financiën gewenst"]) == {}


def test_what_spss_says_of_a_variable_counts_where_its_name_says_nothing() -> None:
    labels = {"v1": "Financiën", "Huisvesting": "Justitie", "v9": "ADL"}
    assert domains_of(["v1", "Huisvesting"], labels) == {"v1": LifeDomain.FINANCES, "Huisvesting": LifeDomain.HOUSING}


def test_the_table_that_fits_best_and_none_between_equals() -> None:
    assert best_table({"costs": 3, "ladder": 2}) == "costs"
    assert best_table({"costs": 3}) == "costs"
    assert best_table({"costs": 0, "ladder": 0}) is None
    assert best_table({}) is None
    assert best_table({"ladder": 3, "events": 3}) is None
    assert best_table({"ladder": 3, "provisions": 3}) == "provisions"


def test_of_the_columns_that_may_fill_a_field_the_most_certain_name_goes_first_and_each_fills_one() -> None:
    names = ["Datum", "Afnamedatum", "Team", "Client", "Wijkteam", "Iets"]
    assert fields_of(names, "assessments") == {
        "client_key": ["Client"],
        "assessed_on": ["Afnamedatum", "Datum"],
        "team": ["Wijkteam", "Team"],
    }
    assert fields_of(["v1", "v2"], "assessments", {"v1": "Cliëntnummer", "v2": "zomaar"}) == {"client_key": ["v1"]}


def test_a_table_fits_by_its_fields_where_one_of_them_tells_it_from_the_others() -> None:
    assert table_fit(["Client", "Datum", "Leefgebied", "Score"], "assessments") == 4
    assert table_fit(["Client", "Datum", "Leefgebied"], "assessments") == 0
    assert table_fit(["Client", "Datum", "Trede"], "ladder") == 3
    assert table_fit(["Client", "Trede"], "ladder") == 0  # the day is required
    assert table_fit(["Client", "Datum"], "ladder") == 0


def test_columns_called_after_years_are_a_crosstab_from_two() -> None:
    assert years_in(["Team", "2021", " 2022 ", "1899", "20211"]) == ["2021", " 2022 "]
    assert years_in(["Team", "2021"]) == []


def test_a_second_column_of_a_name_counts_as_the_first_and_lost_accents_as_found() -> None:
    known = ("datum afname", "cliëntnummer", "datum")
    folded_known = ("datum afname", "clientnummer", "datum")
    assert rank("Datum (2)", folded_known) == 2 and rank("Datum_afname", folded_known) == 0
    assert rank("Cli?ntnummer", known) == 1
    assert rank("Cliëntnummer1", folded_known) == 1 and rank("Wijk", folded_known) is None


def test_an_amount_says_so_and_says_when_it_is_no_euros() -> None:
    assert all(map(is_amount, ("Gerealiseerd bedrag", "Kosten (€)", "totaal_euro")))
    assert not any(map(is_amount, ("Aantal", "Kostensoort", "Europa")))
    assert all(map(is_scaled, ("Bedrag x 1.000", "Kosten in miljoenen", "bedrag_cent")))
    assert not any(map(is_scaled, ("Bedrag", "Centrum")))


def test_sets_of_columns_per_moment_have_three_domains_each() -> None:
    three = ("Financiën", "Huisvesting", "ADL")
    assert moments([f"{name} T{at}" for at in (0, 1) for name in three]) == {" T0": "T0", " T1": "T1"}
    assert moments([*three, *(f"{name} (2)" for name in three)]) == {"": "1", " (2)": "2"}
    assert moments([f"{name} T{at}" for at in (0, 1) for name in three[:2]]) == {}
    assert moments([f"{name} T0" for name in three]) == {}


# rows


def grid(**columns: list[str]) -> Grid:
    n = len(next(iter(columns.values())))
    return Grid(columns, list(range(2, n + 2)), [0] * n)


def test_a_key_that_stands_once_takes_along_what_is_empty_where_it_is() -> None:
    rows = grid(key=["a", "", "b", ""], day=["1", "", "2", ""], team=["N", "N", "Z", "Z"], none=["", "", "", ""],
                domain=["x", "y", "x", "y"])  # fmt: skip
    assert stands_once(rows, "key", ["day", "team", "none"], "domain") == ["key", "day"]
    assert stands_once(grid(key=["a", "b"], domain=["x", "x"]), "key", [], "domain") == []
    # No key on the first row, or a domain that comes back under one key: nobody knows where a record ends.
    assert stands_once(grid(key=["", "b"], domain=["x", "x"]), "key", [], "domain") is None
    assert stands_once(grid(key=["a", "", ""], domain=["x", "y", "x"]), "key", [], "domain") is None


def test_rows_that_are_kept_keep_their_numbers() -> None:
    rows = grid(key=["a", "", "b"])
    assert (rows.height, rows.filled("key"), dict(rows.counts("key"))) == (3, 2, {"a": 1, "b": 1})
    rows.keep([2, 0])
    assert (rows.columns, rows.numbers, rows.height) == ({"key": ["b", "a"]}, [4, 2], 2)


# questions


def test_several_files_of_a_kind_are_named_by_the_first_and_the_number_of_others() -> None:
    sheets = [OneSheet(f"{name}.csv", Sheet("", iter(())), "t", 1, True, False) for name in "abc"]
    assert Kind("zrm", "*", sheets, [1], []).label == "a.csv en nog 2"
    assert Kind("zrm", "*", sheets[:2], [1], []).label == "a.csv en nog 1"
    assert Kind("zrm", "*", sheets[:1], [1], []).label == "a.csv"


def test_a_wrong_reply_is_told_the_choices() -> None:
    choice = Question("soort", "Welke?", {"a": "", "b": ""})
    with pytest.raises(WrongReply, match=r"Kies uit: a, b\."):
        choice.understood("c")
    with pytest.raises(WrongReply, match="Geef één antwoord"):
        Question("naam", "Hoe?").understood(["x", "y"])
    assert choice.understood("B") == "b"
    parts = Question("delen", "Wat?", {"ja": "", "nee": ""}, parts=("x", "y"))
    assert parts.understood("ja") == {"x": "ja", "y": "ja"}
    assert parts.understood({"x": True, "y": False}) == {"x": "ja", "y": "nee"}
    with pytest.raises(WrongReply, match="voor 'y' staat er geen antwoord"):
        parts.understood({"x": "ja"})
    with pytest.raises(WrongReply, match="'z' komt hier niet voor"):
        parts.understood({"x": "ja", "y": "ja", "z": "ja"})
    several = Question("meer", "Welke?", {"a": "", "b": ""}, several=True)
    assert several.understood("alle") == ["a", "b"] and several.understood("a") == ["a"]


def test_the_open_questions_end_with_an_example_of_the_first() -> None:
    talk = Talk({})
    talk.reply(Question("soort", "Welke?", {"a": ""}))
    talk.reply(Question("delen", "Wat?", {"a": ""}, parts=("x", "y")))
    assert questions_text(talk).startswith("2 vragen moeten")
    assert questions_text(talk).endswith("Bijvoorbeeld:\n    soort: ...")
    assert example_reply(talk.open[1]) == "delen: {'x': ..., 'y': ...}"
    alone = Talk({})
    alone.reply(Question("soort", "Welke?", {"a": ""}))
    assert questions_text(alone).startswith("1 vraag moet")
