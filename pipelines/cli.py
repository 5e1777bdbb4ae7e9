"""The command line's door: exit codes are those of data_contracts.errors, and one message in Dutch."""

from __future__ import annotations

import json
import sys
from typing import NoReturn

from pipelines.stopping import EXIT_CODE, NOTHING, listen


def main() -> NoReturn:
    """Entry point: an error of ours ends with its code and one message, any other with code 1 and no values."""
    as_json = "--json" in sys.argv
    listen()
    import typer  # after `listen`: being stopped while Python loads the rest is no traceback either

    from data_contracts.errors import MachineFault, OurBug, WijkbaatError

    try:
        from pipelines.commands.app import app

        app(standalone_mode=False)
    except WijkbaatError as error:
        _stop(error.exit_code, str(error), as_json)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except typer.Abort:
        _stop(EXIT_CODE, NOTHING, as_json)
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
        print(json.dumps({"exit": code, "release": None, "message": message}, ensure_ascii=False))  # noqa: T201
    else:
        print(message, file=sys.stderr)  # noqa: T201
    sys.exit(code)


def _machine_words(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "Het geheugen is op. Sluit andere programma's of gebruik een grotere machine. Er is niets gepubliceerd."
    kind = type(error).__name__
    return f"De schijf werkt niet mee ({kind}). Maak ruimte of kijk de rechten na. Er is niets gepubliceerd."
