"""The schema, as SQL, one step per released version. A step that was released is never edited.

Keys are random UUIDs as text, money is whole cents excl. btw, dates are ISO text, times ISO text in UTC, flags 0 or 1.
Every table with a column `id` is logged; its triggers are made from the schema by `changes.install_triggers`. A draft
of a note or a round has none: what is being typed or ticked is nobody's change yet, and undo must not reach it.
"""

_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

STEP_1 = f"""
CREATE TABLE device (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL) STRICT;

CREATE TABLE operation (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, label TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, device TEXT NOT NULL,
  is_undoable INTEGER NOT NULL CHECK (is_undoable IN (0, 1)),
  undoes INTEGER REFERENCES operation, undone_by INTEGER REFERENCES operation
) STRICT;
CREATE TABLE current_operation (
  one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL REFERENCES operation
) STRICT;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  operation INTEGER NOT NULL REFERENCES operation,
  table_name TEXT NOT NULL, record_id TEXT NOT NULL, field TEXT, old ANY, new ANY
) STRICT;
CREATE INDEX change_by_operation ON change (operation);
CREATE INDEX change_by_record ON change (record_id);

CREATE TABLE setting (
  id TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE rule (
  id TEXT PRIMARY KEY, code TEXT NOT NULL, title TEXT NOT NULL,
  valid_from TEXT NOT NULL CHECK (valid_from {_DATE}), valid_to TEXT CHECK (valid_to {_DATE}),
  level TEXT NOT NULL CHECK (level IN ('ASPIRANT', 'BASIS', 'TREDE1', 'TREDE2', 'TREDE3')),
  threshold_cents INTEGER CHECK (threshold_cents >= 0),
  key_partners_only INTEGER NOT NULL CHECK (key_partners_only IN (0, 1)),
  is_demand INTEGER NOT NULL CHECK (is_demand IN (0, 1)),
  quote TEXT NOT NULL, source TEXT NOT NULL, archived_at TEXT
) STRICT;

CREATE TABLE supplier (
  id TEXT PRIMARY KEY, name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('firm', 'combination', 'sole_trader')),
  trade_names TEXT NOT NULL CHECK (json_type(trade_names) = 'array'),
  former_names TEXT NOT NULL CHECK (json_type(former_names) = 'array'),
  kvk TEXT NOT NULL, former_kvk TEXT NOT NULL CHECK (json_type(former_kvk) = 'array'),
  branch_number TEXT NOT NULL, btw_id TEXT NOT NULL, own_number TEXT NOT NULL, category TEXT NOT NULL,
  is_key_partner INTEGER NOT NULL CHECK (is_key_partner IN (0, 1)),
  visiting_street TEXT NOT NULL, visiting_house_number TEXT NOT NULL, visiting_postcode TEXT NOT NULL,
  visiting_city TEXT NOT NULL, visiting_country TEXT NOT NULL,
  postal_street TEXT NOT NULL, postal_house_number TEXT NOT NULL, postal_postcode TEXT NOT NULL,
  postal_city TEXT NOT NULL, postal_country TEXT NOT NULL,
  phone TEXT NOT NULL, phones TEXT NOT NULL CHECK (json_type(phones) = 'array'),
  email TEXT NOT NULL, note TEXT NOT NULL, archived_at TEXT
) STRICT;
CREATE INDEX supplier_by_kvk ON supplier (kvk);

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  combination_id TEXT NOT NULL REFERENCES supplier, member_id TEXT NOT NULL REFERENCES supplier,
  is_lead INTEGER NOT NULL CHECK (is_lead IN (0, 1)), archived_at TEXT,
  CHECK (combination_id <> member_id)
) STRICT;
CREATE UNIQUE INDEX member_once ON member (combination_id, member_id) WHERE archived_at IS NULL;
CREATE INDEX member_by_combination ON member (combination_id);
CREATE INDEX member_by_firm ON member (member_id);

CREATE TABLE contact (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  salutation TEXT NOT NULL CHECK (salutation IN ('heer', 'mevrouw', 'geen')),
  initials TEXT NOT NULL, first_name TEXT NOT NULL, infix TEXT NOT NULL, surname TEXT NOT NULL,
  literal_name TEXT NOT NULL, role TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
  is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1)), archived_at TEXT
) STRICT;
CREATE INDEX contact_by_supplier ON contact (supplier_id);

CREATE TABLE contract (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  number TEXT NOT NULL, title TEXT NOT NULL,
  starts_on TEXT CHECK (starts_on {_DATE}), ends_on TEXT CHECK (ends_on {_DATE}),
  pso_basis TEXT NOT NULL CHECK (pso_basis IN ('contracteis', 'beleid')),
  total_cents INTEGER CHECK (total_cents >= 0), note TEXT NOT NULL, archived_at TEXT,
  CHECK (ends_on >= starts_on), UNIQUE (id, supplier_id)
) STRICT;
CREATE INDEX contract_by_supplier ON contract (supplier_id);

CREATE TABLE year_amount (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier, contract_id TEXT,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
  kind TEXT NOT NULL CHECK (kind IN ('agreed', 'invoiced')),
  cents INTEGER NOT NULL, source TEXT NOT NULL, as_of TEXT CHECK (as_of {_DATE}), archived_at TEXT,
  FOREIGN KEY (contract_id, supplier_id) REFERENCES contract (id, supplier_id)
) STRICT;
CREATE UNIQUE INDEX year_amount_once ON year_amount (supplier_id, ifnull(contract_id, ''), year, kind)
  WHERE archived_at IS NULL;
CREATE INDEX year_amount_by_supplier ON year_amount (supplier_id);
CREATE INDEX year_amount_by_contract ON year_amount (contract_id, supplier_id);
CREATE INDEX year_amount_by_year ON year_amount (kind, year, supplier_id, contract_id, cents) WHERE archived_at IS NULL;

CREATE TABLE certificate (
  id TEXT PRIMARY KEY, supplier_id TEXT REFERENCES supplier, holder_name TEXT NOT NULL, holder_number TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('ASPIRANT', 'BASIS', 'TREDE1', 'TREDE2', 'TREDE3')),
  is_plus30 INTEGER NOT NULL CHECK (is_plus30 IN (0, 1)),
  number TEXT NOT NULL, issuer TEXT NOT NULL,
  valid_from TEXT CHECK (valid_from {_DATE}), valid_to TEXT CHECK (valid_to {_DATE}),
  status TEXT NOT NULL CHECK (status IN ('VALID', 'WITHDRAWN', 'SUSPENDED', 'REPLACED')),
  status_on TEXT CHECK (status_on {_DATE}), note TEXT NOT NULL, archived_at TEXT,
  CHECK (valid_to >= valid_from)
) STRICT;
CREATE INDEX certificate_by_supplier ON certificate (supplier_id);
CREATE TABLE certificate_entity (
  id TEXT PRIMARY KEY, certificate_id TEXT NOT NULL REFERENCES certificate,
  kvk TEXT NOT NULL CHECK (kvk <> ''), archived_at TEXT
) STRICT;
CREATE INDEX certificate_entity_by_certificate ON certificate_entity (certificate_id);
CREATE INDEX certificate_entity_by_kvk ON certificate_entity (kvk);
CREATE TABLE verification (
  id TEXT PRIMARY KEY, certificate_id TEXT NOT NULL REFERENCES certificate,
  checked_on TEXT NOT NULL CHECK (checked_on {_DATE}), checked_by TEXT NOT NULL, method TEXT NOT NULL,
  note TEXT NOT NULL, archived_at TEXT
) STRICT;
CREATE INDEX verification_by_certificate ON verification (certificate_id);

CREATE TABLE exemption (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  reason TEXT NOT NULL, approver TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on {_DATE}), to_on TEXT NOT NULL CHECK (to_on {_DATE}),
  note TEXT NOT NULL, archived_at TEXT, CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX exemption_by_supplier ON exemption (supplier_id);
CREATE TABLE postponement (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  reason TEXT NOT NULL, approver TEXT NOT NULL,
  from_on TEXT NOT NULL CHECK (from_on {_DATE}), to_on TEXT NOT NULL CHECK (to_on {_DATE}),
  note TEXT NOT NULL, archived_at TEXT, CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX postponement_by_supplier ON postponement (supplier_id);

CREATE TABLE promise (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  due_on TEXT NOT NULL CHECK (due_on {_DATE}), what TEXT NOT NULL, by TEXT NOT NULL,
  settled_at TEXT, archived_at TEXT
) STRICT;
CREATE INDEX promise_by_supplier ON promise (supplier_id);
CREATE TABLE follow_up (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  due_on TEXT NOT NULL CHECK (due_on {_DATE}), what TEXT NOT NULL, by TEXT NOT NULL,
  done_at TEXT, archived_at TEXT
) STRICT;
CREATE INDEX follow_up_by_supplier ON follow_up (supplier_id);
CREATE TABLE call_note (
  id TEXT PRIMARY KEY, supplier_id TEXT REFERENCES supplier,
  started_at TEXT NOT NULL, ended_at TEXT, caller TEXT NOT NULL, text TEXT NOT NULL, by TEXT NOT NULL,
  archived_at TEXT
) STRICT;
CREATE INDEX call_note_by_supplier ON call_note (supplier_id);

CREATE TABLE letter_template (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, version INTEGER NOT NULL,
  valid_from TEXT NOT NULL CHECK (valid_from {_DATE}), source TEXT NOT NULL, archived_at TEXT,
  UNIQUE (kind, version)
) STRICT;
CREATE TABLE letter_round (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, archived_at TEXT
) STRICT;
CREATE TABLE document (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64), media_type TEXT NOT NULL, content BLOB NOT NULL
) STRICT;
CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document
  BEGIN SELECT raise(ABORT, 'a document is never changed'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document
  BEGIN SELECT raise(ABORT, 'a document is never removed'); END;
CREATE TABLE letter (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier, round_id TEXT NOT NULL REFERENCES letter_round,
  kind TEXT NOT NULL, kenmerk TEXT NOT NULL UNIQUE,
  written_on TEXT NOT NULL CHECK (written_on {_DATE}), reply_by TEXT NOT NULL CHECK (reply_by {_DATE}),
  certified_by TEXT NOT NULL CHECK (certified_by {_DATE}),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  template_id TEXT NOT NULL REFERENCES letter_template, sha256 TEXT NOT NULL REFERENCES document,
  made_by TEXT NOT NULL, made_at TEXT NOT NULL, printed_at TEXT, posted_at TEXT, withdrawn_at TEXT, archived_at TEXT
) STRICT;
CREATE INDEX letter_by_supplier ON letter (supplier_id);
CREATE INDEX letter_by_round ON letter (round_id);
CREATE INDEX letter_by_template ON letter (template_id);
CREATE INDEX letter_by_document ON letter (sha256);
CREATE TRIGGER letter_is_fixed
  BEFORE UPDATE OF supplier_id, round_id, kind, kenmerk, written_on, reply_by, certified_by, facts, template_id,
    sha256, made_by, made_at, archived_at ON letter
  BEGIN SELECT raise(ABORT, 'a letter is kept as it was made'); END;
CREATE TRIGGER letter_stays BEFORE DELETE ON letter
  BEGIN SELECT raise(ABORT, 'a letter is never removed'); END;

CREATE TABLE import_batch (
  id TEXT PRIMARY KEY, file_name TEXT NOT NULL, sheet TEXT, row_count INTEGER NOT NULL, sha256 TEXT NOT NULL,
  columns TEXT NOT NULL CHECK (json_valid(columns)), imported_at TEXT NOT NULL, imported_by TEXT NOT NULL,
  archived_at TEXT
) STRICT;

CREATE TABLE look_up_row (number INTEGER PRIMARY KEY, supplier_id TEXT NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE look_up_word USING fts5 (
  name, other_names, place, contact, number, phone, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE look_up_part USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'trigram'
);
"""

STEP_2 = f"""
CREATE TABLE call_draft (
  key TEXT PRIMARY KEY, supplier_id TEXT, started_at TEXT NOT NULL,
  is_call INTEGER NOT NULL CHECK (is_call IN (0, 1)),
  caller TEXT NOT NULL, text TEXT NOT NULL, by TEXT NOT NULL, saved_at TEXT NOT NULL
) STRICT;
CREATE INDEX call_note_by_time ON call_note (started_at);

CREATE TABLE set_aside (
  id TEXT PRIMARY KEY, supplier_id TEXT NOT NULL REFERENCES supplier,
  cause TEXT NOT NULL CHECK (cause <> ''), how TEXT NOT NULL CHECK (how IN ('seen', 'later')),
  reason TEXT NOT NULL, until_on TEXT NOT NULL CHECK (until_on {_DATE}), by TEXT NOT NULL, archived_at TEXT
) STRICT;
CREATE INDEX set_aside_by_supplier ON set_aside (supplier_id);

DROP TABLE look_up_row;
DROP TABLE look_up_word;
DROP TABLE look_up_part;
CREATE TABLE look_up_row (
  number INTEGER PRIMARY KEY, supplier_id TEXT NOT NULL UNIQUE, place TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, kvk TEXT NOT NULL, city TEXT NOT NULL, phone TEXT NOT NULL,
  numbers TEXT NOT NULL, written TEXT NOT NULL, compared TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE look_up_token USING fts5 (
  tokens, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5',
  tokenize = "ascii tokenchars '=^+~!@'"
);
CREATE VIRTUAL TABLE look_up_number USING fts5 (
  numbers, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
CREATE TABLE look_up_word (word TEXT PRIMARY KEY, uses INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE look_up_end (piece TEXT, word TEXT, PRIMARY KEY (piece, word)) STRICT, WITHOUT ROWID;
CREATE TABLE look_up_slip (
  size INTEGER, slip TEXT, beginning TEXT, PRIMARY KEY (size, slip, beginning)
) STRICT, WITHOUT ROWID;
"""

STEP_3 = f"""
ALTER TABLE supplier ADD COLUMN language TEXT CHECK (language IN ('nl', 'en'));
ALTER TABLE letter_template ADD COLUMN language TEXT NOT NULL DEFAULT 'nl' CHECK (language IN ('nl', 'en'));
ALTER TABLE letter ADD COLUMN about TEXT NOT NULL DEFAULT '';
DROP TRIGGER letter_is_fixed;
CREATE TRIGGER letter_is_fixed
  BEFORE UPDATE OF supplier_id, round_id, kind, kenmerk, written_on, reply_by, certified_by, facts, template_id,
    sha256, made_by, made_at, about, archived_at ON letter
  BEGIN SELECT raise(ABORT, 'a letter is kept as it was made'); END;

CREATE TABLE letter_reply (
  id TEXT PRIMARY KEY, letter_id TEXT NOT NULL REFERENCES letter,
  received_on TEXT NOT NULL CHECK (received_on {_DATE}),
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'plan', 'other', 'undeliverable')),
  reference TEXT NOT NULL, note TEXT NOT NULL, by TEXT NOT NULL, settled_at TEXT, archived_at TEXT
) STRICT;
CREATE INDEX letter_reply_by_letter ON letter_reply (letter_id);

CREATE TABLE round_draft (
  key TEXT PRIMARY KEY, begun_at TEXT NOT NULL, saved_at TEXT NOT NULL, by TEXT NOT NULL,
  choices TEXT NOT NULL CHECK (json_valid(choices))
) STRICT;
"""

STEP_4 = """
ALTER TABLE import_batch ADD COLUMN choices TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(choices));
ALTER TABLE import_batch ADD COLUMN digest TEXT NOT NULL DEFAULT '';

ALTER TABLE supplier ADD COLUMN merged_into TEXT REFERENCES supplier CHECK (merged_into <> id);
CREATE INDEX supplier_by_merged_into ON supplier (merged_into);
CREATE TABLE not_the_same (
  id TEXT PRIMARY KEY,
  supplier_id TEXT NOT NULL REFERENCES supplier, other_id TEXT NOT NULL REFERENCES supplier,
  by TEXT NOT NULL, archived_at TEXT, CHECK (supplier_id < other_id)
) STRICT;
CREATE UNIQUE INDEX not_the_same_once ON not_the_same (supplier_id, other_id) WHERE archived_at IS NULL;
CREATE INDEX not_the_same_by_supplier ON not_the_same (supplier_id);
CREATE INDEX not_the_same_by_other ON not_the_same (other_id);
CREATE TRIGGER contract_brings_its_amounts AFTER UPDATE OF supplier_id ON contract
  BEGIN UPDATE year_amount SET supplier_id = NEW.supplier_id WHERE contract_id = NEW.id; END;
"""
