"""The tabs of the page of one supplier, and the parts that they share.

Belongs here: what one tab shows and how its records are typed. `noun` says how a kind of record becomes a form and
back, `record_pane` is that form with its drafts, `record_list` the table beside it.
"""
