"""Ground floor: errors, clock, paths, files, settings, progress, logs and formatting.

Belongs here: what knows nothing of suppliers. Every room may import it; it imports none of them.
"""
