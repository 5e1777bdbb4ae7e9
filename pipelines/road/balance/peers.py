"""A workbook of others taken in as a balance, and told in Dutch: totals side by side, what is left out and asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.mkba import AlternativeKind
from data_contracts.workbook.book import Book
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.reading import faults_of
from mkba.peers.balance import balance_of, placed
from mkba.peers.cells import shown
from mkba.peers.lines import PeerLine
from mkba.peers.reading import Peer, peer_workbook
from mkba.peers.total import Beside, beside
from mkba.peers.words import Shape
from reports.language import dutch

_TOTALS = {"costs": "Kosten", "benefits": "Baten", "net": "Saldo"}
_STEPS = {
    "engaged": "deelname",
    "retained": "volhouden",
    "impact": "resultaat",
    "deadweight": "deadweight",
    "optimism": "optimism bias",
}


def taken_in(
    book: Book, shape: Shape, frame: Mkba, packs: Packs, signed_by: str, *, compares: bool
) -> tuple[Mkba, list[str]]:
    """The balance of a workbook of others, and what its reader must know; raises StudyError with sheet and row."""
    peer = placed(peer_workbook(book, shape), frame, packs)
    model = balance_of(peer, frame, signed_by)
    faults = [Finding(book.file, None, what, do) for _, what, do in faults_of(model, packs, compares=compares)]
    if faults:
        raise StudyError(faults)
    return model, list(told(peer, model, frame))


def told(peer: Peer, model: Mkba, frame: Mkba) -> Iterator[str]:
    """What came of the workbook, in sentences."""
    n_rows = len(peer.lines) + len(peer.left_out)
    yield f"{peer.file} is een werkmap van '{peer.shape.name}': {len(peer.lines)} van {n_rows} regels overgenomen."
    yield "Elke regel telt één keer, zoals in de werkmap, niet verdisconteerd en niet geïndexeerd."
    yield "Probleem, nulalternatief, keuzes en jaren blijven die van mkba.yaml."
    for one in beside(model, peer.stated, peer.left_out):
        yield _total(one)
    for out in peer.left_out:
        amount = f" ({dutch.cents(float(out.amount))})" if out.amount is not None else ""
        yield f"Niet overgenomen: blad {out.sheet}, rij {out.row}, {out.label}{amount}: {out.reason}"
    for name in peer.unread:
        yield f"Niet gelezen: {name}."
    for alternative in frame.alternatives:
        if alternative.kind is AlternativeKind.SCALE_UP:
            name = alternative.label
            yield f"De keuze '{name}' vervalt: wat extra cliënten kosten en opleveren, zegt de werkmap niet."
    for line in peer.lines:
        yield from _asked(line)


def _total(one: Beside) -> str:
    name, own = _TOTALS[one.what], dutch.cents(float(one.own))
    if one.stated is None or one.difference is None or one.unexplained is None:
        return f"{name}: {own}; de werkmap noemt hiervoor zelf geen totaal."
    place = f"de werkmap noemt {dutch.cents(float(one.stated.amount))} (blad {one.stated.sheet}, rij {one.stated.row})"
    if not one.difference:
        return f"{name}: {own}; {place}: gelijk."
    rest = "" if not one.unexplained else f", en {_euros(one.unexplained)} is niet verklaard"
    why = " De werkmap verdisconteert, wij hier niet." if one.stated.is_discounted and one.unexplained else ""
    return (
        f"{name}: {own}; {place}: verschil {_euros(one.difference)}. Daarvan zit {_euros(one.left_out)} in wat niet is "
        f"overgenomen{rest}.{why}"
    )


def _asked(line: PeerLine) -> Iterator[str]:
    """What a line still asks of a person: ranges, a price, and what is behind the numbers."""
    where = f"{line.label} (blad {line.sheet}, rij {line.row})"
    if line.worth is None:
        yield f"PM: {where}: er staat geen prijs."
        return
    numbers = [] if line.is_cost else [f"aantal {shown(line.count)}"]
    numbers += [f"{_STEPS[one.code]} {shown(100 * one.stated)}%" for one in line.steps]
    if line.low is None:
        euros = line.count if line.is_cost else line.worth
        numbers.append(f"{'bedrag' if line.is_cost else 'prijs'} {dutch.cents(float(euros))}")
    if not line.is_cost:
        numbers.append(f"de prijs is {line.margin}" if line.margin else "gemiddelde of marginale prijs: staat er niet")
        numbers += [] if any(one.code == "deadweight" for one in line.steps) else ["geen deadweight genoemd"]
    if numbers:
        yield f"Vraagt laag en hoog: {where}: {', '.join(numbers)}."
    if line.stated is not None and round(line.stated - line.amount, 2):
        both = f"de rij noemt {dutch.cents(float(line.stated))}, haar getallen geven {dutch.cents(float(line.amount))}"
        yield f"Kijk na: {where}: {both}."


def _euros(amount: Decimal) -> str:
    return dutch.cents(float(amount))
