"""The account of a delivery as a table of its files, in which the name of a file stays whole on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table

# What 80 columns leave beside six columns of numbers, the words of whose heads stand below each other.
_WHOLE = 22


def file_table(delivery: str, counted: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    """A row per file: its name and the numbers of `counted`."""
    table = Table(title=f"Levering {delivery}", box=box.SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    longest = max((len(row[0]) for row in rows), default=0)
    table.add_column("bestand", overflow="fold", min_width=min(longest, _WHOLE))
    for name in counted:
        table.add_column(name.replace(" ", "\n"), justify="right", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
