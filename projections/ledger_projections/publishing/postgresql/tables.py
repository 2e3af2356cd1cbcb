"""A table as PostgreSQL keeps it: real types, a primary key, and as its comments what it and its columns mean."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger_projections.whose import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from psycopg.sql import Composed

    from ledger_projections.publishing.content import Content
    from ledger_projections.publishing.postgresql.server import Connection
    from ledger_projections.publishing.sheet import Sheet
    from ledger_projections.table import Column, ColumnType

TYPES: Mapping[ColumnType, str] = {
    "text": "text",
    "json": "jsonb",
    "moment": "text",
    "integer": "bigint",
    "number": "double precision",
    "boolean": "boolean",
    "day": "date",
    "instant": "timestamptz",
}


def write(db: Connection, schema: str, sheet: Sheet, content: Content) -> None:
    """Make the table *sheet* in *schema*, in the transaction that *db* is in, with its rows, keys and comments."""
    from psycopg import sql

    table = sql.Identifier(schema, sheet.name)
    db.execute(sql.SQL("CREATE TABLE {} ({})").format(table, sql.SQL(", ").join(map(_declared, sheet.columns))))
    # frozen, the rows are there for whoever began to read before they were written: nobody finds a table empty
    copying = sql.SQL("COPY {} FROM STDIN (FREEZE)").format(table)
    with _held_by(sheet):
        with db.cursor().copy(copying) as copy:
            for row in content.rows(sheet):
                copy.write_row(row)
        # all that is said of it at once: each statement by itself costs a way there and back
        db.execute(sql.SQL("; ").join([*_keys(table, sheet), *_comments(table, sheet)]))


@contextmanager
def _held_by(sheet: Sheet) -> Iterator[None]:
    """Refuse what the server cannot hold: U+0000, a key longer than a third of a page of an index."""
    import psycopg

    try:
        yield
    except (psycopg.DataError, psycopg.IntegrityError, psycopg.errors.ProgramLimitExceeded) as error:
        why = error.diag.message_primary or str(error)
        raise Refused(
            f'The table "{sheet.name}" holds what PostgreSQL cannot: {why}.', advice="Publish it to a folder."
        ) from error


def _declared(column: Column) -> Composed:
    from psycopg import sql

    kind = TYPES[column.type] + ("" if column.nullable else " NOT NULL")
    return sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(kind))


def _keys(table: object, sheet: Sheet) -> Iterator[Composed]:
    from psycopg import sql

    names = [column.name for column in primary(sheet)]
    if names:
        yield sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(
            table, sql.SQL(", ").join(map(sql.Identifier, names))
        )
    else:
        key = sql.SQL(", ").join(map(sql.Identifier, sheet.key))
        yield sql.SQL("CREATE UNIQUE INDEX ON {} ({})").format(table, key)
    if any(column.name == "last_position" for column in sheet.columns):
        yield sql.SQL("CREATE INDEX ON {} (last_position)").format(table)
    yield sql.SQL("ANALYZE {}").format(table)


def primary(sheet: Sheet) -> list[Column]:
    """Return the columns of the primary key of *sheet*; none where one may be missing that the stream does not tell."""
    by_name = {column.name: column for column in sheet.columns}
    key = [by_name[name] for name in sheet.key if by_name[name] not in WHOSE]  # whose a row is, its stream tells
    return key if not any(column.nullable for column in key) else []


def _comments(table: object, sheet: Sheet) -> Iterator[Composed]:
    from psycopg import sql

    yield sql.SQL("COMMENT ON TABLE {} IS {}").format(table, sql.Literal(sheet.description))
    for column in sheet.columns:
        said = column.description + (f" ({column.unit})" if column.unit else "")
        yield sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(table, sql.Identifier(column.name), sql.Literal(said))
