"""How cases went, where the gate let the row out and hid its total."""

from __future__ import annotations

from reports.content.case_records import case_records
from reports.content.parts import Table
from reports.released.source import Source
from tests.surfaces.invented import facts, tables


def test_a_row_whose_days_together_are_hidden_is_told_without_a_figure() -> None:
    released = tables()
    use = released["out_care__use"]
    hidden = use["total"].mask((use["subject"] == "cases") & (use["what"] == "lead_time"))
    parts = case_records(Source(facts(), released | {"out_care__use": use.assign(total=hidden)}))
    (table,) = (part for part in parts if isinstance(part, Table))
    outcome = {row[0]: row[-1] for row in table.rows}
    assert outcome["Dagen tot de afsluiting, met een jaar als langste"] == "."
    assert outcome["Wachttijd van melding tot eerste contact"].startswith("gemiddeld")


def test_days_of_few_people_are_a_range_that_holds_the_true_mean() -> None:
    """23 people with 6,757 days, 294 each, are released as 25 and 6,800: that would be 272 each."""
    released = tables()
    use = released["out_care__use"]
    lead = (use["subject"] == "cases") & (use["what"] == "lead_time")
    few = use.assign(total=use["total"].mask(lead, 6800.0), n_clients_base=use["n_clients_base"].mask(lead, 25))
    parts = case_records(Source(facts(), released | {"out_care__use": few}))
    (table,) = (part for part in parts if isinstance(part, Table))
    assert {row[0]: row[-1] for row in table.rows}["Dagen tot de afsluiting, met een jaar als langste"] == (
        "gemiddeld tussen 240 en 310 dagen"
    )
