"""Amounts of lines against what the written formula gives by hand: nothing of the engine was read to work them out."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from data_contracts.tables.mkba import mkba_frames
from mkba.appraisal import Settings
from mkba.tables.rows import mkba_rows
from tests.mkba_case import SOURCE, appraised, case

HAND: dict[str, Any] = YAML(typ="safe").load(Path(__file__).parent / "hand" / "lines.yaml")
FEW = Settings(seed=1, n_draws=64, n_randomisations=8)
EFFECTS: dict[str, dict[str, Any]] = {
    "care": {"subject": "provisions", "what": "zorg", "unit": "eur", "price_year": 2020, "gain_when": "lower"},
    "nights": {"subject": "events", "what": "nacht", "unit": "night", "gain_when": "lower"},
    "steps": {"subject": "ladder", "unit": "step", "gain_when": "higher"},
}
OTHER_RATE = {"nl_2021": "fixed", "nl_2016": "infrastructure"}


def declared(value: float) -> dict[str, Any]:
    return {"value": value, "source": SOURCE, "status": "verified"}


def written(one: dict[str, Any], frame: dict[str, Any]) -> dict[str, Any]:
    """A line of the folder as mkba.yaml asks for it."""
    left = {key: value for key, value in one.items() if key not in ("worth", "effect", "declared", "other_rate")}
    line = {"type": "resource", "evidence": "expert", "label": f"Regel {one['id']}"} | left
    line |= {key: declared(one[key]) for key in ("drop_off", "displacement") if key in one}
    line["factors"] = [factor | declared(factor["value"]) for factor in one.get("factors", [])]
    line |= {"growth_source": SOURCE} if "real_growth" in one else {}
    line |= {"discount_class": OTHER_RATE[frame["discount"]]} if "other_rate" in one else {}
    effect, own = one.get("effect"), one.get("declared", {})
    line["quantity"] = {"kind": "effect"} | EFFECTS[effect] if effect else {"kind": "declared"} | declared(0) | own
    return line


def balance_in(frame: dict[str, Any]) -> pd.Series:
    """The amount of every line that is worked out, in one frame."""
    data = case()
    data.update({key: value for key, value in frame.items() if key != "years"})
    data["alternatives"][0]["years"] = frame["years"]
    data["null_alternative"]["trajectories"].append(
        {"id": "overtaken", "label": "wordt ingehaald", "catch_up": declared(0.2), "source": SOURCE}
    )
    data["prices"] = [one | {"source": SOURCE, "status": "second_hand"} for one in HAND["prices"]]
    data["lines"] = [written(one, frame) for one in HAND["lines"]]
    rows = mkba_frames(mkba_rows(appraised(data, settings=FEW)))["out_mkba__balance"]
    return rows[rows["alternative"] == "go_on"].set_index("line")["at_mean_eur"]


@pytest.mark.parametrize("place", range(len(HAND["frames"])))
def test_every_line_is_worth_what_the_formula_gives_by_hand(place: int) -> None:
    found = balance_in(HAND["frames"][place])
    by_hand = {one["id"]: one["worth"][place] for one in HAND["lines"]}
    assert found.to_dict() == pytest.approx(by_hand, abs=0.0051)
