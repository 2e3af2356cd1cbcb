"""A publication made in a schema of a PostgreSQL database: all of it in one transaction, by one publisher at a time.

    <schema>              what holds; its comment is the stamp, as JSON
    <schema>_next_<hex>   what is being written, which nobody sees: its transaction is not over

A publisher that is killed leaves what was there before and nothing else there, for the server takes back what was not
committed; the rows that it had made here, the next one takes away.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir
from time import sleep
from typing import TYPE_CHECKING, Any

from ledger.errors import Refused, Unreachable
from ledger.values.named import NamedTuple
from ledger_projections.publishing.making import make
from ledger_projections.publishing.postgresql import grants, tables
from ledger_projections.publishing.postgresql.server import connected
from ledger_projections.publishing.postgresql.swapping import PAUSE, swap
from ledger_projections.publishing.publication import SCRATCH, about
from ledger_projections.publishing.stamp import NAME, VERSION, stamped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.postgresql.address import Address
    from ledger_projections.publishing.postgresql.server import Connection
    from ledger_projections.publishing.publication import Tell
    from ledger_projections.publishing.wanted import Wanted

FORMAT = "postgresql"


class Placed(NamedTuple):
    """What was published in a database: its stamp, and what had to be left out and why."""

    stamp: dict[str, Any]
    left_out: Sequence[str] = ()


def publish(address: Address, wanted: Wanted, *, tell: Tell = lambda what, done, of: None) -> Placed:
    """Publish what is *wanted* in the schema at *address*; whoever reads there sees all of it, or all of what was before."""
    head = wanted.excerpt.head()
    left_out: list[str] = []
    with connected(address) as db:
        _wait(db, address.schema, tell)
        held(db, address.schema)  # said before an hour's work, not after
        with _scratch(db, address.schema) as path:
            rows = make(path, wanted, left_out.append, lambda done: tell("Making tables", done, head))
            with closing(rows.db), db.transaction():
                stamp = _write(db, address.schema, rows, wanted, tell)
    return Placed(stamp, left_out)


def held(db: Connection, schema: str) -> dict[str, Any] | None:
    """Return the stamp of what is published in *schema*; None where there is no such schema. Refuse one that is not ours."""
    asked = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"
    found = db.execute(asked, (schema,)).fetchone()
    if found is None:
        return None
    try:
        stamp: dict[str, Any] = json.loads(found[0] or "")
        if stamp[NAME] == VERSION:
            return stamp
    except (ValueError, KeyError, TypeError):
        pass
    raise Refused(
        f'A schema "{schema}" is there, and nothing that this command made. Nothing was written.',
        advice="Name another: ?schema=NAME at the end of the URL.",
    )


def _write(db: Connection, schema: str, content: Content, wanted: Wanted, tell: Tell) -> dict[str, Any]:
    before = held(db, schema)
    made = f"{schema}_next_{os.urandom(4).hex()}"
    db.execute(f'CREATE SCHEMA "{made}"')
    grants.prepare(db, schema, made)
    for number, sheet in enumerate(content.sheets):
        tell("Writing tables", number, len(content.sheets))
        tables.write(db, made, sheet, content)
    grants.carry(db, schema, made)
    stamp = stamped(about(content, wanted), {sheet.name: content.count(sheet) for sheet in content.sheets})
    _comment(db, made, stamp)
    if before is None:
        db.execute(f'ALTER SCHEMA "{made}" RENAME TO "{schema}"')
    else:
        swap(db, schema, made, [*before["tables"]])
    return stamp


def _comment(db: Connection, schema: str, stamp: dict[str, Any]) -> None:
    from psycopg import sql

    said = sql.Literal(json.dumps(stamp, ensure_ascii=False))
    db.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(schema), said))


def _wait(db: Connection, schema: str, tell: Tell) -> None:
    """Wait until nobody else publishes to *schema*; the server lets the lock go with the connection, however that ends."""
    number = int.from_bytes(sha256(f"engagement-ledger {schema}".encode()).digest()[:8], signed=True)
    while db.execute("SELECT pg_try_advisory_lock(%s)", (number,)).fetchone() != (True,):
        tell("Waiting for whoever publishes there", 0, 1)
        sleep(PAUSE)


@contextmanager
def _scratch(db: Connection, schema: str) -> Iterator[str]:
    """Give the path of a file for the rows before they are sent, in a folder that only we can read.

    It has the same name each time, so that whoever publishes next, and alone, takes away what a killed publisher left.
    """
    what = f"{os.getuid()} {db.info.host} {db.info.port} {db.info.dbname} {schema}"
    folder = Path(gettempdir(), f"engage-{sha256(what.encode()).hexdigest()[:16]}")
    try:
        _remove(folder)
        folder.mkdir(mode=0o700)
        yield str(folder / SCRATCH)
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreachable(
            f'The rows cannot be made in "{folder}": {why}.', advice="TMPDIR names a folder with room, and of your own."
        ) from error
    finally:
        rmtree(folder, ignore_errors=True)


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError):
        rmtree(folder)
