"""Of every word in a released table somebody has said where it comes from."""

from __future__ import annotations

import pandas as pd
import pytest

from data_contracts.contract import contract, text
from data_contracts.errors import GateRefused
from data_contracts.gate.admission import objection
from data_contracts.gate.labels import OUTSIDE_WORDS, OWN_CODES, OWN_WORDS
from data_contracts.gate.summary import leaving
from data_contracts.tables.released import RELEASED_TABLES, Status


def test_each_open_column_of_text_has_one_origin() -> None:
    known = [*OWN_WORDS, *OWN_CODES, *OUTSIDE_WORDS]
    assert len(known) == len(set(known))
    for schema in RELEASED_TABLES.values():
        for name, column in schema.columns.items():
            closed = any(check.name == "isin" for check in column.checks)
            assert closed or "str" not in str(column.dtype) or name in known, f"{schema.name}.{name}"


def test_a_new_column_of_words_cannot_leave_unthought() -> None:
    schema = contract("out_new__table", {"remarks_of_client": text(), "status": text(*Status)})
    frame = pd.DataFrame({"remarks_of_client": ["kort"], "status": ["released"]}).astype("str")
    with pytest.raises(GateRefused, match="waar ze vandaan komen") as caught:
        leaving(schema, frame)
    assert "kort" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "given", "is_admitted"),
    [
        ("loonkosten", {"is_declared": True}, True),
        ("loonkosten", {}, False),
        ("nagekeken met het team", {"released_by": "A. Ambtenaar"}, True),
        ("nagekeken met het team", {"released_by": " "}, False),
        ("in 2024 is er veel gedaan", {"released_by": "A. Ambtenaar"}, True),
        ("in 1234 AB is veel gedaan", {"released_by": "A. Ambtenaar"}, False),
        ("inhuur 06-12345678", {"is_declared": True}, False),
        ("x" * 61, {"is_declared": True}, False),
        ("twee\nregels", {"is_declared": True}, False),
    ],
)
def test_a_word_leaves_by_a_list_or_by_a_named_person_and_never_as_an_identifier(
    text: str, given: dict, is_admitted: bool
) -> None:
    assert (objection(text, **given) is None) == is_admitted
