"""The one SQLite of the process.

sqlcipher3 brings SQLite 3.53 on every platform; Python's own may be older than 3.51.3, which can lose commits in WAL
mode when two connections are open. sqlite-utils takes `pysqlite3` when that is installed, so sqlcipher3 stands in for
it before sqlite-utils is imported. Nobody else may import an SQLite module.
"""

import sys
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as dbapi

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi

from sqlite_utils import Database, Migrations  # noqa: E402 - the driver must stand before this import

OLDEST_SAFE = (3, 51, 3)

Connection = Any
DatabaseError = dbapi.DatabaseError
IntegrityError = dbapi.IntegrityError
OperationalError = dbapi.OperationalError

__all__ = ["Connection", "Database", "DatabaseError", "IntegrityError", "Migrations", "OperationalError", "connect"]


def connect(path: str, *, uri: bool = False) -> Database:
    """Open a connection without implicit transactions; only `Database.atomic()` opens one.

    Raises `RuntimeError` when the SQLite in this process has the WAL-reset bug.
    """
    if dbapi.sqlite_version_info < OLDEST_SAFE:
        raise RuntimeError(f"SQLite {dbapi.sqlite_version} can lose commits")
    connection = dbapi.connect(path, uri=uri, isolation_level=None, check_same_thread=True)
    return Database(connection, execute_plugins=False)
