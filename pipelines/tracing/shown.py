"""The figures that can be traced, each as it was released: its value, its title, and the list of all."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable

import pandas as pd

from data_contracts.vocabulary.field import ALL
from pipelines.tracing.figures import CANNOT, CHANGE, EFFECTS, USE, Figure
from pipelines.tracing.people import Row
from pipelines.tracing.trace import Released
from reports.language import dutch, terms
from reports.language.dutch import WIDTH


def listed(released: Released) -> str:
    """Every figure about everybody under its key, how groups are named, and what cannot be traced."""
    lines = [f"Deze cijfers van publicatie {released.release.name} zijn te herleiden tot de regels van de levering."]
    for table, head in ((EFFECTS, "Schattingen"), (CHANGE, "Verandering tussen twee momenten"), (USE, "Gebruik")):
        of_everybody = [one for one in released.figures.values() if one.table == table and one.row["slice"] == ALL]
        lines += ["", f"{head} ({table})", *(f"  {one.key:<58} {value_of(one)}" for one in of_everybody)]
    groups = Counter(str(one.row["slice"]) for one in released.figures.values() if one.row["slice"] != ALL)
    if groups:
        counted = dutch.listed(f"{name} {dutch.count(number)}" for name, number in groups.items())
        example = f"zrm/finances/first-last/{next(iter(groups))}=NAAM"
        text = f"Van een groep: zet de indeling en de groep erachter, zoals {example}. Aantal cijfers: {counted}."
        lines += ["", *wrapped(text, "")]
    lines += ["", "Niet te herleiden:"]
    return "\n".join([*lines, *(line for text in CANNOT for line in wrapped(f"- {text}", "  "))])


def title_of(figure: Figure) -> str:
    """What the figure is, its value as released, and its key."""
    row = figure.row
    about = terms.outcome(str(row["subject"]), str(row.get("life_domain", ALL)), str(row.get("what", ALL)))
    group = "" if row["slice"] == ALL else f", {row['slice_value']}"
    return f"{about}{group}: {value_of(figure)}   [{figure.key}]"


def value_of(figure: Figure) -> str:
    """The figure as the report may show it."""
    return _VALUES[figure.table](figure.row)


def _effect_value(row: Row) -> str:
    if row["design"] == "monitoring":
        return f"{dutch.percent(row['estimate'])} (marge {dutch.between(row['ci_low'], row['ci_high'], dutch.percent)})"
    unit = terms.unit(str(row["unit"]))
    margin = dutch.between(row["ci_low"], row["ci_high"], unit.show)
    return f"{unit.show(row['estimate'])} {unit.behind} (marge {margin})"


def _change_value(row: Row) -> str:
    shown = [
        f"{dutch.percent(row[name] / row['n_clients'])} {words}"
        for name, words in (("n_up", "hoger"), ("n_equal", "gelijk"), ("n_down", "lager"))
        if row[f"{name}_status"] == "shown" and row["n_clients"]
    ]
    mean: list[str] = [f"gemiddeld {dutch.signed(row['mean_change'])}"] if pd.notna(row["mean_change"]) else []
    return ", ".join([*shown, *mean]) or "deels getoond"


def _use_value(row: Row) -> str:
    return f"{dutch.decimal(row['total'], 0)} {row['unit']} over {dutch.count(row['n_clients_base'])} cliënten"


_VALUES: dict[str, Callable[[Row], str]] = {EFFECTS: _effect_value, CHANGE: _change_value, USE: _use_value}


def wrapped(text: str, indent: str = "   ") -> list[str]:
    """Lines of at most 100 letters, the later ones further in."""
    deeper = indent + "  "
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=deeper, break_on_hyphens=False)
