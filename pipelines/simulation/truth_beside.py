"""The planted truth beside what a run found, for a delivery that `wijkbaat simulate` made; never for a real one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from data_contracts.design import Design
from data_contracts.vocabulary.field import ALL
from mkba.appraisal import values_at_means
from mkba.binding.effects import Effect, Effects, Released
from mkba.binding.released_quantities import READS, headline_estimates, released_quantities
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.quantities import FromEffect
from mkba.inputs.shipped import parameter_packs
from pipelines.simulation.studies import TRUTH
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import Workplace

BALANCE = "mkba"
TOLD_WITH = ("npv_rounding_eur", "npv_simulation_se_eur")  # how fine an amount of the balance may be told
About = tuple[str, str, str, str]


def truth_beside(place: Workplace) -> list[dict[str, Any]]:
    """Per leading outcome and per balance the truth, the estimate and its interval; empty for a real delivery.

    The truth is about one delivery, by its key. With any other delivery that counts it says nothing.
    """
    path = place.home.closed / TRUTH
    accepted = [receipt.key for receipt in Receipts(place.home.receipts).accepted()]
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if not accepted or accepted != [told.get("delivery")]:
        return []
    truth = true_effects(told["effects"])
    store = TableStore(place.home.tables)
    tables = {name: store.stored(name).frame() for name in (*READS, "out_mkba__headline")}
    design, model = place.files.study.design, study_mkba(place.files)
    found = _effects_beside(headline_estimates(tables[READS[0]], design), truth, model, design)
    if model is None:
        return found
    balances = true_balances(model, parameter_packs(), released_quantities(design, tables), truth)
    return found + balances_beside(tables["out_mkba__headline"], balances)


def true_effects(rows: list[dict[str, Any]]) -> dict[About, float]:
    """The true effects in the first year, by what they are about in the words of an estimate."""
    return {
        (row["subject"], row["life_domain"], row["what"] or ALL, row["moment_to"]): float(row["effect"])
        for row in rows
        if row["moment_to"] == "within_12_months" and row["effect"] is not None
    }


def true_balances(model: Mkba, packs: Packs, released: Released, truth: Mapping[About, float]) -> dict[str, float]:
    """Alternative -> its balance at the true effects, with prices and numbers as the study declared them.

    Nothing where the truth of any effect under a priced line is not known.
    """
    effects = released.effects
    wanted = [line.quantity for line in model.lines if isinstance(line.quantity, FromEffect) and not line.is_pm]
    used = {place for quantity in wanted for place in effects.matching(quantity)}
    if any(_about(effects.effects[place]) not in truth for place in used):
        return {}
    known = tuple(_true(effect, truth) for effect in effects.effects)
    return values_at_means(model, packs, Released(Effects(known, effects.covariance), released.totals))


def balances_beside(headline: pd.DataFrame, truth: Mapping[str, float]) -> list[dict[str, Any]]:
    """A row per alternative that has a balance with a spread, and of which the truth is known."""
    shown = headline[headline["alternative"].isin(list(truth)) & (headline["npv_p05_eur"] < headline["npv_p95_eur"])]
    return [
        _row((BALANCE, ALL, row["label"]), "eur", truth[row["alternative"]], row["npv_mean_eur"], low, high, 0.9)
        | {name: row[name] for name in TOLD_WITH}
        for row in shown.to_dict("records")
        for low, high in [(row["npv_p05_eur"], row["npv_p95_eur"])]
    ]


def _about(effect: Effect) -> About:
    return effect.subject, effect.about["life_domain"], effect.what, effect.about["moment_to"]


def _true(effect: Effect, truth: Mapping[About, float]) -> Effect:
    """The effect at its true size; one of which it is not known, or that was refused, is under no priced line."""
    if effect.refused is not None or _about(effect) not in truth:
        return effect
    if effect.scale != "identity":
        raise ValueError("the truth stands on the natural scale")
    return replace(effect, mean=truth[_about(effect)])


def _effects_beside(
    estimates: pd.DataFrame, truth: Mapping[About, float], model: Mkba | None, design: Design
) -> list[dict[str, Any]]:
    """The leading life domains, and what a priced line of the MKBA rests on."""
    priced = set()
    for line in model.lines if model is not None else ():
        if isinstance(line.quantity, FromEffect) and not line.is_pm:
            priced.add((line.quantity.subject, line.quantity.what, line.quantity.unit))
    leading = [domain.value for domain in design.headline_domains]
    rows = []
    for row in estimates[estimates["slice"].eq(ALL) & estimates["estimate"].notna()].to_dict("records"):
        about = (row["subject"], row["life_domain"], row["what"], row["moment_to"])
        leads = row["subject"] == "zrm" and row["life_domain"] in leading
        if about in truth and (leads or (row["subject"], row["what"], row["unit"]) in priced):
            figures = (truth[about], row["estimate"], row["ci_low"], row["ci_high"])
            rows.append(_row(about[:3], row["unit"], *figures, 0.95))
    return rows


def _row(
    about: tuple[str, str, str], unit: str, truth: float, estimate: float, low: float, high: float, level: float
) -> dict[str, Any]:
    named = dict(zip(("subject", "life_domain", "what"), about, strict=True))
    figures = {"truth": truth, "estimate": estimate, "low": low, "high": high}
    return {**named, "unit": unit, **figures, "level": level, "holds": low <= truth <= high}
