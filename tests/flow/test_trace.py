"""`wijkbaat trace`: the way back from a figure is complete, exact, and stays in the closed zone."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.assets.defs import intake
from pipelines.assets.table_asset import made_in_turn
from pipelines.assets.views import VIEWS
from pipelines.commands.app import app
from pipelines.records.outcomes import client_outcomes
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.retention import forget_raw
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace, read_study
from pipelines.tracing.effects import people_of_effect
from pipelines.tracing.figures import figures
from pipelines.tracing.trace import last_release, trace
from pipelines.tracing.use import USE
from tests.flow.conftest import Done
from tests.flow.tracing import before_and_after, cells, effect_again, listed

TODAY = dt.datetime.now(tz=dt.UTC).date()
FINANCES = "Financiën"
FIRST_TO_LAST = {
    "subject": "zrm",
    "life_domain": "finances",
    "slice": "all",
    "moment_from": "first",
    "moment_to": "last",
}


@pytest.fixture(scope="module")
def place(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The released small study as on the day of its delivery: the raw text is there."""
    home = Home(tmp_path_factory.mktemp("traced") / "home")
    shutil.copytree(done.home, home.root)
    place = Workplace(read_study(done.study), home, None, 1)
    (receipt,) = Receipts(home.receipts).accepted()
    list(made_in_turn([intake._raw(table) for table in intake.RAW], place, receipt.key))
    path = home.receipts / f"{receipt.key}.json"
    path.write_text(path.read_text().replace(receipt.received_on, TODAY.isoformat()))
    return place


def said(place: Workplace, *figure: str) -> str:
    command = ["trace", str(place.files.directory), *figure, "--home", str(place.home.root)]
    return CliRunner().invoke(app, command, catch_exceptions=False).output


def exact(place: Workplace, table: str, **wanted: str) -> pd.Series:
    rows = TableStore(place.home.tables).stored(table).frame()
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    return rows.iloc[0]


def directory(place: Workplace, name: str) -> Path:
    return place.home.traces / name


def test_the_change_of_a_life_domain_follows_from_the_listed_rows_alone(done: Done, place: Workplace) -> None:
    said(place, "zrm/finances/first-last")
    scores = before_and_after(done.delivery, listed(directory(place, "zrm_finances_first_last")), FINANCES)
    row = exact(place, "est_change__by_domain", **FIRST_TO_LAST)
    change = scores["after"] - scores["before"]
    assert [len(change), (change > 0).sum(), (change < 0).sum()] == [row["n_clients"], row["n_up"], row["n_down"]]
    assert change.mean() == pytest.approx(row["mean_change"], abs=1e-12)


def test_the_effect_of_a_staggered_start_follows_from_the_listed_rows_alone(done: Done, place: Workplace) -> None:
    said(place, "zrm/finances/staggered")
    rows = listed(directory(place, "zrm_finances_staggered"))
    row = exact(place, "est_effects__estimates", design="staggered", measure="effect", life_domain="finances")
    assert effect_again(done.delivery, rows, FINANCES) == pytest.approx(row["estimate"], abs=1e-12)


def test_the_use_of_care_follows_from_the_listed_rows_alone(done: Done, place: Workplace) -> None:
    said(place, "provisions/huishoudelijke_hulp_eur/use")
    rows = listed(directory(place, "provisions_huishoudelijke_hulp_eur_use"))
    amounts = cells(done.delivery, rows[rows["rol"] == "meegeteld"])["Bedrag"]
    total = amounts.str.replace(".", "").str.replace(",", ".").astype(float).sum()
    row = exact(place, "est_care__use", what="huishoudelijke hulp", unit="eur", slice="all")
    assert total == pytest.approx(row["total"], abs=1e-6)


def test_the_records_of_use_give_each_client_what_the_estimate_counted(place: Workplace) -> None:
    connection = connect()
    for view, table in VIEWS.items():
        TableStore(place.home.tables).stored(table).relation(connection).to_view(view)
    outcomes = client_outcomes(connection, [])
    clients = outcomes.clients.set_index("client_no")
    columns = {(one.subject, one.what, one.unit): clients[one.column] for one in outcomes.used}
    known = [one for key, one in last_release(place).figures.items() if key.endswith("/staggered")]
    assert {str(one.row["subject"]) for one in known} >= {"zrm", "events", "provisions", "hours", "solutions"}
    for figure in (one for one in known if one.row["subject"] in USE):
        points = people_of_effect(connection, place.files.study, figure.row).points
        counted = points[points["part"] == "counted"].groupby("client_no")["value"].sum()
        counted = counted.clip(upper=1) if figure.row["subject"] == "solutions" else counted
        wanted = columns[figure.row["subject"], figure.row["what"], figure.row["unit"]].loc[counted.index]
        assert counted.to_numpy() == pytest.approx(wanted.to_numpy()), figure.key


def test_listed_and_left_out_rows_add_up_to_the_account_of_each_file(place: Workplace) -> None:
    said(place, "zrm/finances/staggered")
    rows = listed(directory(place, "zrm_finances_staggered"))
    account = TableStore(place.home.tables).stored("core_intake__accounting__current").frame().set_index("file")
    for file, of_file in rows.groupby("bestand"):
        parts, known = of_file["rol"].value_counts(), account.loc[file]
        assert of_file["regel"].is_unique and len(of_file) == known["rows"]
        assert parts.get("apart gezet", 0) == known["quarantined"]
        assert parts.get("precies dubbel", 0) == known["exact_duplicates"]
        unused = of_file["reden"] == "geen score op een leefgebied van de studie"
        assert unused.sum() == known["not_used"]
    assert {"apart gezet", "precies dubbel"} <= set(rows["rol"])
    without = rows[rows["rol"].isin(["speelt hier geen rol", "apart gezet", "precies dubbel"])]
    assert without["reden"].notna().all() and rows.loc[rows["client_no"].isna(), "rol"].ne("eerste score").all()


def test_the_steps_from_everybody_to_those_who_count_add_up_in_the_closed_zone(place: Workplace) -> None:
    said(place, "zrm/finances/staggered")
    account = (directory(place, "zrm_finances_staggered") / "herleiding.txt").read_text(encoding="utf-8")
    steps = re.search(r"5\. Wie tellen mee\n(.*?)\n\n", account, re.DOTALL)[1]  # type: ignore[index]
    numbers = [int(number.replace(".", "")) for number in re.findall(r"^[ −=]*([\d.]+)  ", steps, re.MULTILINE)]
    groups = TableStore(place.home.tables).stored("core_clients__groups").frame()
    assert numbers[0] == len(groups) == sum(numbers[1:])
    row = exact(place, "est_effects__estimates", design="staggered", measure="effect", life_domain="finances")
    assert numbers[-1] == row["n_clients"] and repr(float(row["estimate"])) in account


def test_every_figure_that_is_listed_can_be_traced(place: Workplace) -> None:
    released = last_release(place)
    everybody = [key for key, figure in released.figures.items() if figure.row["slice"] == "all"]
    listing = said(place)
    assert all(key in listing for key in everybody) and "Niet te herleiden" in listing
    for key in everybody[:: len(everybody) // 6]:
        trace(place, released, key)


def test_what_is_printed_holds_nothing_of_a_person_and_no_count_that_the_gate_would_hide(
    done: Done, place: Workplace
) -> None:
    printed = (
        said(place, "zrm/mental_health/first-last")
        + said(place, "provisions/huishoudelijke_hulp_eur/use")
        + said(place)
    )
    rows = listed(directory(place, "zrm_mental_health_first_last"))
    assert "VB1-" not in printed and "MW-" not in printed
    assert not any(str(number) in printed for number in rows["client_no"].dropna().astype("int64").unique())
    for block in re.findall(r"5\. Wie tellen mee\n(.*?)\n7\.", printed, re.DOTALL):
        bare = re.sub(r"sha256 \w+|levering [\w-]+|minder dan \d+", "", block)
        counts = [
            int(number.replace(".", "")) for number in re.findall(r"\b\d[\d.]*\b", re.sub(r"\d+\. |twaalf", "", bare))
        ]
        assert all(count % 5 == 0 for count in counts), block
    small = re.search(r"5\. Wie.*?7\.", printed, re.DOTALL)[0]  # type: ignore[index]
    assert "minder dan 20" in small


def test_the_list_of_rows_is_for_its_owner_only_without_pseudonyms_and_goes_with_the_raw_text(
    place: Workplace, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(place.home.root, home.root)
    here = Workplace(place.files, home, None, 1)
    said(here, "zrm/finances/first-last")
    made_files = list(directory(here, "zrm_finances_first_last").iterdir())
    assert len(made_files) == 2 and home.closed in made_files[0].parents
    assert {path.stat().st_mode & 0o777 for path in made_files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (made_files[0].parent, home.traces, home.closed)} == {0o700}
    assert not any(b"VB1-" in path.read_bytes() for path in made_files)
    days = here.files.study.retention.raw_days
    forget_raw(home, days, TODAY + dt.timedelta(days=days))
    assert made_files[0].exists()
    forget_raw(home, days, TODAY + dt.timedelta(days=days + 1))
    assert list(home.traces.iterdir()) == []

    again = said(here, "zrm/finances/first-last")
    assert "De ruwe tekst is weg na de bewaartermijn" in again and "bij ontvangst" in again
    left = listed(directory(here, "zrm_finances_first_last"))
    row = exact(here, "est_change__by_domain", **FIRST_TO_LAST)
    assert left["regel"].isna().all() and (left["rol"] == "latere score").sum() == row["n_clients"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("zrm/finance/first-last", "Bedoelde u 'zrm/finances/first-last'"),
        ("monitoring/months_sufficient/all/all/zrm/finances/all/month/sufficient-m12", "niet te herleiden"),
    ],
)
def test_a_figure_that_cannot_be_traced_says_so_by_name(place: Workplace, asked: str, words: str) -> None:
    with pytest.raises(StudyError, match=re.escape(words)):
        trace(place, last_release(place), asked)


def test_a_figure_held_from_an_earlier_release_is_not_traced_to_the_rows_of_today(place: Workplace) -> None:
    released = last_release(place)
    table = released.tables["out_change__by_domain"]
    tables = {**released.tables, "out_change__by_domain": table.assign(status="held", held_from="2025-01-01-abc")}
    assert "zrm/finances/first-last" not in figures(tables)


def test_when_another_release_is_in_force_the_trace_says_of_which_it_is(place: Workplace) -> None:
    pointer = place.home.released / "CURRENT"
    name = pointer.read_text()
    other = place.home.released / "2020-01-01-00000000"
    shutil.copytree(place.home.released / name.strip(), other)
    pointer.write_text(f"{other.name}\n")
    try:
        printed = said(place, "zrm/finances/first-last")
    finally:
        pointer.write_text(name)
        shutil.rmtree(other)
    assert "publicatie 2020-01-01-00000000 geldt nu" in printed and f"publicatie {name.strip()} " in printed


def test_after_a_change_in_the_study_the_figure_is_not_traced(place: Workplace, tmp_path: Path) -> None:
    study = tmp_path / "study"
    shutil.copytree(place.files.directory, study)
    with (study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write("contact: iemand anders\n")
    with pytest.raises(StudyError, match="De studie is veranderd"):
        last_release(Workplace(read_study(study), place.home, None, 1))


def test_the_key_of_an_estimate_as_the_mkba_names_it_is_a_figure_too(place: Workplace) -> None:
    released = last_release(place)
    estimate = exact(place, "est_effects__estimates", design="staggered", measure="effect", subject="hours")
    assert trace(place, released, estimate["estimate_id"]).figure.key == "hours/support/staggered"
    assert json.loads((released.release.directory / "manifest.json").read_text())["seed"] == 1
