"""For each kind of file that was read wrong, crashed or had no way on: variants, and what init makes of them.

The kinds are those of public bug reports and documented exports; docs/exports.md names them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide
from tests.intake.init.shapes import beside_each_other, changed, few, in_long_form, seeds, with_column, workbook

# two columns for one life domain


@few
@given(seeds, st.sampled_from(["Netwerk", "Inkomen", "Woning"]), st.booleans())
def test_two_columns_that_may_be_one_domain_are_asked_about(seed: int, name: str, always: bool) -> None:
    rows = with_column(wide(assessments(seed)), name, lambda at: str(at % 5 + 1) if always or at % 2 else "")
    assert [one.split(".")[0] for one in init({"zrm.csv": csv(rows)}).questions] == ["leefgebied"]


@few
@given(seeds)
def test_two_columns_that_are_never_both_filled_are_joined_when_somebody_says_so(seed: int) -> None:
    rows = wide(assessments(seed))
    old = with_column(rows, "Inkomen", lambda at: rows[at + 1][3] if at % 2 else "")
    split = changed(old, "Financiën", lambda at, score: "" if at % 2 else score)
    told = init({"zrm.csv": csv(split)}, leefgebied__zrm__finances="samenvoegen")
    assert told.zrm == truth(assessments(seed))


# a column that tells rows apart


@few
@given(
    seeds,
    st.sampled_from([
        ("Soort", "Huidig", "Gewenst"), ("Type", "Actueel", "Streefscore"), ("Ingevuld door", "Professional", "Cliënt"),
        ("Bron", "P", "C"), ("Soort score", "meting", "ambitie"),
    ]),
)  # fmt: skip
def test_a_second_score_of_the_same_day_never_counts_unasked(seed: int, words: tuple[str, str, str]) -> None:
    column, first, second = words
    good = wide(assessments(seed))
    rows = [[*good[0], column]]
    for row in good[1:]:
        rows += [[*row, first], [*row[:3], *["5"] * len(DOMAINS_2013), second]]
    asked = init({"zrm.csv": csv(rows)})
    assert asked.zrm is None
    (name,) = asked.questions
    reply = {name.replace(".", "__").replace("-", "_"): {first: "meting", second: "weglaten"}}
    assert init({"zrm.csv": csv(rows)}, **reply).zrm == truth(assessments(seed))


@few
@given(seeds, st.sampled_from([("Status", "Definitief", "Concept"), ("Instrument", "ZRM", "ZRM-Jongeren")]))
def test_words_that_say_that_rows_differ_are_asked_about(seed: int, words: tuple[str, str, str]) -> None:
    rows = with_column(wide(assessments(seed)), words[0], lambda at: words[1 + (at % 7 == 0)])
    assert [one.split(".")[0] for one in init({"zrm.csv": csv(rows)}).questions] == ["regels"]


@few
@given(seeds, st.sampled_from([("Meetmoment", "T0", "T1"), ("Fase", "intake", "evaluatie"), ("Geslacht", "M", "V")]))
def test_a_column_of_few_words_that_says_nothing_is_no_question(seed: int, words: tuple[str, str, str]) -> None:
    rows = with_column(wide(assessments(seed)), words[0], lambda at: words[1 + at % 2])
    assert init({"zrm.csv": csv(rows)}).zrm == truth(assessments(seed))


@pytest.mark.parametrize("name", ["zrm_streefscores.csv", "ZRM jongeren 2024.csv", "mijn zrm.csv"])
def test_a_file_that_is_called_after_a_goal_or_another_instrument_is_asked_about(name: str) -> None:
    assert init({name: csv(wide(assessments(1)))}).questions


# several sheets


@few
@given(seeds, st.sampled_from(["Toelichting", "Codes", "Draaitabel"]))
def test_a_sheet_without_a_table_is_named_and_the_rest_is_read(seed: int, name: str) -> None:
    book = workbook({name: [["Code", "Omschrijving"], ["1", "acuut"]], "Gegevens": wide(assessments(seed))})
    told = init({"zrm.xlsx": book})
    assert told.zrm == truth(assessments(seed))
    assert name in told.told


@few
@given(seeds)
def test_several_sheets_with_measurements_are_a_question_and_a_hidden_one_is_named(seed: int) -> None:
    rows = wide(assessments(seed))
    assert "bladen.zrm" in init({"zrm.xlsx": workbook({"2022": rows, "2023": rows})}).questions
    hidden = init({"zrm.xlsx": workbook({"Nu": rows, "Oud": rows}, hidden=["Oud"])})
    assert hidden.zrm == truth(assessments(seed))
    assert "verborgen" in hidden.told


# lines that are no records


@few
@given(seeds, st.sampled_from(["Totaal", "Gemiddelde", "Subtotaal Noord", "Eindtotaal"]), st.integers(1, 29))
def test_a_total_among_the_clients_is_no_client(seed: int, word: str, at: int) -> None:
    rows = wide(assessments(seed))
    total = [word, "", "", *["30"] * len(DOMAINS_2013)]
    assert init({"zrm.csv": csv([*rows[:at], total, *rows[at:]])}).zrm == truth(assessments(seed))


@few
@given(seeds, st.integers(2, 29), st.booleans())
def test_a_header_that_comes_back_in_another_order_is_no_row(seed: int, at: int, turned: bool) -> None:
    rows = wide(assessments(seed))
    rest = [rows[0], *rows[at:]]
    again = [row[::-1] for row in rest] if turned else rest
    assert init({"zrm.csv": csv([*rows[:at], *again])}).zrm == truth(assessments(seed))


@few
@given(st.sampled_from(["Totaal", "Alle teams", "Gemeente"]), st.lists(st.integers(1, 900), min_size=2, max_size=4))
def test_a_line_of_costs_that_adds_up_the_others_is_asked_about(word: str, amounts: list[int]) -> None:
    rows = [[f"Team {at}", "2022", "personeel", f"{amount},00"] for at, amount in enumerate(amounts)]
    costs = csv(
        [["Wijkteam", "Jaar", "Kostensoort", "Bedrag"], *rows, [word, "2022", "personeel", f"{sum(amounts)},00"]]
    )
    files = {"zrm.csv": csv(wide(assessments(1))), "kosten.csv": costs}
    assert "totalen.kosten.wijkteam" in init(files).questions
    told = init(files, totalen__kosten__wijkteam="totaal")
    assert told.tables["core_costs__yearly"]["sum"]["amount_eur"] == sum(amounts)


# duplicates over files, keys that stand once


@few
@given(seeds, st.integers(2, 28), st.integers(0, 12))
def test_a_record_in_two_files_counts_once(seed: int, until: int, overlap: int) -> None:
    rows = wide(assessments(seed))
    files = {"zrm 2022.csv": csv(rows[:until]), "zrm 2023.csv": csv([rows[0], *rows[max(1, until - overlap) :]])}
    assert init(files).zrm == truth(assessments(seed))


@few
@given(seeds)
def test_a_record_that_two_files_tell_differently_is_asked_about(seed: int) -> None:
    rows = wide(assessments(seed))
    later = [rows[0], *([*row[:3], "5", *row[4:]] for row in rows[10:])]
    files = {"zrm 2022.csv": csv(rows), "zrm 2023.csv": csv(later)}
    assert list(init(files).questions) == ["dubbel.zrm-2022"]


@few
@given(seeds)
def test_keys_on_the_first_line_of_a_record_are_those_of_the_lines_below(seed: int) -> None:
    rows = in_long_form(assessments(seed))
    once = [
        rows[0],
        *(row if at % len(DOMAINS_2013) == 0 else ["", "", "", *row[3:]] for at, row in enumerate(rows[1:])),
    ]
    assert init({"zrm.csv": csv(once)}).zrm == truth(assessments(seed))


# teams and keys


@few
@given(seeds, st.sampled_from(["Wijkteam {}", "WT {}", "{} wijkteam"]))
def test_one_team_under_several_names_is_asked_about_once(seed: int, form: str) -> None:
    rows = changed(wide(assessments(seed)), "Wijkteam", lambda at, team: form.format(team) if at % 3 == 0 else team)
    assert list(init({"zrm.csv": csv(rows)}).questions) == ["teams"]


@few
@given(seeds, st.sampled_from(["CL-{}", "{}.0", "K{}", "{}"]))
def test_a_citizen_number_is_refused_whatever_stands_around_it(seed: int, form: str) -> None:
    numbers = {one.client: citizen_number(seed * 40 + at) for at, one in enumerate(assessments(seed))}
    rows = changed(wide(assessments(seed)), "Cliëntnummer", lambda _, key: form.format(numbers[key]))
    told = init({"zrm.csv": csv(rows)})
    assert "sleutelhouder" in told.refused


def citizen_number(seed: int) -> str:
    """An invented number of nine digits that passes the check of a BSN."""
    for first in range(seed, seed + 99):
        digits = f"9999{first % 10000:04}"
        check = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError("no such number")


# all or nothing


@few
@given(seeds, st.sampled_from([b"Code;Omschrijving\n0;soort\n1;soort\n", b"alleen wat tekst\n", b"a,b\n1,2\n"]))
def test_an_unknown_file_is_set_aside_by_name_and_the_rest_is_read(seed: int, unknown: bytes) -> None:
    told = init({"zrm.csv": csv(wide(assessments(seed))), "lijst.csv": unknown})
    assert told.zrm == truth(assessments(seed))
    assert "lijst.csv" in told.told


@few
@given(seeds)
def test_empty_teams_may_be_unknown_when_somebody_says_so(seed: int) -> None:
    rows = changed(wide(assessments(seed)), "Wijkteam", lambda at, team: "" if at % 6 == 0 else team)
    assert list(init({"zrm.csv": csv(rows)}).questions) == ["team-leeg.zrm"]
    assert init({"zrm.csv": csv(rows)}, team_leeg__zrm="ja").zrm == truth(assessments(seed))


# formats


@few
@given(
    seeds,
    st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "cp850"]),
    st.sampled_from(["\t", ";", "|"]),
    st.sampled_from(["txt", "CSV"]),
)
def test_text_in_any_dutch_encoding_is_read(seed: int, encoding: str, mark: str, extension: str) -> None:
    content = csv(wide(assessments(seed)), mark).decode().encode(encoding)
    assert init({f"zrm.{extension}": content}).zrm == truth(assessments(seed))


def test_a_header_that_was_not_recognised_is_never_shown() -> None:
    rows = wide(assessments(5))[1:]
    told = init({"zrm.csv": csv(rows)})
    assert told.refused
    assert not any(cell in told.refused for cell in rows[0] if len(cell) > 1)


def test_a_file_that_cannot_be_read_says_why_and_what_to_do() -> None:
    of = assessments(6)
    empty = init({"zrm.csv": csv(wide(of)[:1])})
    assert "geen gegevens" in empty.refused
    rows = [
        [cell for at, cell in enumerate(row) if at != 14]
        for row in beside_each_other(of, "{name}_{moment}", ("T0", "T1"))
    ]
    undated = init({"zrm.csv": csv(rows)})
    assert "een datum bij elke meting" in undated.refused
    lists = [
        ["Cliëntnummer", "Datum", "ZRM"],
        *([one.client, "01-02-2022", "|".join(map(str, one.scores))] for one in of),
    ]
    assert "in één cel" in init({"zrm.csv": csv(lists)}).refused
    numbers = changed(wide(of), "Cliëntnummer", lambda at, _: f"{100123 + at // 2}")
    assert "tools/pseudonymise.py" in init({"zrm.csv": csv(numbers)}).refused
