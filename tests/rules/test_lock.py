"""The lock serves every machine and names none; nor does any other file of the project."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# The home of somebody, or a folder as only one machine has it.
MACHINE_PATH = re.compile(r"(?<![\w./:-])/(?:root|home|Users|work|opt|mnt)/[\w.]+|[A-Za-z]:\\+Users\\+\w+")
LOCAL_ADDRESS = re.compile("file:" + "//")


def locked() -> dict[str, str]:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(";")[0].rstrip(" \\").split("==") for line in lines if line[:1].isalnum())
    return {canonicalize_name(name): version for name, version in pairs}


def project_texts() -> Iterator[tuple[Path, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        try:
            yield Path(name), (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a font, a picture; or removed and not committed yet


def test_the_lock_holds_no_address():
    assert re.findall(r"file://|find-links|index-url|https?://", LOCK.read_text(encoding="utf-8")) == []


def test_every_locked_package_has_a_hash():
    blocks = re.split(r"\n(?=\w)", LOCK.read_text(encoding="utf-8"))
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("text", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_the_lock_satisfies_what_the_project_needs(text: str):
    needed = Requirement(text)
    assert locked().get(canonicalize_name(needed.name), "absent") in needed.specifier


def test_no_file_of_the_project_names_a_machine():
    found = [
        f"{path}: {match.group()}"
        for path, text in project_texts()
        for pattern in (MACHINE_PATH, LOCAL_ADDRESS)
        for match in pattern.finditer(text)
        if path != Path("tests/rules/test_lock.py")
    ]
    assert found == []
