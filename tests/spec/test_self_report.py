"""Where clients and professionals differ about the same weeks."""

from __future__ import annotations

from data_contracts.contract import broken_rules
from data_contracts.tables.estimate_companions import SELF_REPORT
from indicators.counts.funnel import funnel
from indicators.counts.self_report import self_report, self_report_contributions
from tests.spec.panels import panel

PROFESSIONAL = panel(
    """
    client | day | edition  | finances | addiction
    1      | 0   | zrm_2013 | 3        | 4
    2      | 0   | zrm_2013 | 4        | 4
    3      | 0   | zrm_2013 | 2        | .
    3      | 100 | zrm_2013 | 4        | .
    4      | 0   | zrm_2013 | 2        | .
    5      | 0   | zrm_2013 | 2        | .
    """
)
CLIENT = panel(
    """
    client | day | edition       | finances | addiction
    1      | 10  | mijn_zrm_2016 | 2        | 3
    2      | 30  | mijn_zrm_2016 | 4        | 4
    3      | 95  | mijn_zrm_2016 | 5        | .
    4      | 31  | mijn_zrm_2016 | 5        | .
    """,
    subject="experienced",
)


def test_clients_are_counted_by_whether_they_score_lower_equal_or_higher_in_the_same_weeks() -> None:
    found = self_report(PROFESSIONAL, CLIENT)
    assert broken_rules(SELF_REPORT, found) == {}
    row = found.set_index("life_domain").loc["finances"]
    # The fourth answered a day too late, the fifth never; of the third the nearest score counts.
    assert row[["n_clients", "n_lower", "n_equal", "n_higher"]].tolist() == [3, 1, 1, 1]


def test_a_domain_that_means_something_else_in_the_older_edition_is_not_compared() -> None:
    assert self_report(PROFESSIONAL, CLIENT)["life_domain"].tolist() == ["finances"]


def test_the_ledger_sees_who_counts() -> None:
    added = {one.outcome: one.client_no.tolist() for one in self_report_contributions(PROFESSIONAL, CLIENT, 30)}
    assert added['["self_report", "finances"]'] == [1, 2, 3]


def test_marks_and_scores_of_clients_have_no_funnel_in_common() -> None:
    """Each scale is a panel of its own: an 'all' of each would be one row twice, and stop the run."""
    marks = panel("client | day | mark_1_10\n1 | 0 | 7\n2 | 0 | 8", subject="experienced")
    rows = [*funnel(CLIENT)["life_domain"], *funnel(marks)["life_domain"]]
    assert sorted(rows) == ["addiction", "finances", "mark_1_10"]
