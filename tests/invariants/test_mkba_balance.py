"""What must always hold for a balance, whatever the numbers."""

from dataclasses import replace

import numpy as np
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.mkba import MKBA_TABLES, mkba_frames
from mkba.appraisal import Settings
from mkba.balance.balance import welfare_signs
from mkba.binding.effects import Released
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, line, released


def test_every_table_keeps_its_contract() -> None:
    frames = mkba_frames(mkba_rows(appraised()))
    assert frames.keys() == MKBA_TABLES.keys()
    assert {name: broken_rules(MKBA_TABLES[name], frame) for name, frame in frames.items()} == {
        name: {} for name in frames
    }


def test_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    first, again = appraised(), appraised()
    other = appraised(settings=Settings(seed=1, n_draws=4_096))
    assert first.results[0].balance.npv.tobytes() == again.results[0].balance.npv.tobytes()
    assert first.results[0].balance.npv.tobytes() != other.results[0].balance.npv.tobytes()


def test_parties_add_up_to_welfare_and_transfers_to_nothing() -> None:
    result = appraised().results[0].balance
    assert result.party_pv.sum(axis=1) == pytest.approx(result.npv, rel=1e-9)
    is_transfer = [row.line.type.value == "transfer" for row in result.table.rows]
    assert np.any(result.line_pv[:, is_transfer] != 0)
    assert welfare_signs(result.table)[is_transfer] == pytest.approx(0)


def test_years_add_up_to_the_present_value() -> None:
    result = appraised().results[0].balance
    assert result.discounted_by_year.sum(axis=1) == pytest.approx(result.npv, rel=1e-9)


def test_the_run_at_the_mean_is_the_mean_of_the_draws_when_lines_are_products_of_independent_inputs() -> None:
    result = appraised().results[0]
    error = result.balance.npv.std() / np.sqrt(len(result.balance.npv))
    assert result.balance.npv.mean() == pytest.approx(result.at_mean.npv[0], abs=3 * error)


def test_a_line_that_is_not_released_is_pm_and_never_zero() -> None:
    data = case()
    line(data, "care")["quantity"]["what"] = "bestaat niet"
    frames = mkba_frames(mkba_rows(appraised(data)))
    row = frames["out_mkba__balance"].query("alternative == 'go_on' and line == 'care'").iloc[0]
    assert row["status"] == "not_released"
    assert np.isnan(row["mean_eur"])
    assert "care" in set(frames["out_mkba__pm"]["line"])


def test_without_costs_there_is_no_outcome() -> None:
    data = case()
    line(data, "staff")["quantity"]["id"] = "costs/new/staff/1999"
    headline = mkba_frames(mkba_rows(appraised(data)))["out_mkba__headline"].iloc[0]
    assert headline["leading"] == "none"
    assert np.isnan(headline["npv_mean_eur"])


def test_the_parts_of_a_line_multiply_to_its_present_value() -> None:
    frame = mkba_frames(mkba_rows(appraised()))["out_mkba__balance"].query("status == 'priced' and role == 'effect'")
    parts = frame["sign"] * frame["change"] * frame["volume"] * frame["factors"] * frame["remainder"]
    euros = parts * frame["price_eur"].fillna(1) * frame["price_level_factor"]
    value = euros * frame["discounted_years"] * frame["overlap_share"]
    # Transfers have no welfare sign, yet their row shows what the receiver gets.
    assert value.to_numpy() == pytest.approx(frame["at_mean_eur"].to_numpy(), abs=0.01)


def test_linear_in_the_volume() -> None:
    whole = released()
    years = whole.totals["client_years_per_year"]
    half = Released(whole.effects, dict(whole.totals) | {years.id: replace(years, value=250.0)})
    part, all_of_it = (appraised(given=given).results[0].at_mean for given in (half, whole))
    counted = [row.effect is not None and row.effect.per == "client_year" for row in part.table.rows]
    assert 2 * part.line_pv[0, counted] == pytest.approx(all_of_it.line_pv[0, counted], rel=1e-12)


def test_no_clients_is_a_reason_and_no_division_by_zero() -> None:
    given = released()
    totals = {name: replace(total, value=0.0) if total.unit != "eur" else total for name, total in given.totals.items()}
    appraisal = appraised(given=Released(given.effects, totals))
    assert appraisal.leading == "none"
    assert all("geen cliënten" in (row.missing or "") for row in appraisal.table.rows[1:])
