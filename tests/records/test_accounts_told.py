"""The account of a run keeps every delivery apart."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from pipelines.commands.file_table import file_table
from pipelines.commands.summary import as_json, show_read
from pipelines.intake.read_only import Read
from pipelines.run import Outcome


def test_two_deliveries_with_a_file_of_one_name_both_keep_their_account() -> None:
    first, second = {"zrm.csv": {"rows": 171, "quarantined": {"score_unknown": 1}}}, {"zrm.csv": {"rows": 1}}
    outcome = Outcome(accounts=[{"delivery": "q1-aa", "files": first}, {"delivery": "q2-bb", "files": second}])
    assert as_json(outcome)["accounting"] == {"q1-aa": first, "q2-bb": second}


def test_the_name_of_a_file_stays_whole_on_a_screen_of_eighty_columns() -> None:
    heads = ("regels", "goed", "apart gezet", "dubbel", "geen registratie", "niet gebruikt")
    screen = StringIO()
    names = ("zrm_metingen_noord.csv", "voorzieningen.csv")
    rows = [(name, "123456", "120000", "3000", "456", "98765", "76543") for name in names]
    Console(file=screen, width=80).print(file_table("2025-k1-653dc6bc", heads, rows))
    told = screen.getvalue()
    assert all(" ".join(row) in " ".join(told.split()) for row in rows)
    assert all(word in told for head in heads for word in head.split())


def test_a_very_long_name_goes_on_below_itself_and_no_number_falls_off() -> None:
    screen = StringIO()
    row = (f"{'q' * 70}.csv", "123456", "120000", "3000", "456", "98765", "76543")
    Console(file=screen, width=80).print(file_table("2025-k1", ("een", "twee", "drie", "vier", "vijf", "zes"), [row]))
    assert all(number in screen.getvalue() for number in row[1:])
    assert screen.getvalue().count("q") == 70


def test_rows_of_several_deliveries_are_not_told_as_so_many_records(capsys: pytest.CaptureFixture[str]) -> None:
    table = {"core_zrm__assessments": {"rows": 494, "first": None, "last": None}}
    show_read(Read(files={"q1": {}}, tables=table))
    assert "apart geteld" not in capsys.readouterr().out
    show_read(Read(files={"q1": {}, "q2": {}}, tables=table))
    assert "494 rijen; elke levering apart geteld" in " ".join(capsys.readouterr().out.split())
