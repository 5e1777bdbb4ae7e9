"""A directory that is there whole or not at all: written beside its place, manifest last, then one rename."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.storage.platform import sha256_of, sync_directory, sync_file, write_whole

MANIFEST, UNFINISHED = "manifest.json", ".unfinished-"


def listed(files: Mapping[str, bytes]) -> list[dict[str, object]]:
    """Path, size and hash of each file, as a manifest lists them."""
    return [
        {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    ]


def sha256_of_json(content: object) -> str:
    """One hash per content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()


def write_directory(directory: Path, files: Mapping[str, bytes], manifest: Mapping[str, object]) -> None:
    """Put `files` and their manifest in place; what a run that was killed left behind goes."""
    unfinished = directory.with_name(f"{UNFINISHED}{directory.name}")
    if unfinished.is_symlink():  # somebody put it in the way
        unfinished.unlink()
    shutil.rmtree(unfinished, ignore_errors=True)
    for path, content in sorted(files.items()):
        target = unfinished / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        sync_file(target)
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1)
    write_whole(unfinished / MANIFEST, text.encode("utf-8"))
    for inner in [unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())]:
        sync_directory(inner)
    shutil.rmtree(directory, ignore_errors=True)
    unfinished.rename(directory)
    sync_directory(directory.parent)


def manifest_of(directory: Path) -> dict[str, Any]:
    """What the manifest of a directory says."""
    return dict(json.loads((directory / MANIFEST).read_text(encoding="utf-8")))


def damaged_files(directory: Path) -> list[str]:
    """What in a directory is not as its manifest says: files that changed, went, or came beside its tables."""
    try:
        manifest = manifest_of(directory)
        promised = {str(entry["path"]): str(entry["sha256"]) for entry in manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return [MANIFEST]
    damaged = []
    for path, sha256 in promised.items():
        file = directory / path
        if file.is_symlink() or not file.is_file() or sha256_of(file) != sha256:
            damaged.append(path)
    tables = [path.relative_to(directory).as_posix() for path in sorted((directory / "tables").rglob("*"))]
    return damaged + [path for path in tables if path not in promised]
