"""Importing: a spreadsheet of Finance in, a plan out. It never writes and knows no SQL.

Belongs here: reading files (`readers`), workbooks among them in a process of their own (`workbook_process`), finding
the table and what its columns mean (`headings` by its words, `shape` where they say nothing, `columns`), reading
amounts, dates and levels column by column (`amounts`, `dates`, `levels`) and rows one by one (`entry_reader`, `sieve`),
and deciding what is new, changed, the same or doubtful (`grouping`, `matching`, `planner`), with what to know beside it
(`asides`); files of our own that come back: what an export says of a supplier (`exported`), and faults that were mended
(`returned`). The doors are `readers.read_tables`, `readers.read_first_rows`, `readers.read_copied`, `plan.plan_import`,
`plan.look_at` and `plan.list_headings`, and `holders.holder_of`.
May import `app.base`, `app.domain`, python-calamine (only here) and rapidfuzz; only `app.services` imports it.
"""
