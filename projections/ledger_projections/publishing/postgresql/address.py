"""Where tables go in PostgreSQL: a URL as libpq reads it, and the schema that it names; no password in it is ever said.

    postgresql://user@host:5432/database?sslmode=require&schema=ledger

All but `schema` is libpq's: what the URL leaves out comes from PGHOST, PGUSER and the like, the password best from ~/.pgpass.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ledger.errors import Refused
from ledger.values.named import NamedTuple

SCHEMES = ("postgresql", "postgres")
SCHEMA = "ledger"
"""The schema that tables go to where the URL names none."""
_NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,39}")
"""Names that nobody has to quote, short enough for what is put behind them (PostgreSQL holds 63 bytes)."""


class Address(NamedTuple):
    """The *schema* of the database at *url*; *shown* is how people are told of it."""

    url: str
    schema: str
    shown: str


def is_address(target: str) -> bool:
    """Return whether *target* is the URL of a PostgreSQL database."""
    return target.partition("://")[0] in SCHEMES and "://" in target


def parse_address(target: str) -> Address:
    """Return what *target* names; refuse a URL of which a part of the password could be taken for something else."""
    _check_at(target)
    parts = urlsplit(target)
    options = [each for each in parts.query.split("&") if each]
    named = [each.partition("=")[2] for each in options if each.partition("=")[0] == "schema"]
    schema = named[-1] if named else SCHEMA
    if not _NAME.fullmatch(schema):
        raise Refused(
            f'"{schema}" is no name of a schema: it takes 1 to 40 of a to z, 0 to 9 and _, and not pg_ first.',
            advice="Leave ?schema= out, and it is ledger.",
        )
    others = [each for each in options if each.partition("=")[0] != "schema"]
    url = target.partition("?")[0].partition("#")[0] + (f"?{'&'.join(others)}" if others else "")
    user, at, host = parts.netloc.rpartition("@")
    shown = f"postgresql://{user.partition(':')[0]}{at}{host}{parts.path}"
    return Address(url, schema, shown)


def _check_at(target: str) -> None:
    """Refuse a second @, or one behind the host: libpq would look for a host that is a piece of a password, and name it."""
    host, at, rest = target.partition("://")[2].partition("@")
    if (at and set(host) & set("/?#")) or "@" in rest:
        raise Refused(
            "The URL of the database has an @ where none may be.",
            advice="In a password, @ is written %40, / %2F, ? %3F and # %23. Or keep it in ~/.pgpass and out of the URL.",
        )
