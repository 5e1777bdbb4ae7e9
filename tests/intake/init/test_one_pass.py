"""One delivery each, and what `wijkbaat init` makes of it: the plain cases, in which a wrong turn shows at once."""

from __future__ import annotations

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide
from tests.intake.init.shapes import beside_each_other, changed, in_long_form, with_column, workbook

PEOPLE = assessments(11, n_clients=6)
ROWS = wide(PEOPLE)


def test_a_plain_file_asks_nothing() -> None:
    found = init({"zrm.csv": csv(ROWS)})
    assert found.zrm == truth(PEOPLE)
    assert not found.questions and not found.refused and not found.told
    # Dutch dates and numbers are what is read unsaid.
    assert "date:" not in found.mapping and "number:" not in found.mapping


def test_a_total_under_the_clients_is_no_client_and_no_question() -> None:
    found = init({"zrm.csv": csv([*ROWS, ["Totaal", "", "", *["90"] * len(DOMAINS_2013)]])})
    assert found.zrm == truth(PEOPLE)
    assert "Totaal" in found.mapping


def test_american_dates_are_written_in_the_mapping() -> None:
    found = init({"zrm.csv": csv(wide(PEOPLE, "%m/%d/%Y"))})
    assert found.zrm == truth(PEOPLE)
    assert "m/d/yyyy" in found.mapping


def test_moments_beside_each_other_are_rows_when_each_has_a_day() -> None:
    rows = beside_each_other(PEOPLE, "{name} {moment}", ["T0", "T1"])
    assert init({"zrm.csv": csv(rows)}).zrm == truth(PEOPLE)
    without = changed(rows, "Datum T1", lambda at, day: "" if at < 3 else day)
    told = init({"zrm.csv": csv(without)})
    assert "niet elke meting heeft een datum" in told.refused
    # A single gap is a fault of that row and not of the file.
    many = assessments(12, n_clients=40)
    gap = changed(
        beside_each_other(many, "{name} {moment}", ["T0", "T1"]), "Datum T1", lambda at, day: "" if at == 3 else day
    )
    assert "niet elke meting heeft een datum" not in init({"zrm.csv": csv(gap)}).refused


def keys_once(rows: list[list[str]], every: int) -> list[list[str]]:
    """The first three cells on the first row of a record only."""
    return [rows[0], *([*(row[:3] if at % every == 0 else ["", "", ""]), *row[3:]] for at, row in enumerate(rows[1:]))]


def test_keys_that_stand_once_are_filled_down() -> None:
    found = init({"zrm.csv": csv(keys_once(in_long_form(PEOPLE), len(DOMAINS_2013)))})
    assert found.zrm == truth(PEOPLE) and not found.questions
    assert "fill_down" in found.mapping


def test_keys_that_miss_without_a_pattern_are_asked_about_and_done_as_said() -> None:
    """A domain comes back under one key: the rows below may be of anybody."""
    rows = keys_once(in_long_form(PEOPLE), 2 * len(DOMAINS_2013))
    assert "doorvullen.zrm" in init({"zrm.csv": csv(rows)}).questions
    filled = init({"zrm.csv": csv(rows)}, doorvullen__zrm="ja")
    assert "fill_down" in filled.mapping
    assert "fill_down" not in init({"zrm.csv": csv(rows)}, doorvullen__zrm="nee").mapping


def test_a_record_in_two_files_counts_once_and_one_that_they_tell_differently_is_asked_about() -> None:
    half = csv(ROWS[:8])
    assert init({"zrm_2022.csv": half, "zrm_2023.csv": csv(ROWS)}).zrm == truth(PEOPLE)
    other = changed(ROWS, "Financiën", lambda at, score: str(6 - int(score)) if at == 2 else score)
    files = {"zrm_2022.csv": half, "zrm_2023.csv": csv([other[0], *[row for row in other[1:] if row != ROWS[1]]])}
    assert list(init(files).questions) == ["dubbel.zrm-2022"]
    assert init({"zrm_2023.csv": csv(other)}).questions == {}


def test_of_two_sheets_with_measurements_those_count_that_are_named() -> None:
    other = wide(assessments(13, n_clients=4))
    book = workbook({"2022": ROWS, "2023": other})
    assert list(init({"zrm.xlsx": book}).questions) == ["bladen.zrm"]
    assert init({"zrm.xlsx": book}, bladen__zrm=["2022"]).zrm == truth(PEOPLE)
    both = init({"zrm.xlsx": book}, bladen__zrm=["2022", "2023"])
    assert both.zrm is not None and both.zrm[0] == len(ROWS) - 1 + len(other) - 1
    # A hidden sheet is not read unasked.
    assert init({"zrm.xlsx": workbook({"2022": ROWS, "2023": other}, hidden=["2023"])}).zrm == truth(PEOPLE)


def costs(column: str) -> list[list[str]]:
    rows = [["Wijkteam", "Jaar", "Kostensoort", column]]
    return rows + [[team, "2023", kind, "1200,50"] for team in ("Noord", "Zuid") for kind in ("Personeel", "Huur")]


def test_money_is_read_where_the_column_says_so() -> None:
    told = init({"zrm.csv": csv(ROWS), "kosten.csv": csv(costs("Bedrag"))})
    assert not told.questions
    assert told.tables["core_costs__yearly"]["sum"]["amount_eur"] == 4_802


def test_a_required_column_that_is_not_there_sets_the_file_aside() -> None:
    rows = [["Wijkteam", "Jaar", "Kostensoort", "Bedrag in miljoenen"], ["Noord", "2023", "Huur", "1,2"]]
    told = init({"zrm.csv": csv(ROWS), "kosten.csv": csv(rows)})
    assert "niet in hele euro's" in told.told and told.zrm == truth(PEOPLE)


def test_a_column_of_numbers_beside_a_domain_that_is_scored_is_none_of_its_scores() -> None:
    """'Wonen' with kinds of tenure beside 'Huisvesting' with scores."""
    beside = with_column(ROWS, "Wonen", lambda at: "koop" if at % 2 else "huur")
    assert init({"zrm.csv": csv(beside)}).zrm == truth(PEOPLE)


def test_a_wrong_file_first_keeps_no_good_one_out() -> None:
    nothing = csv([["Uitleg"], ["Dit bestand bevat alleen tekst."], ["Over de levering."]])
    told = init({"a_uitleg.csv": nothing, "zrm.csv": csv(ROWS)})
    assert told.zrm == truth(PEOPLE)
    assert "a_uitleg.csv" in told.told
