"""The learning circle's app behind our guard: `python -m pipelines.serving.circle_app`.

The release stands in WIJKBAAT_RELEASE. marimo leaves the login to who asks for its app.
"""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path

from pipelines.serving.family import end_with_parent
from pipelines.storage.house import HOUSE

NOTEBOOK = HOUSE / "notebooks" / "verkennen.py"


def main() -> None:
    """Serve until stopped."""
    end_with_parent()
    import marimo

    from pipelines.serving.server import listening_socket, serve

    def app(path: str):  # type: ignore[no-untyped-def]
        return marimo.create_asgi_app(quiet=True).with_app(path=path, root=str(NOTEBOOK)).build()

    serve(app, listening_socket(0), _begin)


def _begin(link: str) -> None:
    """Tell the link, and open it where somebody sits at the terminal."""
    print(f"Open deze link in de browser: {link}\nStoppen: Ctrl-C.", flush=True)  # noqa: T201
    if sys.stdout.isatty():
        webbrowser.open(page_that_leads_to(link).as_uri())


def page_that_leads_to(link: str) -> Path:
    """A page for this user only: what a browser is started with can be read by every user of the machine."""
    page = Path(tempfile.mkdtemp()) / "wijkbaat.html"
    page.write_text(f'<meta http-equiv="refresh" content="0; url={link}">', encoding="utf-8")
    return page


if __name__ == "__main__":
    main()
