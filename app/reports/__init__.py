"""Reports: a table of the register as a file for others, as workbook or as CSV.

Belongs here: what a table is (`table`) and how it becomes a file (`workbook`, `csv_file`); whatever a text says, no
program that opens the file reads it as a formula. May import `app.base`, `app.domain` and XlsxWriter (only here);
only `app.services` imports it.
"""
