"""A row of somebody else's workbook as a cost or a benefit; or, in Dutch, why it has no place in a balance of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import LineType
from data_contracts.vocabulary.names import folded
from mkba.inputs.quantities import EURO
from mkba.peers.cells import shown, unit_in
from mkba.peers.lines import LeftOut, PeerLine, Step
from mkba.peers.table import Row
from mkba.peers.words import ABROAD, KINDS, PARTIES, TRANSFERS

_REACHED, _TAKEN_OFF = ("engaged", "retained", "impact"), ("deadweight", "optimism")


@dataclass(slots=True)
class Reach:
    """How many people each group has, by its folded name; which groups were asked for."""

    counts: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def count(self, group: str) -> Decimal | None:
        """How many people a group has."""
        self.asked.add(folded(group))
        return self.counts.get(folded(group), ("", None))[1]

    def unused(self) -> list[str]:
        """Groups that nothing was asked of."""
        return [name for key, (name, _) in self.counts.items() if key not in self.asked]


def reach_in(rows: Iterable[Row]) -> Reach:
    """The groups of the sheet about reach; a group that stands there twice is a fault."""
    found = Reach()
    for row in rows:
        group, count = row.text("group"), row.number("count")
        if folded(group) in found.counts:
            row.fault("group", f"'{group}' staat er twee keer. Laat één rij staan.")
        elif group and count is not None:
            found.counts[folded(group)] = (group, count)
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """The numbers of a row, each read so that every fault of the workbook is found at once."""

    numbers: dict[str, Decimal | None]
    shares: dict[str, Decimal | None]
    year: int | None

    @property
    def is_over_time(self) -> bool:
        """Begins later, or wears off every year."""
        return bool(self.numbers["lag"] or self.shares["drop_off"])


def line_in(row: Row, *, is_cost: bool, reach: Reach | None) -> PeerLine | LeftOut:
    """The row as a line, or why it has no place."""
    numbers = {role: row.number(role) for role in ("count", "price", "low", "high", "amount", "years", "lag")}
    shares = {role: row.share(role) for role in (*_REACHED, *_TAKEN_OFF, "drop_off")}
    read = _Read(numbers, shares, row.year())
    count = numbers["amount"] if is_cost else _count(row, numbers["count"], reach)
    line = _line(row, read, count or Decimal(0), is_cost=is_cost)
    _check_range(row, count if is_cost else line.worth, line.low, line.high)
    reason = _no_place(row, line, read, has_count=count is not None)
    if reason is None:
        return line
    is_known = count is not None and not _open_shares(row, shares) and line.worth is not None
    return LeftOut(
        line.sheet, line.row, line.label or "zonder naam", is_cost, reason, line.amount if is_known else None
    )


def _count(row: Row, own: Decimal | None, reach: Reach | None) -> Decimal | None:
    """How many people a benefit is about: its own number, or that of the group that it names."""
    group = row.text("group")
    if reach is None or not group:
        return own if reach is None else None
    found = reach.count(group)
    if found is None:
        row.fault("group", f"'{group}' staat niet met een aantal op het blad met het bereik.")
    return found


def _line(row: Row, read: _Read, count: Decimal, *, is_cost: bool) -> PeerLine:
    return PeerLine(
        sheet=row.table.sheet,
        row=row.at,
        label=row.text("item"),
        is_cost=is_cost,
        party=PARTIES.get(folded(row.text("party")), Stakeholder.SOCIETY),
        kind=LineType.RESOURCE if is_cost else KINDS.get(folded(row.text("kind")), LineType.RESOURCE),
        year=read.year or 0,
        count=count,
        steps=tuple(_steps(read.shares, is_cost)),
        worth=Decimal(1) if is_cost else read.numbers["price"],
        unit=EURO if is_cost else unit_in(row.raw("unit")),
        low=read.numbers["low"],
        high=read.numbers["high"],
        years=_years(row, read.numbers["years"]),
        margin=row.text("margin"),
        source=row.text("source"),
        value_kind=row.text("kind"),
        stated=None if is_cost else read.numbers["amount"],
    )


def _steps(shares: dict[str, Decimal | None], is_cost: bool) -> Iterable[Step]:
    for code in (*_REACHED, *_TAKEN_OFF):
        stated = shares[code]
        if stated is None:
            continue
        if code in _REACHED:
            yield Step(code, stated, stated)
        else:  # a correction for optimism makes costs higher and benefits lower
            yield Step(code, stated, 1 + stated if is_cost and code == "optimism" else 1 - stated)


def _years(row: Row, years: Decimal | None) -> int:
    if years is None:
        return 1
    if years != int(years) or not 1 <= years <= 100:
        row.fault("years", f"{shown(years)} is geen heel aantal jaren van 1 tot en met 100.")
        return 1
    return int(years)


def _check_range(row: Row, value: Decimal | None, low: Decimal | None, high: Decimal | None) -> None:
    """A range belongs around a value; where there is no value, that is what is said of the row."""
    if (low is None) != (high is None):
        row.fault("low", "laag en hoog horen bij elkaar. Vul ze allebei in, of geen van beide.")
    elif None not in (low, high, value) and not (low <= value <= high and low < high and value > 0):  # type: ignore[operator]
        least, middle, most = (shown(one or Decimal(0)) for one in (low, value, high))
        row.fault("low", f"laag ({least}), waarde ({middle}) en hoog ({most}) staan niet op volgorde.")


def _open_shares(row: Row, shares: dict[str, Decimal | None]) -> list[str]:
    """Shares that the sheet has a column for and this row leaves open."""
    return [row.table.headings[one] for one in _REACHED if one in row.table.columns and shares[one] is None]


def _no_place(row: Row, line: PeerLine, read: _Read, *, has_count: bool) -> str | None:
    """Why a row that could be read has no place in a balance of ours."""
    if not line.label:
        return "er staat niet wat het is."
    if not has_count:
        return "er staat geen bedrag." if line.is_cost else "er staat geen aantal."
    if open_shares := (not line.is_cost and _open_shares(row, read.shares)):
        return f"de kolom '{open_shares[0]}' is hier leeg, en een leeg aandeel is geen nul en geen 100%."
    if not line.year:
        return "er staat niet van welk jaar deze euro's zijn."
    if not line.is_cost and any(word in folded(line.label) for word in TRANSFERS):
        return "dit lijkt een overdracht (uitkering of belasting): wie dat geld verliest, staat er niet."
    if read.is_over_time:
        return "een baat die later begint of afneemt, telt bij ons per jaar. Voeg hem toe met fade_in of drop_off."
    return _unknown(row.text("party"), row.text("kind"), is_cost=line.is_cost)


def _unknown(party: str, kind: str, *, is_cost: bool) -> str | None:
    """Why we do not know who pays or gains, or what kind of value this is."""
    if not party:
        return "er staat niet wie betaalt." if is_cost else "er staat niet wie er baat bij heeft."
    if folded(party) in ABROAD:
        return f"'{party}' heeft hier geen evenknie. Kies: {ABROAD[folded(party)]}."
    if folded(party) not in PARTIES:
        return f"de partij '{party}' kennen wij niet. Kies uit: {', '.join(one.label for one in Stakeholder)}."
    if kind and folded(kind) not in KINDS and not is_cost:
        return f"de soort waarde '{kind}' kennen wij niet. Kies: fiscaal, economisch of maatschappelijk."
    return None
