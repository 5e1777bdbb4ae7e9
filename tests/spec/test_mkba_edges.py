"""How far a number or a text of mkba.yaml and of a parameter pack may go: the last that is accepted, and the next."""

from collections.abc import Callable
from typing import Any

import pytest

from data_contracts.errors import StudyError
from mkba.inputs.packs import read_packs
from tests.mkba_case import SOURCE, case, line, model, scaled_up, sourced

Put = Callable[[dict[str, Any], Any], object]


def top(key: str) -> Put:
    return lambda data, value: data.update({key: value})


def of_line(name: str, key: str) -> Put:
    return lambda data, value: line(data, name).update({key: value})


def of_quantity(key: str) -> Put:
    return lambda data, value: line(data, "staff")["quantity"].update({key: value})


def cashing_after(data: dict[str, Any], years: int) -> None:
    line(data, "care")["cashing"] = {"share": 0.5, "lag_years": years, "source": SOURCE}


def arriving_in(data: dict[str, Any], years: int) -> None:
    line(data, "care").update(duration_years=50, fade_in=[1.0] * years)


def growing_by(data: dict[str, Any], rate: float) -> None:
    line(data, "care").update(real_growth=rate, growth_source=SOURCE)


def going_on_for(data: dict[str, Any], years: int) -> None:
    data["horizon_years"] = 150
    data["alternatives"][0]["years"] = years


def with_fte(data: dict[str, Any], fte: float) -> None:
    scaled_up(data, fte=fte)


def moving_together(data: dict[str, Any], rank: float) -> None:
    data["correlations"] = [{"between": ["price/night", "effect/care"], "rank": rank, "source": SOURCE}]


def many_lines(data: dict[str, Any], n: int) -> None:
    steps = line(data, "steps")
    more = [steps | {"id": f"steps_{at}", "label": f"Hoger, {at}"} for at in range(n - len(data["lines"]))]
    data["lines"] += more


def few_lines(data: dict[str, Any], n: int) -> None:
    data["lines"] = [line(data, name) for name in ("staff", "care")[:n]]


def as_name(data: dict[str, Any], name: str) -> None:
    data["prices"][0]["id"] = line(data, "nights")["price"] = name


def price(key: str) -> Put:
    return lambda data, value: data["prices"][0].update({key: value})


def alternative(key: str) -> Put:
    return lambda data, value: data["alternatives"][0].update({key: value})


def null(key: str) -> Put:
    return lambda data, value: data["null_alternative"].update({key: value})


def trajectory(key: str) -> Put:
    return lambda data, value: data["null_alternative"]["trajectories"][0].update({key: value})


def overlap(data: dict[str, Any], alpha: float) -> None:
    data["overlap_groups"] = [{"id": "both", "label": "dubbel", "alpha": alpha, "why": SOURCE}]


EDGES: list[tuple[str, Put, Any, Any]] = [
    ("cashing in after twenty years", cashing_after, 20, 21),
    ("cashing in at once", cashing_after, 0, -1),
    ("a fade-in of twenty years", arriving_in, 20, 21),
    ("an effect of a hundred years", of_line("care", "duration_years"), 100, 101),
    ("an effect of one year", of_line("care", "duration_years"), 1, 0),
    ("what doubles each year", growing_by, 1.0, 1.01),
    ("what all but disappears", growing_by, -0.99, -1.0),
    ("ten letters on what has no price", of_line("steps", "pm_text"), "tien teken", "negen tek"),
    ("three letters on a line", of_line("care", "label"), "zor", "zo"),
    ("a total named by two letters", of_quantity("id"), "ab", "a"),
    ("an effect on two letters", lambda data, value: line(data, "care")["quantity"].update(subject=value), "ab", "a"),
    ("going on for a hundred years", going_on_for, 100, 101),
    ("a thousand fte", with_fte, 1_000, 1_001),
    ("half an fte", with_fte, 0.5, 0),
    ("an alternative of three letters", alternative("label"), "aan", "af"),
    ("an alternative in twenty letters", alternative("description"), "t" * 20, "t" * 19),
    ("a situation without the approach in eighty letters", null("description"), "t" * 80, "t" * 79),
    ("a trajectory of three letters", trajectory("label"), "zij", "ik"),
    ("all recovered of their own", trajectory("autonomous_share"), sourced(1.0), sourced(1.01)),
    ("a title of five letters", top("title"), "Titel", "Tite"),
    ("a problem in a hundred and twenty letters", top("problem_analysis"), "p" * 120, "p" * 119),
    ("a horizon of two hundred years", top("horizon_years"), 200, 201),
    ("a base year of 1990", top("base_year"), 1990, 1989),
    ("a base year of 2100", top("base_year"), 2100, 2101),
    ("all that is verified", top("verified_share_for_headline"), 1, 1.01),
    ("two hundred lines", many_lines, 200, 201),
    ("a cost and a benefit", few_lines, 2, 1),
    ("nearly together", moving_together, 0.99, 1.0),
    ("nearly opposite", moving_together, -0.99, -1.0),
    ("a name of two letters", as_name, "ab", "a"),
    ("a name of sixty letters", as_name, "a" * 60, "a" * 61),
    ("a source of eight letters", price("source"), "b" * 8, "b" * 7),
    ("a price of three letters", price("label"), "bed", "be"),
    ("overlap that counts whole", overlap, 1.0, 1.01),
    ("overlap that does not count", overlap, 0.0, -0.01),
]


@pytest.mark.parametrize(("put", "last", "beyond"), [one[1:] for one in EDGES], ids=[one[0] for one in EDGES])
def test_the_last_is_accepted_and_the_next_refused(put: Put, last: Any, beyond: Any) -> None:
    fits, does_not = case(), case()
    put(fits, last)
    put(does_not, beyond)
    assert model(fits).schema_version == 1
    with pytest.raises(StudyError):
        model(does_not)


STRESS = """pack:
  kind: stress
  id: stress
  label: Toets
  source: Verzonnen bron
  checked_on: 2026-11-23
  optimism: {status: second_hand, source: Verzonnen bron, stamps: {}, evidence: {}}
  induced_demand: [%s]
"""
SOUGHT = """pack:
  kind: prices
  id: sought
  label: Toets
  source: Verzonnen bron
  checked_on: 2026-11-23
  prices: [%s]
  not_found: [{item: %s, looked_in: %s, ask: %s}]
"""
ONE_PRICE = (
    "{id: night, label: nacht, unit: night, value: 1, price_year: 2024, source: Verzonnen bron, status: second_hand}"
)
DEMAND = "{id: some, label: %s, share: %s, status: second_hand, source: Verzonnen bron}"


@pytest.mark.parametrize(
    ("fits", "beyond"),
    [
        (STRESS % (DEMAND % ("veel", 1)), STRESS % (DEMAND % ("veel", 1.01))),
        (STRESS % (DEMAND % ("vee", 0)), STRESS % (DEMAND % ("ve", 0))),
        (STRESS % (DEMAND % ("veel", 0.2)), STRESS % ""),
        (SOUGHT % (ONE_PRICE, "opvan", "tien teken", "CBS"), SOUGHT % (ONE_PRICE, "opva", "tien teken", "CBS")),
        (SOUGHT % (ONE_PRICE, "opvang", "tien teken", "CBS"), SOUGHT % (ONE_PRICE, "opvang", "negen tek", "CBS")),
        (SOUGHT % (ONE_PRICE, "opvang", "tien teken", "CBS"), SOUGHT % (ONE_PRICE, "opvang", "tien teken", "CB")),
        (SOUGHT % (ONE_PRICE, "opvang", "tien teken", "CBS"), SOUGHT % ("", "opvang", "tien teken", "CBS")),
    ],
    ids=["share", "label", "no induced demand", "item", "looked in", "ask", "no price"],
)
def test_a_pack_has_the_same_kind_of_edges(fits: str, beyond: str) -> None:
    assert read_packs({"a.yaml": fits}).hashes
    with pytest.raises(StudyError):
        read_packs({"a.yaml": beyond})
