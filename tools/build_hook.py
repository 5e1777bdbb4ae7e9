"""What a built distribution carries beside the files of the repository: the commit, and where its rooms lie.

In a wheel every file lies below one directory `wijkbaat/` and a path file makes its rooms importable, so that the
general names of the rooms (`reports`, `pipelines`) overwrite no file of another package; see docs/decisions/0017.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What a user needs beside the rooms: Dagster's settings, where its definitions are, and the key holder's program.
BESIDE_THE_ROOMS = ("dagster.yaml", "pyproject.toml", "tools/pseudonymise.py")


class BuildHook(BuildHookInterface):
    """Called by hatchling before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add COMMIT, and in a wheel the path file; a build that cannot name its commit fails."""
        if version == "editable":
            return  # a working copy asks git itself
        self._made = tempfile.TemporaryDirectory()
        root, included = Path(self.root), build_data["force_include"]
        if self.target_name == "sdist":
            included[self._file("COMMIT", _commit(root))] = "COMMIT"
            return
        included[self._file("COMMIT", _commit(root))] = "wijkbaat/COMMIT"
        included[self._file("wijkbaat.pth", "wijkbaat\n")] = "wijkbaat.pth"
        for name in BESIDE_THE_ROOMS:
            included[str(root / name)] = f"wijkbaat/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        if version != "editable":
            self._made.cleanup()

    def _file(self, name: str, text: str) -> str:
        path = Path(self._made.name) / name
        path.write_text(text, encoding="utf-8")
        return str(path)


def _commit(root: Path) -> str:
    """The commit that is built: of the working copy, or the one that the source distribution brought."""
    if (root / ".git").exists():
        described = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
        return subprocess.run(described, check=True, capture_output=True, text=True).stdout
    return (root / "COMMIT").read_text(encoding="utf-8")
