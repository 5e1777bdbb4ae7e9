"""What the words in a delivery stand for: text as delivered -> code, or the reason why not.

Only the distinct texts of a column are looked at, so the work does not grow with the number of rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from data_contracts.mapping.codes import LADDER_ROLES, UNKNOWN, Codes, ladder_code, score_code
from data_contracts.vocabulary.field import DOMAINS, SCORE_LABELS, Edition, Labelled, NotScored
from data_contracts.vocabulary.ladder import LadderVariant
from data_contracts.vocabulary.names import domain_named, folded, ladder_names, names_of
from data_contracts.vocabulary.reasons import Reason

_YES_NO = dict.fromkeys(("ja", "j", "1", "true", "waar"), True) | dict.fromkeys(
    ("nee", "n", "0", "false", "onwaar"), False
)
_SCORE_OF_LABEL = {folded(label): score for score, label in SCORE_LABELS.items()}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one text stands for: a code, a reason why the row cannot be used, or a known way of missing."""

    code: str | int | None = None
    fault: Reason | None = None
    not_scored: NotScored | None = None


def explained(role: str, codes: Codes, meaning: Callable[[str], Meaning]) -> Callable[[str], Meaning]:
    """`meaning`, after what the mapping says of a word in this role."""
    known = {folded(text): code for text, code in codes.get(role, {}).items()}
    exact = codes.get(role, {})

    def found(text: str) -> Meaning:
        code = exact.get(text, known.get(folded(text)) if folded(text) else None)
        if code is None:
            return meaning(text)
        if code == UNKNOWN:
            return Meaning()
        if role == "score":
            score = score_code(code)
            return Meaning(not_scored=score) if isinstance(score, NotScored) else Meaning(code=score)
        if role in LADDER_ROLES:
            return Meaning(code=ladder_code(code))
        return Meaning(code=code) if isinstance(code, bool) else meaning(str(code))

    return found


def named_meaning(text: str, codes: dict[str, str | int | bool]) -> Meaning:
    """A word of an open list: another word for it, nothing, or itself."""
    known = {folded(name): code for name, code in codes.items() if folded(name)}
    code = codes.get(text, known.get(folded(text), text))
    return Meaning() if code == UNKNOWN else Meaning(code=str(code))


def score_meaning(text: str) -> Meaning:
    """A ZRM score written as '3', '3 - beperkt zelfredzaam' or 'beperkt zelfredzaam'.

    Levels are never taken from an id: digit and words must agree where both are given, because the GGM enumeration has
    levels 2 and 3 the other way round.
    """
    if re.fullmatch(r"-?\d+", text):
        return _in_scale(int(text), 1, 5)
    if re.fullmatch(r"-?\d+[.,]\d+", text):
        whole = re.fullmatch(r"(\d+)[.,]0+", text)
        return _in_scale(int(whole[1]), 1, 5) if whole else Meaning(fault=Reason.SCORE_NOT_WHOLE)
    parts = re.fullmatch(r"(\d+)\s*[-–:.=)]?\s*\(?\s*(\D.*?)\)?", _digit_first(text))
    if parts:
        by_words = _score_named(parts[2])
        if by_words is None:
            return Meaning(fault=Reason.SCORE_UNKNOWN)
        return Meaning(code=by_words) if by_words == int(parts[1]) else Meaning(fault=Reason.SCORE_LABEL_CONFLICT)
    by_words = _score_named(text)
    return Meaning(fault=Reason.SCORE_UNKNOWN) if by_words is None else Meaning(code=by_words)


def _digit_first(text: str) -> str:
    """'beperkt zelfredzaam (3)' and 'betaald werk (trede 6)' with the digit before the words."""
    return re.sub(r"^(\D+?)\s*[(\[](?:\D+\s)?(\d)[)\]]$", r"\2 \1", text)


def _score_named(words: str) -> int | None:
    """'beperkt' and 'beperkt zelfredzaam' are the same level."""
    name = folded(words)
    exact = _SCORE_OF_LABEL.get(name)
    starts = [score for label, score in _SCORE_OF_LABEL.items() if name and label.startswith(name + " ")]
    return exact if exact is not None else (starts[0] if len(starts) == 1 else None)


def ladder_meaning(text: str, variant: LadderVariant) -> Meaning:
    """A step of the ladder written as '3' or in words, those that its variant added too."""
    if re.fullmatch(r"-?\d+", text):
        return _in_scale(int(text), 1, 6)
    if re.fullmatch(r"-?\d+[.,]\d+", text):
        return Meaning(fault=Reason.SCORE_NOT_WHOLE)
    text = re.sub(r"^(trede|niveau|stap)\s*(?=\d)", "", text, flags=re.IGNORECASE)
    if text.isdigit():
        return _in_scale(int(text), 1, 6)
    parts = re.fullmatch(r"(\d)\s*[-–:.)]?\s*(\D.*)", _digit_first(text))
    step = ladder_names(variant).get(folded(parts[2] if parts else text))
    if step is None:
        return Meaning(fault=Reason.SCORE_UNKNOWN)
    return Meaning(code=step) if not parts or int(parts[1]) == step else Meaning(fault=Reason.SCORE_LABEL_CONFLICT)


def _in_scale(score: int, low: int, high: int) -> Meaning:
    return Meaning(code=score) if low <= score <= high else Meaning(fault=Reason.SCORE_OUT_OF_RANGE)


def domain_meaning(text: str, editions: Collection[Edition]) -> Meaning:
    """A life domain by name or number and name ('01. Financiën'), in one of the editions of its file."""
    domain = domain_named(text) or domain_named(re.sub(r"^\d+\W*", "", text))
    if domain is None:
        return Meaning(fault=Reason.DOMAIN_UNKNOWN)
    known = any(domain in DOMAINS[edition] for edition in editions)
    return Meaning(code=domain.value) if known else Meaning(fault=Reason.DOMAIN_NOT_IN_EDITION)


def code_meaning(text: str, vocabulary: type[Labelled]) -> Meaning:
    """A code of a closed list by any of its names."""
    code = names_of(vocabulary).get(folded(text))
    return Meaning(fault=Reason.CODE_UNKNOWN) if code is None else Meaning(code=code)


def yes_no_meaning(text: str) -> Meaning:
    """Yes or no by any of its names."""
    answer = _YES_NO.get(folded(text))
    return Meaning(fault=Reason.CODE_UNKNOWN) if answer is None else Meaning(code=answer)


def team_meaning(text: str, team_numbers: dict[str, int], codes: dict[str, str | int | bool]) -> Meaning:
    """A team by its name in the register, or by another spelling that the mapping names."""
    name = named_meaning(text, codes).code
    if name is None:
        return Meaning()
    number = team_numbers.get(folded(str(name)))
    return Meaning(fault=Reason.TEAM_UNKNOWN) if number is None else Meaning(code=number)
