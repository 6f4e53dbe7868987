"""How the example register comes about: fictional firms, what happens to each, and when that was written down.

Belongs here: parts of `app.services.make_example` and nothing else. The words come from `data/demo`; this code only
composes them. Nothing is known of real firms or people.
"""
