"""`wijkbaat explain` and `wijkbaat compare` on releases that the whole chain made."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pymupdf
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.tables.mkba import MKBA_TABLES, mkba_frames
from mkba.appraisal import Settings, appraise
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.shipped import parameter_packs
from mkba.tables.rows import mkba_rows
from pipelines.commands.app import app
from pipelines.commands.money import TABLES as COMPARED
from pipelines.commands.money import open_release
from pipelines.releases.publishing import make_release, table_files
from pipelines.releases.release import Release, publish
from pipelines.releases.step_keys import step_key
from pipelines.releases.steps_done import keep_done
from pipelines.storage.home import Home
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import Workplace, read_study
from reports.explain import ledger, line_explained, lines_listed
from tests.flow.conftest import Done
from tests.flow.small import AS_OF

NUMBER = r"(−?[\d.]+(?:,\d+)?)"


def said(*arguments: object) -> str:
    """What a command prints; an error of ours comes out as itself."""
    return CliRunner().invoke(app, [str(one) for one in arguments], catch_exceptions=False).output


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".").replace("−", "-"))


def amount(text: str) -> float:
    """The first amount in a text: −€ 1.234,56."""
    minus, digits = re.search(r"(−?)€\s([\d.]+,\d\d)", text).groups()  # type: ignore[union-attr]
    return number(minus + digits)


@dataclass(frozen=True)
class Again:
    """The same estimates with another mkba.yaml: the MKBA and the release made again, the rest left as it was."""

    release: Release
    report: str


def again(done: Done, root: Path, changes: dict[str, str]) -> Again:
    study, home = root / "study", Home(root / "home")
    shutil.copytree(done.study, study)
    shutil.copytree(done.home, home.root)
    text = (study / "mkba.yaml").read_text(encoding="utf-8")
    for old, new in changes.items():
        text, n_changed = re.subn(old, new, text, flags=re.MULTILINE)
        assert n_changed, old
    (study / "mkba.yaml").write_text(text, encoding="utf-8")
    place, store = Workplace(read_study(study), home, AS_OF, 1), TableStore(home.tables)
    model = study_mkba(place.files)
    assert model is not None
    released = released_quantities(place.files.study.design, {name: store.stored(name).frame() for name in READS})
    appraisal = appraise(model, parameter_packs(), released, Settings(seed=1, n_draws=4_096))
    for name, frame in mkba_frames(mkba_rows(appraisal)).items():
        written = store.write(MKBA_TABLES[name], frame)
        assert not written.broken
        store.keep(written)
    rows = dict.fromkeys(map(str, MKBA_TABLES), 0)
    keep_done(place, "mkba", tuple(READS), step_key(place, "mkba", READS), rows)
    made = make_release(place)
    return Again(made, (made.directory / "report.html").read_text(encoding="utf-8"))


ASSUMED = "status: assumption\n    signed_by: onderzoeker (verzonnen)"
OTHER_ANALYSIS = {
    r"^discount: nl_2021$": "discount: nl_2016",
    r"^price_year: 2024$": "price_year: 2025",
    r"^    years: 5$": "    years: 4",
}
ALL_PRICES_ASSUMED = {
    r"^      price_year: 2023$": "      price_year: 2023\n      amount_status: assumption",
    r"^price_lists: .*$": "price_lists: []",
    r"^prices:$": f"""prices:
  - id: psychiatric_day
    label: dag in een psychiatrische instelling
    unit: day
    value: 300
    price_year: 2022
    source: Verzonnen aanname voor een toets
    {ASSUMED}""",
}


@pytest.fixture(scope="module")
def later(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Again:
    return again(done, tmp_path_factory.mktemp("later"), ALL_PRICES_ASSUMED | OTHER_ANALYSIS)


def test_prices_that_are_all_assumed_lead_with_break_even_and_say_indicative(done: Done, later: Again) -> None:
    before, after = (
        open_release(place)[1]["out_mkba__headline"].iloc[0] for place in (done.home, later.release.directory)
    )
    assert (before["leading"], after["leading"]) == ("npv", "break_even")
    assert after["verified_share"] == 0
    assert after["sentence"].startswith(
        "Doorgaan: indicatief, want maar 0 % van de baten rust op nagekeken prijzen en aantallen (gevraagd: 50 %). "
        "De kosten"
    )
    assert "Doorgaan: indicatief, want maar 0% van de baten" in later.report


def test_every_line_of_a_release_is_priced_with_its_status_or_pm_with_its_switching_value(done: Done) -> None:
    _, tables = open_release(done.home)
    balance, pm = tables["out_mkba__balance"], tables["out_mkba__pm"].set_index(["alternative", "line"])
    priced = balance[balance["status"] == "priced"]
    assert len(priced) and priced[["price_status", "price_source"]].notna().all(axis=None)
    mine = (balance["alternative"] == "continue") & (balance["line"] != "extra_clients_helped")
    going_on = balance[(balance["status"] == "pm") & mine]
    keys = list(zip(going_on["alternative"], going_on["line"], strict=True))
    assert len(keys)
    for _, row in pm.loc[keys].iterrows():
        # No difference was measured for some: then no value can turn the balance.
        assert pd.notna(row["switching_eur_per_unit"]) or row["units_discounted"] == 0
        assert pd.notna(row["switching_eur_per_unit"]) or "geen verschil gemeten" in row["sentence"]
    unknown = balance[(balance["status"] == "not_released") & (balance["alternative"] == "continue")]
    assert unknown["note"].notna().all()
    unknown_keys = list(zip(unknown["alternative"], unknown["line"], strict=True))
    assert all("Alles samen: het saldo is pas nul als dit €" in words for words in pm.loc[unknown_keys, "sentence"])


def test_the_lines_add_up_to_the_balance_of_the_release(done: Done) -> None:
    text = said("explain", done.home)
    name, tables = open_release(done.home)
    assert name in text
    before, total = text.split("samen: het saldo")
    listed = [amount(line) for line in before.splitlines() if "€" in line]
    assert round(sum(listed), 2) == amount(total)
    assert amount(total) == round(tables["out_mkba__headline"]["npv_at_mean_eur"].iloc[0], 2)


def test_a_reader_with_a_calculator_comes_to_the_amount_of_every_line(done: Done) -> None:
    release, tables = open_release(done.home)
    for alternative in ("continue", "stop", "scale_up"):
        book = ledger(release, tables, alternative)
        for line, row in book.lines.items():
            if row["status"] != "priced":
                continue
            text = line_explained(book, line)
            first = re.search(rf"^  1\.   .*?\s{NUMBER}", text, re.MULTILINE)
            assert first is not None
            running = number(first[1])
            for factor, shown in re.findall(rf"^  \d+\. x \D+?{NUMBER}.*= {NUMBER}$", text, re.MULTILINE):
                assert running * number(factor) == pytest.approx(number(shown), rel=1e-6, abs=0.02)
                running = number(shown)
            assert abs(running) == pytest.approx(abs(row["at_mean_eur"]), abs=0.02)
            assert amount(text) == pytest.approx(row["at_mean_eur"], abs=0.006)
            years = re.findall(rf"^  \d{{4}}  {NUMBER} : {NUMBER} \^ {NUMBER} = {NUMBER}$", text, re.MULTILINE)
            for share, rate, when, shown in years:
                assert number(share) / number(rate) ** number(when) == pytest.approx(number(shown), abs=1e-7)


def test_a_walk_ends_at_released_quantity_price_effect_and_source(done: Done) -> None:
    text = re.sub(r"\s+", " ", said("explain", done.home, "Minder crisisopnames"))
    assert "(vrijgegeven tabel out_effects__estimates)" in text
    assert "(vrijgegeven tabel out_reach__by_year)" in text
    assert "[aanname]: Aanname van de gemeente; de levering kent geen dagen" in text
    assert "Kostenhandleiding bij de richtlijn voor economische evaluaties (2024), paragraaf 4.15.8" in text
    assert "De schatting staggered/effect/" in text and "bewijs: vergelijking" in text
    assert "Voor zorgverzekeraar (Zvw) (Zorgverzekeringswet): €" in text


def test_a_line_without_a_price_says_at_what_value_it_counts(done: Done) -> None:
    assert "Dit is een PM-post: eenheden zonder prijs." in said("explain", done.home, "ladder_steps")


def test_explain_gives_the_same_as_json(done: Done) -> None:
    lines = json.loads(said("explain", done.home, "--json"))
    one: dict[str, Any] = json.loads(said("explain", done.home, "guidance", "--json"))
    shown = {row["line"]: row["at_mean_eur"] for row in lines["lines"]}
    assert one["steps"][-1]["running"] == pytest.approx(shown["guidance"], abs=0.01)
    assert sum(row["discounted"] for row in one["years"]) == pytest.approx(one["steps"][-1]["value"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{home}", "guidence"], r"De regel 'guidence' staat niet in deze MKBA. Bedoelde u 'guidance'"),
        (["{home}", "minder dagbestedingen"], r"Bedoelde u 'day_activity' \(Minder dagbesteding\)"),
        (["{home}", "xyz"], "Laat de regel weg voor de lijst"),
        (["{home}", "--alternative", "later"], "Kies uit: continue, stop, scale_up"),
        (["{study}"], "geen publicatie en geen home"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(done: Done, arguments: list[str], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        said("explain", *(one.format(home=done.home, study=done.study) for one in arguments))


def test_a_release_without_mkba_or_with_other_figures_than_it_was_made_with_explains_nothing(
    done: Done, tmp_path: Path
) -> None:
    _, tables = open_release(done.home)
    with pytest.raises(StudyError, match="heeft geen MKBA"):
        ledger("2026-01-31-leeg", {name: frame.head(0) for name, frame in tables.items()})
    assert done.outcome.release is not None
    altered = tmp_path / "altered"
    shutil.copytree(done.outcome.release.directory, altered)
    (altered / "tables" / "out_mkba__balance.csv").write_text("x")
    with pytest.raises(StudyError, match="veranderd na het maken"):
        said("explain", altered)


def test_amounts_that_are_no_balance_are_not_added_up(done: Done) -> None:
    release, tables = open_release(done.home)
    headline = tables["out_mkba__headline"].assign(npv_at_mean_eur=float("nan"))
    text = lines_listed(ledger(release, {**tables, "out_mkba__headline": headline}))
    assert "Deze bedragen vormen geen saldo." in text and "samen" not in text


def test_two_releases_differ_by_parts_that_add_up_to_the_cent(done: Done, later: Again) -> None:
    found = json.loads(said("compare", done.home, later.release.directory, "--json"))
    ends = [round(found[side]["npv_at_mean_eur"], 2) for side in ("before", "after")]
    published = [
        open_release(place)[1]["out_mkba__headline"]["npv_at_mean_eur"].iloc[0]
        for place in (done.home, later.release.directory)
    ]
    assert ends == [round(one, 2) for one in published]
    assert round(ends[0] + sum(found["parts_eur"].values()), 2) == ends[1]
    # The people and what happened to them are the same.
    assert {group for group, part in found["parts_eur"].items() if part} == {"price", "index", "rate", "method"}


def test_the_waterfall_is_told_in_dutch(done: Done, later: Again) -> None:
    text = said("compare", done.home, later.release.directory)
    assert [text.index(words) for words in ("prijspeil en btw", "discontovoet", "regels en methode")]
    assert "Let op: de eerste is in euro's van 2024" in text
    assert done.outcome.release is not None
    shown = [amount(row) for row in text.splitlines() if re.match(r" {2,4}\S", row) and "€" in row]
    assert round(sum(shown[:-1]), 2) == shown[-1]


def test_a_release_compared_with_itself_differs_by_nothing(done: Done) -> None:
    assert set(json.loads(said("compare", done.home, done.home, "--json"))["parts_eur"].values()) == {0.0}


def test_releases_without_an_mkba_are_compared_by_their_figures(done: Done, tmp_path: Path) -> None:
    places = []
    for name, risen in (("eerst", 0), ("nu", 10)):
        assert done.outcome.release is not None
        tables = {path.stem: path for path in (done.outcome.release.directory / "tables").glob("*.parquet")}
        frames = {table: StoredTable(table, (tables[table],)).frame() for table in COMPARED}
        frames["out_mkba__headline"] = frames["out_mkba__headline"].iloc[:0]
        change = frames["out_change__by_domain"]
        moved = (change["slice"] == "all") & (change["life_domain"] == "finances") & (change["subject"] == "zrm")
        change.loc[moved & (change["moment_to"] == "last"), "n_up"] += risen
        home = Home(tmp_path / name)
        home.prepare()
        places.append(publish(home, table_files(frames), {}, {}, AS_OF).directory)
    told = json.loads(said("compare", *places, "--json"))
    assert "geen MKBA" in told["no_balance"]
    (only,) = [one for one in told["figures"] if one["before"] != one["after"]]
    assert only["what"].startswith("Financiën")
    assert only["after"] > only["before"]
    text = said("compare", *places)
    assert "Financiën" in text
    assert f"{len(told['figures']) - 1} van de {len(told['figures'])} cijfers over iedereen" in text


def test_a_printed_figure_is_explained_by_its_number(done: Done) -> None:
    assert done.outcome.release is not None
    directory = done.outcome.release.directory
    figures = {one["id"]: one for one in json.loads((directory / "figures.json").read_text("utf-8"))}
    told = said("explain", done.home, "r5")
    assert told.startswith(f"R5: {figures['R5']['about']}")
    assert " ".join(figures["R5"]["words"].split()) in " ".join(told.split())
    assert "tables/out_change__by_domain.csv" in told
    assert "Zo is het gerekend:" in said("explain", directory, "F2")
    with pytest.raises(StudyError, match="Kies uit: R1 tot en met R"):
        said("explain", done.home, "R99")


def test_the_summary_for_the_council_in_a_release_is_two_pages(done: Done) -> None:
    assert done.outcome.release is not None
    assert len(pymupdf.open(done.outcome.release.directory / "raad.pdf")) == 2
