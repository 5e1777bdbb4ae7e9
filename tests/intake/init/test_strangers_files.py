"""What files of strangers showed: shapes and words that were read wrong without a word, or that no reply could mend."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import openpyxl
import pytest

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide
from tests.intake.init.shapes import changed, in_long_form

OF = assessments(41)
ROWS = wide(OF)
COSTS = [["Wijkteam", "Jaar", "Kostensoort", "Bedrag"], ["Noord", "2022", "personeel", "412500.00"],
         ["Zuid", "2022", "personeel", "365000.00"], ["Centrum", "2022", "personeel", "38.250"]]  # fmt: skip


def sheet(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_days_and_months_that_a_program_swapped_are_refused_and_not_read_months_off() -> None:
    days = [one.day.replace(day=one.day.day - 12) if at % 2 else one.day for at, one in enumerate(OF)]
    rows = [ROWS[0], *([*row[:2], opened_in_english(day), *row[3:]] for row, day in zip(ROWS[1:], days, strict=True))]
    assert "dag en maand verwisseld" in init({"zrm.xlsx": sheet(rows)}).refused


def opened_in_english(day: dt.date) -> object:
    """What is left of '03-04-2024' and of '25-04-2024' where the month comes first."""
    return dt.datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d-%m-%Y}"


def test_dates_beside_texts_of_which_some_are_early_in_the_month_are_read() -> None:
    rows = [[*row[:2], dt.datetime.combine(one.day, dt.time()) if at % 2 else row[2], *row[3:]]
            for at, (row, one) in enumerate(zip(ROWS[1:], OF, strict=True))]  # fmt: skip
    assert init({"zrm.xlsx": sheet([ROWS[0], *rows])}).zrm == truth(OF)


def test_two_scores_of_one_day_and_life_domain_are_told() -> None:
    rows = in_long_form(OF)
    again = [*rows[1][:4], str(int(rows[1][4]) % 4 + 1)]
    assert "1 keer heeft een cliënt op één dag verschillende scores" in init({"zrm.csv": csv([*rows, again])}).odd
    assert "verschillende scores" not in init({"zrm.csv": csv(rows)}).odd


def test_three_decimals_beside_two_are_asked_about_and_never_read_a_thousand_times_too_small() -> None:
    files = {"zrm.csv": csv(ROWS), "kosten.csv": csv(COSTS)}
    assert list(init(files).questions) == ["decimalen.kosten.bedrag"]
    assert "op twee manieren geschreven" in init(files, decimalen__kosten__bedrag="nee").told
    tables = init(files, decimalen__kosten__bedrag="ja").tables
    assert [one["sum"]["amount_eur"] for name, one in tables.items() if "_costs_" in name] == [777_538.25]


@pytest.mark.parametrize("form", ["%a %d-%m-%Y", "%A %d %B %Y", "%d / %m / %Y", "%d\u00a0/\u00a0%m\u00a0/\u00a0%Y"])
def test_days_with_their_name_or_with_spaces_round_the_marks_are_read(form: str) -> None:
    assert init({"zrm.csv": csv(changed(ROWS, "Datum afname", lambda at, _: dutch(OF[at].day, form)))}).zrm == truth(OF)


def dutch(day: dt.date, form: str) -> str:
    names = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
    months = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
              "november", "december")  # fmt: skip
    form = form.replace("%a", names[day.weekday()][:2]).replace("%A", names[day.weekday()])
    return day.strftime(form.replace("%B", months[day.month - 1]))


@pytest.mark.parametrize("form", ["%Y-K1", "mrt-%y", "week 12 %Y"])
def test_a_column_without_days_has_a_way_on(form: str) -> None:
    rows = changed(ROWS, "Datum afname", lambda at, _: OF[at].day.strftime(form))
    asked = init({"zrm.csv": csv(rows)}).questions
    assert "geen" in asked["datumvorm.zrm.datum-afname"].choices
    refused = init({"zrm.csv": csv(rows)}, datumvorm__zrm__datum_afname="geen").refused
    assert "Vraag een uitdraai met dag, maand en jaar" in refused


@pytest.mark.parametrize("form", ["Streefscore {}", "{} (cliënt)", "Zelfscore {}", "Doel {}"])
def test_goals_and_own_scores_beside_each_life_domain_stay_outside_by_name(form: str) -> None:
    header = [*ROWS[0][:3], *(name for domain in ROWS[0][3:] for name in (domain, form.format(domain)))]
    rows = [[*row[:3], *(cell for score in row[3:] for cell in (score, "5"))] for row in ROWS[1:]]
    read = init({"zrm.csv": csv([header, *rows])})
    assert read.zrm == truth(OF) and form.format("ADL") in read.mapping.partition("ignore:")[2]


def test_scores_that_their_header_calls_those_of_the_professional_are_read() -> None:
    rows = [[*ROWS[0][:3], *(f"{domain} (hulpverlener)" for domain in ROWS[0][3:])], *ROWS[1:]]
    assert init({"zrm.csv": csv(rows)}).zrm == truth(OF)


def test_a_table_that_is_called_measurements_and_holds_no_scores_is_set_aside_with_the_reason() -> None:
    rows = [[*row[:3], "x", "y"] for row in ROWS]
    assert "er zijn geen scores te vinden" in init({"zrm.csv": csv(rows)}, tabel__zrm="assessments").refused


def test_a_question_about_formulas_goes_before_what_their_file_would_have_held() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1"])
    content = io.BytesIO()
    book.save(content)
    plain = content.getvalue()
    from tests.intake.reading.made import with_part

    stored = with_part(
        plain,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"),
    )
    assert list(init({"zrm.xlsx": stored}).questions) == ["formules.zrm"]
    assert next(iter(init({"zrm.xlsx": stored, "kosten.csv": csv(COSTS)}).questions)) == "formules.zrm"


def test_a_header_that_is_itself_a_person_is_not_shown() -> None:
    refused = init({"zrm.csv": csv(ROWS), "lijst.csv": b"j.testman@voorbeeld.invalid;Noord\nx;Zuid\n"}).refused
    assert "kop van kolom 1" in refused and "testman" not in refused


@pytest.mark.parametrize("name", ["~$zrm.xlsx", "Thumbs.db", "desktop.ini", ".~lock.zrm.ods#", "._zrm.csv"])
def test_what_office_or_a_computer_leaves_beside_the_files_is_named_and_not_opened(name: str) -> None:
    read = init({"zrm.csv": csv(ROWS), name: b"\x08Jan Jans".ljust(165)})
    assert read.zrm == truth(OF) and f"{name}: dit hoort bij Office of bij de computer" in read.told


def test_a_document_beside_the_files_is_named_and_not_asked_about() -> None:
    read = init({"zrm.csv": csv(ROWS), "toelichting.pdf": b"%PDF-1.7\n%%EOF"})
    assert read.zrm == truth(OF) and "toelichting.pdf: dit is een PDF" in read.told


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv(ROWS, "^"), "zrm.csv"),
        (csv(ROWS, "~"), "zrm.csv"),
        (csv(ROWS).decode().encode("mac-roman").replace(b"\n", b"\r"), "zrm.csv"),
        (b"".join(b'"%s"\r\n' % line for line in csv(ROWS).splitlines()), "zrm.csv"),
    ],
)
def test_other_marks_letters_of_a_mac_and_whole_lines_in_quotes_are_read(content: bytes, name: str) -> None:
    assert init({name: content}).zrm == truth(OF)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b'[{"Cli\xc3\xabntnummer": "x", "Score": 3}]', "dit is JSON"),
        ("\n".join("  ".join(cell.ljust(28) for cell in row) for row in ROWS).encode(), "maar één kolom"),
    ],
)
def test_what_is_no_table_of_text_says_what_it_is(content: bytes, cause: str) -> None:
    assert cause in init({"zrm.csv": content}).refused


def test_a_group_name_above_the_client_in_the_first_of_two_header_rows_hides_no_column() -> None:
    groups = ["Cliënt", "", "Meting 1", *[""] * 11, "Meting 2", *[""] * 11]
    names = ["Cliëntnummer", "Wijkteam", *(["Datum", *DOMAINS_2013] * 2)]
    rows = [
        [one.client, one.team, *(cell for a in (one, two) for cell in (f"{a.day:%d-%m-%Y}", *map(str, a.scores)))]
        for one, two in zip(OF[::2], OF[1::2], strict=True)
    ]
    assert init({"zrm.csv": csv([groups, names, *rows])}).zrm == truth(OF)


def test_a_goal_above_the_second_set_of_two_header_rows_is_no_measurement() -> None:
    groups = ["Cliënt", "", "Meting", *[""] * 11, "Doel", *[""] * 10]
    rows = [[*row[:3], *row[3:], *["5"] * 11] for row in ROWS[1:]]
    names = ["Cliëntnummer", "Wijkteam", "Datum", *DOMAINS_2013, *DOMAINS_2013]
    read = init({"zrm.csv": csv([groups, names, *rows])})
    assert read.zrm in (truth(OF), None)


@pytest.mark.parametrize("form", ["{} begin|{} eind", "{} T0|{} T1", "Intake {}|Evaluatie {}"])
def test_two_scores_with_their_days_on_one_row_per_life_domain_are_two_measurements(form: str) -> None:
    first, second = form.split("|")
    header = [
        "Cliëntnummer",
        "Wijkteam",
        "Leefgebied",
        *(m.format(n) for m in (first, second) for n in ("Datum", "Score")),
    ]
    rows = [
        [one.client, one.team, name, *(c for a in (one, two) for c in (f"{a.day:%d-%m-%Y}", str(a.scores[at])))]
        for one, two in zip(OF[::2], OF[1::2], strict=True)
        for at, name in enumerate(DOMAINS_2013)
    ]
    assert init({"zrm.csv": csv([header, *rows])}).zrm == truth(OF)


def test_pseudonyms_in_braces_have_a_form_as_those_without() -> None:
    people = {one.client: f"{{{uuid.uuid5(uuid.NAMESPACE_OID, str(at))}}}" for at, one in enumerate(OF, 1)}
    read = init({"zrm.csv": csv(changed(ROWS, ROWS[0][0], lambda at, _: people[OF[at].client]))})
    assert read.zrm == truth(OF)


def test_amounts_that_are_all_read_with_three_decimals_are_told() -> None:
    costs = [COSTS[0], *(["Noord", str(2018 + at), "personeel", f"{at + 1}.500"] for at in range(6))]
    files = {"zrm.csv": csv(ROWS), "kosten.csv": csv(costs)}
    told = "kosten.csv: 6 bedragen zijn gelezen met drie cijfers achter het decimaalteken"
    assert told in init(files, getalvorm__kosten__bedrag="punt").odd
    assert told not in init(files, getalvorm__kosten__bedrag="komma").odd


def test_rows_that_a_column_tells_apart_are_no_copies_of_each_other() -> None:
    costs = [
        ["Wijkteam", "Jaar", "Maand", "Kostensoort", "Bedrag"],
        *([team, "2022", str(month), "personeel", "1000,50"] for team in ("Noord", "Zuid") for month in (1, 2, 3)),
    ]
    files = {"zrm.csv": csv(ROWS), "kosten.csv": csv([*costs, costs[-1]])}
    assert list(init(files).questions) == ["regels.kosten.maand"]
    for said, n in (("telt mee", 6), ("zegt niets", 2)):
        tables = init(files, regels__kosten__maand=said).tables
        assert [one["sum"]["amount_eur"] for name, one in tables.items() if "_costs_" in name] == [n * 1000.5]
