"""What somebody wrote: on one line, short, and without what is recognised as about one person."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from data_contracts.errors import broken_rule
from data_contracts.gate.admission import circle_objection

KEPT = "kept"  # in the context of a validation: this was admitted before, when it was written


def _admitted(text: str, info: ValidationInfo) -> str:
    plain = " ".join(text.split())
    problem = None if info.context and info.context.get(KEPT) else circle_objection(plain)
    if problem is not None:
        raise broken_rule(problem, "")
    return plain


def _not_empty(text: str) -> str:
    if len(text) < 2:
        raise broken_rule("hier staat nog niets.", "Schrijf het eerst op.")
    return text


MaybeSpoken = Annotated[str, AfterValidator(_admitted)]
Spoken = Annotated[MaybeSpoken, AfterValidator(_not_empty)]
