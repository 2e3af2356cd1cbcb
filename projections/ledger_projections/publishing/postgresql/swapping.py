"""One generation put in the place of another: by renames, while nobody is between two tables of the one that goes.

A transaction that has read one table of a generation finds the others of the same one: to swap takes a lock on all tables
that go, which the server gives once nobody who reads them is in a transaction. While it waits, those who come next wait too,
so it waits for less time than the server takes to look for a deadlock, lets go, and tries again.
"""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger_projections.publishing.alone import Busy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_projections.publishing.postgresql.server import Connection

PATIENCE = 30.0
"""Seconds for which readers that stay in a transaction are waited for."""
PAUSE = 0.1
"""Seconds between two tries, in which others read."""
_READING = """
    SELECT string_agg(DISTINCT concat_ws(' ', usename, nullif(application_name, ''), format('(process %%s)', pid)), ', ')
    FROM pg_locks JOIN pg_class ON pg_class.oid = relation JOIN pg_stat_activity USING (pid)
    WHERE relnamespace = to_regnamespace(%s) AND pid <> pg_backend_pid()
"""


def swap(db: Connection, schema: str, made: str, tables: Sequence[str]) -> None:
    """Call the schema *made* what *schema* is called, and drop that with its *tables*; what others put there is refused."""
    from psycopg import errors

    until = monotonic() + PATIENCE
    while True:
        try:
            with db.transaction():
                _lock(db, schema, tables)
                _replace(db, schema, made, tables)
        except (errors.QueryCanceled, errors.LockNotAvailable) as error:
            if monotonic() > until:
                raise _busy(db, schema) from error
            sleep(PAUSE)
        else:
            return


def _lock(db: Connection, schema: str, tables: Sequence[str]) -> None:
    """Have *tables* to ourselves, or give up before anybody who waits for us is taken for a deadlock."""
    db.execute("SELECT set_config('statement_timeout', greatest(setting::int / 2, 1)::text, true) FROM pg_settings"
               " WHERE name = 'deadlock_timeout'")  # fmt: skip
    if names := _there(db, schema, tables):
        db.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    db.execute("SET LOCAL statement_timeout = 0")


def _replace(db: Connection, schema: str, made: str, tables: Sequence[str]) -> None:
    from psycopg import errors

    former = made.replace("_next_", "_was_")
    db.execute(f'ALTER SCHEMA "{schema}" RENAME TO "{former}"')
    db.execute(f'ALTER SCHEMA "{made}" RENAME TO "{schema}"')
    try:
        if names := _there(db, former, tables):
            db.execute(f"DROP TABLE {names}")
        db.execute(f'DROP SCHEMA "{former}"')
    except errors.DependentObjectsStillExist as error:
        found = (error.diag.message_detail or "").replace(former, schema)
        raise Refused(
            f'What others made hangs on the schema "{schema}", and would be lost: {"; ".join(found.splitlines())}.'
            " Nothing was replaced.",
            advice="Drop it, publish, and make it again.",
        ) from error


def _there(db: Connection, schema: str, tables: Sequence[str]) -> str:
    """Return those of *tables* that are in *schema*, as SQL names them, in an order that is always the same."""
    asked = """
        SELECT string_agg(format('%%I.%%I', %s::text, relname), ', ' ORDER BY relname)
        FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' AND relname = ANY(%s)
    """
    found = db.execute(asked, (schema, schema, list(tables))).fetchone()
    return (found and found[0]) or ""


def _busy(db: Connection, schema: str) -> Busy:
    found = db.execute(_READING, (schema,)).fetchone()
    who = (found and found[0]) or "somebody"
    return Busy(
        f'The schema "{schema}" is being read all the time, by {who}. What is published there stands.',
        advice="Try again when they have ended their transaction.",
    )
