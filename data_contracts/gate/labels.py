"""No free words leave: text in an out_ table is a code of ours or a short label that the study gave."""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_string_dtype

from data_contracts.errors import GateRefused
from data_contracts.identifiers import identifier_in_values, is_free_text

# Built by our own program from codes and labels that stand in the other columns, or from its own sentences.
OWN_WORDS = frozenset({"estimate_id", "with_estimate_id", "vector", "assumptions", "refused_because", "method"})


def require_labels(name: str, frame: pd.DataFrame) -> None:
    """Raise GateRefused when a text column holds something about a person, or more than labels."""
    for column in frame.columns[[is_string_dtype(kind) for kind in frame.dtypes]]:
        if column in OWN_WORDS:
            continue
        values = [str(value) for value in frame[column].dropna().unique()]
        found = identifier_in_values(values) or ("vrije tekst" if is_free_text(values) else None)
        if found:
            raise GateRefused(
                f"{name}, kolom {column}: hier staat mogelijk {found}. Er is niets gepubliceerd. "
                "Pas de naam van het team, de voorziening of de kostensoort aan in de studie of de levering."
            )
