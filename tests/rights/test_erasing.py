"""Who is erased is in no file of the home any more, and no later delivery brings them back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.intake.reading.texts import CLIENT_NO
from pipelines.storage.platform import connect
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import Workplace
from tests.rights.small_home import (
    ASKED,
    CANARY,
    MARK,
    bridge,
    current,
    erased,
    everything,
    put,
    rows,
    take_in,
    trajectories,
    verdicts,
    zrm,
)


def number_of(pseudonym: str) -> str:
    return str(connect().sql(f"SELECT {CLIENT_NO.format(chr(39) + pseudonym + chr(39))}").fetchall()[0][0])


def told(root: Path) -> set[str]:
    """Files outside the inbox that know the canary by pseudonym, number or the hours that only they had."""
    signs = (CANARY, number_of(CANARY), MARK, "913,37")
    found = everything(root, but=("inbox/",))
    return {name for name, text in found.items() if any(sign in text.lower() for sign in signs)}


def test_no_file_of_the_home_tells_of_who_was_erased(place: Workplace) -> None:
    current(place, "core_cases__trajectories")
    assert len(told(place.home.root)) > 5
    done = erased(place, CANARY)
    assert told(place.home.root) == set()
    assert done.n_people == 1 and done.still_in == (str(place.home.inbox / "q1"),)


def test_reading_the_same_delivery_again_leaves_the_same_tables(place: Workplace) -> None:
    erased(place, CANARY, "demo-0003")
    names = [path.name for path in place.home.tables.iterdir() if path.is_dir() and any(path.glob("*.parquet"))]
    changes = "core_intake__changes"  # empty after an erasure, and made anew by reading
    before = {name: rows(place, name) for name in names if name != changes}
    take_in(place, place.home.inbox / "q1")
    assert {name: rows(place, name) for name in before} == before
    assert rows(place, changes)
    assert verdicts(place, "raw_zrm__assessments") == {"accepted": 36, "erased": 7}
    assert len(before) > 20 and told(place.home.root) == set()


def test_the_account_still_counts_every_row_of_the_file(place: Workplace) -> None:
    erased(place, CANARY)
    account = {row[1]: row[3:6] for row in rows(place, "core_intake__accounting")}
    assert account == {"zrm.csv": (43, 38, 5), "trajecten.csv": (20, 19, 1)}
    assert [row[-1] for row in rows(place, "core_intake__quarantine")] == ["erased"] * 6
    assert rows(place, "core_intake__accepted")[0][-1] == 57


def test_rows_that_are_doubled_misspelt_or_unreadable_are_theirs_too(place: Workplace) -> None:
    before = verdicts(place, "raw_zrm__assessments")
    assert before == {"accepted": 40, "exact_duplicate": 1, "client_key_malformed": 1, "row_unreadable": 1}
    erased(place, CANARY)
    assert verdicts(place, "raw_zrm__assessments") == {"accepted": 38, "erased": 5}


def test_the_pseudonyms_that_a_bridge_joins_are_one_person(place: Workplace) -> None:
    take_in(place, put(place, "q2", zrm=zrm(*range(31, 61), score=3), brug=bridge((7, 37), (37, 47), (8, 38))))
    assert erased(place, "demo-0037").n_people == 1
    known = {row[1] for row in rows(place, "core_clients__keys")}
    assert {"demo-0007", "demo-0037", "demo-0047"}.isdisjoint(known) and {"demo-0008", "demo-0038"} <= known


def test_nobody_comes_back_in_a_later_delivery_nor_by_a_later_bridge(place: Workplace) -> None:
    erased(place, CANARY, "demo-0008")
    take_in(place, put(place, "q2", zrm=zrm(*range(1, 7), 107, score=3), trajecten=trajectories(7, 8)))
    assert verdicts(place, "raw_cases__trajectories") == {"accepted": 18, "erased": 4}  # no faulty file
    assert told(place.home.root) == set()
    assert "demo-0107" in {row[1] for row in rows(place, "core_clients__keys")}
    take_in(place, put(place, "q3", zrm=zrm(*range(1, 7), 107, 207, score=4), brug=bridge((7, 107), (107, 207))))
    for pseudonym in ("demo-0107", "demo-0207"):
        signs = (pseudonym, number_of(pseudonym))
        found = everything(place.home.closed)
        assert {name for name, text in found.items() if any(sign in text for sign in signs)} == set()


def test_a_list_with_unknown_pseudonyms_changes_nothing_and_says_how_many_and_where(place: Workplace) -> None:
    before = everything(place.home.root)
    with pytest.raises(StudyError, match=r"2 van de 3 pseudoniemen .* \(regel 3, 4\)\. Er is niets veranderd") as told_:
        erased(place, CANARY, "demo-0998", "demo-0999")
    assert "demo-" not in str(told_.value)
    assert everything(place.home.root) == before


def test_who_was_erased_before_is_not_unknown(place: Workplace) -> None:
    erased(place, CANARY)
    again = erased(place, CANARY)
    assert (again.n_people, again.n_before, again.proof) == (0, 1, {})


@pytest.mark.parametrize("why", ["ok", f"verzoek van {CANARY}", "mail van a.b@voorbeeld.nl"])
def test_a_reason_is_asked_for_that_names_nobody(place: Workplace, why: str) -> None:
    with pytest.raises(StudyError, match="--why"):
        erased(place, CANARY, asked=replace(ASKED, why=why))


def test_the_proof_holds_counts_and_hashes_and_each_act_the_hash_of_the_one_before(place: Workplace) -> None:
    erased(place, CANARY)
    erased(place, "demo-0003")
    lines = (place.home.rights / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines)
    assert first["people"] == 1 and first["rows"] == {"raw": 6, "core": 4, "computed": 0, "ledger": 0}
    assert second["before_sha256"] == hashlib.sha256(lines[0].encode()).hexdigest()
    assert second["erased_sha256"] == hashlib.sha256((place.home.rights / "erased").read_bytes()).hexdigest()


def test_the_list_of_the_erased_needs_its_secret(place: Workplace) -> None:
    erased(place, CANARY)
    (place.home.rights / "secret").unlink()
    with pytest.raises(StudyError, match="reservekopie"):
        Suppressed(place.home.rights).among([CANARY])


def test_no_count_of_who_came_and_went_still_holds_who_was_erased(place: Workplace) -> None:
    take_in(place, put(place, "q2", zrm=zrm(*range(8, 21))))
    assert rows(place, "core_intake__changes")
    erased(place, CANARY)
    assert not rows(place, "core_intake__changes")
