"""No free words leave: text in an out_ table is a code of ours or a short label, and each column says which."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandas.api.types import is_string_dtype

from data_contracts.errors import GateRefused
from data_contracts.vocabulary.identifiers import identifier_in_values, is_free_text

# Built by our own program from codes and labels that stand in the other columns, or from its own sentences.
OWN_WORDS = frozenset(
    {"estimate_id", "with_estimate_id", "vector", "assumptions", "refused_because", "method", "remark"}
)
# Codes and names of ours without a closed list in the contract: a life domain, a moment, a measure, a release.
OWN_CODES = frozenset(
    {
        "life_domain",
        "slice",
        "held_from",
        "vintage",
        "moment_from",
        "moment_to",
        "moment",
        "edition",
        "cohort",
        "measure",
        "value",
    }
    | {"table_name", "test", "rater"}
)
# Columns that may hold a word from outside -> who admits it.
OUTSIDE_WORDS = {
    "slice_value": "small_groups.py: names of teams and other groups that reach the threshold",
    "what": "outside_labels.py: kinds of use that enough clients have",
    "unit": "goes with 'what'",
    "cost_kind": "plain_tables.py: kinds that the study lists, or that several teams share",
    "delivery": "admission.py: a period and a municipality, else a number",
    "indicator": "the study: public figures",
    "municipality": "the study: public figures",
    "period": "the study: public figures",
}


def require_labels(contract: pa.DataFrameSchema, frame: pd.DataFrame) -> None:
    """Raise GateRefused when a text column holds something about a person, or more than labels.

    Of every column without a closed list in its contract it is said above where its words come from: a new one cannot
    leave before somebody has thought about that.
    """
    name = contract.name
    for column in frame.columns[[is_string_dtype(kind) for kind in frame.dtypes]]:
        if column in OWN_WORDS or any(check.name == "isin" for check in contract.columns[column].checks):
            continue
        if column not in OWN_CODES and column not in OUTSIDE_WORDS:
            raise GateRefused(f"{name}, kolom {column}: van deze woorden is niet gezegd waar ze vandaan komen.")
        values = [str(value) for value in frame[column].dropna().unique()]
        found = identifier_in_values(values) or ("vrije tekst" if is_free_text(values) else None)
        if found:
            raise GateRefused(
                f"{name}, kolom {column}: hier staat mogelijk {found}. Er is niets gepubliceerd. "
                "Pas de naam van het team, de voorziening of de kostensoort aan in de studie of de levering."
            )
