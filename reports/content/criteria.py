"""Vier criteria tegen de projectencarrousel: what this report says of each, and what the municipality must answer."""

from __future__ import annotations

from data_contracts.demonstrable import MORE
from data_contracts.vocabulary.field import Stamp
from reports.content.chosen import when_chosen
from reports.content.money.totals import settled
from reports.content.parts import Chapter, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source


def criteria(source: Source) -> Chapter:
    """A project is worth keeping when all four are met; a report can answer only part of each."""
    lines = (
        (
            "Een werkwijze die past bij deze mensen",
            _works(source),
            "Voor wie past zij niet, en wat krijgen die mensen?",
        ),
        (
            "Geloofwaardig meten, getoetst aan het doel",
            _measured(source),
            "Zijn dit de uitkomsten waar het om begon? Wie heeft meegekeken?",
        ),
        (
            "Een coalitie van wie er belang bij heeft",
            coalition(source),
            "Zitten zij aan tafel, en wat brengen zij in?",
        ),
        (
            "Doeners met doorzettingsmacht, en nieuw voor oud betalen",
            _cash(source),
            "Wie mag knopen doorhakken, en wat stopt er als dit doorgaat?",
        ),
    )
    columns = ("Criterium", "Wat dit rapport zegt", "Wat u zelf moet beantwoorden")
    return Chapter(
        "criteria",
        "Blijven of stoppen? Vier criteria",
        (
            Text(
                "Veel projecten komen en gaan zonder dat iemand weet of ze hielpen. Vier vragen helpen om die "
                "carrousel te stoppen."
            ),
            Table("Vier criteria tegen de projectencarrousel", columns, lines, frozenset({1, 2})),
        ),
    )


def _works(source: Source) -> str:
    if source.stamp is Stamp.CHANGE:
        return "Er is verandering gemeten, maar niet of de aanpak die veroorzaakt."
    rows = source.claims
    domains = rows[(rows["subject"] == "zrm") & rows["life_domain"].isin(source.facts.headline_domains)]
    better = domains[domains["shows"] == MORE]
    if better.empty:
        return "Op geen van de leidende leefgebieden is een aantoonbaar voordeel gemeten."
    return f"Aantoonbaar beter op {dutch.listed(map(terms.domain, better['life_domain']))}."


def _measured(source: Source) -> str:
    return f"Stempel '{source.stamp.label}'. {when_chosen(source)}"


def coalition(source: Source) -> str:
    """Who gains and who pays on balance, under the first alternative."""
    rows = source.table("out_mkba__stakeholders")
    if rows.empty:
        return "Nog niet te zeggen: er is geen MKBA met een saldo."
    first = (
        rows[rows["alternative"] == rows["alternative"].iloc[0]].groupby("stakeholder", sort=False)["mean_eur"].sum()
    )
    headline = source.rows("out_mkba__headline", alternative=str(rows["alternative"].iloc[0])).iloc[0]
    first = first.map(lambda amount: settled(float(amount), headline))
    labels = rows.drop_duplicates("stakeholder").set_index("stakeholder")["label"].str.partition(":")[0]
    gains = [labels[who] for who, amount in first.items() if amount > 0]
    pays = [labels[who] for who, amount in first.items() if amount < 0]
    told = [
        f"Naar schatting {kind} voor: {dutch.listed(who)}." if who else f"Naar schatting voor niemand {kind}."
        for kind, who in (("per saldo voordeel", gains), ("per saldo nadeel", pays))
    ]
    return " ".join(told)


def _cash(source: Source) -> str:
    rows = source.table("out_mkba__cashing")
    if rows.empty:
        return "Nog niet te zeggen: er zijn geen afspraken over verzilveren doorgerekend."
    first = rows[rows["alternative"] == rows["alternative"].iloc[0]]
    gains, spent = first[first["benefit_eur"] > 0], -first["cashable_eur"].clip(upper=0).sum()
    words = (
        f"Per jaar is ongeveer {dutch.euros(gains['cashable_eur'].sum())} te verzilveren, van "
        f"{dutch.euros(gains['benefit_eur'].sum())} aan baten."
    )
    return words + (f" Daar staat {dutch.euros(spent)} aan hogere uitgaven tegenover." if spent > 0 else "")
