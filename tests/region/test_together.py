"""What municipalities found together: released figures only, nobody named unasked, and no stronger than it is."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from data_contracts.errors import StudyError
from indicators.synthesis.random_effects import synthesis
from mkba.inputs.shipped import parameter_packs
from pipelines.region.members import read_region
from pipelines.region.together import synthesized, write_own, write_synthesis
from pipelines.releases.release import decide
from pipelines.storage.home import Home
from reports.content.region.forest import forest
from tests.region.towns import CONSENT, SPREAD_OUT, STUDY, estimate, published, region_of, town
from tests.surfaces.conftest import browser

__all__ = ["browser"]
ON = dt.date(2026, 3, 1)
NAMES = ("appelveen", "peerdam", "kersum", "pruimwijk", "vijgstad")


def five_towns(root: Path, without_consent: tuple[str, ...] = ()) -> Path:
    """Finances is shown by all five, housing by four and addiction by two."""
    for at, (name, value) in enumerate(zip(NAMES, SPREAD_OUT, strict=True)):
        rows = [
            estimate("finances", value),
            estimate("housing", 0.2 + 0.01 * at if at else None, se=0.02),
            *([estimate("addiction", 0.1)] if at < 2 else []),
        ]
        town(root, name, rows, consent="" if name in without_consent else CONSENT)
    return region_of(root, *NAMES)


def told(file: Path) -> str:
    """The page as text, on one line."""
    return " ".join(write_synthesis(read_region(file), file.parent, ON).text.split())


def test_the_page_tells_mean_spread_and_what_a_next_municipality_may_expect(tmp_path: Path) -> None:
    text = told(five_towns(tmp_path))
    assert "5 gemeenten met een geldende publicatie, van 5 in de regio." in text
    assert "Gemiddeld +0,22 (+0,02 tot +0,42), uit 5 gemeenten." in text
    assert "Een volgende gemeente kan −0,26 tot +0,7 verwachten: het kan daar dus ook niets doen" in text


def test_a_hidden_figure_is_counted_and_two_municipalities_are_no_synthesis(tmp_path: Path) -> None:
    found = {one.about["life_domain"]: one for one in synthesized(read_region(five_towns(tmp_path)), ON).outcomes}
    assert (len(found["housing"].rows), found["housing"].n_hidden) == (4, 1)
    assert found["addiction"].synthesis is None
    assert "Van minder dan 3 gemeenten, en daarom niet samengenomen: Verslaving" in told(tmp_path / "region.yaml")


def test_municipalities_that_do_not_differ_are_not_called_equal(tmp_path: Path) -> None:
    page = page_of(five_towns(tmp_path))
    assert (
        "De gemeenten verschillen niet meer van elkaar dan toeval verklaart; dat is niet hetzelfde als gelijk" in page
    )


def test_a_spread_beyond_the_effect_is_said(tmp_path: Path) -> None:
    for name, value in zip(NAMES, (-0.4, -0.2, 0.1, 0.3, 0.5), strict=True):
        town(tmp_path, name, [estimate("finances", value)])
    text = told(region_of(tmp_path, *NAMES))
    assert "geen aantoonbaar gemiddeld verschil. De gemeenten verschillen meer dan het verschil groot is." in text


def page_of(file: Path) -> str:
    """The page itself."""
    return write_synthesis(read_region(file), file.parent, ON).page.read_text(encoding="utf-8")


def test_who_agreed_is_named(tmp_path: Path) -> None:
    page = page_of(five_towns(tmp_path))
    assert all(name.title() in page for name in NAMES)
    assert "zonder naam" not in page


def test_without_consent_of_its_own_study_no_municipality_is_named(tmp_path: Path) -> None:
    page = page_of(five_towns(tmp_path, without_consent=("kersum", "pruimwijk")))
    assert "Kersum" not in page
    assert "Pruimwijk" not in page
    assert "Appelveen" in page


def test_where_one_did_not_agree_nobody_is_named_because_the_one_left_would_be_known(tmp_path: Path) -> None:
    page = page_of(five_towns(tmp_path, without_consent=("kersum",)))
    assert not any(name.title() in page for name in NAMES)


def test_nothing_of_the_closed_zone_is_read(tmp_path: Path) -> None:
    file = five_towns(tmp_path)
    for name in NAMES:
        shutil.rmtree(tmp_path / "homes" / name / "closed")
    assert "uit 5 gemeenten" in told(file)


def test_a_release_that_was_changed_stops_the_synthesis(tmp_path: Path) -> None:
    file = five_towns(tmp_path)
    (table,) = (tmp_path / "homes" / "kersum").glob("released/*/tables/out_effects__design.parquet")
    table.write_bytes(table.read_bytes() + b" ")
    with pytest.raises(StudyError, match=r"is veranderd na het maken: tables/out_effects__design\.parquet"):
        told(file)


@pytest.mark.parametrize("way", ["a table that it does not have", "a column that it does not have"])
def test_a_release_of_an_older_version_is_left_out_by_name_and_the_others_go_on(tmp_path: Path, way: str) -> None:
    file = five_towns(tmp_path)
    (old,) = (one for one in (tmp_path / "homes" / "kersum" / "released").iterdir() if one.is_dir())
    tables = {path.stem: duckdb.read_parquet(str(path)).df() for path in (old / "tables").glob("*.parquet")}
    if way.startswith("a table"):
        del tables["out_effects__design"]
    else:
        tables["out_effects__design"] = tables["out_effects__design"].drop(columns="used")
    shutil.rmtree(tmp_path / "homes" / "kersum")
    published(Home(tmp_path / "homes" / "kersum"), "Kersum", tables)
    written = write_synthesis(read_region(file), tmp_path, ON)
    assert "4 gemeenten met een geldende publicatie, van 5 in de regio." in written.text
    assert "Van 1 gemeente telt de publicatie niet mee" in written.text
    (line,) = written.left_out
    assert line.startswith("kersum telt niet mee: Publicatie '")
    assert "is van een oudere versie. Maak haar opnieuw met wijkbaat run." in line
    assert "Kersum" not in written.page.read_text(encoding="utf-8")
    with pytest.raises(StudyError, match="van een oudere versie"):
        write_own(read_region(file), "kersum", tmp_path, ON)


def test_a_concept_does_not_count(tmp_path: Path) -> None:
    for at, name in enumerate(NAMES):
        town(tmp_path, name, [estimate("finances", 0.2)], approved=at > 0)
    text = told(region_of(tmp_path, *NAMES))
    assert "4 gemeenten met een geldende publicatie, van 5 in de regio." in text


def test_a_release_of_another_municipality_is_refused(tmp_path: Path) -> None:
    file = five_towns(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("homes/kersum", "homes/K").replace("homes/peerdam", "homes/kersum"), encoding="utf-8")
    with pytest.raises(StudyError, match="is niet van Peerdam"):
        told(file)


def test_a_municipality_that_handed_over_its_release_takes_part(tmp_path: Path) -> None:
    file = five_towns(tmp_path)
    (release,) = (one for one in (tmp_path / "homes" / "kersum" / "released").iterdir() if one.is_dir())
    shutil.copytree(release, tmp_path / "received" / release.name)
    shutil.rmtree(tmp_path / "homes" / "kersum")
    text = file.read_text(encoding="utf-8").replace("home: homes/kersum", f"release: received/{release.name}")
    file.write_text(text, encoding="utf-8")
    assert "uit 5 gemeenten" in told(file)


def test_a_municipality_reads_its_own_figure_drawn_towards_the_others(tmp_path: Path) -> None:
    for at, name in enumerate(NAMES):
        town(tmp_path, name, [estimate("finances", *((0.6, 0.2) if at == 0 else (0.1 + 0.02 * at, 0.03)))])
    file = region_of(tmp_path, *NAMES)
    written = write_own(read_region(file), "appelveen", tmp_path, ON)
    (row,) = (line for line in written.text.splitlines() if line.strip().startswith("Financiën"))
    own, others, expected, drawn = [cell for cell in row.split("  ") if cell][1:]
    assert (own.split()[0], others.strip(), expected.split()[0]) == ("+0,6", "4", "+0,15")
    assert 0.15 < float(drawn.split()[0].replace(",", ".")) < 0.3
    assert not any(name.title() in written.text for name in NAMES[1:])


def test_a_municipality_reads_what_its_balance_may_know_beforehand_from_the_others_alone(tmp_path: Path) -> None:
    money = {"subject": "provisions", "life_domain": "all", "what": "all", "unit": "eur", "moment_from": "intake"}
    found = [-500.0, -100.0, -20.0, -180.0, -60.0]
    for name, value in zip(NAMES, found, strict=True):
        town(tmp_path, name, [estimate("all", value, se=40.0, **money)])
    region = read_region(in_euros_of(region_of(tmp_path, *NAMES), dict.fromkeys(NAMES, 2024)))
    written = write_own(region, "appelveen", tmp_path, ON)
    others = synthesis(np.array(found[1:]), np.full(4, 40.0**2))
    assert others is not None
    assert others.expected_spread == pytest.approx((others.expected_high - others.expected_low) / (2 * 1.959964))
    text = " ".join(written.text.split())
    assert f"what: all, unit: eur, mean: -90, spread: {others.expected_spread:.3g}, price_year: 2024, en" in text
    assert "bij source: deze synthese, uit 4 gemeenten." in text
    assert "beforehand" not in write_own(read_region(five_towns(tmp_path / "five")), "kersum", tmp_path, ON).text


def in_euros_of(file: Path, years: dict[str, int]) -> Path:
    """The same region, that says of which year the euros of each are."""
    text = file.read_text(encoding="utf-8")
    for name, year in years.items():
        text = text.replace(f"homes/{name}}}", f"homes/{name}, euros_of: {year}}}")
    file.write_text(text, encoding="utf-8")
    return file


MONEY = {"subject": "provisions", "life_domain": "all", "what": "all", "unit": "eur", "moment_from": "intake"}


def test_what_is_expected_elsewhere_is_one_figure_on_the_page_and_for_the_balance(tmp_path: Path) -> None:
    """Unlike, and unlike in margin: the mean of the synthesis is another figure than the middle of what is expected."""
    found = [(-900.0, 80.0), (-100.0, 20.0), (-2500.0, 700.0), (-1800.0, 90.0), (-60.0, 300.0)]
    for name, (value, se) in zip(NAMES, found, strict=True):
        town(tmp_path, name, [estimate("all", value, se=se, **MONEY)])
    region = read_region(in_euros_of(region_of(tmp_path, *NAMES), dict.fromkeys(NAMES, 2024)))
    written = write_own(region, "appelveen", tmp_path, ON)
    (row,) = (line for line in written.text.splitlines() if line.strip().startswith("Alle voorzieningen"))
    amount = re.match(r"(\D*)€\s([\d.]+)", [cell for cell in row.split("  ") if cell][3])
    assert amount is not None
    expected = float(amount[2].replace(".", "")) * (-1 if amount[1] else 1)
    values, errors = np.array([one for one, _ in found[1:]]), np.array([se for _, se in found[1:]])
    mean = synthesis(values, errors**2)
    assert mean is not None and abs(mean.mean - expected) > 5
    assert f"unit: eur, mean: {expected:g}, spread" in " ".join(written.text.split())


def test_euros_of_two_years_are_put_together_in_euros_of_the_latest(tmp_path: Path) -> None:
    """A difference in prices alone is no difference between municipalities."""
    index = parameter_packs().index["cbs_cpi_2025"]
    years = dict(zip(NAMES, (2020, 2021, 2022, 2023, 2024), strict=True))
    for name, year in years.items():
        town(tmp_path, name, [estimate("all", -1000 * index.factor(2024, year), se=40.0, **MONEY)])
    file = in_euros_of(region_of(tmp_path, *NAMES), years)
    (one,) = synthesized(read_region(file), ON).outcomes
    assert one.rows["estimate"].tolist() == pytest.approx([-1000.0] * 5)
    assert one.rows["se"].max() == pytest.approx(40 * index.factor(2020, 2024))
    assert "in euro's van 2024" in told(file)


def test_euros_of_an_unknown_year_are_put_together_with_none_and_it_is_said_whose(tmp_path: Path) -> None:
    for name in NAMES:
        town(tmp_path, name, [estimate("all", -100.0, se=40.0, **MONEY), estimate("finances", 0.2)])
    file = in_euros_of(region_of(tmp_path, *NAMES), dict.fromkeys(NAMES[:3], 2024))
    found = [one for one in synthesized(read_region(file), ON).outcomes if one.about["unit"] == "eur"]
    assert sorted(len(one.rows) for one in found) == [1, 1, 3]
    written = write_synthesis(read_region(file), tmp_path, ON)
    assert [line.split(":")[0] for line in written.left_out] == [*NAMES[3:]]
    assert "Zet bij haar in region.yaml euros_of: JAAR." in written.left_out[0]
    assert "euro's van een onbekend jaar" in " ".join(written.text.split())


def test_the_year_of_the_euros_stands_in_mkba_yaml_already(tmp_path: Path) -> None:
    """Rijnstad counts the effects in euros of its balance in euros of 2023."""
    for name in NAMES[:3]:
        town(tmp_path, name, [estimate("all", -100.0, se=40.0, **MONEY)])
        shutil.copy(STUDY.parent / "rijnstad" / "mkba.yaml", tmp_path / "studies" / name)
    file = region_of(tmp_path, *NAMES[:3])
    assert [one.about["scale"] for one in synthesized(read_region(file), ON).outcomes] == ["2023"]
    with pytest.raises(StudyError, match=r"^kersum: region\.yaml zegt dat de euro's van 2020 zijn, en mkba\.yaml"):
        told(in_euros_of(file, {"kersum": 2020}))


def test_a_year_that_the_price_index_does_not_know_is_refused_by_name(tmp_path: Path) -> None:
    file = in_euros_of(five_towns(tmp_path), {"kersum": 1991})
    with pytest.raises(StudyError, match=r"^kersum: De prijsindex .* heeft geen cijfer voor 1991"):
        told(file)


def test_rows_of_a_figure_are_no_league_table_and_tell_nothing_of_who_is_who(tmp_path: Path) -> None:
    """Names by the alphabet; those without one by what the figure shows, wherever they stand in region.yaml."""
    five_towns(tmp_path, without_consent=("kersum", "vijgstad"))
    shown = []
    for names in (NAMES, NAMES[::-1]):
        found = synthesized(read_region(region_of(tmp_path, *names)), ON)
        (one,) = (one for one in found.outcomes if one.about["life_domain"] == "finances")
        shown.append([row[:2] for row in forest(found.facts, one).table.rows[:-2]])
    nameless = [("Gemeente zonder naam 1", "+0,2"), ("Gemeente zonder naam 2", "+0,3")]
    assert shown[0] == [("Appelveen", "+0,05"), ("Peerdam", "+0,1"), ("Pruimwijk", "+0,45"), *nameless]
    assert shown[0] == shown[1]


def test_a_municipality_that_is_not_in_the_region_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"'nootdorp' staat niet in region\.yaml\. Bekend: appelveen"):
        write_own(read_region(five_towns(tmp_path)), "nootdorp", tmp_path, ON)


def test_a_declared_feature_is_compared_where_three_stand_on_either_side(tmp_path: Path) -> None:
    for at, name in enumerate((*NAMES, "nootdorp")):
        town(tmp_path, name, [estimate("finances", 0.1 + 0.01 * at + (0.3 if at > 2 else 0))])
    file = region_of(tmp_path, *NAMES, "nootdorp")
    feature = "features:\n  - {name: vaste regisseur, values: [nee, ja]}\n"
    text = file.read_text(encoding="utf-8").replace("municipalities:\n", feature + "municipalities:\n")
    for at, name in enumerate((*NAMES, "nootdorp")):
        value = "ja" if at > 2 else "nee"
        text = text.replace(f"homes/{name}}}", f"homes/{name}, features: {{vaste regisseur: {value}}}}}")
    file.write_text(text, encoding="utf-8")
    words = told(file)
    assert "vaste regisseur: ja, niet nee Financiën (punten) 3 en 3 +0,33 (+0,22 tot +0,44) ja" in words
    assert "geen bewijs dat het door dit kenmerk komt" in words


@pytest.mark.browser
def test_the_pages_have_no_fault_for_a_screen_reader_and_fit_a_phone(browser: Browser, tmp_path: Path) -> None:
    region = read_region(five_towns(tmp_path))
    pages = [write_synthesis(region, tmp_path, ON).page, write_own(region, "kersum", tmp_path, ON).page]
    page = browser.new_page(viewport={"width": 420, "height": 900})
    for path in pages:
        page.goto(path.as_uri())
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
    page.close()


@pytest.mark.parametrize("way", ["its home and its release", "a copy of its release", "a later release beside it"])
def test_a_municipality_counts_once(tmp_path: Path, way: str) -> None:
    file = five_towns(tmp_path)
    shutil.copytree(tmp_path / "studies" / "kersum", tmp_path / "studies" / "kersum-2")
    (release,) = (one for one in (tmp_path / "homes" / "kersum" / "released").iterdir() if one.is_dir())
    where = f"release: homes/kersum/released/{release.name}"
    if way.startswith("a copy"):
        shutil.copytree(release, tmp_path / "received" / release.name)
        where = f"release: received/{release.name}"
    elif way.startswith("a later"):
        town(tmp_path / "later", "kersum", [estimate("finances", 0.9)])
        where = "home: later/homes/kersum"
    text = file.read_text(encoding="utf-8") + f"  - {{study: studies/kersum-2, {where}}}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match="'kersum' en 'kersum-2' zijn allebei van Kersum"):
        told(file)


@pytest.mark.parametrize(("decision", "word"), [("withdraw", "ingetrokken"), ("", "een concept")])
def test_a_release_in_a_home_here_counts_only_while_it_is_approved(tmp_path: Path, decision: str, word: str) -> None:
    file = five_towns(tmp_path)
    home = Home(tmp_path / "homes" / "kersum")
    (release,) = (one for one in home.released.iterdir() if one.is_dir())
    if decision:
        decide(home, release.name, decision, "A. Jansen", "de levering klopte niet", ON)
    else:
        (home.released / "decisions.jsonl").unlink()
    text = file.read_text(encoding="utf-8").replace(
        "home: homes/kersum", f"release: homes/kersum/released/{release.name}"
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=rf"kersum: publicatie '{release.name}' is {word}"):
        told(file)


def test_what_is_wrong_with_one_municipality_names_it(tmp_path: Path) -> None:
    file = five_towns(tmp_path)
    (table,) = (tmp_path / "homes" / "kersum").glob("released/*/tables/out_effects__design.parquet")
    table.write_bytes(table.read_bytes() + b" ")
    with pytest.raises(StudyError, match=r"^kersum: Publicatie '.*' is veranderd na het maken"):
        told(file)
    (tmp_path / "studies" / "peerdam" / "study.yaml").unlink()
    with pytest.raises(StudyError, match=r"^peerdam: study\.yaml: dit bestand ontbreekt"):
        told(file)


def test_a_figure_of_a_weaker_kind_is_told_though_nobody_else_has_one(tmp_path: Path) -> None:
    for at, name in enumerate(NAMES):
        town(tmp_path, name, [estimate("finances", 0.2, stamp="indication" if at == 0 else "strong_comparison")])
    text = told(region_of(tmp_path, *NAMES))
    assert "uit 4 gemeenten" in text
    # A staggered start of which an assumption did not hold is no break in a line.
    weaker = "Aanwijzing: een breuk in de eigen lijn, of een vergelijking waarvan een aanname niet klopte".upper()
    assert f"{weaker} Van minder dan 3 gemeenten, en daarom niet samengenomen: Financiën (punten)." in text


def test_a_municipality_without_a_release_reads_that_it_has_none(tmp_path: Path) -> None:
    five_towns(tmp_path)
    town(tmp_path, "nootdorp", [estimate("finances", 0.2)], approved=False)
    region = read_region(region_of(tmp_path, *NAMES, "nootdorp"))
    assert "Nootdorp heeft nog geen geldende publicatie." in write_own(region, "nootdorp", tmp_path, ON).text


def test_a_municipality_without_a_figure_reads_that_it_is_the_one_without(tmp_path: Path) -> None:
    five_towns(tmp_path)
    town(tmp_path, "nootdorp", [estimate("finances", None)])
    region = read_region(region_of(tmp_path, *NAMES, "nootdorp"))
    text = " ".join(write_own(region, "nootdorp", tmp_path, ON).text.split())
    assert "Nootdorp heeft zelf geen cijfer van een uitkomst die minstens 3 andere gemeenten hebben." in text


def ladder_of(root: Path, name: str, variant: str) -> None:
    """A town that estimates the ladder, and says in its mapping which ladder that is."""
    climb = {"subject": "ladder", "unit": "step"}
    town(root, name, [estimate("all", 0.2 if variant == "classic" else 0.6, **climb)])
    mapping = root / "studies" / name / "mapping.yaml"
    if not variant:
        mapping.unlink()
        return
    file = (
        f"  - match: ladder.csv\n    table: ladder\n    ladder_variant: {variant}\n"
        "    open: {format: csv, encoding: utf-8, delimiter: ;}\n    columns:\n"
        "      client_key: Nr\n      assessed_on: Dag\n      ladder_step: Trede\n"
    )
    mapping.write_text(mapping.read_text(encoding="utf-8").rstrip() + "\n" + file, encoding="utf-8")


def test_steps_of_two_kinds_of_ladder_are_never_put_together(tmp_path: Path) -> None:
    """Schooling is step 3 on the one and step 4 on the other."""
    variants = ("classic", "extended", "classic", "extended", "classic", "extended", "", "")
    names = [f"dorp{letter}" for letter in "abcdefgh"]
    for name, variant in zip(names, variants, strict=True):
        ladder_of(tmp_path, name, variant)
    region = read_region(region_of(tmp_path, *names))
    found = {one.about["scale"]: one for one in synthesized(region, ON).outcomes}
    assert [len(one.rows) for one in found.values()] == [3, 3, 1, 1]
    assert {scale: one.synthesis.mean for scale, one in found.items() if one.synthesis} == {
        "classic": pytest.approx(0.2),
        "extended": pytest.approx(0.6),
    }
    text = told(tmp_path / "region.yaml")
    assert "Participatieladder, klassiek (treden) 3 0 +0,2" in text
    assert "Participatieladder, uitgebreid (treden) 3 0 +0,6" in text
    assert "niet samengenomen: Participatieladder, soort onbekend (treden)" in text
