"""What a what-if shows: the balance with its band, the break-even point, and who pays. Always a rekenvoorbeeld."""

from __future__ import annotations

from dataclasses import dataclass

from mkba.appraisal import Appraisal, Settings, appraise
from mkba.balance.headline import break_even_share, simulated
from mkba.binding.effects import Released
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.what_if import WhatIf, changed
from reports.charts.specs import Intervals, Series
from reports.charts.still import WIDE, svg
from reports.content.parts import Table
from reports.language import dutch

EXAMPLE = "Dit is een rekenvoorbeeld, geen uitkomst: u veranderde zelf wat erin ging."
QUICK = Settings(seed=1, n_draws=2_048, n_randomisations=2)
NO_BALANCE = (
    "Deze studie vergelijkt niet, of heeft te weinig zekere gegevens. Dan geven we geen saldo, alleen welk deel van "
    "het gemeten effect nodig is om uit de kosten te komen."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One what-if, ready to read; without a balance only the break-even sentences."""

    sentences: tuple[str, ...]
    picture: str
    purses: Table


def shown(model: Mkba, packs: Packs, released: Released, what: WhatIf) -> Shown:
    """The alternatives of the study under this what-if, by the functions of the report."""
    found = appraise(*changed(model, packs, released, what), QUICK)
    sentences = tuple(_sentence(found, at) for at in range(len(found.results)))
    if not found.shows_balance:
        return Shown((NO_BALANCE, *sentences, EXAMPLE), "", _purses(found))
    return Shown((*sentences, EXAMPLE), svg(_bands(found), WIDE), _purses(found))


def _sentence(found: Appraisal, at: int) -> str:
    result = found.results[at]
    label = result.balance.alternative.label
    said = []
    if found.shows_balance:
        one = simulated(result.balance.npv, QUICK.n_randomisations)
        band = dutch.between(one.p05, one.p95, dutch.signed_euros)
        doubt = simulated(result.npv_in_doubt, QUICK.n_randomisations)
        wide = dutch.between(doubt.p05, doubt.p95, dutch.signed_euros)
        said.append(f"saldo {dutch.signed_euros(one.mean)} (marge 90%: {band}; met twijfel over de opzet: {wide})")
    share = break_even_share(result.balance)
    if share is not None and share > 0:
        said.append(f"uit de kosten bij {dutch.percent(share)} van dit effect")
    elif share is not None:
        said.append("uit de kosten, ook zonder effect")
    return f"{label}: {', '.join(said) or 'hier valt niets te rekenen'}."


def _bands(found: Appraisal) -> Intervals:
    drawn = {"Marge 90%": [one.balance.npv for one in found.results]}
    drawn["Met twijfel over de opzet"] = [one.npv_in_doubt for one in found.results]
    series = []
    for name, values in drawn.items():
        known = [simulated(one, QUICK.n_randomisations) for one in values]
        ends = (tuple(one.p05 for one in known), tuple(one.p95 for one in known))
        series.append(Series(name, tuple(one.mean for one in known), *ends))
    labels = tuple(one.balance.alternative.label for one in found.results)
    reach = max(1.0, *(abs(end) for one in series for end in (*one.lows, *one.highs)))
    return Intervals(labels, tuple(series), "saldo in euro; links van 0 kost het geld", reach, dutch.euros)


def _purses(found: Appraisal) -> Table:
    """Per budget what it costs (min) or yields, of every alternative."""
    parties = found.results[0].balance.parties
    rows = tuple(
        (
            party.label,
            *(dutch.signed_euros(float(one.balance.party_pv[:, at].mean())) for one in found.results),
        )
        for at, party in enumerate(parties)
    )
    labels = tuple(one.balance.alternative.label for one in found.results)
    return Table("Wie betaalt (min) en wie heeft er baat bij", ("Beurs", *labels), rows if found.shows_balance else ())
