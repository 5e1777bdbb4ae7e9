"""Columns that tell rows apart, several columns of one life domain, and what may not stay without a role."""

import pytest

from data_contracts.mapping.file import FileMapping
from pipelines.intake.reading.columns import check_header, chosen
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.rows import told_apart
from pipelines.intake.reading.telling import meaning_of_word, refuse_untold
from tests.intake.reading.sheet import OnSheet, mapping_of

BASE = """
table: assessments
edition: zrm_2013
columns: {client_key: Nr, assessed_on: Datum}
scores: {finances: Financiën}
"""
KINDS = "rows: [{column: Soort, values: {Huidig: {score_kind: measured}, Gewenst: {score_kind: goal}}}]"
IGNORED = "ignore: [Soort]"


def read(sheet: OnSheet, mapping: FileMapping, *columns: str) -> list[tuple[str | None, ...]]:
    named = sheet.frame(mapping=mapping)
    check_header(named, mapping)
    ours = chosen(sheet.connection, named, mapping, told_apart(sheet.connection, named, mapping.rows), "ours")
    refuse_untold(sheet.connection, named, ours, mapping, 0.05)
    return sheet.connection.execute(f"SELECT {', '.join(columns)} FROM {ours.table} ORDER BY row_number").fetchall()


def test_a_goal_is_left_out_by_its_word() -> None:
    sheet = OnSheet("Nr|Datum|Financiën|Soort\na|1-1-2022|2|Huidig\na|1-1-2022|4|gewenst\n")
    assert read(sheet, mapping_of(BASE + KINDS), "finances", "left_out_as") == [("2", None), ("4", "goal")]


def test_edition_rater_and_moment_may_stand_in_a_column() -> None:
    roles = """
rows:
  - column: Versie
    values: {'2013': {edition: zrm_2013}, Jongeren: {instrument: zrm_youth}}
  - {column: Door, values: {Cliënt: {rater_type: client}}, empty: {rater_type: professional}}
  - {column: Keer, values: {'1': {moment: T0}}, empty: {moment: later}}
  - {column: Kleur, same: true}
"""
    sheet = OnSheet(
        "Nr|Datum|Financiën|Versie|Door|Keer|Kleur\na|1-1-2022|2|2013||1|rood\nb|1-1-2022|3|Jongeren|Cliënt||blauw\n"
    )
    assert read(sheet, mapping_of(BASE + roles), "edition", "rater_type", "moment_label") == [
        ("zrm_2013", "professional", "T0"),
        ("zrm_youth_2020", "client", "later"),
    ]


def test_a_value_that_is_not_listed_stops_with_column_and_code() -> None:
    sheet = OnSheet("Nr|Datum|Financiën|Soort\na|1-1-2022|2|Huidig\nb|1-1-2022|4|Prognose\n")
    with pytest.raises(NotAsAgreed, match="in kolom 'Soort' staat 'Prognose'"):
        read(sheet, mapping_of(BASE + KINDS), "finances")


def test_an_empty_cell_that_tells_rows_apart_is_asked_about_too() -> None:
    sheet = OnSheet("Nr|Datum|Financiën|Soort\na|1-1-2022|2|Huidig\nb|1-1-2022|4|\n")
    with pytest.raises(NotAsAgreed, match="een lege cel"):
        read(sheet, mapping_of(BASE + KINDS), "finances")


def test_values_that_may_be_something_of_a_person_are_counted_not_shown() -> None:
    many = "".join(f"c{number}|1-1-2022|2|Meneer Jansen {number}\n" for number in range(30))
    with pytest.raises(NotAsAgreed) as asked:
        read(OnSheet("Nr|Datum|Financiën|Soort\n" + many), mapping_of(BASE + KINDS), "finances")
    assert "30 andere waarden" in str(asked.value)
    assert "Jansen" not in str(asked.value)


def test_two_columns_of_one_domain_are_joined_and_contradict_each_other_only_when_both_differ() -> None:
    mapping = mapping_of(BASE.replace("finances: Financiën", "finances: [Inkomen, Financiën]"))
    sheet = OnSheet("Nr|Datum|Inkomen|Financiën\na|1-1-2012|2|\nb|1-1-2014||3\nc|1-1-2013|4|4\nd|1-1-2013|4|5\n")
    assert read(sheet, mapping, "finances", "is_contradicted") == [
        ("2", False),
        ("3", False),
        ("4", False),
        ("4", True),
    ]


@pytest.mark.parametrize("codes", [("een", "twee"), ("1", "")])
def test_an_ignored_column_that_separates_equal_keys_is_asked_about(codes: tuple[str, str]) -> None:
    rows = "".join(
        f"{key}|1-1-2022|{score}|{code}\n" for key in "abcd" for score, code in zip("24", codes, strict=True)
    )
    with pytest.raises(NotAsAgreed, match="kolom 'Soort' houdt regels uit elkaar"):
        read(OnSheet("Nr|Datum|Financiën|Soort\n" + rows), mapping_of(BASE + IGNORED), "finances")


def test_an_ignored_column_that_names_an_instrument_is_asked_about_without_equal_keys() -> None:
    sheet = OnSheet("Nr|Datum|Financiën|Soort\na|1-1-2022|2|ZRM\nb|1-1-2022|3|ZRM-Jongeren\n")
    with pytest.raises(NotAsAgreed, match="'ZRM', 'ZRM-Jongeren'"):
        read(sheet, mapping_of(BASE + IGNORED), "finances")


def test_a_moment_that_hides_goals_is_asked_about() -> None:
    sheet = OnSheet("Nr|Datum|Financiën|Soort\na|1-1-2022|2|Huidig\nb|1-1-2022|3|Gewenst\n")
    mapping = mapping_of(BASE.replace("assessed_on: Datum", "assessed_on: Datum, moment_label: Soort"))
    with pytest.raises(NotAsAgreed, match="'Gewenst'"):
        read(sheet, mapping, "finances")


def test_an_ignored_column_that_tells_nothing_apart_is_no_question() -> None:
    rows = "".join(f"{key}|1-1-2022|2|{colour}\n" for key, colour in zip("abcdef", ["rood", "blauw"] * 3, strict=True))
    sheet = OnSheet("Nr|Datum|Financiën|Soort\n" + rows)
    assert len(read(sheet, mapping_of(BASE + IGNORED), "finances")) == 6


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Nr|Dag|Financiën", "kolom 'Datum' ontbreekt"),
        ("Nr|Datum|Financiën|Extra", "'Extra' staat niet in mapping.yaml"),
        ("Nr|Datum|Financiën|BSN", "kondigt een BSN aan"),
    ],
)
def test_a_header_that_is_not_as_agreed_is_told(header: str, words: str) -> None:
    with pytest.raises(NotAsAgreed, match=words):
        read(OnSheet(f"{header}\na|1-1-2022|2|x\n", is_text=False), mapping_of(BASE), "finances")


def test_a_name_may_differ_in_case_and_accents() -> None:
    assert read(OnSheet("NR|datum|FINANCIEN\na|1-1-2022|2\n"), mapping_of(BASE), "finances") == [("2",)]


@pytest.mark.parametrize(
    ("word", "says"), [("Streefscore", True), ("gewenst niveau", True), ("intake", False), ("ZRM", True)]
)
def test_words_that_say_something_by_themselves(word: str, says: bool) -> None:
    assert (meaning_of_word(word) is not None) is says


@pytest.mark.parametrize(("column", "codes"), [("Soort", ("vervallen", "actief")), ("Soort", ("concept", "concept"))])
def test_an_ignored_column_whose_words_say_that_rows_do_not_count_is_asked_about(
    column: str, codes: tuple[str, str]
) -> None:
    rows = "".join(f"{key}|1-1-2022|3|{code}\n" for key, code in zip("ab", codes, strict=True))
    with pytest.raises(NotAsAgreed, match=f"kolom '{column}' houdt regels uit elkaar"):
        read(OnSheet(f"Nr|Datum|Financiën|{column}\n{rows}"), mapping_of(BASE + IGNORED), "finances")
