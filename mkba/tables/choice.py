"""Rows for those who choose: stress tests, what more knowledge is worth, and one fte more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mkba.appraisal import Appraisal, Result
from mkba.arrays import Rows
from mkba.balance.headline import ratios
from mkba.uncertainty.stress import stress_tests
from mkba.uncertainty.value_of_information import Worth, evpi, evppi
from mkba.wording import euros

NOT_MEASURED = (
    "wat het oplevert om mensen te helpen die anders niets kregen, is niet gemeten: de meting vergelijkt de nieuwe met "
    "de gewone aanpak"
)


def stress_rows(appraisal: Appraisal) -> Rows:
    """Every stress test of every alternative, beside the outcome itself."""
    if not appraisal.shows_balance:
        return []
    return [row for result in appraisal.results if result.balance.npv.any() for row in _stress(appraisal, result)]


def _stress(appraisal: Appraisal, result: Result) -> Rows:
    """Each test with its balance; of a drift that turns the balance only the share of it that does.

    How far a balance sinks below nought under a drift that nobody saw says how little the check saw, and nothing of the
    balance: where few teams are seen before the start the end of its margin lies beyond all that help costs.
    """
    balance = result.balance
    base = float(balance.npv.mean())
    rows: Rows = []
    for one in stress_tests(appraisal.table, appraisal.inputs, balance.alternative, result.overlap):
        known: dict[str, object] = {
            "alternative": balance.alternative.id,
            "test": one.test,
            "setting": one.setting,
            "label": one.label,
            "changes_sign": False,
            "source": one.source,
        }
        if one.npv is not None:
            mean = float(one.npv.mean())
            turns = (mean > 0) != (base > 0)
            known["changes_sign"] = turns
            if one.test != "drift" or mean > 0:
                known |= {"npv_mean_eur": mean, "difference_eur": mean - base}
                known["prob_npv_positive"] = (one.npv > 0).mean() if one.npv.any() else None
            elif turns:
                known["turns_at_share"] = base / (base - mean)
        rows.append(known)
    return rows


def information_rows(appraisal: Appraisal) -> Rows:
    """What it is worth to know everything, and each input, before choosing between the alternatives."""
    if not appraisal.shows_balance:
        return []
    options = [np.zeros(len(appraisal.inputs)), *(result.balance.npv for result in appraisal.results)]
    benefits = np.column_stack(options)
    blocks = appraisal.settings.n_randomisations
    everything = _beyond_noise(evpi(benefits, blocks))
    in_doubt = np.column_stack([options[0], *(result.npv_in_doubt for result in appraisal.results)])
    text = _everything_told(everything, _beyond_noise(evpi(in_doubt, blocks)))
    rows: Rows = [_information(0, "all", "alles", "all", everything, text) | {"one_more_year_eur": None}]
    model = appraisal.table.inputs
    found = [
        (at, _beyond_noise(evppi(benefits, appraisal.inputs[:, at], blocks))) for at in appraisal.table.moving_columns
    ]
    for rank, (at, worth) in enumerate(sorted(found, key=lambda pair: (-pair[1].value, pair[0])), start=1):
        one = model.inputs[at]
        measured = one.effect is not None
        row = _information(rank, one.id, one.label, one.group, worth, _information_sentence(one.label, measured, worth))
        rows.append(row if measured else row | {"one_more_year_eur": None})
    return rows


def _everything_told(worth: Worth, in_doubt: Worth) -> str:
    """What knowing everything is worth, on the condition on which it is at most that, and without that condition."""
    text = (
        f"Alles zeker weten voor de keuze is hoogstens {_worth(worth.value, worth)} waard als de vergelijking klopt, "
        "en prijzen en aantallen zijn zoals opgegeven."
        if worth.value
        else f"Alles zeker weten {_worth_nothing(worth)}"
    )
    if in_doubt.value <= worth.value:
        return text
    return f"{text} Met twijfel daaraan erbij is dat hoogstens {_worth(in_doubt.value, in_doubt)} waard."


def _beyond_noise(worth: Worth) -> Worth:
    """The worth, or nothing where it is less than a euro or than twice its own simulation error."""
    if worth.value >= max(1.0, 2 * np.nan_to_num(worth.se)):
        return worth
    return replace(worth, value=0.0, one_more_year=0.0)


def _worth_nothing(worth: Worth) -> str:
    """What is said of a worth within twice its simulation error; it surely lies below four times that error."""
    if np.nan_to_num(worth.se) < 1:
        return "verandert de keuze niet."
    return f"verandert de keuze waarschijnlijk niet; het is minder dan {euros(4 * worth.se)} waard."


def _information(rank: int, name: str, label: str, group: str, worth: Worth, sentence: str) -> dict[str, object]:
    return {
        "rank": rank,
        "input": name,
        "label": label,
        "group": group,
        "value_eur": worth.value,
        "se_eur": worth.se,
        "r_squared": worth.r_squared,
        "one_more_year_eur": worth.one_more_year,
        "sentence": sentence,
    }


def _information_sentence(label: str, is_measured: bool, worth: Worth) -> str:
    if not worth.value:
        return f"{label}: dit precies weten {_worth_nothing(worth)}"
    if is_measured and worth.one_more_year < max(1.0, np.nan_to_num(worth.se)):
        return (
            f"Nog een jaar '{label}' registreren verandert de keuze waarschijnlijk niet; "
            f"precies weten is hoogstens {_worth(worth.value, worth)} waard."
        )
    if is_measured:
        return (
            f"Nog een jaar '{label}' registreren is naar schatting {_worth(worth.one_more_year, worth)} waard, "
            f"en nooit meer dan {_worth(worth.value, worth)}."
        )
    return f"Precies weten wat '{label}' is, is hoogstens {_worth(worth.value, worth)} waard."


def _worth(amount: float, worth: Worth) -> str:
    """An amount without digits below the simulation error of what it is about."""
    return euros(amount, float(np.nan_to_num(worth.se)))


def marginal_rows(appraisal: Appraisal) -> Rows:
    """What one more fte costs and yields, against going on as it is; without figures, and why, where that is not known.

    The extra people would have had nothing, so what they yield is a line of its own; the measured effect is not theirs.
    """
    going_on = next((one for one in appraisal.results if one.balance.alternative.kind.value == "continue"), None)
    if going_on is None or not appraisal.shows_balance:
        return []
    return [
        _marginal(appraisal, result, going_on, fte)
        for result in appraisal.results
        if (fte := result.balance.alternative.extra_fte) is not None
    ]


def _marginal(appraisal: Appraisal, result: Result, going_on: Result, fte: float) -> dict[str, object]:
    alternative = result.balance.alternative.id
    known: dict[str, object] = {
        "alternative": alternative,
        "compared_with": going_on.balance.alternative.id,
        "extra_fte": fte,
    }
    mine, theirs = ratios(result.balance), ratios(going_on.balance)
    known["outlay_per_fte_eur"] = (mine.outlay - theirs.outlay) / fte
    theirs_alone = [row for row in appraisal.table.rows if row.line.alternatives == [alternative]]
    if not any(row.is_priced and row.line.role == "effect" for row in theirs_alone):
        return known | {"refused_because": NOT_MEASURED}
    more = (result.balance.npv - going_on.balance.npv) / fte
    known |= {"effects_per_fte_eur": (mine.effects - theirs.effects) / fte, "npv_per_fte_eur": more.mean()}
    return known | {"prob_positive": (more > 0).mean()}
