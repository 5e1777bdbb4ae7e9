"""Colours with what differs beside them, so that a drawing survives a black-and-white print."""

from __future__ import annotations

INK, GRID, PAPER, BEHIND = "#1b1b1b", "#d5dade", "#ffffff", "#a9b2ba"
# Each row of this table differs in colour, pattern, dash and symbol, so that it survives a black-and-white print.
LOOKS = (
    ("#00626b", "", "solid", "circle"),
    ("#b3541e", "/", "dash", "square-open"),
    ("#5b3a8c", "x", "dot", "diamond"),
    ("#46525e", ".", "dashdot", "triangle-up-open"),
    ("#8a6d00", "-", "longdash", "cross"),
    ("#a3195b", "|", "longdashdot", "star-open"),
)
MAP_RANGE = ("#e6f2f3", "#8cc5ca")
SHARE_LOOKS = (("#00626b", "", "#ffffff"), ("#dfe4e8", "", INK), ("#f7e3d6", "/", INK))
