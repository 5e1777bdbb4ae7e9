"""From a delivery to a release, with real Dagster and real files; and what must not happen on the way."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.errors import DeliveryRefused, HomeLocked, StudyError, WijkbaatError
from data_contracts.tables.released_companions import COMPANION_TABLES
from data_contracts.vocabulary.field import Stamp
from pipelines.releases.release import Release, current, decide, releases, status_of
from pipelines.run import run
from pipelines.storage.home import Home
from pipelines.storage.tables import StoredTable
from tests.effects.road import words
from tests.effects.stamped_words import words_not_allowed
from tests.flow.conftest import Done
from tests.flow.dropped import Dropped
from tests.flow.held import held
from tests.surfaces.paper import require_room


def released_bytes(home: Path) -> dict[str, bytes]:
    """Every byte of the released zone."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in sorted((home / "released").rglob("*"))
        if path.is_file()
    }


def test_a_run_ends_with_an_approved_release_where_the_study_asks_nobody(done: Done) -> None:
    assert done.outcome.release is not None
    assert done.outcome.release.status == "approved"
    assert current(Home(done.home)) == done.outcome.release.name
    manifest = json.loads((done.outcome.release.directory / "manifest.json").read_text(encoding="utf-8"))
    paths = {entry["path"] for entry in manifest["files"]}
    assert {
        "report.html",
        "raad.html",
        "raad.pdf",
        "raad.docx",
        "figures.json",
        "mkba.xlsx",
        "mkba.ods",
        "tables/out_change__by_domain.parquet",
        "tables/out_change__by_domain.csv",
    } <= paths


def test_a_council_gets_two_pages_and_a_report_of_at_most_twelve(done: Done) -> None:
    made = done.outcome.release
    assert made is not None
    require_room({name: (made.directory / name).read_bytes() for name in ("raad.pdf", "rapport.pdf")})


def test_the_account_of_every_file_adds_up(done: Done) -> None:
    for account in done.outcome.accounts:
        for counts in account["files"].values():
            assert (
                counts["rows"]
                == counts["accepted"]
                + sum(counts["quarantined"].values())
                + counts["exact_duplicates"]
                + counts["left_out"]
            )


def test_the_same_run_again_changes_no_byte_of_what_is_released(done: Done) -> None:
    before = released_bytes(done.home)
    again = run(done.order())
    assert again.release == done.outcome.release
    assert released_bytes(done.home) == before


def _without_a_column(delivery: Path, study: Path) -> None:
    path = delivery / "zrm.csv"
    path.write_bytes(path.read_bytes().replace(b"Datum afname", b"Dag", 1))


def _with_a_bsn(delivery: Path, study: Path) -> None:
    path = delivery / "gebeurtenissen.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\r\n".join([lines[0] + b";BSN", *(line + b";123456782" for line in lines[1:])]))


def _with_numbers_for_pseudonyms(delivery: Path, study: Path) -> None:
    path = delivery / "ervaren_baat.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\r\n".join([lines[0], *(b"123456782;" + line.split(b";", 1)[1] for line in lines[1:])]))


def _empty(delivery: Path, study: Path) -> None:
    (delivery / "zrm.csv").write_bytes(b"")


def _no_csv(delivery: Path, study: Path) -> None:
    (delivery / "zrm.csv").write_bytes(b"%PDF-1.7\x00\x01\x02" * 100)


def _half_of_the_dates(delivery: Path, study: Path) -> None:
    path = delivery / "zrm.csv"
    lines = path.read_bytes().splitlines()
    half = [line.replace(b"-20", b"-9920") if number % 2 else line for number, line in enumerate(lines)]
    path.write_bytes(b"\r\n".join([lines[0], *half[1:]]))


def _undeclared_column(delivery: Path, study: Path) -> None:
    path = delivery / "clienten.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\r\n".join([lines[0] + b";Opmerking", *(line + b";tekst over Jan" for line in lines[1:])]))


def _other_pseudonyms(delivery: Path, study: Path) -> None:
    for path in delivery.iterdir():
        turned = re.sub(rb"VB1-([A-Z2-7]{20})", lambda key: b"VB1-" + key[1][::-1], path.read_bytes())
        path.write_bytes(turned)


def _unknown_key(delivery: Path, study: Path) -> None:
    path = study / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "drempel: 5\n", encoding="utf-8")


def _threshold_below_ten(delivery: Path, study: Path) -> None:
    path = study / "study.yaml"
    text = re.sub(r"thresholds:\n( .*\n)+", "", path.read_text(encoding="utf-8"))
    path.write_text(text + "thresholds: {clients: 5}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (_without_a_column, DeliveryRefused, "kolom 'Datum afname' ontbreekt"),
        (_with_a_bsn, DeliveryRefused, "kondigt een BSN aan"),
        (_with_numbers_for_pseudonyms, DeliveryRefused, "lijkt een BSN te bevatten"),
        (_empty, DeliveryRefused, "het bestand is leeg"),
        (_no_csv, DeliveryRefused, "dit is een PDF"),
        (_half_of_the_dates, DeliveryRefused, "de datum bestaat niet of is anders geschreven"),
        (_undeclared_column, DeliveryRefused, "'Opmerking' staat niet in mapping.yaml"),
        (_other_pseudonyms, DeliveryRefused, "staat 100% daar onder een ander pseudoniem"),
        (_unknown_key, StudyError, "deze sleutel kennen we niet"),
        (_threshold_below_ten, StudyError, "dit moet minstens 10 zijn"),
    ],
)
def test_bad_input_publishes_nothing_and_says_what_to_do_without_a_value(
    done: Done,
    tmp_path: Path,
    spoil: Callable[[Path, Path], None],
    error: type[WijkbaatError],
    words: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    study, delivery = tmp_path / "demostad", tmp_path / "levering"
    shutil.copytree(done.study, study)
    shutil.copytree(done.delivery, delivery)
    spoil(delivery, study)
    home = shutil.copytree(done.home, tmp_path / "home")  # what is refused is remembered
    before = released_bytes(home)
    with pytest.raises(error) as caught:
        run(done.order(study=study, deliveries=delivery, home=home))
    message = str(caught.value)
    assert words in message
    assert message.count("\n") == 0
    printed = capfd.readouterr()
    for value in ("VB1-", "123456782", "Jan"):
        assert value not in message + printed.out + printed.err
    assert released_bytes(home) == before


@pytest.mark.slow
def test_in_another_home_a_good_delivery_gives_the_same_figures_beside_a_refused_one(
    done: Done, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    inbox = Home(home).inbox
    shutil.copytree(done.delivery, inbox / done.delivery.name)
    shutil.copytree(done.delivery, inbox / "z_slecht")
    (inbox / "z_slecht" / "zrm.csv").write_bytes(b"")
    with pytest.raises(DeliveryRefused, match=r"'z_slecht'.* is geweigerd"):
        run(done.order(home=home, deliveries=None))
    assert releases(Home(home)) == []
    later = run(done.order(home=home, deliveries=None))
    assert later.release is not None and done.outcome.release is not None
    assert [receipt.name for receipt in later.refused] == ["z_slecht"]
    for path in sorted((done.outcome.release.directory / "tables").iterdir()):
        assert (later.release.directory / "tables" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_second_run_in_one_home_is_refused(done: Done, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with held(home), pytest.raises(HomeLocked, match="loopt al een andere run"):
        run(done.order(home=home))


def test_a_lock_file_that_a_dead_process_left_holds_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.closed.mkdir(parents=True)
    (home.closed / "lock").write_text("999999")
    with home.lock():
        pass


def the_release(concept: Dropped) -> Release:
    (made,) = releases(Home(concept.home))
    return made


def test_a_study_of_change_alone_publishes_no_word_that_claims_a_cause(concept: Dropped) -> None:
    page = (the_release(concept).directory / "report.html").read_text(encoding="utf-8")
    sections = re.findall(r"<section .*?</section>", page, re.DOTALL)
    assert len(sections) == 12 + page.count('<details class="annex"')
    assert 'id="bijlage-e"' in page
    for section in (*sections, (the_release(concept).directory / "raad.html").read_text(encoding="utf-8")):
        assert words_not_allowed(words(section), Stamp.CHANGE) == [], section[:80]


def test_a_study_of_change_alone_gets_no_balance(concept: Dropped) -> None:
    tables = the_release(concept).directory / "tables"
    assert pd.read_csv(tables / "out_mkba__headline.csv", sep=";")["npv_mean_eur"].isna().all()
    joint = pd.read_csv(tables / "out_effects__joint.csv", sep=";")
    assert joint["vector"].unique().tolist() == ["before_after/mean_change/all/all"]


def test_a_person_approves_and_withdraws_a_concept(concept: Dropped, tmp_path: Path) -> None:
    home, made = Home(shutil.copytree(concept.home, tmp_path / "home")), the_release(concept)
    assert made.status == "concept"
    assert current(home) is None
    from datetime import date

    approved = decide(home, made.name, "approve", "A. Ambtenaar", "nagekeken met het team", date(2026, 2, 1))
    assert approved.status == "approved" and current(home) == made.name
    withdrawn = decide(home, made.name, "withdraw", "A. Ambtenaar", "fout in de levering", date(2026, 2, 2))
    assert withdrawn.status == "withdrawn" and current(home) is None
    assert [json.loads(line)["decision"] for line in (home.released / "decisions.jsonl").read_text().splitlines()] == [
        "approve",
        "withdraw",
    ]
    assert status_of(home, made.name) == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "bestaat/niet"], 2, "deze map bestaat niet"),
        (["run"], 2, "Zo werkt deze opdracht niet"),
        (["check", "{study}"], 0, "klopt"),
        (["run", "{study}", "--deliveries", "{delivery}", "--home", "{tmp}/h", "--as-of", "gisteren"], 2, "geen datum"),
    ],
)
def test_the_command_ends_with_its_code_and_one_dutch_message(
    done: Done, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    places = {"study": done.study, "delivery": done.delivery, "tmp": tmp_path}
    command = [
        sys.executable,
        "-c",
        "from pipelines.cli import main; main()",
        *(one.format(**places) for one in arguments),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == code
    assert words in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_json_prints_one_object(done: Done) -> None:
    from pipelines.commands.summary import as_json

    found = as_json(done.outcome)
    assert {"exit", "release", "accounting", "headline", "seconds"} <= set(found)
    (files,) = found["accounting"].values()
    assert files["zrm.csv"].keys() >= {"rows", "accepted", "quarantined", "exact_duplicates", "not_used"}
    json.dumps(found)


def test_nobody_is_in_what_is_released(done: Done) -> None:
    for path, content in released_bytes(done.home).items():
        assert b"VB1-" not in content, path


def test_what_stands_beside_a_change_goes_from_counts_to_the_report(done: Done) -> None:
    assert done.outcome.release is not None
    released = done.outcome.release.directory
    found = {
        str(schema.name): StoredTable("", (released / "tables" / f"{schema.name}.parquet",)).frame()
        for schema in COMPANION_TABLES
    }
    empty = {name for name, frame in found.items() if frame.empty}
    # This small study has no slice 'team', so no spread of teams; its clients gave no scores and no goals themselves.
    assert empty == {"out_change__teams_spread", "out_quality__self_report", "out_ladder__growth_potential"}
    assert set(found["out_change__by_rater"]["rater"]) == {"all", "same", "other"}
    assert set(found["out_change__reliable"]["reliability"]) == {0.7, 0.8, 0.89}
    report = (released / "report.html").read_text(encoding="utf-8")
    for phrase in ("Wie veranderde meer dan meetruis?", "Maakt het uit wie scoorde?", "Is het meer dan vanzelf"):
        assert phrase in report


def test_approving_a_release_that_was_changed_is_refused(tmp_path: Path, done: Done) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    name = releases(home)[0].name
    (home.released / name / "manifest.json").with_name("tables").joinpath("out_costs__by_year.csv").write_text("x")
    from datetime import date

    with pytest.raises(StudyError, match="veranderd"):
        decide(home, name, "approve", "A. Ambtenaar", "zomaar een reden", date(2026, 2, 1))


def test_the_closing_lines_are_about_the_leading_domains_with_the_noise_beside_them(done: Done) -> None:
    lines = [line for line in done.outcome.headline if line["subject"] == "zrm"]
    assert {line["what"] for line in lines} == {"finances", "housing", "social_network", "community_participation"}
    assert all(0 < line["share_up_by_noise"][0] < line["share_up_by_noise"][1] < 0.5 for line in lines)
    assert "Zonder echte verandering zou door meetruis al" in lines[0]["sentence"]
