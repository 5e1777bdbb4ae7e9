"""For each kind of file that was read wrong, crashed or had no way on: variants, and what init makes of them.

The kinds are those of public bug reports and documented exports; docs/exports.md names them.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.init.delivered import DOMAINS_2013, Assessment, assessments, csv, init, truth, wide

few = settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(min_value=1, max_value=10_000)
Rows = list[list[str]]


def changed(rows: Rows, column: str, to: Callable[[int, str], str]) -> Rows:
    at = rows[0].index(column)
    return [rows[0], *([*row[:at], to(number, row[at]), *row[at + 1 :]] for number, row in enumerate(rows[1:]))]


def with_column(rows: Rows, name: str, value: Callable[[int], str]) -> Rows:
    return [[*rows[0], name], *([*row, value(number)] for number, row in enumerate(rows[1:]))]


def workbook(sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() and len(cell) < 6 else cell for cell in row])
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def in_long_form(of: Sequence[Assessment]) -> Rows:
    rows = [["Cliëntnummer", "Wijkteam", "Datum", "Leefgebied", "Score"]]
    for one in of:
        for domain, score in zip(DOMAINS_2013, one.scores, strict=True):
            rows.append([one.client, one.team, one.day.strftime("%d-%m-%Y"), domain, str(score)])
    return rows


def beside_each_other(of: Sequence[Assessment], form: str, moments: Sequence[str]) -> Rows:
    """One row per client, with a set of columns per moment."""
    names = [form.format(name=name, moment=moment) for moment in moments for name in ("Datum", *DOMAINS_2013)]
    rows = [["Cliëntnummer", "Wijkteam", *names]]
    for first, second in zip(of[::2], of[1::2], strict=True):
        cells = [cell for one in (first, second) for cell in (one.day.strftime("%d-%m-%Y"), *map(str, one.scores))]
        rows.append([first.client, first.team, *cells])
    return rows


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


# numbers


def yearly_costs(texts: Sequence[str]) -> bytes:
    rows = [["Noord", str(2020 + at), "personeel", text] for at, text in enumerate(texts)]
    return csv([["Wijkteam", "Jaar", "Kostensoort", "Bedrag"], *rows])


@few
@given(st.lists(st.integers(1, 999), min_size=2, max_size=6), st.sampled_from(".,"))
def test_a_number_that_reads_two_ways_is_asked_and_then_read_as_said(thousands: list[int], mark: str) -> None:
    texts = [f"{number}{mark}{(number * 7) % 1000:03}" for number in thousands]
    files = {"zrm.csv": csv(wide(assessments(1))), "kosten.csv": yearly_costs(texts)}
    assert list(init(files).questions) == ["getalvorm.kosten.bedrag"]
    told = init(files, getalvorm__kosten__bedrag="komma" if mark == "." else "punt")
    assert told.tables["core_costs__yearly"]["sum"]["amount_eur"] == sum(int(text.replace(mark, "")) for text in texts)


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (["€ 412.500,00", "€ 38.250,50"], 450750.5),
        (["412.500,00-", "38.250,50"], -374249.5),
        (["412.500,-", "38.250,-"], 450750),
        (["412,500.00", "38,250.50"], 450750.5),
        (["412 500,00", "38\u00a0250,50"], 450750.5),
        (["412'500.00", "38'250.50"], 450750.5),
        (["(412.500,00)", "38.250,50"], -374249.5),
    ],
)
def test_a_number_with_one_reading_is_read(texts: list[str], total: float) -> None:
    told = init({"zrm.csv": csv(wide(assessments(1))), "kosten.csv": yearly_costs(texts)})
    assert told.tables["core_costs__yearly"]["sum"]["amount_eur"] == total


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


# dates


@few
@given(seeds, st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d.%m.%Y", "%d-%m-%Y 09:30"]))
def test_dates_with_a_day_above_twelve_read_one_way(seed: int, form: str) -> None:
    assert init({"zrm.csv": csv(wide(assessments(seed), form))}).zrm == truth(assessments(seed))


@few
@given(seeds, st.sampled_from(["/", "-", "."]), st.booleans())
def test_dates_that_read_two_ways_are_asked_and_then_read_as_said(seed: int, mark: str, american: bool) -> None:
    days = [dt.date(2022, at % 12 + 1, at % 3 + 1) for at in range(30)]
    of = [Assessment(one.client, day, one.team, one.scores) for one, day in zip(assessments(seed), days, strict=True)]
    form = f"%m{mark}%d{mark}%Y" if american else f"%d{mark}%m{mark}%Y"
    files = {"zrm.csv": csv(wide(of, form))}
    assert list(init(files).questions) == ["datumvorm.zrm.datum-afname"]
    said = f"m{mark}d{mark}yyyy" if american else f"d{mark}m{mark}yyyy"
    assert init(files, datumvorm__zrm__datum_afname=said).zrm == truth(of)


@few
@given(seeds)
def test_one_day_on_every_row_is_no_day_of_assessment(seed: int) -> None:
    rows = changed(wide(assessments(seed)), "Datum afname", lambda *_: "01-02-2024")
    assert list(init({"zrm.csv": csv(rows)}).questions) == ["kolom.zrm.assessed_on"]


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


# names, shapes and words that we do not know


@pytest.mark.parametrize(
    ("form", "moments"),
    [
        ("{name}_{moment}", ("T0", "T1")), ("{moment}_{name}", ("T0", "T1")), ("{name} - {moment}", ("begin", "eind")),
        ("{name} ({moment}e meting)", ("1", "2")), ("{moment}: {name}", ("Voormeting", "Nameting")),
    ],
)  # fmt: skip
def test_moments_beside_each_other_become_rows(form: str, moments: tuple[str, str]) -> None:
    of = assessments(3)
    assert init({"zrm.csv": csv(beside_each_other(of, form, moments))}).zrm == truth(of)


@pytest.mark.parametrize("form", ["ZRM {number:02} {name}", "Score {name}", "ZRM_{name}", "{number}. {name} (1-5)"])
def test_a_domain_is_known_whatever_stands_around_its_name(form: str) -> None:
    rows = wide(assessments(4))
    names = [form.format(number=at, name=name) for at, name in enumerate(DOMAINS_2013, 1)]
    assert init({"zrm.csv": csv([[*rows[0][:3], *names], *rows[1:]])}).zrm == truth(assessments(4))


@pytest.mark.parametrize("form", ["ZRM{}", "Leefgebied {}"])
def test_domains_with_a_number_only_are_asked_about(form: str) -> None:
    rows = wide(assessments(4))
    names = [form.format(at) for at in range(1, 12)]
    asked = init({"zrm.csv": csv([[*rows[0][:3], *names], *rows[1:]])})
    assert list(asked.questions) == ["volgorde.zrm"]


@few
@given(seeds, st.sampled_from(["0", "9", "99", "6", "weigert"]))
def test_a_code_that_is_no_level_is_asked_about(seed: int, code: str) -> None:
    rows = changed(wide(assessments(seed)), "Financiën", lambda at, score: code if at % 9 == 0 else score)
    asked = init({"zrm.csv": csv(rows)})
    assert asked.questions["codes.zrm.score"].parts == (code,)


@few
@given(seeds, st.sampled_from([("rood", "oranje", "groen"), ("B", "C", "D")]))
def test_levels_by_other_words_are_asked_about_and_no_domain_drops_out(seed: int, words: tuple[str, str, str]) -> None:
    rows = [[*row[:3], *(words[int(score) - 2] for score in row[3:])] for row in wide(assessments(seed))[1:]]
    asked = init({"zrm.csv": csv([wide(assessments(seed))[0], *rows])})
    assert set(asked.questions["codes.zrm.score"].parts) == set(words)


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


CARE = ["Cliëntnummer", "Product", "Wet", "Startdatum"]


def care(names: Sequence[str], amounts: Sequence[str], seed: int = 3) -> dict[str, bytes]:
    """Scores beside provisions of 15 clients, with these columns of money."""
    of = assessments(seed)
    rows = [[one, "Begeleiding", "Wet maatschappelijke ondersteuning", "15-02-2022"] for one in {a.client for a in of}]
    return {
        "zrm.csv": csv(wide(of)),
        "zorg.csv": csv([[*CARE, *names], *([*row, *amounts] for row in sorted(rows))]),
    }


@pytest.mark.parametrize("name", ["Gerealiseerd bedrag", "Bedrag excl. btw", "Kosten realisatie", "Uitgaven"])
def test_money_under_a_name_that_says_more_is_asked_about_and_never_left_out_in_silence(name: str) -> None:
    files = care(["Begroot bedrag", name], ["100,00", "40,00"])
    assert list(init(files).questions) == ["kolom.zorg.amount_eur"]
    found = init(files, **{"kolom.zorg.amount_eur": name}).tables["core_provisions__use"]
    assert found["sum"]["amount_eur"] == 15 * 40


@pytest.mark.parametrize(
    "name", ["Bedrag in centen", "Bedrag x 1000", "Kosten (x € 1.000)", "Bedrag (mln)", "Bedrag in duizenden"]
)
def test_cents_and_thousands_are_never_taken_for_euros(name: str) -> None:
    result = init(care([name], ["412,5"]))
    assert result.tables["core_provisions__use"]["sum"]["amount_eur"] is None
    costs = csv([["Jaar", "Kostensoort", name], ["2022", "Personeel", "412,5"]])
    told = init({"zrm.csv": csv(wide(assessments(3))), "kosten.csv": costs}).told
    assert f"kolom '{name}' is niet in hele euro's" in told


@few
@given(seeds, st.sampled_from(["Vriendenkring", "Dom. 9"]))
def test_scores_between_life_domains_under_an_unknown_name_are_asked_about(seed: int, name: str) -> None:
    header, *rows = wide(assessments(seed))
    renamed = [[name if one == "Sociaal netwerk" else one for one in header], *rows]
    asked = f"leefgebied.zrm.{name.lower().replace('. ', '-')}"
    assert asked in init({"zrm.csv": csv(renamed)}).questions
    answer = {asked.replace(".", "__").replace("-", "_"): "social_network"}
    assert init({"zrm.csv": csv(renamed)}, **answer).zrm == truth(assessments(seed))


@few
@given(seeds, st.sampled_from([("Financiën",), ("Huisvesting", "Verslaving")]))
def test_a_long_file_may_hold_few_domains(seed: int, domains: tuple[str, ...]) -> None:
    header, *rows = in_long_form(assessments(seed))
    kept = [row for row in rows if row[3] in domains]
    delivery = {"zrm.csv": csv([header, *kept])}
    result = init(delivery)
    if "editie.zrm" in result.questions:  # the names of these domains are those of more than one edition
        result = init(delivery, editie__zrm="zrm_2017")
    assert result.zrm and result.zrm[2:4] == (len(kept), sum(int(row[4]) for row in kept))


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


PRINTED_2010 = ("Inkomen", "Dagbesteding", "Huisvesting", "Gezinsrelaties", "Geestelijke gezondheid",
                "Fysieke gezondheid", "Verslaving", "ADL vaardigheden", "Sociaal netwerk",
                "Maatschappelijke participatie", "Justitie")  # fmt: skip


@pytest.mark.parametrize(
    "name", ["zrm_2010.csv", "ZRM 2010 noord.csv", "zrm2010.csv", "zrm-2010.csv", "editie 2010.csv"]
)
def test_a_file_that_is_called_2010_is_of_that_edition(name: str) -> None:
    told = init({name: csv(wide(assessments(1)))})
    assert told.zrm == truth(assessments(1))
    assert told.editions == {"zrm_2010"}


def test_a_file_with_the_names_that_only_2010_prints_is_of_that_edition() -> None:
    rows = wide(assessments(1))
    assert init({"zrm.csv": csv([[*rows[0][:3], *PRINTED_2010], *rows[1:]])}).editions == {"zrm_2010"}


def test_one_name_of_2010_among_those_of_2013_does_not_make_it_2010() -> None:
    rows = wide(assessments(1))
    mixed = ["Inkomen", *rows[0][4:]]
    assert init({"zrm.csv": csv([[*rows[0][:3], *mixed], *rows[1:]])}).editions == {"zrm_2013"}


def test_a_year_in_the_name_of_a_file_is_no_edition() -> None:
    assert init({"scores van 2010.csv": csv(wide(assessments(1)))}).editions == {"zrm_2013"}
