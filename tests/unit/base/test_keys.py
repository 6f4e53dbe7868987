"""Keys are random, and the same again only after the same seed."""

from uuid import UUID

from app.base.keys import random_keys


def test_keys_are_random_uuids_that_nobody_else_makes():
    ours, theirs = ({make() for _ in range(1000)} for make in (random_keys(), random_keys()))
    assert len(ours | theirs) == 2000
    assert {UUID(key).version for key in ours} == {4}


def test_a_seed_gives_the_same_keys_again():
    one, other = random_keys(7), random_keys(7)
    assert [one() for _ in range(5)] == [other() for _ in range(5)]
