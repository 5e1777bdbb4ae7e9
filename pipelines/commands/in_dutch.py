"""Typer's own words around our help, in Dutch."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# The names of typer.rich_utils that hold them; loaded only when help is shown, for that costs time.
WORDS = {
    "ARGUMENTS_PANEL_TITLE": "Wat u opgeeft",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "REQUIRED_LONG_STRING": "[verplicht]",
    "DEFAULT_STRING": "[anders: {}]",
}
OPTIONS = "[OPTIES]"


class _Help:
    """The help of a command or a group."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.help = "Laat deze uitleg zien."
        return option

    def get_usage(self, ctx: Any) -> str:
        return str(super().get_usage(ctx)).replace("Usage:", "Gebruik:", 1)  # type: ignore[misc]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        for name, word in WORDS.items():
            setattr(rich_utils, name, word)
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Help, TyperCommand):
    """A command with Dutch help."""


class Group(_Help, TyperGroup):
    """A group of commands with Dutch help."""


class App(typer.Typer):
    """Commands, or a group of them, of which all help is Dutch."""

    def __init__(self, **settings: Any) -> None:
        """As Typer; without a command it shows its help."""
        super().__init__(
            cls=Group,
            no_args_is_help=True,
            options_metavar=OPTIONS,
            subcommand_metavar="OPDRACHT [WAARDEN]",
            **settings,
        )

    def command(self, name: str | None = None, **settings: Any) -> Any:
        """As Typer's."""
        return super().command(name, cls=Command, options_metavar=OPTIONS, **settings)
