"""The title of the council's summary is the answer: do people get on, and is that due to the new way of working?"""

from __future__ import annotations

import pandas as pd

from data_contracts.demonstrable import LESS, MORE
from data_contracts.vocabulary.field import Stamp
from reports.language import dutch, terms
from reports.released.source import Source

_HELPS = {
    Stamp.INDICATION: "Er is een aanwijzing dat {approach} helpt op {domains}",
    Stamp.COMPARISON: "Op {domains} helpt {approach} waarschijnlijk",
    Stamp.STRONG_COMPARISON: "Op {domains} helpt {approach} aantoonbaar",
    Stamp.EXPERIMENT: "Op {domains} helpt {approach} aantoonbaar",
}
_HARMS = {
    Stamp.INDICATION: "Er is een aanwijzing dat {approach} op {domains} slechter uitpakt",
    Stamp.COMPARISON: "Op {domains} pakt {approach} waarschijnlijk slechter uit",
    Stamp.STRONG_COMPARISON: "Op {domains} pakt {approach} aantoonbaar slechter uit",
    Stamp.EXPERIMENT: "Op {domains} pakt {approach} aantoonbaar slechter uit",
}


def answer(source: Source) -> str:
    """Two sentences: the change, then the cause."""
    return f"{_changed(source)} {_due(source)}"


def approach(source: Source) -> str:
    """What the council decided to do otherwise, in a sentence."""
    return "de nieuwe werkwijze" if source.facts.new_approach else "de aanpak"


def _leading(source: Source, rows: pd.DataFrame, word: str) -> list[str]:
    """The leading life domains of which `rows` show this."""
    found = source.leading(rows[(rows["subject"] == "zrm") & (rows["shows"] == word)])
    names = {str(code): terms.domain(str(code)) for code in found["life_domain"]}
    return [names[code] for code in source.facts.headline_domains if code in names]


def _changed(source: Source) -> str:
    rows = source.measured("before_after", "mean_change").drop_duplicates(["subject", "life_domain"])
    known = source.leading(rows[(rows["subject"] == "zrm") & rows["estimate"].notna()])
    if known.empty:
        return "Of cliënten vooruitgaan, is nog niet te zeggen."
    up, down = _leading(source, known, MORE), _leading(source, known, LESS)
    if len(up) == len(known):
        return "Cliënten gaan vooruit."
    if len(down) == len(known):
        return "Cliënten gaan achteruit."
    if up and down:
        return f"Cliënten gaan vooruit op {dutch.listed(up)} en achteruit op {dutch.listed(down)}."
    if up or down:
        return f"Cliënten gaan {'vooruit' if up else 'achteruit'} op {dutch.listed(up or down)}."
    return "Dat cliënten vooruitgaan, is niet aangetoond."


def _due(source: Source) -> str:
    words = approach(source)
    if source.stamp is Stamp.CHANGE:
        return "Of dat door de aanpak komt, weten we niet."
    helps, harms = _leading(source, source.claims, MORE), _leading(source, source.claims, LESS)
    told = [
        said[source.stamp].format(approach=words, domains=dutch.listed(found))
        for said, found in ((_HELPS, helps), (_HARMS, harms))
        if found
    ]
    if not told:
        return f"Dat dit door {words} komt, is niet aangetoond."
    others = len(source.leading(source.claims[source.claims["subject"] == "zrm"])) > len(helps) + len(harms)
    return f"{'. '.join(told)}{'; op de andere leefgebieden is dat niet aangetoond' if others else ''}."
