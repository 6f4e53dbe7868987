"""A text that a spreadsheet would run is guarded, and comes back exactly."""

from hypothesis import example, given
from hypothesis import strategies as st

from app.base.formulas import guarded, unguarded


@given(st.text(max_size=40) | st.text(alphabet="'\"=+-@ \t\r\n\0a", max_size=8))
@example("'=1")
@example("''")
def test_taking_the_guard_away_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_an_apostrophe_of_a_name_is_no_guard() -> None:
    assert unguarded("'s-Hertogenbosch") == "'s-Hertogenbosch"
    assert unguarded("'+31 475 12 34 56") == "+31 475 12 34 56"
