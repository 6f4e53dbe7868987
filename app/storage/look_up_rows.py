"""What the register holds of a supplier that can be found, read from its tables as one row of the index."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from app.domain.names import sort_key
from app.storage.driver import Connection
from app.storage.look_up_text import Entry, email_entry, name_entry, number_entry, packed, phone_entry, text_entry

# The sum of the newest year with figures, the larger of agreed and invoiced. Only what has not ended is read, but
# letters: one that was withdrawn still lies at the supplier's. A merged supplier is found as the one it turned out to
# be, by all that it was known by.
_SELECT = """
SELECT s.id, s.name, s.kvk, s.visiting_city, s.phone,
  s.trade_names, s.former_names, s.postal_city, s.visiting_postcode, s.postal_postcode, s.former_kvk, s.own_number,
  s.btw_id, s.phones, s.email, s.is_key_partner, s.archived_at IS NOT NULL,
  (SELECT max(cents) FROM (SELECT sum(cents) AS cents FROM year_amount a
    WHERE a.supplier_id = s.id AND a.archived_at IS NULL AND a.year =
      (SELECT max(year) FROM year_amount WHERE supplier_id = s.id AND archived_at IS NULL) GROUP BY kind)),
  (SELECT json_group_array(json_array(initials, first_name, infix, surname, literal_name, phone, email) ORDER BY
    is_primary DESC, id) FROM contact WHERE supplier_id = s.id AND archived_at IS NULL),
  (SELECT json_group_array(json_array(number, title) ORDER BY id) FROM contract
    WHERE supplier_id = s.id AND archived_at IS NULL),
  (SELECT json_group_array(kenmerk ORDER BY kenmerk DESC) FROM (SELECT kenmerk FROM letter WHERE supplier_id = s.id
    UNION ALL SELECT kenmerk FROM supplier g JOIN letter l ON l.supplier_id = g.id WHERE g.merged_into = s.id)),
  (SELECT json_group_array(e.kvk ORDER BY e.kvk) FROM certificate c JOIN certificate_entity e
    ON e.certificate_id = c.id AND e.archived_at IS NULL
    WHERE c.supplier_id = s.id AND c.archived_at IS NULL AND e.kvk <> s.kvk),
  (SELECT json_group_array(json_array(name, json(trade_names), json(former_names), kvk, json(former_kvk), own_number,
    btw_id, phone, json(phones), email) ORDER BY id) FROM supplier WHERE merged_into = s.id)
FROM supplier s WHERE s.merged_into IS NULL
"""

# The supplier of every record that an operation wrote, also the one that it had before.
_TOUCHED = """
SELECT CASE
  WHEN table_name = 'supplier' THEN record_id
  WHEN field IS NULL AND new IS NULL THEN CASE table_name
    WHEN 'certificate_entity' THEN
      (SELECT supplier_id FROM certificate WHERE id = json_extract(old, '$.certificate_id'))
    ELSE json_extract(old, '$.supplier_id') END
  ELSE CASE table_name
    WHEN 'contact' THEN (SELECT supplier_id FROM contact WHERE id = record_id)
    WHEN 'contract' THEN (SELECT supplier_id FROM contract WHERE id = record_id)
    WHEN 'year_amount' THEN (SELECT supplier_id FROM year_amount WHERE id = record_id)
    WHEN 'letter' THEN (SELECT supplier_id FROM letter WHERE id = record_id)
    WHEN 'certificate' THEN (SELECT supplier_id FROM certificate WHERE id = record_id)
    ELSE (SELECT supplier_id FROM certificate WHERE id =
      (SELECT certificate_id FROM certificate_entity WHERE id = record_id)) END
  END, CASE field WHEN 'supplier_id' THEN old WHEN 'merged_into' THEN ifnull(new, old) END
FROM change WHERE operation = ? AND table_name IN
  ('supplier', 'contact', 'contract', 'year_amount', 'letter', 'certificate', 'certificate_entity')
"""

_HIGHEST_CENTS = 10**18


class Row(NamedTuple):
    """One supplier in the index. `place` orders them: active before ended, ketenpartners first, then the largest
    amount, then the name; `written` and `compared` are all that can be found (`look_up_text.packed`).
    """

    supplier_id: str
    place: str
    name: str
    kvk: str
    city: str
    phone: str
    written: str
    compared: str


ENDED = "1"
"""How the place of a supplier that has ended begins."""


def read_rows(connection: Connection, supplier_ids: Sequence[str] | None = None) -> Iterator[tuple[Row, list[Entry]]]:
    """Yield these suppliers as they now are, in no order, without those that do not exist or were merged; None: all.
    Beside each stands what can be found of it.
    """
    if supplier_ids is None:
        return map(_row, connection.execute(_SELECT))
    if len(supplier_ids) == 1:
        return map(_row, connection.execute(f"{_SELECT} AND s.id = ?", supplier_ids))
    condition = "AND s.id IN (SELECT value FROM json_each(?))"
    return map(_row, connection.execute(f"{_SELECT} {condition}", (json.dumps(supplier_ids),)))


def touched(connection: Connection, operation: int) -> set[str]:
    """Return the suppliers of which an operation changed something."""
    return {key for pair in connection.execute(_TOUCHED, (operation,)) for key in pair if key}


def _row(found: Any) -> tuple[Row, list[Entry]]:
    (key, name, kvk, city, phone, trade, former, postal_city, postcode, postal_postcode, former_kvk, own_number,
     btw_id, phones, email, is_key_partner, has_ended, cents, *lists) = found  # fmt: skip
    people, contracts, letters, certificate_kvk, merged = map(_list, lists)
    entries = [name_entry("name", name)]
    for text in (*_list(trade), *_list(former)):
        entries.append(name_entry("other_name", text))
    for field, own, other in (("place", city, postal_city), ("postcode", postcode, postal_postcode)):
        make = text_entry if field == "place" else number_entry
        if own:
            entries.append(make(field, own))
        if other and other != own:
            entries.append(make(field, other))
    for *names, literal, _, _ in people:
        entries += [text_entry("contact", text) for text in (" ".join(filter(None, names)), literal) if text]
    if phone:
        entries.append(phone_entry(phone))
    for text in dict.fromkeys((*_list(phones), *(person[5] for person in people))):
        if text and text != phone:
            entries.append(phone_entry(text))
    for field, number in (("kvk", kvk), ("own_number", own_number), ("btw_id", btw_id)):
        if number:
            entries.append(number_entry(field, number))
    for number in _list(former_kvk):
        entries.append(number_entry("former_kvk", number))
    for number in dict.fromkeys(certificate_kvk):
        entries.append(number_entry("certificate_kvk", number))
    if email:
        entries.append(email_entry(email))
    for text in dict.fromkeys(person[6] for person in people):
        if text and text != email:
            entries.append(email_entry(text))
    for number, title in contracts:
        if number:
            entries.append(number_entry("contract", number))
        if title:
            entries.append(text_entry("contract_title", title))
    for kenmerk in letters:
        entries.append(number_entry("kenmerk", kenmerk))
    if merged:
        written = {entry.written for entry in entries}
        entries += (entry for gone in merged for entry in _known_by(*gone) if entry.written not in written)
    place = f"{has_ended}{1 - is_key_partner}{_HIGHEST_CENTS - (cents or 0):019d}{sort_key(name)}\x1f{key}"
    return Row(key, place, name, kvk, city or postal_city, phone, *packed(entries)), entries


def _known_by(
    name: str, trade: list[str], former: list[str], kvk: str, former_kvk: list[str], own_number: str, btw_id: str,
    phone: str, phones: list[str], email: str,
) -> Iterator[Entry]:  # fmt: skip
    """Yield by what a supplier that was merged can be found."""
    yield from (name_entry("other_name", text) for text in (name, *trade, *former))
    numbers = (
        *(("former_kvk", number) for number in (kvk, *former_kvk)),
        ("own_number", own_number),
        ("btw_id", btw_id),
    )
    yield from (number_entry(field, number) for field, number in numbers if number)
    yield from (phone_entry(text) for text in (phone, *phones) if text)
    if email:
        yield email_entry(email)


def _list(stored: str) -> list[Any]:
    return [] if stored == "[]" else list(json.loads(stored))
