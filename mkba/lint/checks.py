"""Checks that block the chapter, and things a reader must know: findings as data, in Dutch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from data_contracts.vocabulary.mkba import LineType, PriceStatus
from mkba.balance.balance import Balance
from mkba.balance.headline import STRENGTH, weakest_stamp
from mkba.binding.line_table import LineTable
from mkba.inputs.price_register import OLD_AFTER_YEARS
from mkba.lint.double_counting import double_deadweight, mixed_signs, same_estimate_twice, same_euros_twice
from mkba.lint.finding import MkbaFinding

TOLERANCE = 1e-9


def findings(table: LineTable, balances: Sequence[Balance]) -> tuple[MkbaFinding, ...]:
    """Everything that is wrong or weak in an analysis, what blocks first."""
    found = [
        *double_deadweight(table),
        *_ambiguous(table),
        *_outlays(table),
        *mixed_signs(table, balances),
        *same_estimate_twice(table),
        *same_euros_twice(table),
        *_missing_uncertainty(table),
        *_assumptions(table),
        *_old_prices(table),
        *_replaced_lists(table),
        *_years_apart(table),
        *_unknown_correlations(table),
        *(finding for balance in balances for finding in identities(balance)),
        *_evidence(table),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity))


def _ambiguous(table: LineTable) -> Iterator[MkbaFinding]:
    for row in table.rows:
        if row.is_ambiguous:
            yield MkbaFinding(
                "ambiguous_effect",
                "blocks",
                f"lines: {row.line.id}",
                f"{row.missing}.",
                "Noem ook design, measure, moment_from of moment_to, zodat er één uitkomst overblijft.",
            )


def _outlays(table: LineTable) -> Iterator[MkbaFinding]:
    outlays = [row for row in table.rows if row.line.role == "outlay"]
    if not any(row.line.type is not LineType.TRANSFER for row in outlays):
        yield MkbaFinding(
            "no_outlay",
            "blocks",
            "lines",
            "er is geen regel met de kosten van de aanpak.",
            "Voeg een regel toe met role: outlay.",
        )
    for row in outlays:
        if row.missing is not None or row.line.is_pm:
            yield MkbaFinding(
                "outlay_unknown",
                "blocks",
                f"lines: {row.line.id}",
                f"de kosten van de aanpak zijn niet bekend: {row.missing or 'er is geen prijs'}.",
                "Lever de kosten aan, of noem een bedrag met bron.",
            )


def _missing_uncertainty(table: LineTable) -> Iterator[MkbaFinding]:
    varies = dict(zip([one.id for one in table.inputs.inputs], table.inputs.is_uncertain, strict=True))
    for row in table.rows:
        if row.effect is not None and row.is_priced and not varies.get(f"effect/{row.effect.id}", False):
            yield MkbaFinding(
                "effect_without_uncertainty",
                "warns",
                f"lines: {row.line.id}",
                "deze schatting heeft geen onzekerheidsmarge, dus het saldo lijkt zekerder dan het is.",
                "Kijk waarom de standaardfout ontbreekt.",
            )


def _assumptions(table: LineTable) -> Iterator[MkbaFinding]:
    for row in table.rows:
        if row.is_priced and PriceStatus.ASSUMPTION in (row.price_status, row.quantity_status):
            yield MkbaFinding(
                "assumed_price",
                "warns",
                f"lines: {row.line.id}",
                "deze regel rust op een aanname.",
                "Zoek een bron, of laat de regel als PM-post staan.",
            )


def _old_prices(table: LineTable) -> Iterator[MkbaFinding]:
    for row in table.rows:
        if not row.is_priced or row.price is None:
            continue
        age = table.model.base_year - row.price.price_year
        if age > OLD_AFTER_YEARS:
            yield MkbaFinding(
                "old_price",
                "warns",
                f"lines: {row.line.id}",
                f"de prijs '{row.price.label}' is van {row.price.price_year}, {age} jaar voor het basisjaar; een index "
                "maakt hem niet nieuw.",
                "Zoek een nieuwere prijs (wijkbaat prices list), of neem uw eigen contract.",
            )


def _replaced_lists(table: LineTable) -> Iterator[MkbaFinding]:
    newer = {one.replaces: one.id for one in table.packs.price_lists.values() if one.replaces is not None}
    for name in table.model.price_lists:
        if name in newer:
            yield MkbaFinding(
                "price_list_replaced",
                "warns",
                "price_lists",
                f"de prijslijst '{name}' is vervangen door '{newer[name]}'.",
                "Neem de nieuwe lijst en kijk na welke regels daardoor veranderen.",
            )


def _years_apart(table: LineTable) -> Iterator[MkbaFinding]:
    for row in table.rows:
        is_total = row.line.role == "outlay" and row.line.quantity.kind == "released"
        if is_total and None not in (row.euro_year, table.volume_year) and row.euro_year != table.volume_year:
            yield MkbaFinding(
                "costs_and_clients_of_different_years",
                "warns",
                f"lines: {row.line.id}",
                f"deze kosten zijn van {row.euro_year}, de cliënten die ertegenover staan van {table.volume_year}.",
                "Neem kosten en instroom van hetzelfde jaar.",
            )


def _unknown_correlations(table: LineTable) -> Iterator[MkbaFinding]:
    known = {one.id for one in table.inputs.inputs}
    for correlation in table.model.correlations:
        strange = [name for name in correlation.between if name not in known]
        if strange:
            yield MkbaFinding(
                "unknown_correlation",
                "warns",
                "correlations",
                f"'{strange[0]}' is geen getal in deze analyse; deze samenhang telt dus niet mee.",
                "Neem een naam uit de tabel met invoer (out_mkba__inputs).",
            )


def identities(balance: Balance) -> Iterator[MkbaFinding]:
    """Sums that must hold: parties add up to welfare (so transfers net to zero), years to the present value."""
    scale = max(float(np.abs(balance.line_pv).sum(axis=1).max()), 1.0)
    sums = {
        "parties_sum_to_welfare": balance.party_pv.sum(axis=1),
        "years_sum_to_present_value": balance.discounted_by_year.sum(axis=1),
    }
    for rule, total in sums.items():
        if not float(np.abs(total - balance.npv).max()) <= TOLERANCE * scale:
            yield MkbaFinding(
                rule,
                "blocks",
                f"alternatives: {balance.alternative.id}",
                "de bedragen tellen niet op; dit is een fout in het programma.",
                "Meld dit aan de makers.",
            )


def _evidence(table: LineTable) -> Iterator[MkbaFinding]:
    stamp = weakest_stamp(table)
    if stamp is None:
        yield MkbaFinding(
            "insufficient_evidence",
            "warns",
            "lines",
            "geen enkele gemeten uitkomst is vrijgegeven en geprijsd: een saldo rust dan alleen op wat is opgegeven.",
            "Zie de PM-posten voor wat er ontbreekt.",
        )
    elif stamp is STRENGTH[0]:
        yield MkbaFinding(
            "no_comparison",
            "warns",
            "lines",
            "er is een verandering gemeten, geen vergelijking; daarom staat hier geen saldo maar een omslagpunt.",
            "Vergelijk met mensen of teams zonder de aanpak.",
        )
