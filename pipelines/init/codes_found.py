"""Words in a column that stand for a code: which of them we know, which mean no score, which are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_contracts.mapping.codes import CLOSED_LISTS, UNKNOWN, YES_NO
from data_contracts.vocabulary.field import DOMAINS, SCORE_LABELS, Edition, LifeDomain, NotScored
from data_contracts.vocabulary.ladder import LADDER_LABELS, LadderVariant
from data_contracts.vocabulary.names import folded, names_of
from data_contracts.vocabulary.reasons import Reason
from pipelines.init.domains_found import domain_of
from pipelines.init.grid import kind_of
from pipelines.intake.reading.codes import code_meaning, domain_meaning, ladder_meaning, score_meaning, yes_no_meaning
from pipelines.intake.reading.rows import shown_codes
from pipelines.intake.reading.sheets import FAULT

_EMPTY = (
    "leeg",
    "geen",
    "geen score",
    "onbekend",
    "niet bekend",
    "onb",
    "null",
    "none",
    "nan",
    "na",
    "n a",
    "nb",
    "n b",
)
_REASONS = {
    NotScored.NOT_ASKED: ("niet ingevuld", "niet gescoord", "niet afgenomen", "niet gevraagd", "ontbreekt", *_EMPTY),
    NotScored.NOT_DISCUSSED: ("niet besproken", "onbesproken"),
    NotScored.NOT_APPLICABLE: ("nvt", "n v t", "niet van toepassing"),
}
_REASON_OF = {word: reason for reason, words in _REASONS.items() for word in words}
LEAST_SHARE = 0.5
MOST_LEVELS = 12


def no_score(text: str) -> NotScored | None:
    """Why there is no score, where the words themselves say so: '-', 'nvt', '9 = onbekend', '#N/A'."""
    if kind_of(text) == FAULT or re.fullmatch(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|NB|WAARDE!)", text):
        return NotScored.NOT_ASKED
    if not re.search(r"[a-z0-9]", folded(text)):
        return NotScored.NOT_ASKED
    words = re.sub(r"^\d+\s*[-–:.=)]*\s*", "", text)
    return _REASON_OF.get(folded(words)) if words else None


def is_broken(text: str) -> bool:
    """Whether a score is a broken figure, as 2,5."""
    return score_meaning(text).fault == Reason.SCORE_NOT_WHOLE


def score_codes(texts: Iterable[str], *, ask_broken: bool = False) -> tuple[dict[str, str], list[str]]:
    """What is certain of the texts that are no score, and the ones that must be asked (0, 9, 99, other words).

    A broken figure such as 3,5 is a fault of its row, and no word that could mean something, unless there are many.
    """
    certain: dict[str, str] = {}
    unclear = []
    every = sorted(set(texts))
    levels = _marks_of_levels(every)
    for text in every:
        meaning = score_meaning(text)
        if meaning.fault is None or (is_broken(text) and not ask_broken):
            continue
        reason = no_score(text)
        if reason and text not in levels:
            certain[str(text)] = reason.value
        else:
            unclear.append(str(text))
    return certain, unclear


def _marks_of_levels(texts: Iterable[str]) -> set[str]:
    """Texts of marks only, where they may be levels: stars of several lengths, '--' to '++'; dashes alone are none."""
    marks = {text for text in texts if not re.search(r"[a-z0-9]", folded(text)) and kind_of(text) != FAULT}
    signs = {mark for mark in marks if not re.fullmatch(r"[-–—.\s]*", mark)}
    has_lengths = len({frozenset(mark) for mark in signs}) < len(signs)
    return marks if has_lengths or any("+" in mark for mark in signs) else set()


SCORE_CHOICES = {str(score): words for score, words in SCORE_LABELS.items()} | {
    **{reason.label: "geen score" for reason in NotScored},
    "onbekend": "de cel telt als leeg",
}


def score_value(choice: str) -> str | int:
    """What a reply about a code of a score becomes in the mapping."""
    if choice.isdigit():
        return int(choice)
    return {reason.label: reason.value for reason in NotScored}.get(choice, UNKNOWN)


def is_score_column(texts: Iterable[str]) -> bool:
    """Whether at least half of the distinct words of a column can be scores, or say why there is none."""
    every = sorted(set(texts))
    fits = [text for text in every if score_meaning(text).fault is None or no_score(text) or text in ("0", "9", "99")]
    return len(fits) >= LEAST_SHARE * len(every)


def may_be_scores(texts: Iterable[str]) -> bool:
    """Whether a column holds scores, or few enough words to be a list of levels by whatever words."""
    every = set(texts)
    return len(every) <= MOST_LEVELS or is_score_column(every)


def ladder_codes(texts: Iterable[str], variant: LadderVariant) -> list[str]:
    """Words that are no step of the ladder in this variant."""
    return [text for text in sorted(set(texts)) if ladder_meaning(text, variant).fault is not None]


def ladder_variant(texts: Iterable[str]) -> LadderVariant:
    """The extended variant when any of its words is there, else the classic one: most numbers are of that."""
    known = [text for text in texts if ladder_meaning(text, LadderVariant.EXTENDED).fault is None]
    return LadderVariant.EXTENDED if ladder_codes(known, LadderVariant.CLASSIC) else LadderVariant.CLASSIC


LADDER_CHOICES = {str(step): words for step, words in LADDER_LABELS.items()} | {"onbekend": "geen trede"}


def domain_codes(texts: Iterable[str], editions: Iterable[Edition]) -> tuple[dict[str, str], list[str]]:
    """Domain names of a long file that the engine does not know: the ones that are certain, and the others."""
    certain: dict[str, str] = {}
    unclear = []
    wanted = list(editions)
    for text in sorted(set(texts)):
        if domain_meaning(text, wanted).code is not None:
            continue
        found = domain_of(text)
        if found and any(found in DOMAINS[edition] for edition in wanted):
            certain[text] = found.value
        else:
            unclear.append(text)
    return certain, unclear


def coded_choices(role: str) -> dict[str, str]:
    """The choices for a word in a column of a closed list."""
    if role in YES_NO:
        return {"ja": "", "nee": "", "onbekend": "de cel telt als leeg"}
    return {code: label for code, label in _labels(role).items()} | {"onbekend": "de cel telt als leeg"}


def _labels(role: str) -> dict[str, str]:
    return {member.value: member.label for member in CLOSED_LISTS[role]}


def unknown_codes(role: str, texts: Iterable[str]) -> list[str]:
    """The words in a column of a closed list that are none of its names."""
    every = sorted(set(texts))
    if role in YES_NO:
        return [text for text in every if yes_no_meaning(text).fault is not None]
    return [text for text in every if code_meaning(text, CLOSED_LISTS[role]).fault is not None]


def coded_value(role: str, choice: str) -> str | bool:
    """What a reply becomes in the mapping."""
    if choice == "onbekend":
        return UNKNOWN
    return choice == "ja" if role in YES_NO else names_of(CLOSED_LISTS[role]).get(folded(choice), choice)


def may_be_shown(codes: list[str]) -> bool:
    """Whether these are codes of a closed list, which may be named, and no words about a person."""
    return not shown_codes(codes).endswith("andere waarden")


DOMAIN_CHOICES = LifeDomain.labels()
