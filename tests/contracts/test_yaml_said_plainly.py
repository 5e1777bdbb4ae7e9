"""What a YAML file may not do and what is wrong in it, in words that say what to do."""

from typing import Annotated

import pytest
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from data_contracts.errors import StudyError
from data_contracts.yaml_file import as_model
from data_contracts.yaml_merged import merged_text
from data_contracts.yaml_tricks import dotted_numbers
from mkba.inputs.spread import Identifier
from pipelines.init.writing import yaml_text


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    value: float
    source: Annotated[str, Field(min_length=8)]


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Identifier = "aa"
    share: Inner | None = None
    shares: list[Inner] = []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: G", "regel 1: 'id': dit heeft niet de vorm die hier hoort. Gebruik 2 tot 60 kleine letters"),
        ("share: 0.1", "regel 1: 'share': hier horen sleutels met waarden te staan. Hier mag staan: value, source."),
        ("shares: [0.1]", "'shares.0': hier horen sleutels met waarden te staan. Hier mag staan: value, source."),
        ("share: {value: 1, source: kort}", "'share.source': dit is te kort. Schrijf minstens 8 tekens."),
        ("share:\n  <<: {value: 1}\n  source: een bron", "regel 2: samenvoegen met << is hier niet toegestaan."),
        ("<<: {value: 1}", "regel 1: samenvoegen met << is hier niet toegestaan. Schrijf de sleutels uit."),
    ],
)
def test_a_fault_says_what_may_stand_there(text: str, told: str) -> None:
    with pytest.raises(StudyError) as refused:
        as_model(text, Outer, "proef.yaml")
    assert told in str(refused.value)


def test_a_text_may_hold_what_merges_nothing() -> None:
    assert as_model('share: {value: 1, source: "x << y, samen"}', Outer, "proef.yaml").share is not None


@pytest.mark.parametrize(
    ("number", "is_dotted"),
    [("82.000", True), ("-1.500", True), ("999.999", True), ("0.125", False), ("1.25", False), ("1.2500", False),
     ("1000.125", False), ("82000", False), ("1.234.567", False), ('"82.000"', False)],
)  # fmt: skip
def test_a_number_that_can_be_thousands_is_seen(number: str, is_dotted: bool) -> None:
    assert [value for _, value in dotted_numbers(f"a: 1\nb: {number}\n")] == ([number] if is_dotted else [])


@pytest.mark.parametrize("number", [12.345, -1.5, 1.25, 0.125, 82_000.0, 999.999])
def test_what_we_write_can_be_read_in_one_way(number: float) -> None:
    for text in (yaml_text({"a": number}), merged_text("a: 1\n", {"a": number}, {"a": number})):
        assert not list(dotted_numbers(text))
        assert YAML(typ="safe").load(text) == {"a": number}
