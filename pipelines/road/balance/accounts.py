"""Costs in the balance beside the municipality's own accounts: every difference by name, to the euro."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import read_text
from mkba.binding.effects import Total
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.model import Mkba
from mkba.inputs.quantities import EURO
from pipelines.releases.released_tables import tables_of
from pipelines.road.kinds import number
from pipelines.road.published import require_published
from pipelines.storage.home import Home
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from reports.language import dutch

_HEADS = ("jaar", "taakveld", "kostensoort")
_AMOUNTS = {"bedrag": 1, "bedrag x 1000": 1000}
_FORM = "jaar;taakveld;kostensoort;bedrag (of: bedrag x 1000)"


@dataclass(frozen=True, slots=True)
class Booked:
    """One line of the accounts."""

    year: int
    task_field: str
    kind: str
    amount_eur: float


@dataclass(frozen=True, slots=True)
class Spent:
    """Costs of the approach as the balance counts them."""

    label: str
    names: frozenset[str]
    year: int | None
    amount_eur: float | None
    payer: Stakeholder = Stakeholder.MUNICIPALITY


def reconciled(study: Path, root: Path, accounts: Path) -> list[str]:
    """The costs of the balance beside the accounts, line by line in Dutch."""
    files = read_study(study)
    model = study_mkba(files)
    if model is None:
        raise StudyError(f"In '{study}' staat nog geen mkba.yaml. Maak hem met: wijkbaat mkba new.")
    tables = tables_of(require_published(Home(root), study).directory, READS)
    totals = released_quantities(files.study.design, tables).totals
    return list(beside(spent_in(model, totals), booked(read_text(accounts), accounts.name)))


def spent_in(model: Mkba, totals: Mapping[str, Total]) -> list[Spent]:
    """The costs in euros of a balance, with the names under which the accounts may hold them."""
    spent = []
    for line in model.lines:
        quantity = line.quantity
        if (
            line.role != "outlay"
            or quantity.kind == "effect"
            or quantity.kind == "extra_clients"
            or quantity.counted_unit != EURO
        ):
            continue
        names = {folded(line.label), folded(line.id)}
        payer = line.payer or Stakeholder.MUNICIPALITY
        if quantity.kind == "declared":
            names.add(folded(line.label.removesuffix(f"({quantity.price_year})")))
            spent.append(Spent(line.label, frozenset(names), quantity.price_year, quantity.value, payer))
        else:
            total = totals.get(quantity.id)
            kind = quantity.id.rpartition("/")[0].rpartition("costs/")[2].partition("/")[2]
            found = (total.year, total.value) if total is not None else (None, None)
            spent.append(Spent(line.label, frozenset(names | {folded(kind)}), *found, payer))
    return spent


def booked(text: str, file: str) -> list[Booked]:
    """The lines of a small table of accounts; raises StudyError with the line of every fault."""
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    heads = [folded(one) for one in rows[0]] if rows else []
    amount = next((name for name in _AMOUNTS if name in heads), None)
    if amount is None or not set(_HEADS) <= set(heads):
        raise StudyError([Finding(file, 1, "deze koppen missen wij.", f"Schrijf bovenaan: {_FORM}.")])
    found, findings = [], []
    for at, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = dict(zip(heads, [*row, *[""] * len(heads)], strict=False))
        try:
            year, value = int(cells["jaar"]), number(cells[amount]) * _AMOUNTS[amount]
        except ValueError:
            what = "het jaar of het bedrag is geen getal, of kan twee getallen zijn."
            findings.append(Finding(file, at, what, "Schrijf bijvoorbeeld 2023 en 127600 of 127.600,00."))
            continue
        found.append(Booked(year, cells["taakveld"].strip(), cells["kostensoort"].strip(), value))
    if findings:
        raise StudyError(findings)
    return found


def beside(spent: Sequence[Spent], accounts: Sequence[Booked]) -> Iterator[str]:
    """A sentence per cost of the balance, and one per line of the accounts that it does not hold."""
    used: set[int] = set()
    for one in spent:
        mine = {at for at, row in enumerate(accounts) if row.year == one.year and folded(row.kind) in one.names}
        used |= mine
        where = f"{one.label}, {one.year or 'jaar onbekend'}"
        if one.payer is not Stakeholder.MUNICIPALITY and not mine:
            yield f"{where}: dit betaalt {one.payer.label}; het hoort niet in de rekening van de gemeente."
        elif one.amount_eur is None:
            yield f"{where}: het bedrag is niet vrijgegeven, dus niet te vergelijken."
        elif not mine:
            yield f"{where}: balans {dutch.exact_euros(one.amount_eur)}; hiervoor staat niets in de rekening."
        else:
            total = sum(accounts[at].amount_eur for at in mine)
            fields = ", ".join(sorted({accounts[at].task_field for at in mine}))
            both = (
                f"balans {dutch.exact_euros(one.amount_eur)}, rekening {dutch.exact_euros(total)} (taakveld {fields})"
            )
            yield f"{where}: {both}: {_difference(total - one.amount_eur)}"
    for at, row in enumerate(accounts):
        if at not in used:
            what = f"{row.kind}, {row.year} (taakveld {row.task_field}): {dutch.exact_euros(row.amount_eur)}"
            yield f"{what} staat in de rekening, en niet in de balans."


def _difference(euros: float) -> str:
    if round(euros) == 0:
        return "gelijk."
    return f"in de rekening staat {dutch.exact_euros(abs(euros))} {'meer' if euros > 0 else 'minder'}."
