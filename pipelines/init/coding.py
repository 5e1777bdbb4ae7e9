"""The words of one kind of file that stand for codes: certain ones are written down, the others asked about."""

from __future__ import annotations

from itertools import chain
from typing import Any

from data_contracts.mapping.codes import CLOSED_LISTS, LADDER_ROLES, UNKNOWN, YES_NO
from data_contracts.vocabulary.field import Edition, NotScored
from data_contracts.vocabulary.names import folded
from pipelines.init.codes_found import (
    DOMAIN_CHOICES,
    LADDER_CHOICES,
    SCORE_CHOICES,
    coded_choices,
    coded_value,
    domain_codes,
    is_broken,
    ladder_codes,
    ladder_variant,
    may_be_shown,
    no_score,
    score_codes,
    score_value,
    unknown_codes,
)
from pipelines.init.grid import kind_of
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question
from pipelines.init.words import edition_by
from pipelines.intake.reading.codes import score_meaning
from pipelines.intake.reading.sheets import FAULT

# From this share of the rows on half points are a way of scoring; a stray one is a fault of its row.
MOST_BROKEN = 0.05


def place_codes(reading: Reading) -> None:
    """Words that stand for codes: certain ones are written down, all others are asked about."""
    codes: dict[str, dict[str, Any]] = reading.entry.setdefault("codes", {})
    if reading.table == "assessments":
        _score_codes(reading, codes)
    if reading.table == "ladder":
        _ladder_codes(reading, codes)
    if reading.table == "provisions" and "life_domain" in reading.columns:
        _domain_codes(reading, codes, "de voorziening telt bij geen leefgebied")
    for role in (*CLOSED_LISTS, *YES_NO):
        if role in reading.columns:
            texts = unknown_codes(role, [text for text in reading.cells(role) if text])
            _ask(reading, codes, role, texts, coded_choices(role))
    if reading.table == "costs":
        kinds = {str(text) for text in reading.cells("cost_kind") if folded(text).startswith("nieuwe ")}
        reading.entry["new_approach_costs"] = sorted(kinds)
    _empty_teams(reading, codes)


def _ladder_codes(reading: Reading, codes: dict[str, dict[str, Any]]) -> None:
    roles = [role for role in LADDER_ROLES if role in reading.columns]
    texts = {role: [text for text in reading.cells(role) if text] for role in roles}
    variant = ladder_variant(chain.from_iterable(texts.values()))
    reading.entry["ladder_variant"] = variant.value
    for role, found in texts.items():
        _ask(reading, codes, role, ladder_codes(found, variant), LADDER_CHOICES)


def _score_codes(reading: Reading, codes: dict[str, dict[str, Any]]) -> None:
    columns = [name for names in reading.scores.values() for name in names]
    texts = [cell for name in columns for cell in reading.grid.counts(name)]
    if not reading.scores:
        texts = [cell for cell in set(reading.cells("score")) if cell]
        _domain_codes(reading, codes, "de regel telt niet mee")
    labelled, disagree = _labelled(reading, columns or [reading.columns.get("score", "")], set(map(str, texts)))
    cells = [reading.grid.columns[name] for name in columns] or [reading.cells("score")]
    broken = sum(any(is_broken(cell) for cell in row if cell) for row in zip(*cells, strict=True))
    plain = [text for text in texts if text not in labelled and text not in disagree]
    certain, unclear = score_codes(plain, ask_broken=broken > MOST_BROKEN * reading.grid.height)
    codes["score"] = {**certain, **labelled}
    _ask(reading, codes, "score", sorted({*unclear, *disagree}), SCORE_CHOICES)


def _domain_codes(reading: Reading, codes: dict[str, dict[str, Any]], without: str) -> None:
    """The life domains that a column names; `without` is what becomes of a row whose word is left unknown."""
    editions = [edition_by(reading.entry["edition"])] if "edition" in reading.entry else list(Edition)
    known, unclear = domain_codes([text for text in set(reading.cells("life_domain")) if text], editions)
    codes["life_domain"] = dict(known)
    _ask(reading, codes, "life_domain", unclear, DOMAIN_CHOICES | {"onbekend": without})


def _labelled(reading: Reading, columns: list[str], texts: set[str]) -> tuple[dict[str, str | int], set[str]]:
    """What SPSS itself says of codes: a level by another number, or no score. Codes whose labels disagree are asked."""
    said: dict[str, set[str | int]] = {}
    for sheet in reading.kind.sheets:
        for name in columns if sheet.variables else []:
            for code, words in sheet.variables.codes.get(name, {}).items():  # type: ignore[union-attr]
                found = _by_words(words)
                said.setdefault(code.removesuffix(".0"), set()).add(code if found is None else found)
            for low, high in sheet.variables.missing.get(name, ()):  # type: ignore[union-attr]
                missing = [text for text in texts if _is_between(text, low, high)]
                for text in missing:
                    said.setdefault(text, set()).discard(text)
                    said[text].add(NotScored.NOT_ASKED.value)
    used = {code: found for code, found in said.items() if code in texts}
    known = {code: next(iter(found)) for code, found in used.items() if len(found) == 1}
    return (
        {code: value for code, value in known.items() if str(value) != code},
        {code for code, found in used.items() if len(found) > 1},
    )


def _by_words(words: str) -> str | int | None:
    """What the label of a code says: a level, or why there is no score; None when it says neither."""
    reason = no_score(words)
    if reason:
        return reason.value
    code = score_meaning(words).code
    return int(code) if code is not None else None


def _is_between(text: str, low: str, high: str) -> bool:
    try:
        return float(low) <= float(text) <= float(high)
    except ValueError:
        return text == low


def _ask(
    reading: Reading, codes: dict[str, dict[str, Any]], role: str, texts: list[str], choices: dict[str, str]
) -> None:
    if not texts:
        return
    column = reading.columns.get(role, "")
    if not may_be_shown(texts):
        where = f"kolom '{column}'" if column else "de kolommen met scores"
        reading.aside = f"in {where} staan woorden die wij niet kennen ({len(texts)}). Kijk of dit de goede kolom is."
        return
    where = f"kolom '{column}' van {reading.kind.label}" if column else f"de scores van {reading.kind.label}"
    said = reading.talk.words(
        Question(
            reading.name("codes", role.replace("_", "-")),
            f"In {where} staan codes die wij niet kennen. Wat betekenen zij?",
            choices,
            parts=tuple(texts),
        )
    )
    codes.setdefault(role, {}).update({text: _code(role, choice) for text, choice in (said or {}).items()})


def _code(role: str, choice: str) -> str | int | bool:
    if role == "score":
        return score_value(choice)
    if choice == "onbekend":
        return UNKNOWN
    if role in LADDER_ROLES:
        return int(choice)
    return choice if role == "life_domain" else coded_value(role, choice)


def _empty_teams(reading: Reading, codes: dict[str, dict[str, Any]]) -> None:
    """Assessments without a team: may their team stay unknown?"""
    column = reading.columns.get("team")
    if reading.table != "assessments" or not column:
        return
    cells = reading.grid.columns[column]
    faults = sorted({str(cell) for cell in cells if kind_of(cell) == FAULT or (cell and no_score(cell))})
    empty = sum(1 for cell in cells if not cell or str(cell) in faults)
    if not empty or empty == len(cells):
        return
    said = reading.asked(
        "team-leeg",
        f"In {reading.kind.label} staat op {empty} van {reading.grid.height} regels geen wijkteam. Tellen die mee?",
        {"ja": "zij tellen mee, met een onbekend team", "nee": "die regels worden apart gezet"},
    )
    if said == "ja":
        written = reading.entry["columns"]["team"]
        reading.entry["columns"]["team"] = {
            **({"from": column} if isinstance(written, str) else written),
            "empty": UNKNOWN,
        }
        codes.setdefault("team", {}).update(dict.fromkeys(faults, UNKNOWN))
