"""The planted truth beside the estimate, as the terminal shows it for an invented municipality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ONLY_INVENTED = (
    "Waarheid naast schatting. Dit kan alleen omdat deze levering verzonnen is; in het rapport en in een echte studie "
    "staat het nooit. Een marge van 95% mist de waarheid in ongeveer 1 op 20 gevallen, een van 90% in 1 op 10."
)


def show_truth(rows: list[dict[str, Any]]) -> None:
    """A row per outcome, with whether the truth lies within the margin; nothing for a real delivery."""
    if not rows:
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Waarheid naast schatting")
    for name in ("uitkomst", "waar", "geschat", "marge", "erin"):
        table.add_column(name, justify="left" if name == "uitkomst" else "right", overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    console = Console()
    console.print(f"\n{ONLY_INVENTED}")
    console.print(table)


def _of_balance(row: dict[str, Any]) -> Callable[[float | None], str]:
    """An amount of the balance in as many digits as the report gives it."""
    import pandas as pd

    from reports.content.money.totals import drawn
    from reports.language import dutch

    headline = pd.Series(row)
    return lambda amount: dutch.signed_euros(None if amount is None else drawn(amount, headline))


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    from reports.language import dutch, terms

    is_balance = row["subject"] == "mkba"
    of_unit = terms.unit(row["unit"])
    show, behind = (_of_balance(row), "saldo") if is_balance else (of_unit.show, of_unit.behind)
    what = row["what"] if is_balance else terms.outcome(row["subject"], row["life_domain"], row["what"])
    margin = f"{show(row['low'])} tot {show(row['high'])}"
    level = f", marge van {dutch.percent(row['level'])}" if is_balance else ""
    holds = "ja" if row["holds"] else "nee"
    return f"{what} ({behind}{level})", show(row["truth"]), show(row["estimate"]), margin, holds
