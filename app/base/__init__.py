"""Ground floor: errors, clock, paths, files, settings, keys, progress, turns between threads, logs and formatting.

Belongs here: what knows nothing of suppliers. Every room may import it; it imports none of them.
"""
