"""Who may no longer be counted is kept, and is in nothing that is computed from then on."""

from __future__ import annotations

import json

import pytest

from data_contracts.errors import GateRefused, StudyError
from pipelines.releases.ledger import join
from pipelines.storage.restricted_people import restricted_clients
from pipelines.study.workplace import Workplace
from tests.rights.small_home import (
    CANARY,
    bridge,
    current,
    erased,
    lifted,
    place_in,
    put,
    restricted,
    rows,
    take_in,
    trajectories,
    zrm,
)
from tests.rights.small_ledger import concept
from tests.trust.test_distances import some_states

TRAJECTORIES, ASSESSMENTS = "core_cases__trajectories", "core_zrm__assessments"


def test_who_is_counted_nowhere_is_kept_and_leaves_what_counts(place: Workplace) -> None:
    assert len(current(place, TRAJECTORIES)) == 20
    assert restricted(place, CANARY, "demo-0008").n_people == 2
    assert len(current(place, TRAJECTORIES)) == 18
    assert len(rows(place, TRAJECTORIES)) == 20
    again = restricted(place, CANARY)
    assert (again.n_people, again.n_before, again.proof) == (0, 1, {})
    # Later deliveries change nothing, also not under another pseudonym of the same person.
    take_in(place, put(place, "q2", zrm=zrm(7, *range(31, 41), score=3), brug=bridge((7, 37), (38, 8))))
    counted = {row[0] for row in current(place, ASSESSMENTS)}
    assert len(counted) == 18 + 10 - 2
    erased(place, CANARY)
    assert len(restricted_clients(place.home)) == 1


def test_restricting_leaves_a_proof_and_no_concept_that_still_counts_them(place: Workplace) -> None:
    concept(place.home, "release-0", some_states(1, 1)[0])
    done = restricted(place, CANARY)
    line = json.loads((place.home.rights / "acts.jsonl").read_text(encoding="utf-8"))
    assert line == done.proof and (line["act"], line["people"]) == ("restrict", 1)
    with pytest.raises(GateRefused, match="veranderd wie er meetelt"):
        join(place.home, "release-0")
    with pytest.raises(StudyError, match="1 van de 1 pseudoniemen"):
        restricted(place, "demo-0999")
    erased(place, CANARY)
    with pytest.raises(StudyError, match=r"regel 2: deze mensen zijn al gewist"):
        restricted(place, CANARY)


def test_who_is_counted_nowhere_counts_again_once_that_is_lifted(place: Workplace) -> None:
    before = current(place, TRAJECTORIES)
    restricted(place, CANARY, "demo-0008")
    concept(place.home, "release-0", some_states(1, 1)[0])
    done = lifted(place, CANARY)
    assert (done.n_people, done.proof["act"]) == (1, "unrestrict")
    assert len(current(place, TRAJECTORIES)) == 19
    with pytest.raises(GateRefused, match="veranderd wie er meetelt"):
        join(place.home, "release-0")
    again = lifted(place, CANARY)
    assert (again.n_people, again.n_before, again.proof) == (0, 1, {})
    lifted(place, "demo-0008")
    assert current(place, TRAJECTORIES) == before
    erased(place, CANARY)
    with pytest.raises(StudyError, match=r"regel 2: deze mensen zijn al gewist"):
        lifted(place, CANARY)


def test_who_is_counted_nowhere_leaves_what_complete_deliveries_hold_too(place: Workplace) -> None:
    """Each kind is declared complete: what stands is found in another way, and the run stopped on it."""
    mapping = place.home.root / "studie" / "mapping.yaml"
    text = mapping.read_text(encoding="utf-8")
    for table, day in (("trajectories", "started_on"), ("assessments", "assessed_on")):
        complete = f"table: {table}\n    delivers: {{kind: complete, period_by: {day}}}"
        text = text.replace(f"table: {table}", complete)
    mapping.write_text(text, encoding="utf-8")
    place = place_in(place.home.root)
    take_in(place, put(place, "q2", zrm=zrm(*range(1, 20)), trajecten=trajectories(*range(1, 20))))
    assert len(current(place, TRAJECTORIES)) == 19
    restricted(place, CANARY)
    assert len(current(place, TRAJECTORIES)) == 18
    assert len({row[0] for row in current(place, ASSESSMENTS)}) == 18
