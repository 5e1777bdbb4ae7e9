"""A name or a birth date in a column of labels does not come in, and no message repeats it."""

from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from pipelines.intake.reading.rows import shown_codes
from tests.intake.taking_in import MAPPING, delivered, mapping, study, take_in

EVENTS = """
  - match: gebeurtenissen.csv
    table: events
    columns: {client_key: Nummer, occurred_on: Datum, event_kind: Gebeurtenis}
"""
ZRM = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2024;3;4;;vrij\n"
KINDS = "".join(f"demo-000{at};01-02-2024;{kind}\n" for at, kind in enumerate(("melding", "huisuitzetting"), 1))


@pytest.mark.parametrize(
    ("label", "kind"),
    [("gesprek met mevr. J. de Vries", "een naam"), ("Piet Bakker", "een naam"), ("geb. 12-03-1961", "geboortedatum")],
)
def test_a_person_in_a_label_is_refused_without_being_named(tmp_path: Path, label: str, kind: str) -> None:
    directory = delivered(tmp_path / "levering", ZRM)
    delivered(directory, f"Nummer;Datum;Gebeurtenis\n{KINDS}demo-0001;01-02-2024;{label}\n", "gebeurtenissen.csv")
    with pytest.raises(DeliveryRefused, match=kind) as refused:
        take_in(directory, study(), mapping(MAPPING + EVENTS))
    assert label not in str(refused.value) and "Gebeurtenis" in str(refused.value)


def test_ordinary_labels_come_in(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", ZRM)
    delivered(directory, f"Nummer;Datum;Gebeurtenis\n{KINDS}", "gebeurtenissen.csv")
    assert take_in(directory, study(), mapping(MAPPING + EVENTS)).verdicts("events") == ["accepted", "accepted"]


def test_a_code_that_may_be_a_person_is_counted_and_not_shown() -> None:
    assert shown_codes(["Wens"]) == "staat 'Wens'"
    assert shown_codes(["Jan de Vries"]) == "staan 1 andere waarden"
