"""Where a file lies: a register in use may be damaged on a network drive, and a synced folder makes copies of it."""

import re
import sys
from collections.abc import Callable
from pathlib import Path, PurePath, PureWindowsPath

# 9p is left out: it is how containers and virtual machines show a disk of the computer itself.
_NETWORK_TYPES = frozenset(
    "nfs nfs3 nfs4 cifs smb2 smb3 smbfs ncpfs afs coda ceph lustre davfs glusterfs fuse.sshfs fuse.rclone fuse.davfs2 "
    "fuse.curlftpfs fuse.gvfsd-fuse fuse.kio-fuse fuse.glusterfs fuse.ceph fuse.smbnetfs fuse.s3fs".split()
)
_REMOTE_DRIVE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")
_SYNCED = (
    (re.compile(r"onedrive( ?[-–(].*)?"), "OneDrive"),
    (re.compile(r"dropbox( ?[-–(].*)?"), "Dropbox"),
    (re.compile(r"google ?drive( ?[-–(].*)?|mijn drive|my drive"), "Google Drive"),
    (re.compile(r"nextcloud\d*( ?[-–(].*)?"), "Nextcloud"),
    (re.compile(r"icloud ?drive( ?[-–(].*)?|com~apple~clouddocs"), "iCloud"),
)


def network_place(path: Path) -> str | None:
    """Return in Dutch on which network drive a path lies, such as `een netwerkschijf (Z:)`; None when on none.

    SQLite's journal needs memory and locks that a network drive does not give (sqlite.org/wal.html). The path need not
    exist. On macOS this is not known, and None.
    """
    try:
        whole = path.resolve()
    except (OSError, RuntimeError):
        whole = path.absolute()
    if sys.platform == "win32":
        import ctypes

        return on_remote_drive(PureWindowsPath(whole), drive_type=ctypes.windll.kernel32.GetDriveTypeW)
    if sys.platform == "linux":
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
        return on_network_mount(whole, mountinfo=mounts)
    return None


def on_remote_drive(path: PureWindowsPath, *, drive_type: Callable[[str], int]) -> str | None:
    r"""Return the share or drive of a Windows path when it is remote; `drive_type` is `GetDriveTypeW`, asked `Z:\`."""
    drive = path.drive
    if drive.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\")):
        drive = f"\\\\{drive[8:]}"
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        drive = drive[4:]
    if drive.startswith("\\\\") or (drive and drive_type(f"{drive}\\") == _REMOTE_DRIVE):
        return f"een netwerkschijf ({drive})"
    return None


def on_network_mount(path: PurePath, *, mountinfo: str) -> str | None:
    """Return where a path is mounted from the network; `mountinfo` is the text of /proc/self/mountinfo."""
    found: tuple[int, str, str] | None = None
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        mount = _OCTAL.sub(lambda octal: chr(int(octal[1], 8)), fields[4])
        # The longest path wins; of several mounts on one path the last covers the others.
        if path.is_relative_to(mount) and (found is None or len(mount) >= found[0]):
            found = (len(mount), mount, kinds[0])
    if found is None or found[2] not in _NETWORK_TYPES:
        return None
    return f"een netwerkschijf ({found[1]})"


def synced_place(path: Path) -> str | None:
    """Return the service that keeps copies of the folder of a file elsewhere, such as `OneDrive`; None for none."""
    for part in path.absolute().parent.parts:
        for pattern, name in _SYNCED:
            if pattern.fullmatch(part.casefold()):
                return name
    is_shared = any((folder / ".stfolder").exists() for folder in path.absolute().parents)
    return "Syncthing" if is_shared else None
