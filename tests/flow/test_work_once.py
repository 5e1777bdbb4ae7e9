"""A step is done once: a run does again only what something changed for, and what hangs on that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused, StudyError
from pipelines.intake.deciding import decide_about
from pipelines.releases.publishing import make_release
from pipelines.releases.release import CHANGED, releases
from pipelines.releases.steps_done import STEPS, steps_to_do
from pipelines.run import run
from pipelines.storage.acts import WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import Workplace, read_study
from tests.flow.conftest import Done
from tests.flow.small import AS_OF

Act = Callable[[Workplace], None]


@pytest.fixture
def place(done: Done, tmp_path: Path) -> Workplace:
    """A copy of the home and the study that were run before."""
    shutil.copytree(done.home, tmp_path / "home")
    shutil.copytree(done.study, tmp_path / done.study.name)
    return Workplace(read_study(tmp_path / done.study.name), Home(tmp_path / "home"), AS_OF, 1)


def again(place: Workplace) -> tuple[str, ...]:
    """What is to be done after the study was read again."""
    return steps_to_do(Workplace(read_study(place.files.directory), place.home, place.as_of, place.seed))


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_run_over_the_same_does_nothing_and_gives_the_same_release(done: Done, place: Workplace) -> None:
    told: list[str] = []
    outcome = run(done.order(home=place.home.root), lambda table, *_: told.append(table))
    assert outcome.is_unchanged and told == [] and "start" not in outcome.seconds
    assert (outcome.release.name, outcome.headline) == (done.outcome.release.name, done.outcome.headline)  # type: ignore[union-attr]


def test_another_mkba_makes_no_estimate_anew_and_adds_nothing_to_the_ledger(done: Done, place: Workplace) -> None:
    study = place.files.directory
    changed(study / "mkba.yaml", "discount: nl_2021", "discount: nl_2016")
    assert again(place) == STEPS[STEPS.index("mkba") :]
    told: list[str] = []
    outcome = run(done.order(study=study, home=place.home.root), lambda table, *_: told.append(table))
    assert told and not [table for table in told if not table.startswith("out_mkba__")]
    assert outcome.release is not None and outcome.release.name != done.outcome.release.name  # type: ignore[union-attr]
    page = (outcome.release.directory / CHANGED).read_text(encoding="utf-8")
    assert "mkba.yaml is veranderd" in page and "De studie is veranderd" not in page
    lines = page.split("Van het vorige saldo naar dit saldo")[1].split("\n\n")[0].splitlines()[2:]
    assert [line.strip().split("  ")[0] for line in lines[1:-1] if re.search("[1-9]", line)] == ["Discontovoet"]
    published = sorted((place.home.closed / "ledger" / "published").iterdir(), key=lambda path: path.stat().st_size)
    assert len(published) == 2 and published[0].stat().st_size < published[1].stat().st_size / 10
    assert run(done.order(study=study, home=place.home.root)).is_unchanged


def test_another_study_makes_anew_what_hangs_on_it(place: Workplace) -> None:
    changed(place.files.directory / "study.yaml", "  clients: 10", "  clients: 12")
    assert again(place) == STEPS


def test_another_seed_or_date_counts_as_a_change(place: Workplace) -> None:
    assert steps_to_do(Workplace(place.files, place.home, place.as_of, 2)) == STEPS
    assert steps_to_do(Workplace(place.files, place.home, "2026-02-28", 1)) == STEPS


@pytest.mark.slow
def test_a_refused_delivery_makes_only_the_release_anew_which_names_the_gap(
    done: Done, place: Workplace, tmp_path: Path
) -> None:
    shutil.copytree(done.delivery, tmp_path / "z_slecht")
    next((tmp_path / "z_slecht").glob("*zrm*")).write_text("a;b\n", encoding="utf-8")
    with pytest.raises(DeliveryRefused):
        run(done.order(home=place.home.root, deliveries=tmp_path / "z_slecht"))
    assert steps_to_do(place) == ("release",)
    told: list[str] = []
    outcome = run(done.order(home=place.home.root), lambda table, *_: told.append(table))
    assert told == [] and outcome.release is not None
    assert outcome.release.name != done.outcome.release.name  # type: ignore[union-attr]
    assert len(manifest_of(outcome.release.directory)["refused"]) == 1


def test_a_delivery_that_lies_elsewhere_by_now_makes_nothing_anew(done: Done, place: Workplace, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(done.delivery, tmp_path / "ergens" / done.delivery.name)
    assert run(done.order(home=place.home.root, deliveries=elsewhere)).is_unchanged


def _table(home: Home) -> None:
    (home.tables / "est_change__by_domain.parquet").write_bytes(b"PAR1")


def _release(home: Home) -> None:
    next(home.released.glob("2026-*/report.html")).write_bytes(b"iets anders")


def _decision(home: Home) -> None:
    with (home.released / "decisions.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"release": "2026-01-31-00000000", "decision": "withdraw"}\n')


def _kept_beside(home: Home) -> None:
    (home.tables / "closed_gate__cells" / "all.parquet").unlink()


@pytest.mark.parametrize(
    ("spoil", "first"), [(_table, "change"), (_release, "gate"), (_decision, "gate"), (_kept_beside, "gate")]
)
def test_what_does_not_stand_any_more_is_made_again(place: Workplace, spoil: object, first: str) -> None:
    spoil(place.home)  # type: ignore[operator]
    assert steps_to_do(place)[0] == first


def test_nothing_is_skipped_when_the_code_is_other_code(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.releases.step_keys.code", lambda: "other")
    assert steps_to_do(place) == STEPS


def _withdrawn(place: Workplace) -> None:
    (receipt,) = Receipts(place.home.receipts).accepted()
    decide_about(place.home, receipt, WITHDRAW, "A. Ambtenaar", "verkeerd bestand")


def _another_study(place: Workplace) -> None:
    changed(place.files.directory / "study.yaml", "  clients: 10", "  clients: 12")


def _approved_by_somebody(place: Workplace) -> None:
    steps = place.home.tables / ".steps" / "gate.json"
    changed(steps, '"ledger": [', '"ledger": ["een andere stand", ')


@pytest.mark.parametrize("meanwhile", [_withdrawn, _another_study, _approved_by_somebody])
def test_nothing_is_published_of_a_state_that_changed_between_two_steps(place: Workplace, meanwhile: Act) -> None:
    before = releases(place.home)
    meanwhile(place)
    with pytest.raises(StudyError, match="Terwijl er gerekend werd"):
        make_release(Workplace(read_study(place.files.directory), place.home, place.as_of, place.seed))
    assert releases(place.home) == before


def test_a_date_on_the_documents_before_everything_that_was_measured_is_refused(done: Done, place: Workplace) -> None:
    before = releases(place.home)
    with pytest.raises(StudyError, match="was er nog niets gemeten"):
        run(done.order(home=place.home.root, as_of="2016-01-31"))
    assert releases(place.home) == before
