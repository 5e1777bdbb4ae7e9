"""Wijkbaat as somebody gets it: wheel made from the sdist, in an empty environment, with one demo made by it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installed:
    """An environment with nothing in it but the wheel and what the lock names, and a directory with its demo."""

    environment: Path
    demo: Path

    @property
    def packages(self) -> Path:
        """Where the environment keeps its packages."""
        return Path(sysconfig.get_path("purelib", vars={"base": str(self.environment)}))

    @property
    def program(self) -> str:
        """The command that a user types."""
        return str(Path(sysconfig.get_path("scripts", vars={"base": str(self.environment)})) / "wijkbaat")

    def ends(self, *arguments: str) -> str:
        """What a command prints in the directory of the demo; it must end well."""
        return _done([self.program, *arguments], self.demo)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = tmp_path_factory.mktemp("built")
    _done([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(made)], ROOT)
    with tarfile.open(next(made.glob("*.tar.gz"))) as archive:
        archive.extractall(made, filter="data")
    source = next(path for path in made.iterdir() if path.is_dir())
    _done([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)], source)
    there = Installed(made / "environment", made / "empty" / "wijkbaat-demo")
    venv.create(there.environment)
    pip = [sys.executable, "-m", "pip", "--python", str(there.environment), "install", "--quiet", "--no-deps"]
    if "WIJKBAAT_SHARED_PACKAGES" in os.environ:  # minutes less on a machine of one's own; what CI runs does without
        shared = [path for path in sys.path if path.endswith("site-packages")]
        (there.packages / "shared.pth").write_text("\n".join(shared), encoding="utf-8")
    else:
        _done([*pip, "--require-hashes", "-r", str(source / "requirements.lock")], made)
    _done([*pip, str(next(made.glob("*.whl")))], made)
    _done([*pip[:-3], "check"], made)  # the lock holds everything that the wheel asks for
    there.demo.parent.mkdir()
    _done([there.program, "demo", "--clients", "500"], there.demo.parent)
    return there


def _done(command: list[str], where: Path) -> str:
    """Run in `where`, with nothing of this process in its environment that would find the repository."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ended = subprocess.run(command, cwd=where, env=kept, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    return ended.stdout
