"""The municipality's own looks on a page: its colour, light and dark, and its logo as part of the file."""

from __future__ import annotations

import base64

from data_contracts.house_style import OURS, HouseStyle

MEDIA = {"svg": "image/svg+xml", "png": "image/png"}


def own_colours(house: HouseStyle) -> str:
    """The lines of a style sheet that put their colour in the place of ours; none for ours."""
    if house == OURS:
        return ""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {house.colour_in_the_dark}; }} }}"
    return f":root {{ --accent: {house.colour}; }}\n{dark}\n"


def logo_address(house: HouseStyle) -> str:
    """The logo as an address that holds the whole picture: as a picture it can run nothing and ask for nothing."""
    if house.logo is None:
        return ""
    return f"data:{MEDIA[house.logo.kind]};base64,{base64.b64encode(house.logo.content).decode()}"
