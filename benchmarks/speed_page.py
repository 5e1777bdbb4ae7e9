"""docs/speed.md: asked beside got, in words that say by how much not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_HEAD = """# Hoe snel

Geschreven door `make bench` op commit `{commit}`, met {clients} verzonnen cliënten van voorbeeldstad (14 teams), alles
als CSV. Seconden van de processor, van de opdracht zoals een gebruiker haar start met alles wat zij start. De machine
had een belasting van {load:.0f} op twee kernen; hoe voller, hoe meer seconden dezelfde opdracht kost. {scaled}
Waar 30 seconden op twee kernen is gevraagd, staat 60: de seconden van beide.

| wat | gevraagd | gemeten | |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line: seconds, or why there are none; `beside` names the line that it is set beside."""

    what: str
    seconds: float | None
    asked: float | None
    peak_gb: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    because: str = ""
    beside: str = ""


def page(measured: Sequence[Measured], *, clients: int, commit: str, scale: float | None, load: float) -> str:
    """The page as it stands in docs."""
    scaled = (
        "Gevraagd is voor een machine die niet in dezelfde run is gemeten; er is niet geschaald."
        if scale is None
        else f"Gevraagd is geschaald met {scale:.2f}: de keten waarmee is vergeleken deed er {98 * scale:.0f} over."
    )
    head = _HEAD.format(commit=commit[:12], clients=f"{clients:,}".replace(",", "."), load=load, scaled=scaled)
    found = {one.what: one.seconds for one in measured}
    lines = [_line(one, found, scale or 1.0) for one in measured]
    return head + "\n".join(lines) + "\n" + _stages(measured)


def _line(one: Measured, found: dict[str, float | None], scale: float) -> str:
    if one.seconds is None:
        return f"| {one.what} | | | niet gemeten: {one.because} |"
    got, asked, words = _number(one.seconds), "", ""
    peer = found.get(one.beside)
    if one.asked is not None:
        limit = one.asked * scale
        asked = f"{_number(limit)} s"
        words = "gehaald" if one.seconds <= limit else f"{_number(one.seconds / limit)} keer zoveel als gevraagd"
    elif one.beside:
        asked = "2 keer polars"
        words = f"{_number(one.seconds / peer)} keer polars" if peer else "polars is er niet om naast te zetten"
    if one.peak_gb > 0.1:
        words += f"{'; ' if words else ''}hoogste geheugen {_number(one.peak_gb)} GB"
    return f"| {one.what} | {asked} | {got} s | {words} |"


def _stages(measured: Sequence[Measured]) -> str:
    """Where the seconds of a run go, by the clock: on a shared machine read the ratios."""
    told = [one for one in measured if one.stages]
    if not told:
        return ""
    names = list(dict.fromkeys(name for one in told for name in one.stages))
    head = (
        "\n## Waar een run op wacht, in seconden van de klok\n\n| | "
        + " | ".join(names)
        + " |\n|---|"
        + "---|" * len(names)
    )
    lines = [
        f"| {one.what} | "
        + " | ".join(_number(one.stages[name]) if name in one.stages else "" for name in names)
        + " |"
        for one in told
    ]
    return "\n".join([head, *lines, ""])


def _number(value: float) -> str:
    return (f"{value:.2f}" if value < 10 else f"{value:.0f}").replace(".", ",")
