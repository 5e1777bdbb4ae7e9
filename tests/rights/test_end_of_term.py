"""A term that ends is warned of, then carried out, and what was shown is closed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import dagster as dg
import duckdb
import pytest

from data_contracts.errors import StudyError
from data_contracts.protection import Retention
from pipelines.assets.defs.automation import inbox
from pipelines.assets.defs.reports import term_check
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.releases.ledger import entries
from pipelines.rights.term import act_on_term, require_term
from pipelines.run import Order, run
from pipelines.storage.platform import write_whole
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import Workplace
from pipelines.watching import Watched, watch
from tests.rights.small_home import CANARY, MARK, erased, everything, place_in, restricted, rows, take_in
from tests.rights.small_ledger import published
from tests.surfaces.invented import facts
from tests.surfaces.report_page import report_html
from tests.trust.test_distances import some_states

UNTIL = dt.date(2090, 1, 1)


def days(n: int) -> dt.date:
    return UNTIL + dt.timedelta(days=n)


def ends_on(place: Workplace, day: dt.date) -> Workplace:
    """The same home, with another last day in study.yaml."""
    file = place.files.directory / "study.yaml"
    text = file.read_text(encoding="utf-8")
    now = place.files.study.retention.records_until
    file.write_text(text.replace(now.isoformat(), day.isoformat()), encoding="utf-8")
    return place_in(place.home.root)


def told_of_people(place: Workplace) -> set[str]:
    signs = ("demo-0", MARK, MARK.replace(".", ","))
    return {name for name, text in everything(place.home.closed).items() if any(one in text.lower() for one in signs)}


WARNED = [(91, ""), (90, "over 90 dagen"), (1, "over 1 dag"), (0, "vandaag"), (-1, "")]


@pytest.mark.parametrize(("left", "words"), WARNED)
def test_the_last_ninety_days_are_warned_of(left: int, words: str) -> None:
    warning = Retention(raw_days=30, records_until=UNTIL).warning(days(-left))
    assert words in warning and bool(warning) == bool(words)


def test_dagster_warns_without_failing_and_the_report_says_it_at_its_head() -> None:
    term = Retention(raw_days=30, records_until=UNTIL)
    assert term_check(term, days(-91)).passed
    check = term_check(term, days(-30))
    assert not check.passed and check.severity.value == "WARN" and "over 30 dagen" in str(check.metadata["warning"])
    assert "over 30 dagen" in report_html(facts(term_warning=term.warning(days(-30))), {})
    assert "Bewaartermijn" not in report_html(facts(), {})


def test_the_sensor_of_dagster_carries_a_term_out_too(place: Workplace) -> None:
    now = dt.datetime.now(tz=dt.UTC).date()
    place = ends_on(place, now - dt.timedelta(days=1))
    warned = {"records_until": (now - dt.timedelta(days=1)).isoformat(), "warned_on": "2020-01-01"}
    write_whole(place.home.rights / "term.json", json.dumps(warned).encode())
    workplace = WorkplaceResource(study=str(place.files.directory), home=str(place.home.root))
    found = inbox(dg.build_sensor_context(resources={"workplace": workplace}))
    assert isinstance(found, dg.SkipReason) and "alle gegevens over mensen" in str(found.skip_message)
    assert told_of_people(place) == set()


def test_the_sensor_of_dagster_forgets_raw_text_as_a_run_does(place: Workplace) -> None:
    (first, *_), receipts = Receipts(place.home.receipts).all(), Receipts(place.home.receipts)
    receipts.put(replace(first, received_on="2020-01-01"))
    raw = place.home.tables / "raw_zrm__assessments" / f"{first.key}.parquet"
    assert raw.exists()
    workplace = WorkplaceResource(study=str(place.files.directory), home=str(place.home.root))
    with dg.DagsterInstance.ephemeral() as instance:
        inbox(dg.build_sensor_context(instance=instance, resources={"workplace": workplace}))
    assert not raw.exists()


def test_a_look_by_the_clock_of_the_system_forgets_raw_text_also_when_nothing_came(place: Workplace) -> None:
    receipts = Receipts(place.home.receipts)
    first, *_ = receipts.all()
    receipts.put(replace(first, received_on="2020-01-01"))
    raw = place.home.tables / "raw_zrm__assessments" / f"{first.key}.parquet"
    assert raw.exists()
    looked = watch(Order(place.files.directory, place.home.root))
    assert looked.outcome is None and not raw.exists()


def test_a_look_by_the_clock_of_the_system_carries_a_term_out_also_when_nothing_came(place: Workplace) -> None:
    def looked(after: int) -> Watched:
        return watch(Order(place.files.directory, place.home.root, today=days(after)))

    assert looked(1).error is not None  # noticed for the first time, and told
    assert told_of_people(place) != set()
    ended = looked(2).outcome
    assert ended is not None and "alle gegevens over mensen" in ended.term
    assert told_of_people(place) == set()
    assert looked(3).outcome is None  # once is enough


def test_a_term_that_ended_takes_everything_about_people_and_closes_what_was_shown(place: Workplace) -> None:
    published(place.home, some_states(1, n_states=2))
    erased(place, "demo-0003")
    restricted(place, CANARY)
    assert act_on_term(place, days(0)) == ""  # the warning of the last day
    with pytest.raises(StudyError, match="geëindigd"):
        require_term(place, days(1))
    outcome = run(Order(place.files.directory, place.home.root, today=days(1)))
    assert "op 01-01-2090 geëindigd" in outcome.term and outcome.release is None
    assert told_of_people(place) == set()
    assert not list(place.home.tables.rglob("*.parquet")) and not (place.home.rights / "restricted").exists()
    assert entries(place.home)["is_closed"].all()
    people = [str(path) for path in (place.home.closed / "ledger" / "people").glob("*.parquet")]
    assert duckdb.read_parquet(people).fetchall() == []
    assert [one.status for one in Receipts(place.home.receipts).all()] == ["ended"]
    acts = (place.home.rights / "acts.jsonl").read_text(encoding="utf-8")
    assert acts.count('"end_of_term"') == 1
    assert act_on_term(place, days(2)) == outcome.term  # and nothing a second time
    assert (place.home.rights / "acts.jsonl").read_text(encoding="utf-8") == acts


def test_a_day_that_was_mistyped_costs_nothing_on_the_day_that_it_is_noticed(place: Workplace) -> None:
    place = ends_on(place, dt.date(2020, 1, 1))
    before = everything(place.home.tables)
    for _ in range(2):
        with pytest.raises(StudyError, match="Vanaf morgen wist"):
            act_on_term(place, days(0))
    assert everything(place.home.tables) == before
    place = ends_on(place, UNTIL)
    assert act_on_term(place, days(-200)) == "" and everything(place.home.tables) == before


def test_under_a_longer_term_deliveries_are_read_again_but_not_who_was_erased(place: Workplace) -> None:
    erased(place, CANARY)
    act_on_term(place, days(-10))
    act_on_term(place, days(1))
    place = ends_on(place, days(1000))
    assert act_on_term(place, days(2)) == ""
    take_in(place, place.home.inbox / "q1")
    known = {row[1] for row in rows(place, "core_clients__keys")}
    assert "demo-0003" in known and CANARY not in known
