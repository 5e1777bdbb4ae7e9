"""Contracts of what intake makes of a delivery before it is records: text as delivered, and what became of each row.

raw_ holds text as delivered under our column names; closed zone only.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import contract, day, flag, integer, text
from data_contracts.vocabulary.reasons import NOT_QUARANTINED, Reason


def raw_contract(name: str, text_columns: list[str]) -> pa.DataFrameSchema:
    """The contract of a raw table: where a row came from, what became of it, and its text.

    `entry` says by which file of mapping.yaml it was read; `part` numbers the records of one row, as of a row with a
    set of columns per moment.
    """
    verdicts = [*NOT_QUARANTINED, *[reason.value for reason in Reason]]
    place = {
        "file": text(),
        "entry": integer(0, sql="SMALLINT"),
        "row_number": integer(1),
        "part": integer(1, sql="SMALLINT"),
        "is_readable": flag(),
        "verdict": text(*verdicts),
        "left_out_as": text(nullable=True),
        "n_blanked": integer(0, 16, sql="TINYINT"),
    }
    return contract(name, {**place, **{column_name: text(nullable=True) for column_name in text_columns}})


QUARANTINE = contract(
    "core_intake__quarantine",
    {
        "table_name": text(),
        "file": text(),
        "row_number": integer(1),
        "part": integer(1, sql="SMALLINT"),
        "reason": text(),
    },
    key=["file", "row_number", "part"],
)
# What a delivery does to the state before it, in records; `half_year` as 2025-1, empty for records without a day.
CHANGED_BY = contract(
    "core_intake__changes",
    {
        "delivery": text(),
        "table_name": text(),
        "half_year": text(),
        "n_new": integer(0),
        "n_changed": integer(0),
        "n_gone": integer(0),
        "n_equal": integer(0),
        "n_moved": integer(0),
        "n_stale": integer(0),
        "n_ran_on": integer(0),  # of the changed: had no end yet, so that its end, hours and euros were still to come
    },
    key=["delivery", "table_name", "half_year"],
)
ACCOUNTING = contract(
    "core_intake__accounting",
    {
        "delivery": text(),
        "file": text(),
        "table_name": text(),
        "rows": integer(0),
        "accepted": integer(0),
        "quarantined": integer(0),
        "exact_duplicates": integer(0),
        "left_out": integer(0),
        "not_used": integer(0),
        "blanked_scores": integer(0),
    },
    key=["delivery", "file"],
)

ACCEPTED_DELIVERIES = contract(
    "core_intake__accepted",
    {"delivery": text(), "name": text(), "received_on": day(), "rows": integer(0), "accepted": integer(0)},
    key=["delivery"],
)
