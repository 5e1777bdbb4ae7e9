"""Telling the link that lets a browser in, and opening it where somebody sits at the terminal."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path


def tell(link: str) -> None:
    """Show the link, and open it."""
    print(f"Open deze link in de browser: {link}\nStoppen: Ctrl-C.", flush=True)  # noqa: T201
    if sys.stdout.isatty():
        webbrowser.open(page_that_leads_to(link).as_uri())


def page_that_leads_to(link: str) -> Path:
    """A page for this user only: what a browser is started with can be read by every user of the machine."""
    page = Path(tempfile.mkdtemp()) / "wijkbaat.html"
    page.write_text(f'<meta http-equiv="refresh" content="0; url={link}">', encoding="utf-8")
    return page
