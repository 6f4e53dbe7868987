"""The words of a verdict, inside a line as well as at its beginning."""

from app.domain.verdict import Reason


def test_a_reason_within_a_line_begins_small_except_an_abbreviation() -> None:
    assert [reason.within for reason in Reason] == [
        "geen certificaat",
        "certificaat verlopen",
        "trede te laag",
        "certificaat ingetrokken",
        "KvK-nummer niet op certificaat",
        "lid van de combinatie voldoet niet",
    ]
