"""When a certificate counts, and for whom."""

from datetime import date

import pytest

from app.domain.certificate import Certificate, CertificateStatus, Level

YEARS = Certificate(
    id="c", level=Level.TREDE2, supplier_id="s", valid_from=date(2024, 6, 1), valid_to=date(2026, 5, 31)
)


def test_the_order_of_the_ladder_is_not_the_digit() -> None:
    assert [level.rank for level in Level] == [1, 2, 3, 4, 5]
    assert Level.of_rank(4) is Level.TREDE2
    assert Level.BASIS.rank < Level.TREDE1.rank


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2024, 5, 31), False), (date(2024, 6, 1), True), (date(2026, 5, 31), True), (date(2026, 6, 1), False)],
)
def test_its_first_and_last_day_count(on: date, counts: bool) -> None:
    assert YEARS.is_in_force(on) is counts


def _with(**parts: object) -> Certificate:
    from dataclasses import replace

    return replace(YEARS, **parts)  # type: ignore[arg-type]


def test_withdrawn_it_ends_the_day_before() -> None:
    withdrawn = _with(status=CertificateStatus.WITHDRAWN, status_on=date(2025, 3, 10))
    assert withdrawn.is_in_force(date(2025, 3, 9)) and not withdrawn.is_in_force(date(2025, 3, 10))
    assert not _with(status=CertificateStatus.WITHDRAWN).is_in_force(date(2025, 1, 1))


def test_a_level_that_was_only_told_never_counts() -> None:
    told = _with(valid_to=None)
    assert told.is_reported and not told.is_in_force(date(2025, 1, 1)) and told.last_day is None


def test_it_covers_only_the_numbers_on_it() -> None:
    listed = _with(covered_kvk=("01234567",))
    assert listed.covers("other", "01234567")
    assert not listed.covers("s", "07654321") and not listed.covers("s", "")
    assert YEARS.covers("s", "") and not YEARS.covers("other", "01234567")
