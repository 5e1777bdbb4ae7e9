"""Who could rise: the end of the scale, and ceilings that the instrument itself has for some people."""

import numpy as np
from panels import panel

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.counts.room import StructuralCeiling, room

PENSIONERS = """
    client | day | finances | daytime_activities
    1      | 0   | 1        | 2
    1      | 90  | 2        | 2
    2      | 0   | 5        | 1
    2      | 90  | 4        | 2
    3      | 0   | 3        | 2
    3      | 90  | 3        | 4
    4      | 0   | 5        | 5
    4      | 90  | 5        | 5
"""


def test_a_pensioner_at_two_cannot_rise_on_daytime_activities() -> None:
    assessments = panel(PENSIONERS)
    is_pensioner = np.isin(assessments.client_no, [1, 2])
    table = room(assessments, [("first", "last")], {"daytime_activities": StructuralCeiling(2, is_pensioner)})
    assert broken_rules(estimate_companions.ROOM, table) == {}
    counts = table.set_index("life_domain")[["n_at_floor", "n_at_ceiling", "n_capped", "n_could_rise", "n_up"]]
    assert counts.loc["finances"].tolist() == [1, 2, 0, 2, 1]
    assert counts.loc["daytime_activities"].tolist() == [1, 1, 1, 2, 2]


def test_the_ladder_ends_at_six_and_a_mark_at_ten() -> None:
    ladder = panel("client | day | all\n1 | 0 | 5\n1 | 90 | 6\n2 | 0 | 6\n2 | 90 | 6", subject="ladder")
    assert room(ladder, [("first", "last")], {})["n_at_ceiling"].tolist() == [1]
    mark = panel("client | day | mark_1_10\n1 | 0 | 6\n1 | 90 | 7", subject="experienced")
    assert room(mark, [("first", "last")], {})["n_at_ceiling"].tolist() == [0]
