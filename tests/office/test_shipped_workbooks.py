"""The released workbook of every study that we ship with a balance, computed by everybody; minutes for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkba.binding.bound_lines import line_table
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.shipped import parameter_packs
from pipelines.releases.released_tables import tables_of
from pipelines.run import Order, run
from pipelines.simulation.studies import simulate_study
from pipelines.storage.home import Home
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from tests.office.calc import need_office
from tests.office.compared import Pair, differences, draws_of_edits

pytestmark = pytest.mark.slow

STUDIES = Path(__file__).parents[2] / "studies"
WITH_BALANCE = sorted(path.parent.name for path in STUDIES.glob("*/mkba.yaml"))


def released(name: str, root: Path) -> Pair:
    """The workbooks of a release of a study, and the lines that its tables give."""
    study, home = STUDIES / name, Home(root)
    if (study / "simulation.yaml").is_file():
        simulate_study(study, home, seed=1, n_clients=None)
    brought = study / "deliveries" / name
    made = run(Order(study, root, brought if brought.is_dir() else None, as_of="2026-11-30")).release
    assert made is not None
    files = read_study(study)
    model = study_mkba(files)
    assert model is not None
    quantities = released_quantities(files.study.design, tables_of(made.directory, READS))
    books = [(made.directory / name).read_bytes() for name in ("mkba.xlsx", "mkba.ods")]
    return Pair(*books, line_table(model, parameter_packs(), quantities))


@pytest.mark.parametrize("name", WITH_BALANCE)
def test_everybody_computes_the_released_workbook_the_same_also_after_ten_edits(name: str, tmp_path: Path) -> None:
    need_office()
    pair = released(name, tmp_path / "home")
    assert list(differences(pair, tmp_path, draws_of_edits(pair.lines, seed=15, times=10))) == []
