"""A start on one day for everybody, beside other municipalities: from the file of public figures to the report."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import empty_frame
from data_contracts.errors import GateRefused, StudyError
from data_contracts.gate.plain_tables import release_municipal_lines
from data_contracts.tables.municipal import LINES
from data_contracts.vocabulary.field import Stamp
from pipelines.study.municipal_file import read_municipal_file
from pipelines.study.workplace import read_study
from reports.charts.specs import Courses
from reports.content.parts import Figure
from tests.effects.invented import people, records
from tests.effects.municipal_figures import HALVES, INDICATOR, KEY, lines, written
from tests.effects.road import Road, beside_others, study, travelled, with_views
from tests.effects.stamped_words import words_not_allowed
from tests.effects.test_designs_in_the_report import SERIES
from tests.flow.small import VOORBEELDSTAD

BESIDE = f"{SERIES}, {KEY}"
EVERYBODY: dict[int, str | None] = dict.fromkeys(range(1, 7), "2021-07-01")
TITLE = "Deze gemeente naast andere gemeenten"


@pytest.fixture(scope="module")
def without() -> Road:
    """The records of clients alone, in a study that names a file of public figures."""
    return travelled(with_views(records(people(EVERYBODY, per_team=120), EVERYBODY)), study(BESIDE))


@pytest.fixture
def road(without: Road, tmp_path: Path):
    def of(text: list[str]) -> Road:
        return beside_others(without, read_municipal_file(written(tmp_path, text), without.study))

    return of


def compared(found: Road) -> pd.Series:
    return found.out["out_effects__municipalities"].iloc[0]


def test_a_planted_step_stands_out_among_municipalities_where_nothing_began(road) -> None:
    found = road(lines(step=-5.0))
    row = compared(found)
    assert row["estimate"] == pytest.approx(-5.0, abs=0.8)
    assert row["lowest"] <= row["estimate"] <= row["highest"]
    assert (row["stamp"], row["n_as_large"], row["n_before"], row["n_after"]) == ("indication", 0, 17, 7)
    assert row["p_value"] == pytest.approx(1 / (1 + row["n_placebos"]))
    assert f"{INDICATOR}: na de start lag deze gemeente gemiddeld" in found.cause
    assert "per 1.000 inwoners lager dan het mengsel" in found.cause
    assert f"Bij geen van de {row['n_placebos']} andere gemeenten" in found.cause
    assert "Dat is een aanwijzing dat er hier iets veranderde" in found.cause
    assert "Bron van de cijfers: Verzonnen cijfers om mee te testen." in found.cause
    assert not words_not_allowed(found.cause, Stamp.INDICATION)


def test_the_picture_shows_own_line_mix_start_and_the_others_behind(road) -> None:
    found = road(lines(seed=9))
    figure = next(
        part
        for chapter in found.chapters
        for part in chapter.parts
        if isinstance(part, Figure) and part.title.startswith(INDICATOR)
    )
    chart = figure.chart
    assert isinstance(chart, Courses)
    assert chart.start == pytest.approx(2021.5, abs=0.01)
    assert len(chart.behind) == compared(found)["n_placebos"] < compared(found)["n_donors"]
    assert "Niet in het grijs, want niet goed na te bootsen: " in found.cause
    own, mix = chart.courses
    assert own.y[:3] == pytest.approx(mix.y[:3], abs=1.5) and own.y[-1] < mix.y[-1] - 3
    assert len(figure.table.rows) == len(HALVES)
    weights = found.out["out_effects__municipal_lines"].drop_duplicates("municipality")["weight"]
    assert weights.sum() == pytest.approx(1, abs=1e-4)


def test_where_nothing_happened_nothing_is_claimed(road) -> None:
    found = road(lines(step=0.0))
    assert compared(found)["p_value"] > 0.1
    assert "Dit is geen aanwijzing." in found.cause


def test_without_the_file_there_is_no_word_of_other_municipalities(road, without: Road) -> None:
    assert TITLE in road(lines()).cause
    assert TITLE not in without.cause
    assert without.est["est_effects__municipal_lines"].empty


def test_too_few_others_are_refused_with_the_reason_and_the_rest_stands(road) -> None:
    found = road(lines(n_donors=9))
    assert "Er zijn 9 andere gemeenten met een volledige reeks; minstens 10 zijn nodig." in found.cause
    assert len(found.chapters) == 14
    assert "Iedereen begon op 1 juli 2021." in found.cause


def test_a_figure_that_was_not_published_costs_a_donor_or_the_comparison(road) -> None:
    text = lines(n_donors=11)
    place = next(at for at, line in enumerate(text) if line.startswith("Verzonnen C;2015-H2"))
    text[place] = f"Verzonnen C;2015-H2;{INDICATOR};."
    found = road(text)
    assert compared(found)["n_donors"] == 10
    assert "Niet in het mengsel, want niet elke periode is gepubliceerd: Verzonnen C." in found.cause
    text[5] = f"Demostad;{HALVES[4]};{INDICATOR};"
    assert "De reeks van deze gemeente heeft gaten." in road(text).cause


def test_the_period_in_which_the_start_lies_counts_on_neither_side(without: Road, tmp_path: Path) -> None:
    halfway = study(BESIDE.replace("2021-07-01", "2021-09-15"))
    figures = read_municipal_file(written(tmp_path, lines()), halfway)
    found = beside_others(replace(without, study=halfway), figures)
    assert compared(found)[["n_before", "n_after"]].tolist() == [17, 6]
    table = found.out["out_effects__municipal_lines"]
    assert set(table.loc[table["imitated"].isna(), "period"]) == {"2021, 2e halfjaar"}


def test_two_figures_are_held_to_more_than_one(without: Road, tmp_path: Path) -> None:
    both = study(BESIDE.replace("[{name", "[{name: Schulden, unit: procent}, {name"))
    text = lines() + [line.replace(INDICATOR, "Schulden") for line in lines(seed=9)[1:]]
    found = beside_others(replace(without, study=both), read_municipal_file(written(tmp_path, text), both))
    table = found.out["out_effects__municipalities"].set_index("indicator")
    assert table.loc[INDICATOR, "p_adjusted"] == pytest.approx(2 * table.loc[INDICATOR, "p_value"])
    assert found.cause.index("Schulden: na de start") < found.cause.index(f"{INDICATOR}: na de start")
    assert "Wie naar meer cijfers kijkt" in found.cause


def test_a_test_that_could_show_nothing_says_so_and_contradicts_nothing(without: Road, tmp_path: Path) -> None:
    """Two figures and ten to fifteen others: at its best the chance is above one in ten."""
    both = study(BESIDE.replace("[{name", "[{name: Schulden, unit: procent}, {name"))
    text = lines(n_donors=13) + [line.replace(INDICATOR, "Schulden") for line in lines(n_donors=13, seed=9)[1:]]
    found = beside_others(replace(without, study=both), read_municipal_file(written(tmp_path, text), both))
    row = found.out["out_effects__municipalities"].set_index("indicator").loc[INDICATOR]
    assert (
        row["n_as_large"] == 0
        and row["p_smallest"] == pytest.approx(2 / (1 + row["n_placebos"]))
        and row["p_smallest"] > 0.1
    )
    assert "kon hier niets uit komen" in found.cause and "ook niet dat er niets gebeurde" in found.cause
    assert "komt dus ook zonder de aanpak voor" not in found.cause
    assert "niet te zeggen: te weinig gemeenten" in found.cause


def test_a_short_past_is_refused(road) -> None:
    late = [line for line in lines() if line.startswith("gemeente") or line.split(";")[1] >= "2018"]
    assert "Er zijn 7 perioden vóór de start; minstens 8 zijn nodig." in road(late).cause


def test_a_municipality_that_no_mix_can_follow_is_refused(road) -> None:
    swinging = [f"Demostad;{half};{INDICATOR};{60 + 15 * (at % 2)}" for at, half in enumerate(HALVES)]
    found = road([line for line in lines() if not line.startswith("Demostad")] + swinging)
    assert "Geen mengsel van de andere gemeenten volgt de lijn van deze gemeente" in found.cause
    assert pd.isna(compared(found)["estimate"])


def test_a_series_of_clients_that_is_refused_leaves_the_public_figures_and_no_word_of_cause(tmp_path: Path) -> None:
    the_study = study(BESIDE)
    who = people(EVERYBODY, per_team=40)
    who = who[who["intake"] > "2021-01-01"]
    table = records(who, EVERYBODY)
    found = travelled(with_views(table), the_study, read_municipal_file(written(tmp_path, lines()), the_study))
    assert TITLE in found.cause and "niet waardoor" in found.cause
    assert not words_not_allowed(found.report, Stamp.CHANGE)


def changed(text: list[str], at: int, line: str) -> list[str]:
    return [*text[:at], line, *text[at + 1 :]]


FAULTS = {
    "own municipality unknown": (
        lambda text: [line.replace("Demostad", "Demodorp") for line in text],
        "'Demostad' uit",
    ),
    "own municipality misspelt": (
        lambda text: [line.replace("Demostad", "Demosta") for line in text],
        "regel 2: 'Demostad' uit study.yaml staat er niet in. Bedoelde u deze",
    ),
    "a name misspelt": (lambda text: changed(text, 30, text[30].replace("Verzonnen A", "Verzonnen Aa")), "ontbreekt"),
    "a line missing": (
        lambda text: [*text[:30], *text[31:]],
        "regel 26: van deze gemeente ontbreekt 'Wmo-cliënten' voor 2015, 2e halfjaar.",
    ),
    "text in value": (lambda text: changed(text, 7, f"Demostad;{HALVES[6]};{INDICATOR};veel"), "regel 8: waarde is"),
    "a point for a comma": (lambda text: changed(text, 7, f"Demostad;{HALVES[6]};{INDICATOR};61.2"), "regel 8: waarde"),
    "an unknown period": (lambda text: changed(text, 7, f"Demostad;2016-H3;{INDICATOR};61,2"), "periode kennen we"),
    "an unknown indicator": (
        lambda text: changed(text, 7, f"Demostad;{HALVES[6]};Schulden;61"),
        "deze indicator staat",
    ),
    "a line twice": (lambda text: [*text, text[-1]], "deze gemeente heeft deze periode al"),
    "years among half-years": (lambda text: [*text, f"Demostad;2025;{INDICATOR};60"], "verschillende lengte"),
    "another header": (lambda text: ["gemeente;jaar;waarde", *text[1:]], "regel 1: de kolommen"),
    "only a header": (lambda text: text[:1], "'Demostad' uit study.yaml staat er niet in"),
    "a quote that is not closed": (
        lambda text: changed(text, 7, f'"Demostad;2016-H1;{INDICATOR};61'),
        "wordt niet gesloten",
    ),
    "a fault on every line": (lambda text: [line.replace(";20", ";") for line in text], "en nog 460 fouten."),
    "too early": (lambda text: changed(text, 7, f"Demostad;1950-H1;{INDICATOR};61"), "periode kennen we"),
    "a person": (lambda text: [*text, f"jan@example.org;2025-H1;{INDICATOR};60"], "een e-mailadres"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_file_says_where_and_what_to_do(fault: str, tmp_path: Path) -> None:
    spoil, words = FAULTS[fault]
    with pytest.raises(StudyError) as caught:
        read_municipal_file(written(tmp_path, spoil(lines())), study(BESIDE))
    assert words in str(caught.value)
    assert all(one.do for one in caught.value.findings)
    assert not re.search("Verzonnen|example.org", str(caught.value))  # a line number, never what the file says
    assert len(caught.value.findings) <= 21


@pytest.mark.parametrize("shape", [r"\1HJ0\2", r"\2e halfjaar \1", r"\2e halfjaar \1*"])
def test_periods_as_statline_writes_them_are_periods_too(shape: str, tmp_path: Path) -> None:
    text = [re.sub(r"(\d{4})-H(\d)", shape, line) for line in lines()]
    found = read_municipal_file(written(tmp_path, text), study(BESIDE))
    assert found is not None and found["period"].iloc[1] == "2013, 2e halfjaar"
    assert found["ends_on"].iloc[0] == pd.Timestamp(2013, 6, 30)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The directory of a study with a file of public figures."""
    text = (VOORBEELDSTAD / "study.yaml").read_text(encoding="utf-8")
    head, _, tail = text.partition("kind: staggered")
    text = f"{head}kind: series\n  started_on: 2021-07-01\n  {KEY}{tail}".replace("Voorbeeldstad", "Demostad")
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "mapping.yaml").write_bytes((VOORBEELDSTAD / "mapping.yaml").read_bytes())
    return written(tmp_path, lines())


def test_the_file_is_a_part_of_the_study_that_a_release_rests_on(directory: Path) -> None:
    found = read_study(directory)
    assert [path.name for path in found.policy] == ["mapping.yaml", "study.yaml", "cijfers.csv"]
    assert found.municipal is not None and found.municipal["is_own"].sum() == len(HALVES)
    written(directory, lines()[:-1])  # read again, although no YAML changed
    with pytest.raises(StudyError, match="regel 458: van deze gemeente ontbreekt"):
        read_study(directory)


def test_check_ends_with_code_2_and_the_line(directory: Path) -> None:
    written(directory, changed(lines(), 7, f"Demostad;{HALVES[6]};{INDICATOR};veel"))
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "check", str(directory)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert (ended.returncode, "cijfers.csv, regel 8: waarde is geen getal." in ended.stdout + ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (f"kind: before_after, {KEY}", "municipal_series hoort bij kind: series"),
        (f"{SERIES}, {KEY}".replace("cijfers.csv", "../cijfers.csv"), "geen naam van een CSV-bestand"),
        (f"{SERIES}, {KEY}".replace("source: Verzonnen cijfers om mee te testen., ", ""), "source': dit ontbreekt"),
        (f"{SERIES}, {KEY}".replace("[{name", "[{name: wmo clienten, unit: aantal}, {name"), "staat er twee keer"),
    ],
    ids=["without a series", "outside the study", "without a source", "one indicator twice"],
)
def test_the_key_says_all_that_it_needs(design: str, words: str) -> None:
    with pytest.raises(StudyError, match=words):
        study(design)


def test_no_name_leaves_that_looks_like_a_person() -> None:
    row = {"indicator": "x", "is_own": True, "begins_at": 2020.0, "period": "2020", "moment": "before"}
    rows = pd.DataFrame([row | {"municipality": "jan@example.org", "value": 1.0, "is_compared": True}])
    kinds = empty_frame(LINES).dtypes.to_dict()
    shaped = rows.reindex(columns=list(kinds)).astype(kinds)
    with pytest.raises(GateRefused, match="kolom municipality: hier staat mogelijk een e-mailadres"):
        release_municipal_lines(shaped)
