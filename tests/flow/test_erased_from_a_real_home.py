"""People erased from a home with a release: nothing of them is left in any file, and no run brings them back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from data_contracts.errors import StudyError
from pipelines.assets.run_log import open_instance
from pipelines.releases.ledger_links import whole_links
from pipelines.rights.acts import Asked
from pipelines.rights.deciding import Decided, erase
from pipelines.rights.named_people import Named
from pipelines.run import Order, run
from pipelines.storage.home import Home
from pipelines.storage.run_history import stage_forgetting
from pipelines.storage.staged import all_at_once
from pipelines.study.workplace import Workplace, read_study
from pipelines.tracing.trace import last_release, trace
from tests.flow.conftest import Done
from tests.flow.small import AS_OF
from tests.rights.small_home import everything

ASKED = Asked("P. Privacy", "verzoek van een inwoner", dt.date(2026, 6, 1))
N_ERASED = 12


@pytest.fixture
def place(done: Done, tmp_path: Path) -> Workplace:
    shutil.copytree(done.home, tmp_path / "home")
    return Workplace(read_study(done.study), Home(tmp_path / "home"), AS_OF, 1)


def people(place: Workplace) -> dict[str, int]:
    """Everybody in the home: pseudonym -> number."""
    keys = str(next((place.home.tables / "core_clients__keys").glob("*.parquet")))
    return dict(duckdb.read_parquet(keys).project("client_key, client_no").order("client_key").fetchall())


def erased(place: Workplace) -> tuple[Decided, set[str]]:
    """The act, and the signs by which a file would know who was erased."""
    chosen = dict(list(people(place).items())[:N_ERASED])
    done = erase(place, Named({one: at for at, one in enumerate(chosen, 1)}), ASKED)
    return done, {str(sign) for pair in chosen.items() for sign in pair}


def files_with(place: Workplace, signs: set[str]) -> set[str]:
    found = everything(place.home.root)
    return {name for name, text in found.items() if any(sign in text for sign in signs)}


def a_trace(place: Workplace) -> None:
    where = place.home.traces / "zrm_finances"
    where.mkdir(parents=True)
    (where / "levering.csv").write_text("\n".join(str(one) for one in people(place).values()), encoding="utf-8")


def test_a_trace_goes_with_every_erasure(place: Workplace) -> None:
    a_trace(place)
    done, signs = erased(place)
    assert done.n_people == N_ERASED and done.proof["rows"]["ledger"] > 0
    assert files_with(place, signs) == set() and not any(place.home.traces.iterdir())
    assert whole_links(place.home)


def test_no_exact_count_of_before_is_left_either(place: Workplace) -> None:
    erased(place)
    left = {path.relative_to(place.home.tables).parts[0] for path in place.home.tables.rglob("*.parquet")}
    assert {one for one in left if one.startswith(("est_", "gated_", "closed_gate__cells"))} <= {
        "est_effects__municipalities.parquet",
        "est_effects__municipal_lines.parquet",
    }
    released = last_release(place)
    with pytest.raises(StudyError, match="Draai eerst wijkbaat run"):
        trace(place, released, next(iter(released.figures)))


def test_the_history_of_runs_goes_too_which_says_how_many_rows_there_were(place: Workplace) -> None:
    with open_instance(place.home) as instance:
        before = [one.dagster_run.run_id for one in instance.get_run_records()]
    assert before
    erased(place)
    with open_instance(place.home) as instance:
        assert instance.get_run_records() == []
    assert not any(one in name for one in before for name in everything(place.home.dagster))


def test_a_run_that_is_under_way_keeps_its_history_until_the_next_begins(place: Workplace) -> None:
    with open_instance(place.home) as instance:
        n_before = len(instance.get_run_records())
        with all_at_once(place.home.root) as staged:
            stage_forgetting(place.home, staged)
        assert len(instance.get_run_records()) == n_before > 0
    with open_instance(place.home) as instance:
        assert instance.get_run_records() == []


@pytest.mark.slow
def test_neither_a_run_nor_reading_the_inbox_anew_brings_anybody_back(done: Done, place: Workplace) -> None:
    """The term ends within 90 days too: a run warns of that, and its check in Dagster is no failure."""
    study = place.home.root.parent / "studie"
    shutil.copytree(done.study, study)
    soon = (dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=30)).date()
    text = (study / "study.yaml").read_text(encoding="utf-8")
    until = read_study(study).study.retention.records_until.isoformat()
    # Another pattern is another way to read: every delivery in the inbox is read anew.
    text = text.replace(until, soon.isoformat()).replace("pseudonym_pattern: '", "pseudonym_pattern: '(?:)")
    (study / "study.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(done.delivery, place.home.inbox / done.delivery.name)
    _, signs = erased(place)
    outcome = run(Order(study, place.home.root, None, AS_OF, 1))
    assert "over 30 dagen" in outcome.term
    (account,) = outcome.accounts
    assert sum(file["quarantined"].get("erased", 0) for file in account["files"].values()) > 3 * N_ERASED
    assert {name for name in files_with(place, signs) if not name.startswith("inbox/")} == set()
    assert outcome.release is not None
