"""A process that makes a report each quarter does not keep the pages of earlier ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

IN_A_PROCESS_OF_ITS_OWN = """
from pathlib import Path
from data_contracts.house_style import OURS
from reports.pdf.typeset import let_go, looks, pages_of

def content(name):
    said = "woorden die een regel vullen " * 12
    parts = [{"kind": "text", "words": f"{name}, alinea {at}: {said}"} for at in range(45)]
    about = {name: name for name in ("title", "author", "above", "footer")}
    return about | looks(OURS) | {"loud": False, "size": 10, "small": 8, "chapters": [{"title": name, "parts": parts}]}

def asked_about(report, *, gives_back):
    for question in range(6):
        pages_of(content(f"rapport {report}, vraag {question}"))
    if gives_back:
        let_go()
    return int(Path("/proc/self/statm").read_text().split()[1])

asked_about(0, gives_back=True)
begin = asked_about(1, gives_back=True)
given_back = asked_about(3, gives_back=True) - begin
begin = asked_about(4, gives_back=False)
kept = asked_about(5, gives_back=False) - begin
print(given_back, kept)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory of a process is read as on Linux")
def test_what_typst_kept_of_a_report_is_given_back() -> None:
    ran = subprocess.run([sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN], capture_output=True, text=True, check=True)
    given_back, kept = map(int, ran.stdout.split())
    assert kept > 500  # pages of memory: typst keeps what it was asked, or this shows nothing
    assert given_back < kept / 3
