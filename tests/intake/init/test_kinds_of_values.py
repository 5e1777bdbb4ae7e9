"""For each kind of value, name or word that was read wrong or had no way on: variants, and what init makes of them.

The kinds are those of public bug reports and documented exports; docs/exports.md names them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.init.delivered import DOMAINS_2013, Assessment, assessments, csv, init, truth, wide
from tests.intake.init.shapes import beside_each_other, changed, few, in_long_form, seeds

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


# money, domains and editions by their names


PRINTED_2010 = ("Inkomen", "Dagbesteding", "Huisvesting", "Gezinsrelaties", "Geestelijke gezondheid",
                "Fysieke gezondheid", "Verslaving", "ADL vaardigheden", "Sociaal netwerk",
                "Maatschappelijke participatie", "Justitie")  # fmt: skip
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
