"""What the analysis may say: the stamp, the prices and the gaps decide, not the outcome."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.mkba import MKBA_TABLES, mkba_frames
from data_contracts.vocabulary.field import Stakeholder, Stamp
from data_contracts.vocabulary.mkba import PriceStatus
from mkba.appraisal import Appraisal, appraise
from mkba.balance.side_payments import side_payments
from mkba.binding.effects import Effect, Effects, Released, Total, effects_from
from mkba.binding.totals import cost_totals, use_totals
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.reading import read_mkba
from mkba.lint.checks import identities
from mkba.tables.rows import mkba_rows
from tests.mkba_case import SMALL, SOURCE, appraised, case, line, packs, released, sourced

ROOT = Path(__file__).resolve().parents[2]
TOTALS = {"out_mkba__stakeholders", "out_mkba__by_year", "out_mkba__budgets", "out_mkba__distribution"}
TOTALS |= {"out_mkba__tornado", "out_mkba__stress", "out_mkba__information", "out_mkba__side_payments"}


def frames(appraisal: Appraisal) -> dict[str, pd.DataFrame]:
    return mkba_frames(mkba_rows(appraisal))


def going_on(appraisal: Appraisal, table: str = "out_mkba__headline") -> pd.Series:
    return frames(appraisal)[table].query("alternative == 'go_on'").iloc[0]


def rules(appraisal: Appraisal, severity: str = "blocks") -> set[str]:
    return {finding.rule for finding in appraisal.findings if finding.severity == severity}


def test_a_change_without_a_comparison_has_no_balance_only_a_break_even_point() -> None:
    appraisal = appraised(given=released(Stamp.CHANGE))
    headline, tables = going_on(appraisal), frames(appraisal)
    assert headline["leading"] == "break_even"
    assert np.isnan(headline["npv_mean_eur"])
    assert 0 < headline["break_even_share"] < 1
    assert "van de 100 die vooruitgingen" in headline["sentence"]
    assert all(tables[name].empty for name in TOTALS)
    assert "no_comparison" in rules(appraisal, "warns")


def test_the_break_even_share_brings_the_balance_to_zero() -> None:
    share = float(going_on(appraised())["break_even_share"])
    means = {"nights": -0.4, "care": -60.0, "benefit": -30.0}
    scaled = appraised(given=released(**{name: mean * share for name, mean in means.items()}))
    assert scaled.results[0].at_mean.npv[0] == pytest.approx(0, abs=20)


def test_deadweight_on_a_controlled_estimate_blocks_the_chapter() -> None:
    data = case()
    line(data, "care")["chain"] = {"deadweight": sourced(0.3)}
    appraisal = appraised(data)
    assert rules(appraisal) == {"deadweight_on_controlled"}
    assert going_on(appraisal)["leading"] == "none"
    assert rules(appraised(data, released(Stamp.CHANGE))) == set()


def test_recovery_of_their_own_counts_only_without_a_comparison() -> None:
    data = case()
    data["null_alternative"]["trajectories"][0]["autonomous_share"] = sourced(0.25)
    plain = appraised(given=released(Stamp.CHANGE)).results[0].at_mean.line_pv[0]
    with_recovery = appraised(data, released(Stamp.CHANGE)).results[0].at_mean.line_pv[0]
    assert with_recovery[1:4] == pytest.approx(0.75 * plain[1:4])
    assert rules(appraised(data)) == {"deadweight_on_controlled"}


def test_what_the_others_catch_up_wears_the_difference_down() -> None:
    data = case()
    data["null_alternative"]["trajectories"][0]["catch_up"] = sourced(0.5)
    for one in data["lines"][1:]:
        one["duration_years"] = 3
    worn = appraised(data).results[0].at_mean.line_pv[0]
    single = appraised().results[0].at_mean.line_pv[0]
    assert (worn[1:4] < 1.75 * single[1:4]).all()
    assert (worn[1:4] > 1.6 * single[1:4]).all()


def as_assumption(prices: Packs) -> Packs:
    lists = {
        name: found.model_copy(
            update={
                "prices": [one.model_copy(update={"status": PriceStatus.ASSUMPTION}) for one in found.prices],
            }
        )
        for name, found in prices.price_lists.items()
    }
    return replace(prices, price_lists=lists)


def all_assumed(analysis: Mkba) -> Mkba:
    """Every price and every amount in euros of the analysis as an assumption."""
    lines = []
    for one in analysis.lines:
        quantity = one.quantity
        if hasattr(quantity, "amount_status"):
            quantity = quantity.model_copy(update={"amount_status": PriceStatus.ASSUMPTION})
        lines.append(one.model_copy(update={"quantity": quantity}))
    prices = [one.model_copy(update={"status": PriceStatus.ASSUMPTION}) for one in analysis.prices]
    return analysis.model_copy(update={"lines": lines, "prices": prices})


def study_inputs(stamp: Stamp = Stamp.STRONG_COMPARISON) -> Released:
    """Released outcomes of an invented study with the subjects that the shipped analyses ask for."""
    kinds = [
        ("provisions", name, "eur", mean)
        for name, mean in (
            ("begeleiding individueel", -180.0),
            ("dagbesteding", -120.0),
            ("huishoudelijke hulp", -20.0),
            ("jeugdhulp ambulant", -30.0),
            ("schuldregeling", -10.0),
        )
    ]
    kinds += [("events", name, "event", -0.01) for name in ("crisisopname", "huisuitzetting", "politiemelding")]
    kinds += [("events", "schuldregeling gestart", "event", 0.02), ("hours", "uren", "hour", -1.5)]
    kinds += [("ladder", "trede", "step", 0.2), ("experienced", "rapportcijfer", "mark", 0.3)]
    kinds += [("zrm", "punt", "point", 0.3)]
    effects = tuple(
        Effect(f"e{at}", subject, what, unit, "client_year", stamp, mean=mean, about={"life_domain": "finances"})
        for at, (subject, what, unit, mean) in enumerate(kinds)
    )
    covariance = np.diag([(0.3 * effect.mean) ** 2 for effect in effects])
    totals = (
        Total("clients_per_year", "client", 500.0),
        Total("client_years_per_year", "client_year", 700.0),
        Total("use/wmo/eur/per_client_year", "eur", 900.0),
        Total("costs/new/nieuwe werkwijze: extra inzet/2023", "eur", 150_000.0, year=2023),
        Total("costs/new/total/latest", "eur", 150_000.0, year=2024),
    )
    return Released(Effects(effects, covariance), {total.id: total for total in totals})


def shipped(study: str) -> Mkba:
    return read_mkba((ROOT / "studies" / study / "mkba.yaml").read_text(encoding="utf-8"), packs())


@pytest.mark.parametrize("study", ["voorbeeldstad", "rijnstad"])
def test_in_the_shipped_studies_every_line_is_priced_with_its_status_or_pm_with_its_switching_value(study: str) -> None:
    tables = frames(appraise(shipped(study), packs(), study_inputs(), SMALL))
    assert {name: broken_rules(MKBA_TABLES[name], frame) for name, frame in tables.items()} == {
        name: {} for name in tables
    }
    balance = tables["out_mkba__balance"].query("alternative == 'continue'").set_index("line")
    pm = tables["out_mkba__pm"].query("alternative == 'continue'").set_index("line")
    assert set(balance["status"]) == {"priced", "pm"}
    assert balance.query("status == 'priced'")["price_status"].notna().all()
    assert balance.query("status == 'priced'")["price_source"].notna().all()
    others = {"extra_clients_helped"}  # of the choice that scales up alone
    assert set(pm.index) == set(balance.query("status == 'pm'").index) - others
    assert others <= set(tables["out_mkba__pm"].query("alternative == 'scale_up'")["line"])
    assert pm["switching_eur_per_unit"].notna().all()
    assert (
        "per cliënt die een jaar lang één punt op de schaal hoger staat" in pm.loc["self_reliance_finances", "sentence"]
    )


@pytest.mark.parametrize("study", ["voorbeeldstad", "rijnstad"])
def test_prices_that_are_all_assumed_turn_the_headline_into_break_even(study: str) -> None:
    sure = appraise(shipped(study), packs(), study_inputs(), SMALL)
    assumed = appraise(all_assumed(shipped(study)), as_assumption(packs()), study_inputs(), SMALL)
    assert (sure.leading, assumed.leading) == ("npv", "break_even")
    headline = frames(assumed)["out_mkba__headline"].iloc[0]
    assert headline["verified_share"] == 0
    assert headline["is_indicative"]
    assert "indicatief" in headline["sentence"]


@pytest.mark.parametrize("study", ["voorbeeldstad", "rijnstad"])
def test_one_euro_can_be_walked_from_the_balance_to_released_quantity_price_and_source(study: str) -> None:
    tables = frames(appraise(shipped(study), packs(), study_inputs(), SMALL))
    balance = tables["out_mkba__balance"].query("status == 'priced'")
    for key, steps in tables["out_mkba__trace"].groupby(["alternative", "line"]):
        assert steps["value"].cumprod().to_numpy() == pytest.approx(steps["running"].to_numpy(), rel=1e-9, abs=1e-9)
        row = balance[(balance["alternative"] == key[0]) & (balance["line"] == key[1])]
        if len(row):
            end = steps["running"].iloc[-1] * (row["welfare_sign"].iloc[0] or 1)
            assert end == pytest.approx(row["at_mean_eur"].iloc[0], abs=0.01)
    years = tables["out_mkba__line_years"].groupby(["alternative", "line"])["discounted"].sum()
    last = tables["out_mkba__trace"].query("what == 'jaren'").set_index(["alternative", "line"])["value"]
    assert years.to_dict() == pytest.approx(last[last != 0].to_dict(), rel=1e-9)
    walked = tables["out_mkba__trace"].query("alternative == 'continue' and line == 'crisis_admissions'")
    assert {"gemeten verschil", "hoeveelheid", "omrekening", "prijs", "prijspeil", "jaren"} <= set(walked["what"])
    assert walked.query("what == 'prijs'")["source"].str.contains("Zorginstituut").all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"what": "zorgg"}, "is niet vergeleken of niet vrijgegeven (bedoelde u 'zorg'?)"),
        ({"what": "iets heel anders"}, "'iets heel anders' in 'euro' is niet vergeleken of niet vrijgegeven"),
        ({"unit": "night", "price_year": None}, "is niet vergeleken of niet vrijgegeven"),
        ({"subject": "voorzieningen"}, "(over 'voorzieningen' is er niets; wel over: events, ladder, provisions)"),
    ],
)
def test_an_outcome_that_is_written_otherwise_says_which_one_may_be_meant(wrong: dict[str, Any], told: str) -> None:
    data = case()
    line(data, "care")["quantity"] |= wrong
    line(data, "care")["pm_text"] = "geen prijs hier"
    (row,) = [one for one in appraised(data).table.rows if one.line.id == "care"]
    assert (row.missing or "").endswith(told)


def test_an_ambiguous_selector_blocks_and_says_what_to_add() -> None:
    given = released()
    twin = replace(given.effects.effects[1], id="care_again", about={"slice": "all", "design": "series"})
    effects = Effects((*given.effects.effects, twin), np.diag([0.01] * 5))
    appraisal = appraised(given=Released(effects, given.totals))
    assert rules(appraisal) == {"ambiguous_effect"}


def test_no_costs_no_chapter() -> None:
    data = case()
    line(data, "staff")["role"] = "effect"
    assert "no_outlay" in rules(appraised(data))


def test_an_overlap_group_with_a_gain_and_a_loss_blocks() -> None:
    data = case()
    data["overlap_groups"] = [{"id": "both", "label": "samen", "alpha": 0.5, "why": SOURCE}]
    for name in ("nights", "care"):
        line(data, name)["overlap_group"] = "both"
    assert rules(appraised(data)) == set()
    assert rules(appraised(data, released(care=+60.0))) == {"overlap_of_both_signs"}


def test_an_estimate_that_counts_twice_for_one_party_is_warned_of() -> None:
    data = case()
    data["lines"].append(line(case(), "care") | {"id": "care_again", "label": "Nog eens minder zorg"})
    assert "counted_twice" in rules(appraised(data), "warns")
    assert "counted_twice" not in rules(appraised(), "warns")


@pytest.mark.parametrize(
    ("what", "unit", "keys", "is_double"),
    [
        ("zorg", "night", {}, True),
        ("zorg", "night", {"receiver": "client", "law": None}, False),
        ("zorg", "night", {"overlap_group": "care"}, True),  # alone in its group, so it takes nothing off the other
        ("zvw", "eur", {}, True),
        ("all", "eur", {"law": None}, True),
        ("vervoer", "eur", {}, False),
        ("wmo", "eur", {"law": "wmo"}, False),
    ],
)
def test_euros_that_hold_another_line_are_not_added_to_it(
    what: str, unit: str, keys: dict[str, Any], is_double: bool
) -> None:
    """'care' is a provision in euros under the Zvw: its own hours, its law and all together hold the same euros."""
    data, given = case(), released()
    data["overlap_groups"] = [{"id": "care", "label": "zorg", "alpha": 0.5, "why": SOURCE}]
    data["prices"][0]["unit"] = "night"
    more = line(case(), "care") | {"id": "more", "label": "Nog een regel"} | keys
    more["quantity"] |= {"what": what, "unit": unit}
    if unit == "night":
        del more["quantity"]["price_year"]
        more["price"] = "night"
    data["lines"].append(more)
    extra = Effect("more", "provisions", what, unit, "client_year", Stamp.COMPARISON, mean=-1.0, about={"slice": "all"})
    effects = Effects((*given.effects.effects, extra), np.pad(given.effects.covariance, (0, 1)))
    found = rules(appraised(data, Released(effects, given.totals)), "blocks")
    assert ("euros_counted_twice" in found) is is_double


def test_lines_that_overlap_on_purpose_are_not_counted_twice() -> None:
    data = case()
    data["overlap_groups"] = [{"id": "care", "label": "zorg", "alpha": 0.5, "why": SOURCE}]
    line(data, "care")["overlap_group"] = "care"
    data["lines"].append(line(data, "care") | {"id": "care_again", "label": "Nog eens minder zorg"})
    assert "euros_counted_twice" not in rules(appraised(data), "blocks")
    del data["lines"][-1]["overlap_group"], line(data, "care")["overlap_group"]
    assert "euros_counted_twice" in rules(appraised(data), "blocks")


def test_an_estimate_without_a_margin_is_warned_of() -> None:
    given = released()
    sure = Released(Effects(given.effects.effects, np.zeros((4, 4))), given.totals)
    assert "effect_without_uncertainty" in rules(appraised(given=sure), "warns")


def test_costs_and_clients_of_different_years_are_warned_of() -> None:
    given = released()
    for year, expected in ((2024, False), (2023, True)):
        clients = Total("clients_per_year", "client", 400.0, year=year)
        appraisal = appraised(given=Released(given.effects, dict(given.totals) | {"clients_per_year": clients}))
        assert ("costs_and_clients_of_different_years" in rules(appraisal, "warns")) is expected


def test_a_loss_without_a_price_says_at_what_value_nothing_is_left() -> None:
    def sentence(care: float, steps: float) -> str:
        tables = frames(appraised(given=released(care=care, steps=steps)))
        return str(tables["out_mkba__pm"].query("alternative == 'go_on'")["sentence"].iloc[0])

    assert "zou kosten in plaats van opleveren" in sentence(care=-60.0, steps=0.2)
    assert "schade per cliënt" in sentence(care=-60.0, steps=-0.2)
    assert "dan komt het saldo op nul" in sentence(care=+60.0, steps=0.2)
    assert "maakt het saldo dus niet beter" in sentence(care=+60.0, steps=-0.2)


def test_a_correlation_with_an_unknown_name_is_warned_of() -> None:
    between = {"between": ["price/night", "price/day"], "rank": 0.5, "source": SOURCE}
    assert "unknown_correlation" in rules(appraised(case() | {"correlations": [between]}), "warns")


def test_sums_that_do_not_add_up_block() -> None:
    balance = appraised().results[0].balance
    assert list(identities(balance)) == []
    broken = replace(balance, npv=balance.npv + 1.0)
    assert {finding.rule for finding in identities(broken)} == {"parties_sum_to_welfare", "years_sum_to_present_value"}
    crooked = replace(balance, party_pv=balance.party_pv * 1.001)
    assert {finding.rule for finding in identities(crooked)} == {"parties_sum_to_welfare"}


def test_nothing_released_is_insufficient_evidence_and_no_crash() -> None:
    nothing = Released(Effects((), np.zeros((0, 0))), released().totals)
    appraisal = appraised(given=nothing)
    assert "insufficient_evidence" in rules(appraisal, "warns")
    assert going_on(appraisal)["leading"] == "none"
    assert "te weinig bewijs" in going_on(appraisal)["sentence"]


def test_a_total_in_another_unit_is_a_line_with_a_reason() -> None:
    given = released()
    totals = dict(given.totals) | {"client_years_per_year": Total("client_years_per_year", "week", 3.0)}
    row = frames(appraised(given=Released(given.effects, totals)))["out_mkba__balance"].query("line == 'care'").iloc[0]
    assert "is vrijgegeven in 'week', niet in 'client_year'" in row["note"]


def test_benefits_in_another_pocket_than_the_costs() -> None:
    headline = going_on(appraised())
    balance = frames(appraised())["out_mkba__balance"].query("alternative == 'go_on'").set_index("line")["mean_eur"]
    assert headline["wrong_pocket_share"] == pytest.approx(
        balance["care"] / (balance["care"] + balance["nights"]), rel=1e-4
    )


def test_side_payments_make_every_purse_whole_and_cost_no_more_than_the_losses() -> None:
    nets = {Stakeholder.MUNICIPALITY: -100.0, Stakeholder.HEALTH_INSURER: 80.0, Stakeholder.STATE: 60.0}
    paid = side_payments(nets | {Stakeholder.CLIENT: 500.0})
    assert paid is not None
    assert sum(paid.values()) == pytest.approx(100)
    for who, net in nets.items():
        moved = sum(amount * ((pair[1] is who) - (pair[0] is who)) for pair, amount in paid.items())
        assert net + moved >= -0.01
    assert all(Stakeholder.CLIENT not in pair for pair in paid)
    assert side_payments({Stakeholder.MUNICIPALITY: -100.0, Stakeholder.STATE: 60.0}) is None


def test_stress_tests_stand_in_every_outcome_and_point_the_right_way() -> None:
    stress = frames(appraised())["out_mkba__stress"].query("alternative == 'go_on'").set_index(["test", "setting"])
    assert set(stress.index.get_level_values("test")) == {
        "induced_demand",
        "optimism",
        "discount",
    }
    assert (stress.loc["induced_demand", "difference_eur"] < 0).all()
    # 14 % of 800 euros for 500 client-years, five years at 2.25 %.
    assert stress.loc[("induced_demand", "average"), "difference_eur"] == pytest.approx(
        -0.14 * 800 * 500 * 4.679453, rel=1e-6
    )
    assert stress.loc[("optimism", "by_evidence"), "difference_eur"] < 0


def test_a_missing_baseline_is_said_and_not_left_out() -> None:
    data: dict[str, Any] = case() | {"induced_demand_baseline": None}
    stress = frames(appraised(data))["out_mkba__stress"].query("test == 'induced_demand'")
    assert len(stress) == 3
    assert stress["npv_mean_eur"].isna().all()
    assert stress["label"].str.contains("niet te rekenen").all()


def test_effects_come_from_the_released_tables_with_their_reason() -> None:
    row = {"subject": "events", "life_domain": "all", "slice": "all", "slice_value": "all", "unit": "event"}
    row |= {"moment_from": "first", "moment_to": "last", "design": "staggered", "measure": "rate_difference"}
    row |= {"per": "client_year", "stamp": "strong_comparison", "n_clients": 200, "refused_because": None}
    estimates = pd.DataFrame(
        [
            row | {"estimate_id": "a", "what": "x", "estimate": -0.1, "se": 0.02, "status": "released"},
            row | {"estimate_id": "b", "what": "y", "estimate": -0.2, "se": 0.03, "status": "released"},
            row | {"estimate_id": "c", "what": "z", "estimate": None, "se": None, "status": "too_few"},
        ]
    )
    joint = pd.DataFrame(
        [
            {"vector": "v", "estimate_id": one, "with_estimate_id": other, "mean": -0.12, "covariance": value}
            | {"scale": "identity", "n_clients": 200}
            for one, other, value in (("a", "a", 5e-4), ("a", "c", None), ("c", "c", None))
        ]
    )
    joint.loc[joint["estimate_id"] == "c", "mean"] = None
    found = effects_from(estimates, joint)
    assert [effect.refused for effect in found.effects] == [None, None, "te weinig cliënten om vrij te geven"]
    assert [effect.mean for effect in found.effects[:2]] == [-0.12, -0.2]
    assert np.diag(found.covariance) == pytest.approx([5e-4, 9e-4, 0])


def test_costs_and_use_come_from_the_released_tables() -> None:
    costs = pd.DataFrame(
        {
            "year": [2023, 2024, 2024],
            "cost_kind": ["inzet", "inzet", "training"],
            "is_new_approach": [True, True, True],
            "amount_eur": [10.0, 20.0, None],
            "status": ["released", "released", "too_few"],
        }
    )
    totals = cost_totals(costs, frozenset())
    assert totals["costs/new/inzet/latest"].value == 20
    assert totals["costs/new/total/2023"].value == 10
    # Of 2024 a part is delivered: a balance that asks for the latest costs takes those of a whole year.
    assert cost_totals(costs, frozenset({2024}))["costs/new/total/latest"].value == 10
    assert cost_totals(costs, frozenset({2023, 2024}))["costs/new/inzet/latest"].value == 20
    assert (totals["costs/new/total/2024"].value, totals["costs/new/total/2024"].refused is None) == (None, False)
    use = pd.DataFrame(
        {"law": ["wmo", "wmo", None], "unit": ["eur", "eur", "hour"], "slice": "all", "total": [100.0, 150.0, 9.0]}
    ).assign(client_years=10.0, what=["hulp", "wmo", "support"], subject="provisions")
    assert use_totals(use)["use/wmo/eur/per_client_year"].value == 15


def test_a_balance_counts_its_lines_by_what_is_known_of_them() -> None:
    given = released()
    nights = replace(given.effects.effects[0], refused="te weinig cliënten om vrij te geven", mean=float("nan"))
    effects = Effects((nights, *given.effects.effects[1:]), given.effects.covariance)
    kinds = ["n_lines_priced", "n_lines_pm", "n_lines_not_released"]
    assert going_on(appraised())[kinds].tolist() == [4, 1, 0]
    assert going_on(appraised(given=Released(effects, given.totals)))[kinds].tolist() == [3, 1, 1]


def test_what_is_worth_most_to_know_comes_first() -> None:
    found = frames(appraised())["out_mkba__information"]
    alone = found[found["rank"] > 0]
    assert len(alone) == len(appraised().table.moving_columns) > 2
    assert alone["rank"].tolist() == list(range(1, len(alone) + 1))
    assert alone["value_eur"].is_monotonic_decreasing
    assert alone["value_eur"].max() <= found.loc[found["rank"] == 0, "value_eur"].iloc[0] + 1
