"""Links that open this program: written, read back and removed without a trace, and nothing of another touched."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import AppError
from ui.base import url_scheme
from ui.base.url_scheme import UrlSchemes, program_command
from ui.base.url_scheme_desktop import DesktopSchemes, exec_line
from ui.base.url_scheme_windows import RegistrySchemes

BOTH = ("tredewijzer", "tel")
OTHERS = """# mine
[Added Associations]
x-scheme-handler/tel=phone.desktop;
text/plain=\udce9ditor.desktop;

[Default Applications]
x-scheme-handler/tel=phone.desktop
text/html=browser.desktop
"""


class FakeRegistry:
    """What `winreg` does with the keys of the user, with its errors."""

    HKEY_CURRENT_USER, REG_SZ, KEY_SET_VALUE, KEY_WRITE = "HKCU", 1, 2, 6

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {"Software": {}, r"Software\Classes": {}}
        self.keys[r"Software\RegisteredApplications"] = {"Browser": r"Software\Browser\Capabilities"}
        self.is_locked = False

    @contextmanager
    def OpenKey(self, root: str, key: str, _reserved: int = 0, access: int = 0) -> Iterator[str]:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        if key not in self.keys:
            raise FileNotFoundError(key)
        if access and self.is_locked:
            raise PermissionError(key)
        yield key

    @contextmanager
    def CreateKeyEx(self, root: str, key: str, _reserved: int, access: int) -> Iterator[str]:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        assert access & self.KEY_SET_VALUE
        if self.is_locked:
            raise PermissionError(key)
        parts = key.split("\\")
        for end in range(1, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:end]), {})
        yield key

    def QueryValueEx(self, key: str, name: str) -> tuple[str, int]:  # noqa: N802
        if name not in self.keys[key]:
            raise FileNotFoundError(name)
        return self.keys[key][name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, _reserved: int, kind: int, value: str) -> None:  # noqa: N802
        assert kind == self.REG_SZ
        self.keys[key][name] = value

    def DeleteValue(self, key: str, name: str) -> None:  # noqa: N802
        del self.keys[key][name]

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return sum(other.startswith(f"{key}\\") for other in self.keys), len(self.keys[key]), 0

    def DeleteKey(self, _root: str, key: str) -> None:  # noqa: N802
        assert self.QueryInfoKey(key)[0] == 0, "winreg refuses a key with keys beneath it"
        del self.keys[key]


@pytest.fixture
def registry() -> FakeRegistry:
    """The registry of a user with a browser."""
    return FakeRegistry()


def on_windows(registry: FakeRegistry, *command: str) -> RegistrySchemes:
    return RegistrySchemes(registry, command or (r"C:\Program Files\Trede wijzer\tredewijzer.exe",))


def on_linux(folder: Path, *command: str) -> DesktopSchemes:
    return DesktopSchemes(
        folder / "share", folder / "config", command or ("/srv/trede wijzer/tredewijzer",), refresh=lambda _folder: None
    )


def entry(folder: Path, name: str) -> Path:
    return folder / "share" / "applications" / f"tredewijzer-{name}.desktop"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- Windows --------------------------------------------------------------------------------------------------------


def test_windows_gets_a_protocol_of_our_own_with_the_link_as_one_last_word(registry: FakeRegistry) -> None:
    on_windows(registry).turn_on("tredewijzer")
    assert registry.keys[r"Software\Classes\tredewijzer"] == {"": "URL:Tredewijzer", "URL Protocol": ""}
    command = registry.keys[r"Software\Classes\tredewijzer\shell\open\command"]
    assert command == {"": r'"C:\Program Files\Trede wijzer\tredewijzer.exe" --call "%1"'}
    on_windows(registry, r"C:\Python\pythonw.exe", "-m", "ui").turn_on("tredewijzer")
    command = registry.keys[r"Software\Classes\tredewijzer\shell\open\command"]
    assert command == {"": r'"C:\Python\pythonw.exe" -m ui --call "%1"'}


def test_windows_lets_the_user_choose_for_tel_and_keeps_what_was_chosen(registry: FakeRegistry) -> None:
    on_windows(registry).turn_on("tel")
    assert r"Software\Classes\tel" not in registry.keys
    assert registry.keys[r"Software\RegisteredApplications"]["Tredewijzer"] == r"Software\Tredewijzer\Capabilities"
    assert registry.keys[r"Software\Tredewijzer\Capabilities\URLAssociations"] == {"tel": "Tredewijzer.tel"}
    opens = registry.keys[r"Software\Classes\Tredewijzer.tel\shell\open\command"][""]
    assert opens.endswith(r'tredewijzer.exe" --call "%1"')


@pytest.mark.parametrize("first", BOTH)
def test_in_windows_each_goes_on_and_off_alone_and_nothing_is_left(registry: FakeRegistry, first: str) -> None:
    schemes, before = on_windows(registry), deepcopy(registry.keys)
    second = next(scheme for scheme in BOTH if scheme != first)
    assert [schemes.is_on(scheme) for scheme in BOTH] == [False, False]
    schemes.turn_on(first)
    assert (schemes.is_on(first), schemes.is_on(second)) == (True, False)
    between = deepcopy(registry.keys)
    schemes.turn_on(second)
    schemes.turn_on(second)
    assert (schemes.is_on(first), schemes.is_on(second)) == (True, True)
    schemes.turn_off(second)
    assert registry.keys == between
    schemes.turn_off(first)
    schemes.turn_off(first)
    assert registry.keys == before


@pytest.mark.parametrize("scheme", BOTH)
def test_what_another_program_has_in_windows_stays_as_it_is(registry: FakeRegistry, scheme: str) -> None:
    key = rf"Software\Classes\{'tredewijzer' if scheme == 'tredewijzer' else 'Tredewijzer.tel'}"
    registry.keys |= {
        key: {"": "URL:Other", "URL Protocol": ""},
        rf"{key}\shell": {},
        rf"{key}\shell\open": {},
        rf"{key}\shell\open\command": {"": r'"C:\other.exe" "%1"'},
    }
    schemes, before = on_windows(registry), deepcopy(registry.keys)
    with pytest.raises(AppError, match="ander programma"):
        schemes.turn_on(scheme)
    schemes.turn_off(scheme)
    assert not schemes.is_on(scheme)
    assert registry.keys == before


def test_another_that_took_our_place_in_windows_keeps_it(registry: FakeRegistry) -> None:
    schemes = on_windows(registry)
    schemes.turn_on("tredewijzer")
    registry.keys[r"Software\Classes\tredewijzer\shell\open\command"][""] = r'"C:\other.exe" "%1"'
    before = deepcopy(registry.keys)
    assert not schemes.is_on("tredewijzer")
    schemes.turn_off("tredewijzer")
    assert registry.keys == before


def test_in_windows_a_program_that_was_moved_is_off_and_takes_its_old_place(registry: FakeRegistry) -> None:
    before = deepcopy(registry.keys)
    on_windows(registry, r"D:\oud\tredewijzer.exe").turn_on("tredewijzer")
    moved = on_windows(registry)
    assert not moved.is_on("tredewijzer")
    moved.turn_on("tredewijzer")
    assert moved.is_on("tredewijzer")
    on_windows(registry, r"D:\oud\tredewijzer.exe").turn_off("tredewijzer")
    assert registry.keys == before


def test_a_registry_that_is_locked_is_said_to_be_so(registry: FakeRegistry) -> None:
    schemes, before = on_windows(registry), deepcopy(registry.keys)
    registry.is_locked = True
    with pytest.raises(AppError, match="Windows liet dit niet toe"):
        schemes.turn_on("tredewijzer")
    assert registry.keys == before
    registry.is_locked = False
    schemes.turn_on("tredewijzer")
    registry.is_locked = True
    with pytest.raises(AppError, match="Windows liet dit niet toe"):
        schemes.turn_off("tredewijzer")
    assert schemes.is_on("tredewijzer")


# -- Linux ----------------------------------------------------------------------------------------------------------


def test_linux_gets_a_file_that_opens_links_and_a_line_that_says_so(tmp_path: Path) -> None:
    on_linux(tmp_path).turn_on("tredewijzer")
    assert entry(tmp_path, "call").read_text(encoding="utf-8") == (
        "[Desktop Entry]\nType=Application\nName=Tredewijzer\nComment=Toont wie er belt\n"
        'Exec="/srv/trede wijzer/tredewijzer" "--call" %u\nNoDisplay=true\nTerminal=false\n'
        "MimeType=x-scheme-handler/tredewijzer;\nX-Tredewijzer-Scheme=tredewijzer\n"
    )
    assert (tmp_path / "config" / "mimeapps.list").read_text(encoding="utf-8") == (
        "[Default Applications]\nx-scheme-handler/tredewijzer=tredewijzer-call.desktop;\n"
    )


def test_linux_keeps_the_program_that_was_chosen_for_tel(tmp_path: Path) -> None:
    chosen = tmp_path / "config" / "mimeapps.list"
    chosen.parent.mkdir()
    chosen.write_bytes(OTHERS.encode("utf-8", "surrogateescape"))
    schemes = on_linux(tmp_path)
    schemes.turn_on("tel")
    assert schemes.is_on("tel")
    assert "MimeType=x-scheme-handler/tel;" in entry(tmp_path, "tel").read_text(encoding="utf-8")
    assert chosen.read_bytes() == OTHERS.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("first", BOTH)
@pytest.mark.parametrize(
    "chosen", [None, "[Added Associations]\na/b=c.desktop;\n", OTHERS, OTHERS.replace("\n", "\r\n")]
)
def test_in_linux_each_goes_on_and_off_alone_and_nothing_is_left(
    tmp_path: Path, first: str, chosen: str | None
) -> None:
    schemes, path = on_linux(tmp_path), tmp_path / "config" / "mimeapps.list"
    if chosen is not None:
        path.parent.mkdir()
        path.write_bytes(chosen.encode("utf-8", "surrogateescape"))
    before = files(tmp_path)
    second = next(scheme for scheme in BOTH if scheme != first)
    schemes.turn_on(first)
    assert (schemes.is_on(first), schemes.is_on(second)) == (True, False)
    between = files(tmp_path)
    schemes.turn_on(second)
    schemes.turn_on(second)
    assert (schemes.is_on(first), schemes.is_on(second)) == (True, True)
    schemes.turn_off(second)
    assert files(tmp_path) == between
    schemes.turn_off(first)
    schemes.turn_off(first)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("share/applications/tredewijzer-call.desktop", "[Desktop Entry]\nExec=other %u\n"),
        ("config/mimeapps.list", "[Default Applications]\nx-scheme-handler/tredewijzer = other.desktop;\n"),
    ],
)
def test_what_another_program_has_in_linux_stays_as_it_is(tmp_path: Path, name: str, content: str) -> None:
    theirs = tmp_path / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text(content, encoding="utf-8")
    schemes = on_linux(tmp_path)
    with pytest.raises(AppError, match="ander programma"):
        schemes.turn_on("tredewijzer")
    assert not schemes.is_on("tredewijzer")
    schemes.turn_off("tredewijzer")
    assert files(tmp_path) == {theirs.name: content.encode()}


def test_a_choice_that_was_added_beside_ours_stays_when_ours_goes(tmp_path: Path) -> None:
    schemes, path = on_linux(tmp_path), tmp_path / "config" / "mimeapps.list"
    schemes.turn_on("tredewijzer")
    line = "x-scheme-handler/tredewijzer="
    path.write_text(path.read_text(encoding="utf-8").replace(line, f"{line}other.desktop;"), encoding="utf-8")
    assert not schemes.is_on("tredewijzer")
    schemes.turn_off("tredewijzer")
    assert path.read_text(encoding="utf-8") == f"[Default Applications]\n{line}other.desktop;\n"


def test_a_list_that_is_linked_from_elsewhere_stays_linked(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept.list", tmp_path / "config" / "mimeapps.list"
    kept.write_text("[Default Applications]\n", encoding="utf-8")
    path.parent.mkdir()
    try:
        path.symlink_to(kept)
    except OSError:
        pytest.skip("this system lets no user link files")
    on_linux(tmp_path).turn_on("tredewijzer")
    assert path.is_symlink()
    assert "tredewijzer-call.desktop" in kept.read_text(encoding="utf-8")


def test_what_cannot_be_written_in_linux_leaves_nothing_half(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("no folder", encoding="utf-8")
    schemes = on_linux(tmp_path)
    with pytest.raises(AppError):
        schemes.turn_on("tredewijzer")
    assert not schemes.is_on("tredewijzer")
    assert files(tmp_path) == {"config": b"no folder"}


def test_in_linux_a_program_that_was_moved_is_off_and_takes_its_old_place(tmp_path: Path) -> None:
    on_linux(tmp_path, "/srv/oud/tredewijzer").turn_on("tredewijzer")
    moved = on_linux(tmp_path)
    assert not moved.is_on("tredewijzer")
    moved.turn_on("tredewijzer")
    assert moved.is_on("tredewijzer")
    moved.turn_off("tredewijzer")
    assert files(tmp_path) == {}


@given(st.lists(st.text(alphabet=st.sampled_from("ab /\\\"'`$%;&|<>~*?#()=\n\t\réü€ "), min_size=1), min_size=1))
def test_a_desktop_reads_back_every_word_of_the_command(command: list[str]) -> None:
    command[0] = command[0].replace("=", "") or "p"
    assert read_exec(exec_line(command), url="tel:1$2%u") == [*command, "--call", "tel:1$2%u"]


def test_a_path_that_no_desktop_takes_is_refused_in_words() -> None:
    with pytest.raises(AppError, match="="):
        exec_line(("/srv/a=b/tredewijzer",))


def read_exec(line: str, *, url: str) -> list[str]:
    """Read the key Exec as the Desktop Entry Specification says: escapes, quotes, field codes."""
    escapes = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    text = re.sub(r"\\(.)", lambda found: escapes[found[1]], line)
    words = re.findall(r'"((?:[^"\\`$]|\\["`$\\])*)"(?:\s|$)|([^\s"]+)(?:\s|$)', text)
    assert " ".join(bare or f'"{quoted}"' for quoted, bare in words) == text
    plain = [bare or re.sub(r'\\(["`$\\])', r"\1", quoted) for quoted, bare in words]
    return [re.sub(r"%(.)", lambda found: {"%": "%", "u": url}[found[1]], word) for word in plain]


# -- this system ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_on_this_system_the_folders_of_the_user_are_used(own_home: Path) -> None:
    schemes: UrlSchemes | None = url_scheme.of_this_system()
    assert schemes is not None
    schemes.turn_on("tredewijzer")
    assert schemes.is_on("tredewijzer")
    written = (own_home / "share" / "applications" / "tredewijzer-call.desktop").read_text(encoding="utf-8")
    assert re.search(r'^Exec="[^"]+python[^"]*" "-m" "ui" "--call" %u$', written, re.MULTILINE)
    assert f"Path={Path(__file__).resolve().parents[2]}\n" in written
    assert (own_home / "config" / "mimeapps.list").is_file()


def test_on_a_mac_no_program_can_set_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert url_scheme.of_this_system() is None


def test_the_packed_program_starts_without_python_and_without_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("tredewijzer-cli.exe", "tredewijzer.exe", "python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert program_command() == (str(tmp_path / "pythonw.exe"), "-m", "ui")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tredewijzer-cli.exe"))
    assert program_command() == (str(tmp_path / "tredewijzer.exe"),)
    assert url_scheme.program_folder() is None
    monkeypatch.setattr(sys, "executable", str(tmp_path / "tredewijzer"))
    assert url_scheme.phone_command().endswith("tredewijzer --call %nummer%")
