"""A release of a study with its teams, over deliveries in which words from outside were planted.

Made once for what may not leave: the words, and the names of the teams.
"""

from __future__ import annotations

import pickle
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from data_contracts.errors import DeliveryRefused
from pipelines.run import Order, Outcome, run
from pipelines.storage.home import Home
from tests.flow.small import AS_OF, VOORBEELDSTAD, small_delivery, small_study

NAME, PHONE, BSN = "Kanarie de Vries", "06-71840295", "482915730"
PLANTED = ("Kanarie", "Kanarie-levering", "Kanarie.de.Vries", "71840295", BSN)


@dataclass(frozen=True)
class Planted:
    """The study, the home, and what the run gave that ended with a release."""

    study: Path
    home: Path
    outcome: Outcome


def study_with_teams(directory: Path) -> Path:
    """The small study with the teams and their years among its slices."""
    study = small_study(directory)
    text = (study / "study.yaml").read_text(encoding="utf-8")
    slices = re.search(r"slices:\n(?:  .*\n)+", (VOORBEELDSTAD / "study.yaml").read_text(encoding="utf-8"))
    assert slices
    text = re.sub(r"slices:\n(?:  .*\n)+", slices[0], text)
    pairs = "moment_pairs:\n  - from: first\n    to: last\n  - from: last\n    to: monitoring\n"
    (study / "study.yaml").write_text(re.sub(r"moment_pairs:\n(?:  .*\n)+", pairs, text), encoding="utf-8")
    return study


def column_header(delivery: Path) -> None:
    path = delivery / "clienten.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(
        b"\r\n".join([lines[0] + f";{NAME} {PHONE} {BSN}".encode(), *(line + b";x" for line in lines[1:])])
    )


def code_label(delivery: Path) -> None:
    path = delivery / "gebeurtenissen.csv"
    lines = path.read_bytes().splitlines()
    path.write_bytes(
        b"\r\n".join([lines[0], *(line.rsplit(b";", 1)[0] + f";{NAME} {PHONE}".encode() for line in lines[1:])])
    )


def too_many_faults(delivery: Path) -> None:
    path = delivery / "zrm.csv"
    path.write_bytes(path.read_bytes().replace(b"-20", b"-9920"))


def names_of_a_file_and_a_sheet(delivery: Path) -> None:
    """Two files that nobody asked for: they are set aside, and the others are read."""
    (delivery / f"{NAME} {PHONE} {BSN}.csv").write_bytes(b"a;b\r\n1;2\r\n")
    book = openpyxl.Workbook()
    book.active.title = f"{NAME} {PHONE}"  # type: ignore[union-attr]
    book.save(delivery / f"{NAME} {BSN}.xlsx")


def rare_labels(delivery: Path) -> None:
    """A product and an event that one client had, and a kind of costs of one team, each with somebody's name."""
    for file, position in (("voorzieningen.csv", 1), ("gebeurtenissen.csv", 2), ("kosten.csv", 2)):
        path = delivery / file
        head, first, *rest = path.read_bytes().decode("windows-1252").splitlines()
        cells = first.split(";")
        cells[position] = f"Zorg voor {NAME}"
        path.write_bytes("\r\n".join([head, ";".join(cells), *rest]).encode("windows-1252"))


REFUSED = [column_header, code_label, too_many_faults]
COUNTED = [names_of_a_file_and_a_sheet, rare_labels]


def released_beside_refused(root: Path) -> None:
    """Good deliveries under somebody's name, released beside refused ones."""
    study, home, inbox = study_with_teams(root), Home(root / "home"), root / "leveringen"
    good = small_delivery(study, root, n_clients=900)
    for spoil in (*REFUSED, *COUNTED):
        delivery = inbox / ("Kanarie-levering" if spoil is rare_labels else f"Kanarie.de.Vries{spoil.__name__}")
        shutil.copytree(good, delivery)
        spoil(delivery)
    with pytest.raises(DeliveryRefused, match="is geweigerd"):
        run(Order(study, home.root, inbox, AS_OF))
    outcome = run(Order(study, home.root, None, AS_OF))
    (root / "made.pickle").write_bytes(pickle.dumps(Planted(study, home.root, outcome)))
