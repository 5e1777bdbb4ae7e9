"""Which column is which field: certain by its name, asked where two would do, left where nothing says so."""

from __future__ import annotations

import pytest

from pipelines.init.placing import place_columns
from tests.intake.init.by_hand import asked, reading

DAYS = ["13-1-2022", "14-2-2022", "15-3-2022"]
LATER = ["13-1-2023", "14-2-2023", "15-3-2023"]
KEYS = ["ZR1-A", "ZR1-B", "ZR1-C"]
DOMAINS = {"Financiën": ["1", "2", "3"], "Huisvesting": ["4", "5", "1"], "Justitie": ["2", "2", "2"]}
ZRM = {"Cliëntnummer": KEYS, "Datum afname": DAYS, "Wijkteam": ["Noord"] * 3, **DOMAINS}


def test_names_that_say_it_are_certain_and_life_domains_are_scores() -> None:
    one = reading("assessments", ZRM)
    place_columns(one)
    assert one.columns == {"client_key": "Cliëntnummer", "assessed_on": "Datum afname", "team": "Wijkteam"}
    assert one.scores == {"finances": ["Financiën"], "housing": ["Huisvesting"], "justice": ["Justitie"]}
    assert asked(one) == [] and one.aside == "" and "date_kind" not in one.entry


def test_a_long_file_has_a_column_of_domains_and_one_of_scores_and_half_of_that_is_none() -> None:
    long = {"Cliëntnummer": KEYS, "Datum afname": DAYS, "Leefgebied": ["ADL"] * 3, "Score": ["1", "2", "3"]}
    one = reading("assessments", long)
    place_columns(one)
    assert (one.columns["life_domain"], one.columns["score"], one.scores) == ("Leefgebied", "Score", {})
    half = reading("assessments", {**ZRM, "Score": ["1", "2", "3"]})
    place_columns(half)
    assert "score" not in half.columns and set(half.scores) == {"finances", "housing", "justice"}


@pytest.mark.parametrize(
    ("name", "kind"), [("Datum afname", None), ("Datum ingevuld", "entered"), ("Invoerdatum", "entered")]
)
def test_a_day_of_entry_is_called_so(name: str, kind: str | None) -> None:
    one = reading("assessments", {"Cliëntnummer": KEYS, name: DAYS, **DOMAINS}, **{"kolom__assessed_on": name})
    place_columns(one)
    assert one.columns["assessed_on"] == name and one.entry.get("date_kind") == kind


@pytest.mark.parametrize(("n_empty", "is_aside"), [(0, False), (1, False), (2, True)])
def test_sets_of_scores_beside_each_other_need_a_day_on_nearly_every_row(n_empty: int, is_aside: bool) -> None:
    """One in twenty may lack it."""
    n = 20
    days = [*[""] * n_empty, *(f"13-1-20{at:02}" for at in range(2, n + 2 - n_empty))]
    one = reading("assessments", {"Cliëntnummer": [f"ZR1-{at}" for at in range(n)], "Datum afname": days,
                                  **{name: cells[:1] * n for name, cells in DOMAINS.items()}})  # fmt: skip
    one.shape["repeat"] = {}
    place_columns(one)
    assert ("datum bij elke meting" in one.aside) == is_aside
    flat = reading("assessments", {**ZRM, "Datum afname": ["", "", DAYS[0]]})
    place_columns(flat)
    assert flat.aside == ""


def test_a_column_called_just_date_is_asked_about_beside_another_of_dates() -> None:
    alone = reading("assessments", {"Cliëntnummer": KEYS, "Datum": DAYS, **DOMAINS})
    place_columns(alone)
    assert asked(alone) == [] and alone.columns["assessed_on"] == "Datum"
    two = reading("assessments", {"Cliëntnummer": KEYS, "Datum": DAYS, "Gesprek": LATER, **DOMAINS})
    place_columns(two)
    assert asked(two) == ["kolom.assessed_on"] and "assessed_on" not in two.columns
    copies = reading("assessments", {"Cliëntnummer": KEYS, "Datum": DAYS, "Gesprek": DAYS, **DOMAINS})
    place_columns(copies)
    assert asked(copies) == []
    certain = reading("assessments", {"Cliëntnummer": KEYS, "Datum afname": DAYS, "Gesprek": LATER, **DOMAINS})
    place_columns(certain)
    assert asked(certain) == []


@pytest.mark.parametrize(("n", "is_asked"), [(9, False), (10, True)])
def test_one_day_on_every_row_of_ten_may_be_that_of_the_extract(n: int, is_asked: bool) -> None:
    cells = {"Cliëntnummer": [f"ZR1-{at}" for at in range(n)], "Datum": ["13-1-2022"] * n}
    one = reading("assessments", {**cells, **{name: ["1"] * n for name in DOMAINS}})
    place_columns(one)
    assert (asked(one) == ["kolom.assessed_on"]) == is_asked


def test_what_is_required_and_nowhere_is_asked_and_without_it_the_file_stays_out() -> None:
    one = reading("assessments", {"Wie": KEYS, "Datum afname": DAYS, **DOMAINS})
    place_columns(one)
    assert asked(one) == ["kolom.client_key"]
    without = reading("assessments", {"Wie": KEYS, "Datum afname": DAYS, **DOMAINS}, kolom__client_key="geen")
    place_columns(without)
    assert "client_key" not in without.columns and "Vraag een uitdraai met die kolom" in without.aside
    said = reading("assessments", {"Wie": KEYS, "Datum afname": DAYS, **DOMAINS}, kolom__client_key="Wie")
    place_columns(said)
    assert said.columns["client_key"] == "Wie" and said.aside == ""


def test_a_reply_corrects_what_was_certain() -> None:
    one = reading("assessments", {**ZRM, "Buurt": ["N", "Z", "O"]}, kolom__team="Buurt")
    place_columns(one)
    assert one.columns["team"] == "Buurt"
    none = reading("assessments", ZRM, kolom__team="geen")
    place_columns(none)
    assert "team" not in none.columns and none.aside == ""


@pytest.mark.parametrize(
    ("cells", "is_read"), [(["M01", "M02", "x3"], True), (["Jansen", "M02", "M03"], False), ([""] * 3, False)]
)
def test_workers_are_read_as_codes_only(cells: list[str], is_read: bool) -> None:
    one = reading("assessments", {**ZRM, "Medewerker": cells})
    place_columns(one)
    assert ("rater_key" in one.columns) == is_read


def test_two_columns_of_a_domain_are_asked_about_and_one_without_scores_is_no_second() -> None:
    two = {**ZRM, "Financien score": ["2", "", "3"]}
    one = reading("assessments", two)
    place_columns(one)
    assert asked(one) == ["leefgebied.finances"]
    (question,) = one.talk.open
    assert "in 2 regels zijn zij allebei gevuld" in question.text
    together = reading("assessments", two, leefgebied__finances="samenvoegen")
    place_columns(together)
    assert together.scores["finances"] == ["Financiën", "Financien score"]
    words = [f"woord {at}" for at in range(13)]
    many = {name: (cells * 5)[:13] for name, cells in ZRM.items()} | {
        "Wonen": words,
        "Cliëntnummer": [f"Z-{at}" for at in range(13)],
    }
    beside = reading("assessments", many)
    place_columns(beside)
    assert beside.scores["housing"] == ["Huisvesting"]


def test_levels_under_an_unknown_name_between_two_domains_are_asked_about() -> None:
    between = {"Cliëntnummer": KEYS, "Datum afname": DAYS, "Financiën": ["1", "2", "3"], "Xyz": ["4", "5", "1"],
               "Justitie": ["2", "2", "2"]}  # fmt: skip
    one = reading("assessments", between)
    place_columns(one)
    assert asked(one) == ["leefgebied.xyz"]
    for cells in (["6", "5", "1"], ["", "", ""]):
        plain = reading("assessments", {**between, "Xyz": cells})
        place_columns(plain)
        assert asked(plain) == []
    last = reading(
        "assessments", {**{name: between[name] for name in between if name != "Xyz"}, "Xyz": ["4", "5", "1"]}
    )
    place_columns(last)
    assert asked(last) == []


def test_money_is_found_by_its_name_and_thousands_are_not_taken_for_euros() -> None:
    costs = {"Team": ["N", "Z", "O"], "Jaar": ["2023"] * 3, "Kostensoort": ["salaris"] * 3}
    plain, scaled = (
        reading("costs", {**costs, name: ["1", "2", "3"]}) for name in ("Gerealiseerd bedrag", "Bedrag x 1.000")
    )
    for one in (plain, scaled):
        place_columns(one)
        assert asked(one) == ["kolom.amount_eur"]
    assert list(plain.talk.open[0].choices) == ["Gerealiseerd bedrag", "geen"]
    assert "Bedrag x 1.000" not in scaled.talk.open[0].choices
