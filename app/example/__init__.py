"""The example register: fictional firms, what happens to each, and when that was written down.

Belongs here: composing the words of `data/demo` into a register with a past, by the verbs of `app.services`; `fill` is
the door. Nothing is known of real firms or people. Only `app.bootstrap` imports it.
"""
