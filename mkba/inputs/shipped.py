"""The parameter packs that ship with the engine."""

from __future__ import annotations

import functools
from importlib import resources

from mkba.inputs.packs import Packs, read_packs


@functools.cache
def parameter_packs() -> Packs:
    """Every pack in mkba/parameters, read once."""
    folder = resources.files("mkba") / "parameters"
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return read_packs({path.name: path.read_text("utf-8") for path in found})
