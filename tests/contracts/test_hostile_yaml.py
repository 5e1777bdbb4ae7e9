"""A YAML file that wants to keep its reader busy is refused at once, with its line."""

import time

import pytest

from data_contracts.errors import StudyError
from data_contracts.study import Study
from data_contracts.yaml_file import as_model

DEEP = {
    "lists": "[" * 100_000,
    "closed lists": "[" * 900 + "]" * 900,
    "mappings": "{a: " * 20_000,
    "items": "- " * 100_000,
    "indents": "\n".join(" " * at + "a:" for at in range(800)),
}


@pytest.mark.parametrize("shape", sorted(DEEP))
def test_depth_without_end_is_refused_at_once(shape: str) -> None:
    started = time.process_time()
    with pytest.raises(StudyError, match="niveaus in elkaar"):
        as_model(DEEP[shape], Study, "study.yaml")
    assert time.process_time() - started < 2


@pytest.mark.parametrize("number", ["9" * 5000, "1_" + "0" * 5000])
def test_a_number_of_thousands_of_digits_is_refused(number: str) -> None:
    with pytest.raises(StudyError, match="geen geldige YAML"):
        as_model(f"a: {number}", Study, "study.yaml")
