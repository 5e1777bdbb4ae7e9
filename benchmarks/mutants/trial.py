"""One mutant tried: the change stands in a copy of the repository, and the tests of its line run there.

The copy keeps the checkout whole whatever happens, and what the tests start as a process of its own finds the change
there too. A trial is a fork of a process that has imported all that the tests need. The fork puts the change in the
functions themselves; where that cannot be, it forgets our modules and imports them again. A processor limit ends what
never ends, on a busy machine no sooner than on a free one; what waits for ever (a pipe that nobody writes in, a child
that died) uses no processor and is ended by `idle.py`.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.mutants.covered import ROOMS
from benchmarks.mutants.idle import ended
from benchmarks.mutants.sample import Mutant
from benchmarks.mutants.warm import put_in

LIBRARIES = ("numpy", "pandas", "scipy.stats", "duckdb", "pandera.pandas", "pydantic", "ruamel.yaml", "highspy")
LIBRARIES += ("hypothesis.extra.pytestplugin", "openpyxl", "dagster", "typer.testing")
# The libraries are there before pytest, which would have rewritten their assertions.
_READY = "ignore::pytest.PytestAssertRewriteWarning"
OPTIONS = ("-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:cov", "--no-header", "--tb=no", "-W", _READY)
SECONDS = 120  # of processor time
NO_TRIAL, ELSEWHERE = 70, 71  # the tests did not start; the code under test was not that of the copy


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial ended, what it cost, and the test that noticed it; none where the tests could not be read."""

    how: str
    seconds: float
    by: str = ""


class Noticed:
    """A plugin of pytest that writes down the first test that fails."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.file.exists():
            self.file.write_text(report.nodeid, encoding="utf-8")


class Bench:
    """A copy of the repository in which mutants are tried, one at a time; `needed` are the modules of their tests."""

    def __init__(self, root: Path, folder: Path, needed: list[str]) -> None:
        copied(root, folder)
        self._folder, self._moment, self._green = folder, count(1_000_000_000), set[tuple[str, ...]]()
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(folder)
        sys.path.insert(0, str(folder))
        for library in LIBRARIES:
            importlib.import_module(library)
        for module in needed:
            importlib.import_module(module.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        gc.freeze()

    def outcome(self, mutant: Mutant, tests: list[str]) -> Outcome:
        """Killed, survived or timeout; a test only counts as noticing that passes without the mutant."""
        path = self._folder / mutant.module
        whole = path.read_bytes()
        try:
            path.write_text(mutant.changed(self._folder), encoding="utf-8")
            self._say_changed(path)
            found = self._run(tests, path, whole.decode())
        finally:
            path.write_bytes(whole)
            self._say_changed(path)
        noticing = (found.by,) if found.by else tuple(tests)
        if found.how != "survived" and noticing not in self._green:
            if self._run(list(noticing)).how != "survived":
                raise RuntimeError(f"fails without a mutant: {noticing}")
            self._green.add(noticing)
        return found

    def _run(self, tests: list[str], path: Path | None = None, whole: str = "") -> Outcome:
        """The tests in a fork, with the change that stands at `path`."""
        noticed = self._folder / ".noticed"
        noticed.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            self._child(tests, path, whole)
        status, used = ended(child, SECONDS)
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
        if code in (NO_TRIAL, ELSEWHERE, 5):
            raise RuntimeError(f"no trial (code {code}) of {tests}")
        how = "survived" if status == 0 else "killed"
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
            how = "timeout"
        by = noticed.read_text(encoding="utf-8") if noticed.exists() else ""
        return Outcome(how, used.ru_utime + used.ru_stime, by)

    def _child(self, tests: list[str], path: Path | None, whole: str) -> None:
        """Never returns."""
        code, said = NO_TRIAL, 2
        try:
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
            said = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            if path is not None and not put_in(str(path), whole, path.read_text(encoding="utf-8")):
                _forget_ours()
            code = int(pytest.main([*OPTIONS, *tests], plugins=[Noticed(self._folder / ".noticed")]))
            if any(not str(module.__file__).startswith(str(self._folder)) for module in _ours() if module.__file__):
                code = ELSEWHERE
        except BaseException as error:
            os.write(said, f"{error!r}\n".encode())
        finally:
            os._exit(code)

    def _say_changed(self, path: Path) -> None:
        """A moment of its own: Python keeps compiled code by second and size, and both may be equal."""
        moment = next(self._moment)
        os.utime(path, (moment, moment))


def copied(root: Path, folder: Path) -> None:
    """A copy of what git knows or would know."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)


def _ours() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.split(".")[0] in ROOMS]


def _forget_ours() -> None:
    for module in _ours():
        del sys.modules[module.__name__]
