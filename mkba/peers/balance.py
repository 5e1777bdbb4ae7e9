"""A workbook of others as a balance: its costs and benefits within the problem and the choices of the study's own one.

Every line counts once, as it does in the workbook, so the balance of an alternative that goes on is the workbook's own.
A number without a range stays a number of whoever imports it: an assumption, which asks for a low and a high.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.mkba import AlternativeKind, Evidence, PriceStatus
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import broken_in
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.quantities import EURO
from mkba.peers.lines import LeftOut, PeerLine
from mkba.peers.reading import Peer

STEP_WORDS = {
    "engaged": "doet mee",
    "retained": "houdt vol",
    "impact": "haalt het resultaat",
    "deadweight": "blijft over na wat ook zonder aanpak was gebeurd (deadweight)",
    "optimism": "na de correctie voor optimisme (optimism bias)",
}
_NO_PRICE = "In de werkmap staat bij deze baat geen prijs; zoek er een met bron."


def placed(peer: Peer, frame: Mkba, packs: Packs) -> Peer:
    """The workbook with what our price index has no year for among what is left out, and every label its own."""
    levels = packs.index[frame.price_index].levels
    known = [one for one in peer.lines if one.year in levels]
    years = f"{min(levels)} tot en met {max(levels)}"
    left_out = [
        LeftOut(one.sheet, one.row, one.label, one.is_cost,
                f"de prijsindex heeft geen cijfer voor {one.year}, wel voor {years}.", one.amount)
        for one in peer.lines if one.year not in levels
    ]  # fmt: skip
    return replace(peer, lines=tuple(_named_apart(known)), left_out=(*peer.left_out, *left_out))


def balance_of(peer: Peer, frame: Mkba, signed_by: str) -> Mkba:
    """The balance of a placed workbook; `frame` gives problem, null alternative, choices and conventions."""
    if len(peer.lines) < 2:
        what = f"van deze werkmap passen {len(peer.lines)} regels in een balans; het moeten er minstens twee zijn."
        raise StudyError([Finding(peer.file, None, what, "; ".join(_told(one) for one in peer.left_out))])
    data = frame.model_dump(exclude_defaults=True)
    for part in ("overlap_groups", "correlations", "price_lists"):
        data.pop(part, None)
    data["alternatives"] = [
        one.model_dump(exclude_defaults=True) for one in frame.alternatives if one.kind is not AlternativeKind.SCALE_UP
    ]
    data["lines"] = [_line(one, peer.file, signed_by) for one in peer.lines]
    data["prices"] = [
        _price(one, peer.file, signed_by) for one in peer.lines if not one.is_cost and one.worth is not None
    ]
    try:
        return Mkba.model_validate(data)
    except ValidationError as error:
        findings = [_placed_fault(one.at, one.what, one.do, peer) for one in broken_in(error, Mkba)]
    raise StudyError(findings)


def _told(one: LeftOut) -> str:
    return f"blad {one.sheet}, rij {one.row}: {one.reason}"


def _placed_fault(at: Sequence[Any], what: str, do: str, peer: Peer) -> Finding:
    if len(at) > 1 and at[0] == "lines":
        one = peer.lines[at[1]]
        return Finding(f"{peer.file}, blad {one.sheet}, rij {one.row}", None, what, do)
    return Finding("mkba.yaml", None, what, do)


def line_id(line: PeerLine) -> str:
    """The id of a line: what it is, and the row in which it stands."""
    slug = re.sub(r"[^a-z0-9]+", "_", folded(line.label)).strip("_")[:36].rstrip("_")
    return f"{'kosten' if line.is_cost else 'baat'}_{line.row}_{slug}".rstrip("_")


def _named_apart(lines: Sequence[PeerLine]) -> Iterator[PeerLine]:
    """Costs of one name in more years say the year; what is still the same says its party, kind and row."""
    found = list(lines)
    for words in (_year_of, _party_of, _kind_of, _row_of):
        counts = Counter(one.label for one in found)
        found = [
            replace(one, label=f"{one.label} ({words(one)})") if counts[one.label] > 1 or len(one.label) < 3 else one
            for one in found
        ]
    yield from found


def _year_of(line: PeerLine) -> str:
    return str(line.year)


def _party_of(line: PeerLine) -> str:
    return line.party.label


def _kind_of(line: PeerLine) -> str:
    return line.value_kind or ("kosten" if line.is_cost else "baten")


def _row_of(line: PeerLine) -> str:
    return f"blad {line.sheet}, rij {line.row}"


def _line(line: PeerLine, file: str, signed_by: str) -> dict[str, Any]:
    number = _number(line.count, line, file, signed_by, has_range=line.is_cost)
    quantity = {"kind": "declared", "unit": EURO if line.is_cost else "client"} | number
    found: dict[str, Any] = {
        "id": line_id(line),
        "label": line.label,
        "type": line.kind.value,
        "runs": "once",
        "evidence": Evidence.EXPERT.value,
        "quantity": quantity | ({"price_year": line.year} if line.is_cost else {}),
        "duration_years": line.years,
        "factors": list(_factors(line, file, signed_by)),
    }
    if line.is_cost:
        return found | {"role": "outlay", "payer": line.party.value}
    has_price = line.worth is not None
    return found | {"receiver": line.party.value} | ({"price": line_id(line)} if has_price else {"pm_text": _NO_PRICE})


def _factors(line: PeerLine, file: str, signed_by: str) -> Iterator[dict[str, Any]]:
    unit = EURO if line.is_cost else "client"
    last = len(line.steps) - 1
    for at, step in enumerate(line.steps):
        yield {
            "id": f"{line_id(line)}_{step.code}"[:60],
            "label": f"{STEP_WORDS[step.code]}: {line.label}",
            "from_unit": unit,
            "to_unit": line.unit if at == last and not line.is_cost else unit,
        } | _number(step.factor, line, file, signed_by)
    if not line.steps and not line.is_cost and line.unit != "client":
        yield {
            "id": f"{line_id(line)}_per_client"[:60],
            "label": f"per persoon: {line.label}",
            "from_unit": unit,
            "to_unit": line.unit,
        } | _number(Decimal(1), line, file, signed_by)


def _price(line: PeerLine, file: str, signed_by: str) -> dict[str, Any]:
    number = _number(line.worth or Decimal(0), line, file, signed_by, has_range=True)
    note = f"{line.margin} (zo noemt de werkmap het)" if line.margin else "Gemiddeld of marginaal: staat er niet."
    about = {"id": line_id(line), "label": line.label, "unit": line.unit, "price_year": line.year, "note": note}
    return about | number


def _number(value: Decimal, line: PeerLine, file: str, signed_by: str, *, has_range: bool = False) -> dict[str, Any]:
    """A number with where it stands: an assumption, unless it has both a range and a source."""
    source = f"{line.source or 'geen bron genoemd'} ({file}, blad {line.sheet}, rij {line.row})"
    found: dict[str, Any] = {"value": float(value), "source": source}
    with_range = has_range and line.low is not None and line.high is not None
    if with_range:
        found |= {"low": float(line.low or 0), "high": float(line.high or 0), "distribution": "gamma"}
    if with_range and line.source:
        return found | {"status": PriceStatus.SECOND_HAND.value}
    return found | {"status": PriceStatus.ASSUMPTION.value, "signed_by": signed_by}
