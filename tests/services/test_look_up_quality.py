"""Callers are found in an example register of 5,000, and where many fit, they are counted and in order."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.services import Register
from app.services.look_up import find_matches
from tests.look_up_model import answer, known_suppliers
from tests.look_up_quality import Callers


@pytest.fixture(scope="module")
def callers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, Callers]]:
    path: Path = tmp_path_factory.mktemp("quality") / "proef.tredewijzer"
    register = bootstrap.make_example(path, today=date(2026, 11, 23), extra=5_000)
    yield register, Callers(register)
    register.close()


@pytest.mark.parametrize(
    ("kind", "least"),
    [("kvk", 1.0), ("phone", 1.0), ("last_digits", 1.0), ("misspelt_name", 0.99), ("contact", 0.99), ("inside", 0.99)],
)
def test_who_is_meant_is_found(callers: tuple[Register, Callers], kind: str, least: float) -> None:
    quality = getattr(callers[1], kind)()
    assert quality.unambiguous >= 50, quality
    assert quality.share >= least, (str(quality), quality.missed[:10])


def test_where_many_fit_they_are_counted_and_in_order(callers: tuple[Register, Callers]) -> None:
    register, _ = callers
    everyone = known_suppliers(register)
    for text in ("schilders", "arterk", "bouw venlo", "hazelgard"):
        wanted = answer(everyone, text)
        shown, total = find_matches(register, text)
        assert len(wanted) > 5, text
        assert [match.supplier_id for match in shown] == wanted[:20], text
        assert total == (len(wanted) if len(wanted) <= 100 else None), text
