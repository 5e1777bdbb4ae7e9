"""The outcome of a choice in one sentence, at the strength that the evidence allows."""

from __future__ import annotations

import numpy as np

from mkba.appraisal import Appraisal, Result
from mkba.arrays import Array
from mkba.balance.headline import break_even_share, simulated, verified_share, weakest_stamp, without_effects
from mkba.tables.beforehand import told_in_the_light
from mkba.tables.choice import marginal_rows
from mkba.uncertainty.rounding import rounding_error
from mkba.wording import chance, euros, number, of_hundred, percent


def sentence(appraisal: Appraisal, result: Result) -> str:
    """The outcome of one alternative in plain Dutch, at the strength that the evidence allows."""
    name = result.balance.alternative.label
    if result.balance.alternative.years == 0:  # who stops: known without any measurement
        return f"{name}: geen verschil met het nulalternatief."
    if appraisal.is_blocked:
        return f"{name}: een uitkomst in euro's geven we niet. {_blocked(appraisal)}"
    if appraisal.leading == "none":
        return f"{name}: er is te weinig bewijs voor een uitkomst in euro's. Zie de PM-posten voor wat er ontbreekt."
    turning = _turning_point(appraisal, result)
    if appraisal.is_held:
        held, lines = appraisal.held
        return (
            f"{name}: {turning} Een saldo geven we niet: van {held} van de {lines} gemeten regels is het cijfer "
            "vastgehouden uit een eerdere publicatie, omdat er sindsdien bij te weinig mensen iets veranderde."
        )
    if appraisal.is_one_series:
        return (
            f"{name}: {turning} Een saldo en een kans geven we niet: de cijfers komen uit één reeks. Wat er op "
            "dezelfde dag nog meer veranderde, zit er ook in."
        )
    if appraisal.is_compared and appraisal.is_warned:
        return (
            f"{name}: {turning} Een saldo en een kans geven we niet: {percent(appraisal.warned)} van de gemeten euro's "
            "komt van uitkomsten waarbij teams met en zonder de aanpak al vóór de start uit elkaar liepen."
        )
    if not appraisal.shows_balance:
        return f"{name}: {turning} Een saldo geven we niet: er is alleen een verandering gemeten, geen vergelijking."
    if not result.balance.npv.any():
        return f"{name}: geen verschil met het nulalternatief."
    outcome = _outcome(appraisal, result)
    outcome += _of_one_fte_more(appraisal, result)
    if appraisal.leading == "break_even":
        return f"{name}: {_indicative(appraisal, result)} {turning[0].upper()}{turning[1:]} Verder: {outcome}"
    return f"{name}: {outcome}"


def _of_one_fte_more(appraisal: Appraisal, result: Result) -> str:
    """That more fte stands on top of going on, and what it brings by itself: else the balance looks like that."""
    for row in marginal_rows(appraisal):
        if row["alternative"] == result.balance.alternative.id:
            labels = {one.balance.alternative.id: one.balance.alternative.label for one in appraisal.results}
            yields = row.get("effects_per_fte_eur")
            brings = (
                "; wat dat oplevert, is niet gemeten en telt hier niet mee"
                if yields is None
                else f", en {euros(float(str(yields)))} aan baten"
            )
            return (
                f" Daarin zitten ook alle kosten en baten van '{labels[str(row['compared_with'])]}'. Per extra fte "
                f"komt er {euros(float(str(row['outlay_per_fte_eur'])))} aan kosten bij{brings}."
            )
    return ""


def _blocked(appraisal: Appraisal) -> str:
    """What keeps every total out of the chapter, at the line that it is about, and what to do."""
    first = next(finding for finding in appraisal.findings if finding.severity == "blocks")
    labels = {f"lines: {line.id}": f"Bij '{line.label}': " for line in appraisal.model.lines}
    words = f"{labels.get(first.where, '')}{first.what}"
    return f"{words[0].upper()}{words[1:]} {first.to_do}"


def _indicative(appraisal: Appraisal, result: Result) -> str:
    """Which benefits rest on too little that was looked up: of this choice, or of one that it is compared with."""
    shares = {one.balance.alternative.label: verified_share(one.balance) for one in appraisal.results}
    known = {label: share for label, share in shares.items() if share is not None}
    asked = appraisal.model.verified_share_for_headline
    sure, label = known.get(result.balance.alternative.label, 0.0), ""
    if sure >= asked:
        label, sure = min(known.items(), key=lambda pair: pair[1])
    looked_up = f"op nagekeken prijzen en aantallen (gevraagd: {percent(asked)})."
    if label:
        other = f"bij '{label}', waarmee wij vergelijken,"
        return f"indicatief, want {other} rust maar {percent(sure)} van de baten {looked_up}"
    return f"indicatief, want maar {percent(sure)} van de baten rust {looked_up}"


def _outcome(appraisal: Appraisal, result: Result) -> str:
    """The balance twice: on which condition the chance holds, and what is left of it with doubt about the design."""
    figures = simulated(result.balance.npv, appraisal.settings.n_randomisations)
    precision = rounding_error(appraisal.table, result.balance.alternative, result.overlap)
    mean = euros(figures.mean, precision)
    low, high = np.quantile(result.npv_in_doubt, (0.05, 0.95))
    ends = tuple(euros(value, precision) for value in (figures.p05, figures.p95, low, high))
    if weakest_stamp(appraisal.table) is None:
        return f"het saldo is ongeveer {mean}. Geen enkele baat is gemeten: {_declared(result, ends)}"
    return (
        f"het saldo is ongeveer {mean}. Klopt de vergelijking, en zijn prijzen en aantallen zoals opgegeven, dan ligt "
        f"het met 90 % kans tussen {ends[0]} en {ends[1]}, en is de kans dat de baten groter zijn dan de kosten, op "
        f"deze meting alleen, {chance(figures.prob_positive)}. Met twijfel daaraan erbij (een verloop dat niemand zag, "
        f"mensen die niet gemeten zijn, prijzen, aantallen): tussen {ends[2]} en {ends[3]}, en een kans van "
        f"{chance(float((result.npv_in_doubt > 0).mean()))}.{told_in_the_light(appraisal.light, result, precision)}"
    )


def _declared(result: Result, ends: tuple[str, ...]) -> str:
    """What a balance without any measured benefit rests on; a margin only where mkba.yaml gives one."""
    words = "het saldo rust alleen op wat is opgegeven, en een kans geven we daarom niet."
    if _moves(result.balance.npv):
        words += f" Binnen de opgegeven marges ligt het tussen {ends[0]} en {ends[1]}."
    if _moves(result.npv_in_doubt):
        words += f" Met twijfel aan prijzen en aantallen erbij: tussen {ends[2]} en {ends[3]}."
    return words


def _moves(values: Array) -> bool:
    """Do the draws differ by more than rounding?"""
    return bool(np.ptp(values) > 1e-9 * max(1.0, float(np.abs(values).max())))


def _turning_point(appraisal: Appraisal, result: Result) -> str:
    share = break_even_share(result.balance)
    if share is None:
        return f"er is geen omslagpunt: {_no_turning_point(appraisal, result)}."
    if share > 1:
        return f"de effecten zouden {number(share)} keer zo groot moeten zijn om de kosten te dekken."
    if appraisal.is_compared:
        needed = "minder dan 1 %" if share < 0.01 else percent(share)
        return f"de kosten zijn gedekt als {needed} van het gemeten effect echt optreedt."
    return f"de kosten zijn gedekt als {of_hundred(share)} die vooruitgingen dat aan de aanpak te danken hebben."


def _no_turning_point(appraisal: Appraisal, result: Result) -> str:
    """Why no share of the measured effects is just enough."""
    if weakest_stamp(appraisal.table) is None:
        return "geen enkel gemeten effect heeft een bedrag"
    if without_effects(result.balance) > 0:
        return "ook zonder de gemeten effecten zijn de baten groter dan de kosten"
    return "de gemeten effecten dekken geen kosten"
