"""What a run costs when nothing changed, and when only mkba.yaml did, beside the first run over the same deliveries.

Each is `wijkbaat run` as a user starts it, in a process of its own. Seconds of processor time, so that what else the
machine does counts little; asked are at most 0.10 and 0.25 of the first run.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipelines.storage.house import HOUSE

ASKED = {"opnieuw, niets veranderd": 0.10, "alleen mkba.yaml veranderd": 0.25}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, default=HOUSE / "studies" / "rijnstad")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        study = Path(root) / given.study.name
        shutil.copytree(given.study, study)
        first = _seconds(study, Path(root))
        print(f"{'eerste keer':<30} {first:6.1f} s")
        for name, asked in ASKED.items():
            if "mkba" in name:
                text = (study / "mkba.yaml").read_text(encoding="utf-8")
                (study / "mkba.yaml").write_text(f"{text}\n# iets anders\n", encoding="utf-8")
            taken = _seconds(study, Path(root))
            print(f"{name:<30} {taken:6.1f} s   {taken / first:.2f} van de eerste keer (gevraagd: {asked:.2f})")


def _seconds(study: Path, root: Path) -> float:
    """Processor seconds of one run, of its own process and those that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", str(study)]
    options = ["--home", str(root / "home"), "--deliveries", str(study / "deliveries"), "--json"]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HOUSE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
