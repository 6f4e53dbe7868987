"""The tests: `unit` mirrors app, `rules` guards the house itself; see `conftest.py` for what no test may do."""
