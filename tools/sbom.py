"""What the software is built of: `make sbom` writes a CycloneDX 1.6 bill, `make licences` docs/licences.md.

Both come from the lock files, so neither needs a network, and the same lock gives the same bytes. A library would bring
ten packages for what is sixty lines here.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"product": ROOT / "requirements.lock", "tools": ROOT / "requirements-dev.lock"}
BILL, LICENCES = ROOT / "dist" / "sbom.cdx.json", ROOT / "docs" / "licences.md"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH, _VIA = re.compile(r"--hash=sha256:([0-9a-f]{64})"), re.compile(r"^\s+#(?: via)?\s+([a-z0-9][a-z0-9._-]*)")
_SAY = """# Licences

What wijkbaat is built of, as locked, with the licence that each package states itself. Made by `make licences`; run it
after `make lock`. Packages for other systems are not installed here, so their licence is not read. The product's own
licence is EUPL-1.2; who ships a changed version looks at the copyleft ones first.

| package | version | part of | licence |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock: its hashes, and which other packages ask for it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    asked_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The name under which the whole world knows it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> list[Locked]:
    """Every package of a lock file, by name."""
    blocks, lines = list[tuple[str, str, list[str]]](), text.splitlines()
    for line in lines:
        found = _PINNED.match(line)
        if found:
            blocks.append((normal(found[1]), found[2], []))
        elif blocks:
            blocks[-1][2].append(line)
    return sorted(
        (
            Locked(
                name,
                version,
                tuple(sorted(_HASH.findall("\n".join(rest)))),
                tuple(sorted({normal(via[1]) for line in rest if (via := _VIA.match(line))})),
            )
            for name, version, rest in blocks
        ),
        key=lambda one: one.name,
    )


def normal(name: str) -> str:
    """One spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(name: str) -> str:
    """The licence that an installed package states: its expression, else its classifiers, else its first words."""
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed here"
    classes = [
        text.split(" :: ")[-1]
        for text in told.get_all("Classifier") or []
        if text.startswith("License :: OSI Approved")
    ]
    words = (told["License"] or "").strip().splitlines() if "License" in told else []
    return told["License-Expression"] or "; ".join(classes) or (words[0][:60] if words else "not stated")


def bill(packages: list[Locked], version: str) -> dict[str, Any]:
    """A CycloneDX 1.6 bill; its serial number is made from its contents."""
    body: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                **{"type": "application", "bom-ref": "wijkbaat", "name": "wijkbaat", "version": version},
                "licenses": [{"expression": "EUPL-1.2"}],
            }
        },
        "components": [
            {
                **{"type": "library", "bom-ref": one.purl, "name": one.name, "version": one.version, "purl": one.purl},
                "externalReferences": [
                    {
                        "type": "distribution",
                        "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                        "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
                    }
                ],
            }
            for one in packages
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": [one.purl for one in packages if name in one.asked_by]}
            for name, ref in [("wijkbaat", "wijkbaat"), *((one.name, one.purl) for one in packages)]
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return body | {"serialNumber": f"urn:uuid:{serial}"}


def licences() -> str:
    """docs/licences.md."""
    product = {one.name for one in locked(LOCKS["product"].read_text(encoding="utf-8"))}
    every = locked(LOCKS["tools"].read_text(encoding="utf-8"))
    rows = [
        f"| {one.name} | {one.version} | {'product' if one.name in product else 'tools'} | {licence_of(one.name)} |\n"
        for one in every
    ]
    return _SAY + "".join(rows)


def main(what: str) -> None:
    """Write the one that was asked for."""
    if what == "licences":
        LICENCES.write_text(licences(), encoding="utf-8")
        return
    packages = locked(LOCKS["product"].read_text(encoding="utf-8"))
    BILL.parent.mkdir(exist_ok=True)
    text = json.dumps(bill(packages, importlib.metadata.version("wijkbaat")), indent=1, sort_keys=True)
    BILL.write_text(text + "\n", encoding="utf-8")
    print(f"{BILL.relative_to(ROOT)}: {len(packages)} packages")


if __name__ == "__main__":
    main(sys.argv[1])
