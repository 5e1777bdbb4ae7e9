"""The command line's door: exit codes are those of data_contracts.errors, and one message in Dutch."""

from __future__ import annotations

import json
import os
import sys
from typing import NoReturn

from pipelines.storage.stopping import EXIT_CODE, NOTHING, listen


def main() -> NoReturn:
    """Entry point: an error of ours ends with its code and one message, any other with code 1 and no values."""
    as_json = "--json" in sys.argv
    listen()
    # A municipality is many small matrices: more threads mostly wait for each other. Read when numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import typer  # after `listen`: being stopped while Python loads the rest is no traceback either

    from data_contracts.errors import OurBug, WijkbaatError
    from pipelines.storage.house import require_own_rooms
    from pipelines.storage.machine import machine_fault

    try:
        require_own_rooms()
        from pipelines.commands.app import app

        ended = app(
            prog_name="wijkbaat", standalone_mode=False
        )  # the code of a command that chose its own, else nothing
    except WijkbaatError as error:
        _stop(error.exit_code, str(error), as_json)
    except typer.Abort:
        _stop(EXIT_CODE, NOTHING, as_json)
    except Exception as error:
        fault = machine_fault(error)
        if fault is not None:
            _stop(fault.exit_code, str(fault), as_json)
        if isinstance(error, PermissionError):
            _stop(2, f"Geen rechten op '{error.filename}'. Kijk na wie daar mag lezen en schrijven.", as_json)
        if isinstance(error, NotADirectoryError | FileExistsError):
            _stop(2, f"'{error.filename}' is of ligt in een bestand. Noem een map.", as_json)
        from pipelines.commands.usage import wrongly_typed

        usage = wrongly_typed(error)
        if usage is not None:
            _stop(2, usage, as_json)
        _stop(OurBug.exit_code, str(OurBug(error)), as_json)
    sys.exit(ended or 0)


def _stop(code: int, message: str, as_json: bool) -> NoReturn:
    if as_json:
        print(json.dumps({"exit": code, "release": None, "message": message}, ensure_ascii=False))  # noqa: T201
    else:
        print(message, file=sys.stderr)  # noqa: T201
    sys.exit(code)
