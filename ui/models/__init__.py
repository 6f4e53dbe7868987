"""Rows for tables: own models without a proxy, so that 100,000 rows stay quick.

Belongs here: what a view asks for its cells, and nothing that is drawn. May import `ui.base`.
"""
