"""The command line. Everything a user reads here is Dutch; exit codes are those of data_contracts.errors."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import typer

from data_contracts.errors import MachineFault, OurBug, WijkbaatError
from pipelines.commands import demo, init, look, money, release, study, trace, tree
from pipelines.storage.house import require_own_rooms

app = typer.Typer(
    name="wijkbaat",
    help="Maken wijkteams mensen zelfredzamer, langs welke weg, en wat is dat de samenleving waard?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (
    study.run,
    study.check,
    init.init,
    study.simulate,
    demo.demo,
    look.session,
    look.ui,
    money.explain,
    money.compare,
    trace.trace,
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(release.release_app, name="release")
app.add_typer(tree.tree_app, name="tree")


def main() -> NoReturn:
    """Entry point: an error of ours ends with its code and one message, any other with code 1 and no values."""
    as_json = "--json" in sys.argv
    try:
        require_own_rooms()
        app(standalone_mode=False)
    except WijkbaatError as error:
        _stop(error.exit_code, str(error), as_json)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _stop(2, "Afgebroken. Er is niets gepubliceerd.", as_json)
    except (MemoryError, OSError) as error:
        _stop(MachineFault.exit_code, _machine_words(error), as_json)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is not None:
            _stop(2, f"Zo werkt deze opdracht niet: {usage()} Zie wijkbaat --help.", as_json)
        _stop(OurBug.exit_code, str(OurBug(error)), as_json)
    sys.exit(0)


def _stop(code: int, message: str, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"exit": code, "release": None, "message": message}, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    sys.exit(code)


def _machine_words(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "Het geheugen is op. Sluit andere programma's of gebruik een grotere machine. Er is niets gepubliceerd."
    kind = type(error).__name__
    return f"De schijf werkt niet mee ({kind}). Maak ruimte of kijk de rechten na. Er is niets gepubliceerd."
