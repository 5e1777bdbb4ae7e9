"""What pydantic found wrong, in plain Dutch: what it is, and what to do."""

from __future__ import annotations

import difflib
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Location = tuple[str | int, ...]

_WORDS: dict[str, tuple[str, str]] = {
    "missing": ("dit ontbreekt.", "Vul het in."),
    "int_parsing": ("dit moet een geheel getal zijn.", ""),
    "int_type": ("dit moet een geheel getal zijn.", ""),
    "int_from_float": ("dit moet een geheel getal zijn.", ""),
    "float_parsing": ("dit moet een getal zijn, met een punt als decimaalteken.", ""),
    "float_type": ("dit moet een getal zijn, met een punt als decimaalteken.", ""),
    "finite_number": ("dit moet een echt getal zijn, geen nan of inf.", ""),
    "bool_parsing": ("dit moet true of false zijn.", ""),
    "bool_type": ("dit moet true of false zijn.", ""),
    "string_type": ("dit moet tekst zijn.", "Zet er aanhalingstekens om."),
    "list_type": ("dit moet een lijst zijn.", "Begin elke regel met een streepje."),
    "tuple_type": ("dit moet een lijst zijn.", "Begin elke regel met een streepje."),
    "date_from_datetime_parsing": ("dit moet een datum zijn, als jjjj-mm-dd.", ""),
    "date_parsing": ("dit moet een datum zijn, als jjjj-mm-dd.", ""),
    "date_type": ("dit moet een datum zijn, als jjjj-mm-dd.", ""),
}
_NO_KEYS = frozenset({"dict_type", "model_type", "model_attributes_type"})
_DASHED = "Gebruik kleine letters en cijfers, met streepjes ertussen, zoals grip-op-geld."
_FORMS = {
    r"^[a-z][a-z0-9_]{1,59}$": (
        "Gebruik 2 tot 60 kleine letters, cijfers en _, te beginnen met een letter, zoals minder_uren."
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": _DASHED,
    r"^[a-z0-9]+(-[a-z0-9]+)+$": _DASHED,
    r"^[a-z0-9-]+$": _DASHED,
    r"^[A-Z][A-Z0-9_]{0,30}$": "Gebruik hoofdletters, cijfers en _, te beginnen met een letter.",
    r"^[\w-]+\.(svg|png)$": "Noem een bestand dat op .svg of .png eindigt, zonder map.",
    r"^[\w-]+\.(geojson|json)$": "Noem een bestand dat op .geojson of .json eindigt, zonder map.",
    r"^[^/\\]+$": "Noem alleen het bestand, zonder map.",
    r"^\S+ \S+ \S+ \S+ \S+$": "Schrijf vijf delen met een spatie ertussen, zoals 0 6 * * 1.",
    r"^[a-z0-9-]+@[0-9a-f]{10}$": "Neem de versie over die onder de getekende boom staat, zoals wijkteam@0123456789.",
}
_LIMITS = {
    "greater_than_equal": ("minstens", "ge"),
    "greater_than": ("meer dan", "gt"),
    "less_than_equal": ("hoogstens", "le"),
    "less_than": ("minder dan", "lt"),
}


def words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong, and what to do; the second may be empty."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return "deze sleutel kennen we niet.", _did_you_mean(
            str(detail["loc"][-1]), _keys_at(model, detail["loc"][:-1])
        )
    if kind in ("literal_error", "enum"):
        return f"kies uit {context['expected'].replace(' or ', ' of ')}.", ""
    if kind == "union_tag_invalid":
        return f"'{context['tag']}' kennen we niet.", f"Kies uit {context['expected_tags']}."
    if kind in _LIMITS:
        word, key = _LIMITS[kind]
        return f"dit moet {word} {context[key]} zijn.", ""
    if kind == "too_short":
        least = context["min_length"]
        return f"hier {'hoort' if least == 1 else 'horen'} er minstens {least} te staan.", ""
    if kind == "too_long":
        return f"hier mogen er hoogstens {context['max_length']} staan.", ""
    if kind == "string_too_short":
        least = context["min_length"]
        return "dit is te kort.", f"Schrijf minstens {least} {'teken' if least == 1 else 'tekens'}."
    if kind == "string_too_long":
        return "dit is te lang.", f"Schrijf hoogstens {context['max_length']} tekens."
    if kind == "string_pattern_mismatch":
        return "dit heeft niet de vorm die hier hoort.", _FORMS.get(context["pattern"], "")
    if kind in _NO_KEYS:
        keys = _keys_at(model, detail["loc"])
        return "hier horen sleutels met waarden te staan.", f"Hier mag staan: {', '.join(keys)}." if keys else ""
    return _WORDS.get(kind, ("deze waarde past hier niet.", ""))


def _did_you_mean(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return f"Bedoelde u '{near[0]}'?"
    return f"Haal hem weg. Hier mag staan: {', '.join(sorted(known))}." if known else "Haal hem weg."


def _keys_at(model: type[BaseModel], at: Location) -> list[str]:
    """The keys that are allowed at a place; empty when the place is not a model."""
    current: Any = model
    for part in at:
        if isinstance(current, type) and issubclass(current, BaseModel) and part in current.model_fields:
            current = current.model_fields[str(part)].annotation
        current = _inner_model(current)
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _inner_model(annotation: Any) -> Any:
    """The model inside list[...], dict[..., ...] or ... | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _inner_model(inner)) is not None), None)
