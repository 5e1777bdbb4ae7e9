"""A YAML text changed so that it says what new data say; comments and order stay where the content stays."""

from __future__ import annotations

import io
from enum import Enum
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from data_contracts.yaml_tricks import plainly_written


def merged_text(text: str, short: dict[str, Any], full: dict[str, Any]) -> str:
    """`text` changed so that it says what `short` says; items of lists are matched on their id.

    `full` holds the defaults that `short` leaves out: one that the text writes out stays written out.
    """
    document = _yaml().load(io.StringIO(text))
    _merge_map(document, _codes(short), _codes(full))
    return _dumped(document)


def _codes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _codes(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_codes(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value


def _commented(value: Any) -> Any:
    if isinstance(value, dict):
        return CommentedMap((key, _commented(inner)) for key, inner in value.items())
    return CommentedSeq(_commented(inner) for inner in value) if isinstance(value, list) else value


def _merge_map(old: CommentedMap, short: dict[str, Any], full: dict[str, Any]) -> None:
    """`short` leaves defaults out, `full` has them."""
    for key in [key for key in old if key not in short and old[key] != full.get(key)]:
        del old[key]
    for key, value in short.items():
        if key in old and isinstance(value, dict) and isinstance(old[key], CommentedMap):
            _merge_map(old[key], value, full[key])
        elif key in old and isinstance(value, list) and isinstance(old[key], CommentedSeq):
            _merge_list(old[key], value, full[key])
        elif key not in old or old[key] != value:
            old[key] = _commented(value)


def _merge_list(old: CommentedSeq, short: list[Any], full: list[Any]) -> None:
    """Item by item where old and new start with the same things in the same order; otherwise rebuilt from them."""
    names = [_name(item, place) for place, item in enumerate(old)]
    wanted = [_name(item, place) for place, item in enumerate(short)]
    if names != wanted[: len(names)]:
        kept = dict(zip(names, list(old), strict=True))
        old[:] = [kept.get(name, _commented(item)) for name, item in zip(wanted, short, strict=True)]
    for place, (item, whole) in enumerate(zip(short, full, strict=True)):
        if place == len(old):
            old.append(_commented(item))
        elif isinstance(item, dict) and isinstance(old[place], CommentedMap):
            _merge_map(old[place], item, whole)
        elif old[place] != item:
            old[place] = _commented(item)


def _name(item: Any, place: int) -> Any:
    return item.get("id", place) if isinstance(item, dict) else place


def _yaml() -> YAML:
    yaml = plainly_written(YAML(typ="rt", pure=True))
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda *_: True  # our reader refuses & and *
    return yaml


def _dumped(document: Any) -> str:
    text = io.StringIO()
    _yaml().dump(document, text)
    return text.getvalue()
