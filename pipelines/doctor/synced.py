"""Does a directory lie in what is copied to a cloud, or on another machine?

A synchronised directory sends pseudonymised records to others, and moves files while we write them; a lock on a network
disk does not always hold.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

# As the programs call their directories; a municipality's name may stand behind it ('OneDrive - Gemeente Rijnstad').
_CLOUDS = {
    "OneDrive": r"onedrive( - .*|-.*)?",
    "SharePoint": r"sharepoint.*",
    "Dropbox": r"dropbox( \(.*\))?",
    "Google Drive": r"google ?drive|my drive|mijn drive|googledrive-.*",
    "iCloud": r"icloud( ?drive)?|mobile documents|com~apple~clouddocs",
    "Nextcloud of ownCloud": r"(next|own)cloud",
    "Box": r"box( sync)?|box-box",
    "een map van macOS die wordt gesynchroniseerd": r"cloudstorage",
}
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "davfs")
_THROUGH_USER = re.compile(r"fuse\.(sshfs|rclone|s3fs|davfs2?|gvfsd-fuse|smbnetfs|gcsfuse|onedriver)")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of the Windows API


def cloud_of(place: PurePath) -> str | None:
    """The program that synchronises this directory, by the names on the way to it."""
    for part in place.parts:
        for cloud, pattern in _CLOUDS.items():
            if re.fullmatch(pattern, part.casefold()):
                return cloud
    return None


def is_remote(place: Path) -> bool:
    """Whether a directory that exists lies on another machine."""
    if os.name == "nt":
        return str(place).startswith(("\\\\", "//")) or _is_remote_drive(place)
    mounts = Path("/proc/mounts")
    return mounts.exists() and is_remote_among(mounts.read_text(encoding="utf-8").splitlines(), place)


def is_remote_among(mounts: Iterable[str], place: PurePath) -> bool:
    """The mount with the longest way to `place` decides; lines are those of /proc/mounts."""
    kinds = {}
    for line in mounts:
        _, at, kind, *_ = line.split(" ")
        point = PurePath(at.replace("\\040", " "))
        if place.is_relative_to(point):
            kinds[len(point.parts)] = kind
    kind = kinds[max(kinds)] if kinds else ""
    return kind in _NETWORK or _THROUGH_USER.fullmatch(kind) is not None


def _is_remote_drive(place: Path) -> bool:
    import ctypes

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    return bool(kernel.GetDriveTypeW(place.anchor) == _REMOTE_DRIVE)
