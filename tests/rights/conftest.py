"""One delivered home, made once; every test that changes it gets a copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipelines.study.workplace import Workplace
from tests.rights.small_home import delivered, place_in


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return delivered(tmp_path_factory.mktemp("rights") / "home").home.root


@pytest.fixture
def place(start: Path, tmp_path: Path) -> Workplace:
    root = tmp_path / "home"
    shutil.copytree(start, root)
    for receipt in (root / "closed" / "deliveries").glob("*.json"):
        told = json.loads(receipt.read_text(encoding="utf-8"))
        told["directory"] = str(root / "inbox" / Path(told["directory"]).name)
        receipt.write_text(json.dumps(told), encoding="utf-8")
    return place_in(root)
