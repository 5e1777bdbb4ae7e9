"""A short part of the fuzz, the same files every time; `make fuzz` goes on for ten minutes per kind."""

import pytest

from tests.fuzz.fuzz import KINDS, fuzzed


@pytest.mark.parametrize("kind", KINDS)
def test_spoiled_files_are_read_or_refused_by_a_sentence(kind: str) -> None:
    n, failures = fuzzed(kind, seconds=120, seed=2026, most=90)
    assert failures == []
    assert n > 60
