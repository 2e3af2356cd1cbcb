"""A connection to the server that tables are published to, and what it says when it cannot do that, in our words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ledger.errors import Refused, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from ledger_projections.publishing.postgresql.address import Address

    Connection = psycopg.Connection[tuple[Any, ...]]

EXTRA = "pip install 'engagement-ledger[postgres]'"
STANDS = "What is published there is whole."
"""True whenever it breaks off: all of it is one transaction."""


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """Give a connection to the database at *address* that commits each statement unless told otherwise."""
    try:
        import psycopg
    except ImportError as error:
        raise Refused("PostgreSQL takes psycopg, which is not installed.", advice=EXTRA) from error
    with _in_words(address), psycopg.connect(_conninfo(address), autocommit=True) as db:
        _check_encoding(db, address)
        yield db


def _conninfo(address: Address) -> str:
    """Return what libpq is told: the URL, and what it would else take from elsewhere or wait for."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    try:
        said = conninfo_to_dict(address.url)
    except psycopg.ProgrammingError as error:
        what = str(error).strip()
        why = f": {what}" if what.startswith("invalid URI query parameter") else ""  # the others may quote the password
        raise Refused(
            f"{address.shown} is no URL that libpq reads{why}.", advice="postgresql://USER@HOST:PORT/DATABASE"
        ) from None
    told = {"connect_timeout": 10, "application_name": "engage publish", **said, "client_encoding": "UTF8"}
    return make_conninfo("", **told)


def _check_encoding(db: Connection, address: Address) -> None:
    """Refuse a database that cannot hold every text."""
    found = db.info.parameter_status("server_encoding")
    if found != "UTF8":
        raise Refused(
            f"{address.shown} keeps its texts in {found}, which cannot hold all of ours.",
            advice="createdb --encoding UTF8 --template template0 NAME",
        )


@contextmanager
def _in_words(address: Address) -> Iterator[None]:
    import psycopg
    from psycopg import errors

    try:
        yield
    except errors.InsufficientPrivilege as error:
        raise Unreachable(
            f"{address.shown} cannot be written to: {_said(error)}. {STANDS}",
            advice="Whoever owns the database can: GRANT CREATE ON DATABASE … TO the user that publishes.",
        ) from error
    except psycopg.OperationalError as error:
        raise Unreachable(
            f"{address.shown} cannot be reached, or was lost: {_said(error)}. {STANDS}",
            advice="Is the server there, and does psql with the same URL come in? The password is taken from ~/.pgpass too.",
        ) from error
    except psycopg.Error as error:
        raise Unreachable(
            f"{address.shown} did not take it: {_said(error)}. {STANDS}",
            advice="What the server's log says tells more.",
        ) from error


def _said(error: psycopg.Error) -> str:
    """Return what is wrong, in a line."""
    primary = error.diag.message_primary or str(error).strip().partition("\n")[0]
    return primary.rpartition(" failed: ")[2].removeprefix("FATAL:  ").rstrip(".")
