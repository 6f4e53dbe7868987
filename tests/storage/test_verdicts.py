"""The set-based judgement equals the pure one, which is the truth."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.base.clock import SetClock
from app.domain.verdict import Verdict
from app.policy.evaluate import judge
from app.storage import database
from app.storage.register import Register
from tests import strategies
from tests.storing import store

EXAMPLES = 2_000 if settings.default and settings.default.max_examples >= 100 else 100


class _UndoneError(Exception):
    """Ends the operation of one example, so that the next finds an empty register."""


@pytest.fixture(scope="module")
def shared_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    path: Path = tmp_path_factory.mktemp("verdicts") / "proef.tredewijzer"
    clock = SetClock.at(date(2026, 11, 23))
    made = Register(database.create(path, device="test", by="test", clock=clock), clock=clock, by="test")
    yield made
    made.close()


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=strategies.cases())
def test_the_fast_judgement_is_the_explained_one(shared_register: Register, case: strategies.Case) -> None:
    fast = _fast_verdicts(shared_register, case)
    for supplier in case.register.suppliers:
        facts = strategies.facts_of(case.register, supplier.id)
        assert asdict(fast[supplier.id]) == asdict(judge(facts, policy=case.policy, on=case.on))
    assert len(fast) == len(case.register.suppliers)


def _fast_verdicts(register: Register, case: strategies.Case) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    try:
        with register.operation("test", "voorbeeld"):
            store(register, case.register)
            found = {v.supplier_id: v for v in register.verdicts.judge_all(policy=case.policy, on=case.on)}
            raise _UndoneError
    except _UndoneError:
        return found
