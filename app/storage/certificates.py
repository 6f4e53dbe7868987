"""Certificates with the KvK numbers on them and whether anybody checked them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.domain.certificate import Certificate
from app.storage.driver import Database
from app.storage.mapping import RowShape
from app.storage.repository import Repository

_LEFT_OUT = ("covered_kvk", "is_verified")
_COVERED = "SELECT certificate_id, kvk FROM certificate_entity WHERE archived_at IS NULL"
_VERIFIED = "SELECT DISTINCT certificate_id FROM verification WHERE archived_at IS NULL"


class CertificateRepository(Repository[Certificate]):
    """One certificate lies in three tables; callers see one record."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(Certificate, "certificate", _LEFT_OUT), title="certificaat")

    def list_for(self, supplier_id: str, kvk: str) -> tuple[Certificate, ...]:
        """Return the certificates recorded under a supplier and those that list its KvK number, oldest first."""
        condition = (
            "WHERE archived_at IS NULL AND (supplier_id = ? OR ? <> '' AND id IN "
            "(SELECT certificate_id FROM certificate_entity WHERE kvk = ? AND archived_at IS NULL)) "
            "ORDER BY ifnull(valid_from, ''), id"
        )
        return tuple(self._records(condition, [supplier_id, kvk, kvk]))

    def list_without_holder(self) -> tuple[Certificate, ...]:
        """Return certificates whose holder was not in the register when they came."""
        return tuple(self._records("WHERE archived_at IS NULL AND supplier_id IS NULL ORDER BY id", []))

    def list_beginning(self, after: date, to: date) -> tuple[Certificate, ...]:
        """Return the certificates that begin after a day, up to and including another."""
        condition = "WHERE archived_at IS NULL AND valid_from > ? AND valid_from <= ? ORDER BY valid_from, id"
        return tuple(self._records(condition, [after.isoformat(), to.isoformat()]))

    def add_all(self, records: Iterable[Certificate]) -> None:
        """Write new certificates with the numbers on them."""
        certificates = tuple(records)
        super().add_all(certificates)
        self._db.conn.executemany(
            "INSERT INTO certificate_entity (id, certificate_id, kvk) VALUES (?, ?, ?)",
            [(f"{item.id}:{kvk}", item.id, kvk) for item in certificates for kvk in dict.fromkeys(item.covered_kvk)],
        )

    def save_all(self, records: Iterable[Certificate]) -> None:
        """Write what differs, the lists of numbers included; raises `NotFoundError`."""
        certificates = tuple(records)
        super().save_all(certificates)
        for certificate in certificates:
            self._save_numbers(certificate)

    def _save_numbers(self, record: Certificate) -> None:
        stored = {kvk for _, kvk in self._db.execute(f"{_COVERED} AND certificate_id = ?", [record.id])}
        for kvk in sorted(set(record.covered_kvk) - stored):
            key = f"{record.id}:{kvk}"
            known = self._db.execute("UPDATE certificate_entity SET archived_at = NULL WHERE id = ?", [key])
            if not known.rowcount:
                self._db.execute("INSERT INTO certificate_entity (id, certificate_id, kvk) VALUES (?, ?, ?)",
                                 [key, record.id, kvk])  # fmt: skip
        for kvk in sorted(stored - set(record.covered_kvk)):
            self._db.execute("UPDATE certificate_entity SET archived_at = "
                             "(SELECT at FROM operation JOIN current_operation USING (number)) WHERE id = ?",
                             [f"{record.id}:{kvk}"])  # fmt: skip

    def _records(self, condition: str, values: Sequence[Any]) -> Any:
        rows = self._db.execute(f"{self._select} {condition}", list(values)).fetchall()
        key = self._shape.columns.index("id")
        if len(rows) > 200:
            covered_rows = self._db.execute(f"{_COVERED} ORDER BY certificate_id, kvk").fetchall()
            verified_rows = self._db.execute(_VERIFIED).fetchall()
        else:
            ids = [row[key] for row in rows]
            marks = ", ".join("?" for _ in ids)
            covered_rows = self._db.execute(f"{_COVERED} AND certificate_id IN ({marks}) ORDER BY kvk", ids).fetchall()
            verified_rows = self._db.execute(f"{_VERIFIED} AND certificate_id IN ({marks})", ids).fetchall()
        covered: dict[str, list[str]] = {}
        for certificate_id, kvk in covered_rows:
            covered.setdefault(certificate_id, []).append(kvk)
        verified = {certificate_id for (certificate_id,) in verified_rows}
        for row in rows:
            numbers = tuple(covered.get(row[key], ()))
            yield self._shape.from_row(row, covered_kvk=numbers, is_verified=row[key] in verified)
