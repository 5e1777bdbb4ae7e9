"""One mutant tried: the change stands in a copy of the repository, and its nearest tests run there.

The copy keeps the checkout whole whatever happens. A trial is a fork of a process that has the large libraries ready,
which saves seconds per mutant; a processor limit ends what never ends, on a busy machine no sooner than on a free one.
"""

from __future__ import annotations

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

from benchmarks.mutants.sample import Mutant

LIBRARIES = ("numpy", "pandas", "scipy.stats", "duckdb", "pandera.pandas", "pydantic", "ruamel.yaml", "highspy")
# The libraries are there before pytest, which would have rewritten their assertions.
_READY = "ignore::pytest.PytestAssertRewriteWarning"
OPTIONS = ("-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no:cov", "--no-header", "--tb=no", "-W", _READY)
SECONDS = 120  # of processor time
NO_TRIAL, ELSEWHERE = 70, 71  # the tests did not start; the code under test was not that of the copy


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial ended, and what it cost."""

    how: str
    seconds: float


class Bench:
    """A copy of the repository in which mutants are tried, one at a time."""

    def __init__(self, root: Path, folder: Path) -> None:
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=root, check=True, capture_output=True, text=True).stdout
        for name in filter(None, names.split("\0")):
            if (root / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, folder / name)
        self._folder, self._moment = folder, count(1_000_000_000)
        for library in LIBRARIES:
            importlib.import_module(library)

    def outcome(self, mutant: Mutant, tests: list[str]) -> Outcome:
        """Killed, survived or timeout."""
        path = self._folder / mutant.module
        whole = path.read_bytes()
        try:
            path.write_text(mutant.changed(self._folder), encoding="utf-8")
            self._say_changed(path)
            return self.run(tests)
        finally:
            path.write_bytes(whole)
            self._say_changed(path)

    def run(self, tests: list[str]) -> Outcome:
        """The tests in the copy as it stands; killed when any fails."""
        child = os.fork()
        if not child:
            self._child(tests)
        _, status, used = os.wait4(child, 0)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) in (NO_TRIAL, ELSEWHERE):
            raise RuntimeError(f"no trial (code {os.WEXITSTATUS(status)}) of {tests}")
        how = "survived" if status == 0 else "killed"
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL):
            how = "timeout"
        return Outcome(how, used.ru_utime + used.ru_stime)

    def _child(self, tests: list[str]) -> None:
        """Never returns."""
        code, said = NO_TRIAL, 2
        try:
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
            signal.alarm(10 * SECONDS)  # what sleeps for ever uses no processor
            said = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os.chdir(self._folder)
            os.environ["PYTHONPATH"] = str(self._folder)
            sys.path.insert(0, str(self._folder))
            import pytest

            code = int(pytest.main([*OPTIONS, *tests]))
            ours = [module for name, module in sys.modules.items() if name.split(".")[0] in ("mkba", "data_contracts")]
            if any(not str(module.__file__).startswith(str(self._folder)) for module in ours if module.__file__):
                code = ELSEWHERE
        except BaseException as error:
            os.write(said, f"{error!r}\n".encode())
        finally:
            os._exit(code)

    def _say_changed(self, path: Path) -> None:
        """A moment of its own: Python keeps compiled code by second and size, and both may be equal."""
        moment = next(self._moment)
        os.utime(path, (moment, moment))
