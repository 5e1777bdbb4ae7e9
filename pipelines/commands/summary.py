"""What the researcher sees in the terminal: progress while it runs, and the account at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from data_contracts.vocabulary.reasons import Reason
from pipelines.commands.file_table import file_table
from pipelines.intake.deliveries_told import Standing
from pipelines.intake.read_only import Read
from pipelines.records.again import KIND_WORDS
from pipelines.run import Outcome
from pipelines.storage.acts import Act
from pipelines.storage.stopping import at_stop
from pipelines.storage.tables import Told
from reports.language import dutch

_LABEL = Reason.labels()


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

        with at_stop(bar.stop):  # it hides the cursor
            yield told


def show(outcome: Outcome) -> None:
    """The closing summary: accounts, headlines, where the report is."""
    console = Console()
    for account in outcome.accounts:
        heads = ("regels", "goed", "apart gezet", "dubbel", "geen registratie", "niet gebruikt")
        rows = [
            (
                file,
                *(str(counts[key]) for key in ("rows", "accepted")),
                str(sum(counts["quarantined"].values())),
                *(str(counts[key]) for key in ("exact_duplicates", "left_out", "not_used")),
            )
            for file, counts in account["files"].items()
        ]
        console.print(file_table(account["delivery"], heads, rows))
        for file, counts in account["files"].items():
            for reason, rows in counts["quarantined"].items():
                console.print(f"  {file}: {rows} regels apart gezet, want {_LABEL[reason]}.")
            if counts["blanked_scores"]:
                n = counts["blanked_scores"]
                console.print(f"  {file}: {n} keer een leefgebied leeggemaakt dat niet bij de studie hoort.")
    for text in _remarks(outcome):
        console.print(text)
    for line in [*outcome.headline, *outcome.left_out]:
        console.print(f"• {dutch.tidy(line['sentence'])}")
    for one in outcome.noticed:
        kind = "[red]Houdt de uitkomst tegen:[/]" if one.blocks else "[yellow]Let op:[/]"
        console.print(f"{kind} kosten en baten, {dutch.tidy(one.sentence)} {one.to_do}")
    if outcome.is_unchanged:
        console.print("\nEr is niets veranderd sinds de vorige keer; er is niets opnieuw gerekend.")
    if outcome.release:
        words = {"concept": "concept, nog goed te keuren", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}
        console.print(f"\nPublicatie {outcome.release.name} ({words[outcome.release.status]})")
        console.print(f"Lees het rapport: {outcome.release.directory / 'report.html'}", soft_wrap=True)


def _remarks(outcome: Outcome) -> Iterator[str]:
    """What asks for attention: files and deliveries that do not count, what stands out, where more is hidden."""
    if outcome.term:
        yield f"[yellow]Bewaartermijn:[/] {outcome.term}"
    told = [(name, words) for name, all_words in outcome.aside.items() for words in all_words]
    told += [(key, text) for key, texts in outcome.beside.items() for text in texts]
    for name, text in told:
        yield f"[yellow]Let op:[/] levering '{name}': {text}"
    for words in outcome.withdrawn.values():
        yield f"[yellow]Let op:[/] {words}"
    for receipt in outcome.refused:
        yield f"[yellow]Niet meegeteld[/] ({receipt.key}): {receipt.refused_because}"
    if outcome.marks.get("revised"):
        yield f"{len(outcome.marks['revised'])} cijfers zijn gerectificeerd; zie het rapport en het blad Errata."
    if outcome.marks.get("held"):
        yield (
            f"{len(outcome.marks['held'])} cijfers zijn vastgehouden of verborgen, omdat er bij te weinig mensen iets "
            "veranderde om nieuwe te tonen; zie het rapport en het blad Errata."
        )
    for name, blocks in outcome.cut_short.items():
        yield (
            f"[yellow]Meer verborgen:[/] {name}: de openbaarmakingscontrole was na haar vaste aantal stappen niet "
            f"klaar in {blocks} {'blok' if blocks == 1 else 'blokken'} van de tabel. Daar is meer verborgen dan "
            "misschien nodig is, nooit minder. Minder indelingen of leefgebieden in study.yaml maakt de tabel kleiner."
        )


def show_read(read: Read) -> None:
    """What a reading found, per file and per table, in counts only."""
    console = Console()
    for delivery, files in read.files.items():
        rows = []
        for file, counts in files.items():
            aside, left = sum(counts["quarantined"].values()), sum(counts["left_out"].values())
            numbers = (counts["rows"], counts["accepted"], aside, counts["exact_duplicates"], left)
            rows.append((file or "(hele levering)", *(str(number) for number in numbers)))
        heads = ("regels", "goed", "apart gezet", "dubbel", "geen registratie")
        console.print(file_table(delivery, heads, rows))
        for file, counts in files.items():
            for reason, rows in counts["quarantined"].items():
                console.print(f"  {file}: {rows} regels apart gezet, want {_LABEL[reason]}.")
            for word, rows in counts["left_out"].items():
                console.print(f"  {file}: {rows} regels zijn geen registratie ({word}).")
    apart = "; elke levering apart geteld, wat terugkomt dus vaker" if len(read.files) > 1 else ""
    for table_name, found in read.tables.items():
        if found["rows"]:
            period = f", van {found['first']} tot en met {found['last']}" if found["first"] else ""
            console.print(f"{table_name}: {found['rows']} rijen{period}{apart}")
    for one in read.odd:
        console.print(f"[yellow]Let op:[/] {one}", markup=True)
    for refused in read.refusals:
        console.print(f"[red]Geweigerd:[/] {refused}", soft_wrap=True)


def show_delivery(told: dict[str, Any]) -> None:
    """One delivery: its files, what it changed per kind and half-year, and what stands out."""
    console = Console()
    (standing,) = (one.label for one in Standing if one == told["standing"])
    table = Table(title=f"Levering {told['key']}: {standing}")
    columns = {"n_new": "nieuw", "n_changed": "veranderd", "n_gone": "weg", "n_equal": "gelijk"}
    rare = {"n_ran_on": "waarvan nog liep", "n_moved": "lijkt een correctie", "n_stale": "blijft staan"}
    more = {name: words for name, words in rare.items() if any(row[name] for row in told["changes"])}
    for name in ("soort", "half jaar", *columns.values(), *more.values()):
        table.add_column(name, justify="left" if name in ("soort", "half jaar") else "right", overflow="fold")
    for row in told["changes"]:
        numbers = (str(row[name]) for name in (*columns, *more))
        table.add_row(KIND_WORDS[row["table_name"]], row["half_year"] or "-", *numbers)
    for file in told["files"]:
        console.print(f"{file['file']}: {file['rows']} regels, {file['accepted']} goed.", markup=False)
    console.print(table)
    for words in told["because"]:
        console.print(words, soft_wrap=True, markup=False)
    for act in told["acts"]:
        console.print(Act(act["act"], told["key"], act["by"], act["why"], act["on"]).sentence, markup=False)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The one object that --json prints."""
    release = outcome.release
    return {
        "exit": 0,
        "release": None
        if release is None
        else {"name": release.name, "status": release.status, "directory": str(release.directory)},
        "accounting": {account["delivery"]: account["files"] for account in outcome.accounts},
        "headline": outcome.headline,
        "left_out": outcome.left_out,
        "mkba_findings": [asdict(one) | {"sentence": one.sentence} for one in outcome.noticed],
        "refused": [receipt.key for receipt in outcome.refused],
        "aside": outcome.aside,
        "withdrawn": outcome.withdrawn,
        "beside_the_last": outcome.beside,
        "audit_cut_short": outcome.cut_short,
        "term": outcome.term,
        **outcome.marks,
        "unchanged": outcome.is_unchanged,
        "seconds": outcome.seconds,
    }
