"""Running the command line as a script would: arguments in, exit code and texts out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import program as cli


@dataclass(frozen=True)
class Result:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as data."""
        return json.loads(self.out)


Command = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `tredewijzer` with these arguments."""

    def command(*arguments: object) -> Result:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return command


@pytest.fixture
def registered(run: Command, tmp_path: Path) -> Path:
    """An empty register with the shipped rules and texts."""
    path = tmp_path / "inkoop.tredewijzer"
    assert run("init", path).code == 0
    return path
