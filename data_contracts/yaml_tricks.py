"""What a YAML file may not do, seen token by token, before anything is built of it.

Anchors, aliases, tags and merging are refused: a study needs none, and an alias bomb or a Python tag is an attack.
So is depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scanner import RoundTripScanner
from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEndToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    ScalarToken,
    TagToken,
    Token,
)

# A study needs a handful; thousands keep a parser busy for minutes.
_DEEPEST = 40
_BEGINS = (FlowSequenceStartToken, FlowMappingStartToken, BlockSequenceStartToken, BlockMappingStartToken)
_ENDS = (FlowSequenceEndToken, FlowMappingEndToken, BlockEndToken)
# What one writer calls eighty-two thousand and another eighty-two.
_DOTTED = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


class TrickError(Exception):
    """The line, what stands there, and what to do."""


class Untricked(RoundTripScanner):
    """Reads a file token by token, and refuses the first that is a trick: before anything is built of it."""

    depth = 0

    def get_token(self) -> Token:
        """The next token."""
        token = super().get_token()
        self.depth += isinstance(token, _BEGINS) - isinstance(token, _ENDS)
        if self.depth > _DEEPEST:
            what = f"hier zitten meer dan {_DEEPEST} niveaus in elkaar."
            raise TrickError(token.start_mark.line + 1, what, "Kijk naar haakjes en inspringen.")
        if isinstance(token, AliasToken | AnchorToken | TagToken):
            what = "verwijzingen (& en *) en labels (!) zijn hier niet toegestaan."
            raise TrickError(
                token.start_mark.line + 1, what, "Schrijf de waarde uit, of zet aanhalingstekens om de tekst."
            )
        if isinstance(token, ScalarToken) and token.plain and token.value == "<<":
            what = "samenvoegen met << is hier niet toegestaan."
            raise TrickError(token.start_mark.line + 1, what, "Schrijf de sleutels uit.")
        return token


def is_dotted(text: str) -> bool:
    """Can a number be thousands as well as a number with three decimals?"""
    return _DOTTED.fullmatch(text) is not None


class _PlainNumbers(RoundTripRepresenter):
    """Writes a number so that it cannot be read as thousands: 12.345 as 12.3450."""

    def represent_plain(self, number: float) -> Any:
        """The node of a number."""
        node = self.represent_float(number)
        node.value += "0" if is_dotted(node.value) else ""
        return node


_PlainNumbers.add_representer(float, _PlainNumbers.represent_plain)


def plainly_written(yaml: YAML) -> YAML:
    """`yaml`, whose numbers its reader takes for what they are."""
    yaml.Representer = _PlainNumbers
    return yaml


def dotted_numbers(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of every number in a file that can be read in two ways."""
    reader = YAML(typ="rt", pure=True)
    reader.Scanner = Untricked
    for token in reader.scan(text):
        if isinstance(token, ScalarToken) and token.plain and is_dotted(token.value):
            yield token.start_mark.line + 1, token.value
