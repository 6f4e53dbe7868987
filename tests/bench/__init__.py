"""Speed of the hot paths, as ratios against a floor or peer measured in the same run: `python3 dev.py bench`.

Never part of the tests: a machine that is busy must not turn them red.
"""
