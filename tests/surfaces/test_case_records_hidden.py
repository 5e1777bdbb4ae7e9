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
