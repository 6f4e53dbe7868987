"""Pictures of every screen of the example register, filled in as in use: `python3 dev.py screenshots DIR`.

To be looked at by a person beside the intended look; the README shows some of them.
"""
