"""What the researcher sees in the terminal: progress while it runs, and the account at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from data_contracts.vocabulary.reasons import Reason
from pipelines.run import Outcome
from pipelines.storage.tables import Told

_LABEL = {reason.value: reason.label for reason in Reason}


@contextmanager
def progress() -> Iterator[Told]:
    """A line that names the table that was written last, and how many there are."""
    console = Console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Voorbereiden")
        written = 0

        def told(table: str, delivery: str | None, rows: int, seconds: float) -> None:
            nonlocal written
            written += 1
            whose = f" van {delivery}" if delivery else ""
            bar.update(task, description=f"{written} tabellen klaar; nu {table}{whose}")

        yield told


def show(outcome: Outcome) -> None:
    """The closing summary: accounts, headlines, where the report is."""
    console = Console()
    for account in outcome.accounts:
        table = Table(title=f"Levering {account['delivery']}")
        for name, justify in (("bestand", "left"), ("regels", "right"), ("goed", "right"), ("apart gezet", "right"),
                              ("dubbel", "right"), ("niet gebruikt", "right")):  # fmt: skip
            table.add_column(name, justify=justify)  # type: ignore[arg-type]
        for file, counts in account["files"].items():
            table.add_row(
                file,
                *(str(counts[key]) for key in ("rows", "accepted")),
                str(sum(counts["quarantined"].values())),
                str(counts["exact_duplicates"]),
                str(counts["not_used"]),
            )
        console.print(table)
        for file, counts in account["files"].items():
            for reason, rows in counts["quarantined"].items():
                console.print(f"  {file}: {rows} regels apart gezet, want {_LABEL[reason]}.")
            if counts["blanked_scores"]:
                console.print(
                    f"  {file}: {counts['blanked_scores']} scores leeggemaakt (leefgebied hoort niet bij de studie)."
                )
    for receipt in outcome.refused:
        console.print(f"[yellow]Niet meegeteld[/] ({receipt.key}): {receipt.refused_because}")
    for line in outcome.headline:
        console.print(f"• {line['sentence']}")
    if outcome.release:
        words = {"concept": "concept, nog goed te keuren", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}
        console.print(f"\nPublicatie {outcome.release.name} ({words[outcome.release.status]})")
        console.print(f"Lees het rapport: {outcome.release.directory / 'report.html'}", soft_wrap=True)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The one object that --json prints."""
    accounting = {file: counts for account in outcome.accounts for file, counts in account["files"].items()}
    release = outcome.release
    return {
        "exit": 0,
        "release": None
        if release is None
        else {"name": release.name, "status": release.status, "directory": str(release.directory)},
        "accounting": accounting,
        "headline": outcome.headline,
        "refused": [receipt.key for receipt in outcome.refused],
        "seconds": outcome.seconds,
    }
