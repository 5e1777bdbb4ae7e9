"""Published cost-benefit analyses, rebuilt as mkba.yaml: every printed line and every printed total."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.tables.mkba import mkba_frames
from mkba.appraisal import appraise
from mkba.binding.effects import Effects, Released
from mkba.inputs.reading import read_mkba
from mkba.tables.rows import mkba_rows
from tests.mkba_case import SMALL, packs

PUBLISHED = Path(__file__).parent / "published"
NOTHING = Released(Effects((), np.zeros((0, 0))), {})

# Line -> what it is to participants and to the public, as printed; then the printed totals.
PERRY = {
    "child_care": (738, 0),
    "schooling": (0, 6_872),
    "adult_education": (0, 283),
    "earnings": (21_485, 0),
    "taxes_on_earnings": (0, 8_846),
    "crime": (0, 70_381),
    "higher_education": (0, -868),
    "welfare_participant": (-2_653, 0),
    "welfare_public": (0, 2_918),
    "programme": (0, -12_356),
}
# Component -> society, applicant, taxpayer.
SAN_DIEGO = {
    "in_program_output": (-1, 0, -1),
    "output_from_employment": (436, 436, 0),
    "taxes": (0, -82, 82),
    "afdc": (0, -173, 173),
    "other_transfers": (0, 127, -127),
    "afdc_administration": (13, 0, 13),
    "other_administration": (-12, 0, -12),
    "allowances_elsewhere": (0, -7, 7),
    "operating_elsewhere": (45, 0, 45),
    "operating": (-383, 0, -383),
    "support_services": (0, 12, -12),
}


def rebuilt(name: str) -> dict[str, pd.DataFrame]:
    model = read_mkba((PUBLISHED / f"{name}.yaml").read_text(encoding="utf-8"), packs(), f"{name}.yaml")
    frames = mkba_frames(mkba_rows(appraise(model, packs(), NOTHING, SMALL)))
    return {table: frame for table, frame in frames.items() if "alternative" in frame}


def per_party(frames: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, dict[str, float]]:
    """What each line is to whom, and what each party has in all."""
    lines = frames["out_mkba__balance"].query("alternative == 'programme'").set_index("line")
    found = pd.DataFrame(0.0, index=lines.index, columns=["client", "state"])
    for name, row in lines.iterrows():
        # The row of a cost is negative; of a transfer it is what the receiver gets.
        amount = abs(row["at_mean_eur"]) if pd.notna(row["payer"]) else row["at_mean_eur"]
        for who, sign in ((row["receiver"], 1), (row["payer"], -1)):
            if pd.notna(who):
                found.loc[name, who] += sign * amount
    parties = frames["out_mkba__stakeholders"].query("alternative == 'programme'")
    return found, parties.groupby("stakeholder")["at_mean_eur"].sum().to_dict()


def test_perry_preschool_has_every_printed_line_and_total() -> None:
    frames = rebuilt("perry_age_27")
    lines, parties = per_party(frames)
    assert {name: (row["client"], row["state"]) for name, row in lines.iterrows()} == PERRY
    assert parties["client"] == 19_570
    # Printed 88,433 for the public: their lines were rounded after they were added.
    assert parties["state"] + 12_356 == pytest.approx(88_433, abs=1)
    headline = frames["out_mkba__headline"].query("alternative == 'programme'").iloc[0]
    assert headline["effects_eur"] == 108_002
    assert headline["outlay_eur"] == 12_356


def test_san_diego_job_search_has_every_printed_line_and_total_for_all_three_perspectives() -> None:
    frames = rebuilt("san_diego_job_search")
    lines, parties = per_party(frames)
    assert {name: (row["client"], row["state"]) for name, row in lines.iterrows()} == {
        name: printed[1:] for name, printed in SAN_DIEGO.items()
    }
    welfare = frames["out_mkba__balance"].query("alternative == 'programme'").set_index("line")
    society = welfare["at_mean_eur"].where(welfare["type"] != "transfer", 0.0)
    assert society.to_dict() == {name: printed[0] for name, printed in SAN_DIEGO.items()}
    headline = frames["out_mkba__headline"].query("alternative == 'programme'").iloc[0]
    assert (headline["npv_at_mean_eur"], parties["client"], parties["state"]) == (98, 313, -215)
