"""The looks of a municipality: one colour, checked for who sees less, and its logo (huisstijl/huisstijl.yaml).

Contrast is that of WCAG 2: 4.5 to 1 for text, on every ground on which our pages print it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part

FEWEST = 4.5
# The page and its tinted blocks, on a light and on a dark screen; reports/html/static/report.css has the same.
LIGHT, DARK = ("#ffffff", "#f3f5f6"), ("#14191d", "#1f272d")
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked through, and what it says to who cannot see it."""

    content: bytes
    kind: Literal["svg", "png"]
    says: str


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What titles, lines and links look like; without a municipality's own they look like ours."""

    colour: str = "#00626b"
    colour_in_the_dark: str = "#6fd0d8"
    logo: Logo | None = None


OURS = HouseStyle()


class DeclaredStyle(Part):
    """huisstijl.yaml."""

    schema_version: Literal[1]
    colour: Colour
    colour_in_the_dark: Colour | None = None
    logo: str | None = Field(default=None, pattern=r"^[\w-]+\.(svg|png)$")
    logo_says: str | None = Field(default=None, min_length=5, max_length=120)

    @model_validator(mode="after")
    def _everybody_can_read_it(self) -> Self:
        for key, colour, grounds in (
            ("colour", self.colour, LIGHT),
            ("colour_in_the_dark", self.colour_in_the_dark, DARK),
        ):
            found = weakest(colour, grounds) if colour else FEWEST
            if found < FEWEST:
                where, other = ("wit", "donkerder") if grounds is LIGHT else ("een donker scherm", "lichter")
                what = f"{key}: deze kleur is op {where} niet goed te lezen (contrast {_dutch(found)} op 1)."
                raise broken_rule(what, f"Kies er een die {other} is: minstens {_dutch(FEWEST)} op 1.", key)
        return self

    @model_validator(mode="after")
    def _a_logo_says_what_it_is(self) -> Self:
        if bool(self.logo) != bool(self.logo_says):
            do = "Zet logo en logo_says er allebei in: wie het logo niet ziet, hoort wat er staat."
            raise broken_rule("van het logo staat er maar de helft.", do, "logo" if self.logo else "logo_says")
        return self

    @property
    def in_the_dark(self) -> str:
        """The colour on a dark screen: as declared, else the own colour made lighter until it can be read."""
        steps = (_mixed_with_white(self.colour, step / 20) for step in range(21))
        return self.colour_in_the_dark or next(one for one in steps if weakest(one, DARK) >= FEWEST)


def weakest(colour: str, grounds: tuple[str, ...]) -> float:
    """The least contrast of a colour on these grounds, 1 to 21."""
    return min(_contrast(colour, ground) for ground in grounds)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2: what the eye makes of red, green and blue."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _mixed_with_white(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(255 * (part + (1 - part) * share)):02x}" for part in _parts(colour))


def _dutch(ratio: float) -> str:
    # Downward, so that 4.49 is not told as the 4.5 that is asked.
    return f"{int(10 * ratio) / 10}".replace(".", ",")
