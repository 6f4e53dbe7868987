"""A network drive is recognised by where a path is mounted, a synced folder by its name."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.base.places import network_place, on_network_mount, on_remote_drive, synced_place

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /srv/advisor/H rw,nosuid shared:20 - cifs //server/home rw,vers=3.1.1
41 40 8:2 / /srv/advisor/H/lokaal rw - ext4 /dev/sda2 rw
42 22 0:42 / /net/Inkoop\0402026 rw - nfs4 server:/inkoop rw
43 22 0:43 / /auto rw - autofs systemd-1 rw
44 43 0:44 / /auto rw - fuse.sshfs server:/ rw
45 22 0:45 / /werk rw - 9p host rw
46 22 0:46 / /net/Ink rw master:3 propagate_from:2 - nfs server:/ink rw
half a line
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/srv/advisor/register.tredewijzer", None),
        ("/srv/advisor/H/register.tredewijzer", "een netwerkschijf (/srv/advisor/H)"),
        ("/srv/advisor/H/lokaal/register.tredewijzer", None),
        ("/srv/advisor/Hier/register.tredewijzer", None),
        ("/net/Inkoop 2026/a/register.tredewijzer", "een netwerkschijf (/net/Inkoop 2026)"),
        ("/auto/register.tredewijzer", "een netwerkschijf (/auto)"),
        ("/werk/register.tredewijzer", None),
        ("/net/Ink/register.tredewijzer", "een netwerkschijf (/net/Ink)"),
        ("/net/register.tredewijzer", None),
    ],
)
def test_the_nearest_mount_decides(path: str, place: str | None) -> None:
    assert on_network_mount(PurePosixPath(path), mountinfo=MOUNTS) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (r"C:\Werk\advisor\r.tredewijzer", None),
        (r"Z:\inkoop\r.tredewijzer", "een netwerkschijf (Z:)"),
        (r"\\server\inkoop\r.tredewijzer", r"een netwerkschijf (\\server\inkoop)"),
        (r"\\?\UNC\server\inkoop\r.tredewijzer", r"een netwerkschijf (\\server\inkoop)"),
        (r"\\?\C:\Werk\r.tredewijzer", None),
        (r"\\?\Z:\r.tredewijzer", "een netwerkschijf (Z:)"),
    ],
)
def test_a_share_and_a_remote_drive_of_windows_are_told(path: str, place: str | None) -> None:
    drives = {"C:\\": 3, "Z:\\": 4}
    assert on_remote_drive(PureWindowsPath(path), drive_type=drives.__getitem__) == place


def test_a_folder_of_this_computer_is_no_network_drive(tmp_path: Path) -> None:
    assert network_place(tmp_path / "bestaat nog niet.tredewijzer") is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Wonen Voorbeeld", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Voorbeeld", "OneDrive"),
        ("Dropbox (Persoonlijk)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-advisor@voorbeeld.nl", "Google Drive"),
        ("Mijn Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Documenten", None),
        ("Dropboxen", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str | None) -> None:
    assert synced_place(tmp_path / folder / "inkoop" / "register.tredewijzer") == service


def test_a_folder_that_syncthing_shares_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / "gedeeld" / ".stfolder").mkdir(parents=True)
    assert synced_place(tmp_path / "gedeeld" / "inkoop" / "r.tredewijzer") == "Syncthing"
    assert synced_place(tmp_path / "Dropbox.tredewijzer") is None
