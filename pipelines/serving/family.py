"""A program of ours with everything that it starts: none of it outlives the command that started it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from pipelines.storage.stopping import at_stop, whole

PATIENCE = 6.0  # seconds between asking to end and ending


def run_family(module: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run `python -m module` until it ends or we are stopped, and end all that it started; gives its exit code.

    Its temporary files, the sockets between its processes too, lie in a directory that only this user can enter. It
    and what it starts import nothing from the directory that the user stands in, which may be a drop folder.
    """
    private = tempfile.mkdtemp(prefix="wijkbaat-")
    members: list[subprocess.Popen[bytes]] = []

    def end() -> None:
        for head in members:
            _end(head)
        shutil.rmtree(private, ignore_errors=True)

    with at_stop(end):
        with whole():  # a signal finds either nothing started or something that it can end
            head = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-m", module, *arguments],
                env={**os.environ, **environment, "TMPDIR": private, "PYTHONSAFEPATH": "1"},
                stdin=subprocess.PIPE,  # closes when we end, however we end
                start_new_session=True,
            )
            members.append(head)
        code = head.wait()
        with whole():  # when it ended because we are being stopped, that has the last word
            end()
    return code


def end_with_parent() -> None:
    """For the head of a family: end it when the command that started it is gone, also when that was killed."""

    def watch() -> None:
        os.read(0, 1)
        if os.name == "nt":
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            os.killpg(0, signal.SIGTERM)
            time.sleep(PATIENCE)
            os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _end(head: subprocess.Popen[bytes]) -> None:
    """Ask every member to end, and after `PATIENCE` make it."""
    if os.name == "nt":
        head.kill()
        head.wait()
        return
    _signal(head.pid, signal.SIGTERM)
    if not _gone(head, PATIENCE):
        _signal(head.pid, signal.SIGKILL)
        _gone(head, PATIENCE)


def _gone(head: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait until nobody is left in the group of `head`."""
    last = time.monotonic() + seconds
    while head.poll() is None or _signal(head.pid, 0):
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def _signal(group: int, number: int) -> bool:
    """Send a signal to a group; False when nobody is left in it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True
