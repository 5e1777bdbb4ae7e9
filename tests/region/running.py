"""A region of three small municipalities with a delivery in each inbox, to be run for real."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.flow.small import small_delivery, small_study

TOWNS = ("appelveen", "peerdam", "kersum")


def three_towns(root: Path) -> Path:
    """region.yaml over them."""
    for seed, name in enumerate(TOWNS, start=1):
        work = root / "work" / name
        work.mkdir(parents=True)
        study = small_study(work, design="before_after")
        delivery = small_delivery(study, work, n_clients=250, seed=seed)
        own = root / "studies" / name
        shutil.copytree(study, own)
        (own / "mkba.yaml").unlink()
        text = (own / "study.yaml").read_text(encoding="utf-8")
        text = re.sub("municipality: .*", f"municipality: {name.title()}", text)
        (own / "study.yaml").write_text(text, encoding="utf-8")
        shutil.copytree(delivery, root / "homes" / name / "inbox" / "voorjaar")
    shutil.rmtree(root / "work")
    lines = [f"  - {{study: studies/{name}, home: homes/{name}}}\n" for name in TOWNS]
    file = root / "region.yaml"
    head = "schema_version: 1\nregion: Rivierenland\nmunicipalities:\n"
    file.write_text(head + "".join(lines), encoding="utf-8")
    return file


def break_delivery(root: Path, name: str) -> None:
    """Put a second delivery in the inbox, of which the register of scores lacks a column."""
    inbox = root / "homes" / name / "inbox"
    shutil.copytree(inbox / "voorjaar", inbox / "zomer")
    scores = inbox / "zomer" / "zrm.csv"
    lines = scores.read_bytes().splitlines()
    scores.write_bytes(b"\r\n".join([*(line.partition(b";")[2] for line in lines), b""]))
