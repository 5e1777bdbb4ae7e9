"""Worked cases of others, run through the engine: tables by perspective, an SROI chain, sums of price lists."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal, appraise
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Effect, Effects, Released
from mkba.inputs.packs import Packs
from mkba.tables.rows import mkba_rows
from tests.mkba_case import SMALL, SOURCE, case, model, packs, released, sourced

NO_EFFECTS = Released(Effects((), np.zeros((0, 0))), {})


def declared(name: str, value: float, **more: Any) -> dict[str, Any]:
    line = {
        "id": name,
        "label": name.title(),
        "type": "resource",
        "evidence": "literature",
        "runs": "once",
        "quantity": sourced(value) | {"kind": "declared", "unit": "eur", "price_year": 2024},
    }
    return line | more


def run(lines: list[dict[str, Any]], given: Released = NO_EFFECTS, **keys: Any) -> Appraisal:
    data = case() | {"lines": lines} | keys
    total = sourced(60) | {"kind": "declared", "unit": "client"}
    data["volume"] = {"clients_per_year": total, "client_years_per_year": total}
    return appraise(model(data), keys.pop("packs", packs()), given, SMALL)


@pytest.mark.parametrize(
    ("by_perspective", "cost", "total", "npv", "ratio"),
    [
        ((8_017, 1_507, 19_378, 1_890), 3_470, 30_792, 27_322, 8.87),
        ((8_399, 791, 28_159, 2_208), 3_530, 39_557, 36_027, 11.21),
        ((35, 117, 56, -1_709), 4_231, -1_501, -5_732, -0.35),
    ],
    ids=["FFT probation 2017", "FFT institutions 2018", "FFT substance use 2024"],
)
def test_wsipp_tables_by_perspective(
    by_perspective: tuple[int, ...], cost: int, total: int, npv: int, ratio: float
) -> None:
    receivers = ("state", "client", "society", "employer")
    lines = [declared("programme", cost, role="outlay", payer="state")]
    lines += [declared(f"to_{who}", value, receiver=who) for who, value in zip(receivers, by_perspective, strict=True)]
    frames = mkba_frames(mkba_rows(run(lines)))
    headline = frames["out_mkba__headline"].iloc[0]
    assert headline["effects_eur"] == pytest.approx(total, abs=1)
    assert headline["npv_mean_eur"] == pytest.approx(npv, abs=1)
    assert headline["bcr_net"] == pytest.approx(ratio, abs=0.01)
    parties = frames["out_mkba__stakeholders"].query("alternative == 'go_on'").set_index("stakeholder")
    assert parties.loc["client", "mean_eur"] == pytest.approx(by_perspective[1], abs=1)
    assert parties["mean_eur"].sum() == pytest.approx(npv, abs=1)


def discounted_at(rate: float) -> Packs:
    schedule = packs().discount["nl_2021"].model_copy(update={"classes": {"standard": rate}})
    return replace(packs(), discount={"nl_2021": schedule})


def sroi(stamp: Stamp) -> Released:
    found = Effect("job", "events", "baan", "event", "client", stamp, mean=1.0, about={"slice": "all"})
    return Released(Effects((found,), np.array([[0.0]])), {})


def test_sroi_chain_of_60_people_with_deadweight_attribution_and_drop_off() -> None:
    price = {"id": "job", "label": "een baan", "unit": "event", "value": 8_500, "price_year": 2024}
    price |= {"source": SOURCE, "status": "second_hand"}
    line = {
        "id": "jobs",
        "label": "Banen",
        "type": "wellbeing",
        "receiver": "client",
        "evidence": "measured",
        "compared_with": "usual",
        "price": "job",
        "duration_years": 2,
        "chain": {"deadweight": sourced(0.4), "attribution": sourced(0.3)},
        "drop_off": sourced(0.3),
        "quantity": {"kind": "effect", "subject": "events", "what": "baan", "unit": "event", "gain_when": "higher"},
    }
    data = case() | {
        "prices": [price],
        "timing": "start",
        "lines": [declared("input", 250_000, role="outlay", payer="state"), line],
    }
    data["alternatives"][0]["years"] = 1
    total = sourced(60) | {"kind": "declared", "unit": "client"}
    data["volume"] = {"clients_per_year": total, "client_years_per_year": total}
    result = appraise(model(data), discounted_at(0.035), sroi(Stamp.CHANGE), SMALL).results[0].at_mean
    assert result.line_pv[0, 1] == pytest.approx(359_069.57, abs=0.01)
    assert result.line_pv[0, 1] / result.line_pv[0, 0] == pytest.approx(1.436278, abs=1e-6)


@pytest.mark.parametrize(
    ("shares", "net"),
    [((0.2, 0.25, 0.1, 0.0), 0.54), ((0.35, 0.4, 0.2, 0.05), 0.2964), ((0.1, 0.1, 0.05, 0.0), 0.7695)],
)
def test_british_additionality_factors(shares: tuple[float, ...], net: float) -> None:
    deadweight, displaced, leakage, substitution = shares
    line = {
        "id": "jobs",
        "label": "Banen",
        "type": "wellbeing",
        "receiver": "client",
        "evidence": "measured",
        "compared_with": "usual",
        "pm_text": "zonder prijs in deze toets",
        "displacement": sourced(displaced),
        "chain": {
            "deadweight": sourced(deadweight),
            "attribution": sourced(substitution),
            "leakage": sourced(leakage),
        },
        "quantity": {"kind": "effect", "subject": "events", "what": "baan", "unit": "event", "gain_when": "higher"},
    }
    data = case() | {"lines": [case()["lines"][0], line]}
    given = Released(sroi(Stamp.CHANGE).effects, released().totals)
    table = line_table(model(data), packs(), given)
    assert table.rows[1].product(table.inputs.means, "due", "remainder")[0] == pytest.approx(net, abs=1e-12)


@pytest.mark.parametrize(
    ("price", "units", "unit", "amount"),
    [
        ("hospital_day", 10.7, "day", 6_890.80),
        ("paid_work_hour", 30 * 8, "hour", 9_571.20),
    ],
)
def test_level_values_of_a_public_price_list(price: str, units: float, unit: str, amount: float) -> None:
    line = declared("level", 1, receiver="client", price=price)
    line["quantity"] = sourced(units) | {"kind": "declared", "unit": unit}
    data = {"price_year": 2022, "base_year": 2022}
    costs = declared("cost", 1, role="outlay", payer="state")
    costs["quantity"]["price_year"] = 2022
    assert run([costs, line], **data).results[0].at_mean.line_pv[0, 1] == pytest.approx(amount, abs=0.01)


def test_a_step_on_a_ladder_is_real_only_without_its_transfers() -> None:
    # From isolated (5,600 benefits + 11,050 lost tax + 4,500 care) to social contacts (care 2,850 instead).
    before, after = (5_600, 11_050, 4_500), (5_600, 11_050, 2_850)
    assert (sum(before), sum(after)) == (21_150, 19_500)
    lines = [
        declared("programme", 1_000, role="outlay", payer="municipality"),
        declared("benefits", before[0] - after[0] + 1, type="transfer", payer="client", receiver="municipality"),
        declared("care", before[2] - after[2], receiver="health_insurer"),
    ]
    result = run(lines).results[0].at_mean
    assert result.npv[0] == pytest.approx(1_650 - 1_000)
    assert result.party_pv.sum() == pytest.approx(650)
