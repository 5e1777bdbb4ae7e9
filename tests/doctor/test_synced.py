"""A directory that is copied to a cloud, or that lies on another machine, is known by its way and its mount."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.doctor.synced import cloud_of, is_remote_among

MOUNTS = [
    "/dev/sda1 / ext4 rw 0 0",
    "server:/deel /mnt/deel nfs4 rw 0 0",
    "//server/afdeling /mnt/onze\\040afdeling cifs rw 0 0",
    "tmpfs /mnt/deel/lokaal tmpfs rw 0 0",
    "iemand@server:/ /mnt/ver fuse.sshfs rw 0 0",
    "/dev/sdb1 /mnt/stick fuseblk rw 0 0",
]


@pytest.mark.parametrize(
    ("way", "cloud"),
    [
        (PureWindowsPath(r"C:\Users\jan\OneDrive - Gemeente Rijnstad\wijkbaat\home"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\jan\OneDrive\home"), "OneDrive"),
        (PurePosixPath("/home/jan/Dropbox (Gemeente)/home"), "Dropbox"),
        (PurePosixPath("/Users/jan/Library/Mobile Documents/com~apple~CloudDocs/home"), "iCloud"),
        (PureWindowsPath(r"G:\Mijn Drive\home"), "Google Drive"),
        (PurePosixPath("/home/jan/Nextcloud/home"), "Nextcloud of ownCloud"),
        (PurePosixPath("/home/jan/boxtel/home"), None),
        (PurePosixPath("/srv/wijkbaat/rijnstad"), None),
    ],
)
def test_a_synchronised_directory_is_known_by_a_name_on_the_way_to_it(
    way: PureWindowsPath | PurePosixPath, cloud: str | None
) -> None:
    assert cloud_of(way) == cloud


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/srv/home", False),
        ("/mnt/deel/home", True),
        ("/mnt/onze afdeling/home", True),
        ("/mnt/deel/lokaal/home", False),
        ("/mnt/ver/home", True),
        ("/mnt/stick/home", False),
    ],
)
def test_the_nearest_mount_says_whether_a_directory_lies_on_another_machine(place: str, remote: bool) -> None:
    assert is_remote_among(MOUNTS, PurePosixPath(place)) is remote


@pytest.mark.parametrize(("where", "is_said"), [("Dropbox", True), ("schijf", False)])
def test_a_run_says_that_its_home_is_copied_elsewhere(tmp_path: Path, where: str, is_said: bool) -> None:
    place, nothing = tmp_path / where, tmp_path / "leveringen"
    place.mkdir()
    nothing.mkdir()
    given = ["run", "studies/voorbeeldstad", "--home", str(place / "home"), "--deliveries", str(nothing)]
    found = CliRunner().invoke(app, given)
    assert found.exit_code != 0  # there is nothing to read
    assert ("wordt gekopieerd naar een ander (Dropbox)" in found.stderr) == is_said
