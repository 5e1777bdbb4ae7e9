"""Pages of reference, made from the commands, the contracts and the price lists themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from data_contracts.tables.meanings import column_meaning, column_unit, table_meaning
from data_contracts.workbook.sheets import Column
from mkba.inputs.price_register import current_lists
from mkba.inputs.prices import Price
from mkba.inputs.shipped import parameter_packs
from mkba.workbook.columns import SHEETS
from pipelines.commands.app import app
from pipelines.releases.released_tables import OUT_CONTRACTS
from reports.language.dutch import cents
from reports.language.terms import unit_words

_MADE = "Gemaakt door `make docs`."


def commands() -> str:
    """docs/opdrachten.md: every command with what it takes."""
    lines = [f"# Opdrachten\n\nElke opdracht met wat zij vraagt, zoals `--help` het zegt. {_MADE}\n"]
    for name, command in _commands(typer.main.get_command(app), "wijkbaat"):
        lines += [f"## {name}\n", f"{command.help.strip()}\n", *_taken(command)]
    return "\n".join(lines)


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """What can be typed, in the order of the help."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
    for word, one in (below or {}).items():
        yield from _commands(one, f"{name} {word}")


def _taken(command: Any) -> Iterator[str]:
    rows = [
        (", ".join(one.opts) if one.param_type_name == "option" else one.metavar or one.name.upper(), one)
        for one in command.params
    ]
    if rows:
        yield "| wat | waarvoor |\n|---|---|"
        for name, one in rows:
            needed = " *(verplicht)*" if one.required else ""
            yield f"| `{name}` | {_cell(one.help or '')}{needed} |"
        yield ""


def released_tables() -> str:
    """docs/tabellen.md: every table that may leave the closed zone, with its columns."""
    lines = [
        "# Openbare tabellen\n\nWat een publicatie aan tabellen kan hebben (`tables/`, als CSV en Parquet), en wat "
        "elke kolom zegt. Een leeg getal is niet getoond of niet te zeggen; `status` zegt waarom. Een tabel waar niets "
        f"voor is geleverd, is leeg. {_MADE}\n"
    ]
    for name, contract in OUT_CONTRACTS.items():
        lines += [f"## {name}\n", f"{table_meaning(name)}.\n", "| kolom | wat zij zegt | eenheid |\n|---|---|---|"]
        lines += [f"| `{one}` | {_cell(column_meaning(one))} | {column_unit(one)} |" for one in contract.columns]
        lines.append("")
    return "\n".join(lines)


def prices() -> str:
    """docs/prijzen.md: every shipped price of the lists that count now, with its source, and what was not found."""
    lines = [
        "# Prijzen\n\nDe prijzen die meekomen, uit de lijsten die nu gelden. Waar twee bedragen staan, verschilt "
        "de prijs per gemeente of bron. Een studie noemt zelf welke prijs zij gebruikt, en mag eigen "
        "prijzen nemen. Hoe oud zij zijn, zegt `wijkbaat prices stale`; `wijkbaat prices sources` zegt hoe zeker. "
        f"{_MADE}\n"
    ]
    lists = current_lists(parameter_packs())
    for pack in lists:
        lines += [
            f"## {pack.label}\n",
            "| wat | bedrag | per | prijsjaar | hoe zeker | bron |\n|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {_cell(one.label)} | {_amount(one)} | {unit_words(one.unit)} | {one.price_year} | {one.status.label} "
            f"| {_cell(one.cited)} |"
            for one in pack.prices
        ]
        lines.append("")
    lines += ["## Niet gevonden\n", "| wat | waar gezocht | wie het weet |\n|---|---|---|"]
    gone = [one for pack in lists for one in pack.not_found]
    lines += [f"| {_cell(one.item)} | {_cell(one.looked_in)} | {_cell(one.ask)} |" for one in gone]
    return "\n".join([*lines, ""])


_STANDS = {
    "text": "tekst",
    "list": "een lijst",
    "numbers": "een lijst van getallen",
    "whole": "een geheel getal",
    "number": "een getal",
    "date": "een datum (jjjj-mm-dd)",
    "flag": "true of false",
}


def keys_of_mkba() -> str:
    """docs/mkba_yaml.md: every key of mkba.yaml, what may stand there, and its name in the workbook of inputs."""
    lines = [
        "# De sleutels van mkba.yaml\n\nElke sleutel, met haar naam in de werkmap (`wijkbaat mkba export`) en wat er "
        "mag staan. Een punt is een niveau dieper: `cashing.share` is `share` onder `cashing`. Welke sleutels bij "
        "elkaar horen, zegt `wijkbaat check`, met de regel en wat u kunt doen. Stap voor stap, in een gesprek: "
        "`wijkbaat mkba new`. Voorbeelden staan in `studies/`, prijzen op [de bladzijde met prijzen](prijzen.md). "
        f"{_MADE}\n"
    ]
    for sheet in SHEETS:
        place = f", onder `{'.'.join(sheet.part)}`" if sheet.part else ""
        lines += [f"## {sheet.name}{place}\n", "| sleutel | in de werkmap | wat er mag staan | |\n|---|---|---|---|"]
        own = [one for one in sheet.columns if one is not sheet.owner]
        lines += [
            f"| `{'.'.join(one.path)}` | {one.heading} | {_may_stand(one)} | {'verplicht' if one.required else ''} |"
            for one in own
        ]
        lines.append("")
    return "\n".join(lines)


def _may_stand(column: Column) -> str:
    if column.names:
        return "<br>".join(f"`{code}` ({_cell(label)})" for code, label in column.names.items())
    return _STANDS[column.kind]


def _amount(price: Price) -> str:
    """A range is no one price."""
    if price.low is None or price.high is None:
        return cents(price.value)
    return f"{cents(price.low)} tot {cents(price.high)}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
