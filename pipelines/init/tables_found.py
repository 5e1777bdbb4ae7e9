"""Which table of ours a sheet fills, and which of its columns are ours, by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data_contracts.mapping.fields import FIELDS
from data_contracts.vocabulary.names import folded
from pipelines.init.domains_found import without_number
from pipelines.init.names import FIELD_NAMES, TELLING

# Names of a date that may well be another day than that of the assessment; a more specific name goes first.
GENERIC = ("peildatum", "datum", "dat")


def _lost_accents(name: str) -> re.Pattern[str] | None:
    if "?" not in name and "\ufffd" not in name:
        return None
    plain = re.sub(r"[\s_.-]+", " ", name.casefold()).strip()
    return re.compile("".join("." if one in "?\ufffd" else re.escape(one) for one in plain))


def rank(name: str, known: Sequence[str]) -> int | None:
    """The place of a column's name in a list of names, most certain first; None when it is not there.

    'Cli?ntnummer' is a name whose accent was lost; a second 'Datum', which is called 'Datum (2)', counts as the first.
    """
    plain = folded(re.sub(r" \(\d\)$", "", name).replace("_", " "))
    if plain in known:
        return known.index(plain)
    bare = without_number(plain)
    if bare in known:
        return known.index(bare)
    pattern = _lost_accents(name)
    return next((at for at, one in enumerate(known) if pattern and pattern.fullmatch(one)), None)


def fields_of(names: Sequence[str], table: str, labels: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Our field -> the columns that may fill it, the most certain first; a column stands at one field only.

    `labels`: what SPSS says of a variable, which counts where its name says nothing.
    """
    said = labels or {}
    taken: set[str] = set()
    found: dict[str, list[str]] = {}
    for ours, known in FIELD_NAMES[table].items():
        ranks = {name: rank(name, known) for name in names if name not in taken}
        ranks |= {name: rank(said[name], known) for name, at in ranks.items() if at is None and name in said}
        ranked = [(at, name) for name, at in ranks.items() if at is not None]
        if ranked:
            ranked.sort(key=lambda pair: pair[0])
            found[ours] = [name for _, name in ranked]
            taken |= set(found[ours])
    return found


def table_fit(names: Sequence[str], table: str, labels: Mapping[str, str] | None = None) -> int:
    """How well names fit a table: how many fields are found, 0 when nothing tells it from the others."""
    found = fields_of(names, table, labels)
    telling = any(ours in found for ours in TELLING[table])
    missing = [ours for ours, required in FIELDS[table].items() if required and ours not in found]
    if table == "assessments" and not {"life_domain", "score"} <= set(found):
        return 0
    return len(found) if telling and not missing else 0


def years_in(names: Sequence[str]) -> list[str]:
    """Columns that are called after a year, as in a crosstab; at least two."""
    found = [name for name in names if re.fullmatch(r"(?:19|20)\d\d", name.strip())]
    return found if len(found) >= 2 else []


def best_table(fits: Mapping[str, int]) -> str | None:
    """The table that fits best; None when none does or two do equally well."""
    ranked = sorted(fits, key=lambda table: -fits[table])
    if not ranked or fits[ranked[0]] == 0:
        return None
    second = fits[ranked[1]] if len(ranked) > 1 else 0
    return ranked[0] if fits[ranked[0]] > second else _decided(ranked, fits)


def _decided(ranked: Sequence[str], fits: Mapping[str, int]) -> str | None:
    """Between equals the one with more required fields; None when that does not decide."""
    equal = [table for table in ranked if fits[table] == fits[ranked[0]]]
    needs = {table: sum(FIELDS[table].values()) for table in equal}
    best = [table for table in equal if needs[table] == max(needs.values())]
    return best[0] if len(best) == 1 else None


_AMOUNT_WORDS = frozenset({"bedrag", "bedragen", "kosten", "euro", "euros", "eur", "uitgaven", "lasten"})
_SCALED = re.compile(
    r"\b(?:cent|centen|eurocent|duizend(?:en)?|miljoen(?:en)?|mln|keur|k eur)\b|\bx ?1[ .]?000|1[ .]000\b"
)


def is_amount(name: str) -> bool:
    """Whether a column is called after money: 'Gerealiseerd bedrag', 'Bedrag excl. btw', 'Kosten (€)'."""
    return "€" in name or bool(_AMOUNT_WORDS & set(re.findall(r"[a-z]+", folded(name.replace("_", " ")))))


def is_scaled(name: str) -> bool:
    """Whether a column says that it counts cents, thousands or millions, which we do not turn into euros unasked."""
    return bool(
        _SCALED.search(re.sub(r"\bk ?€", "keur", name.casefold()).replace("€", "").replace("_", " ").replace("  ", " "))
    )
