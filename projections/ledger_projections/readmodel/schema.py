"""The tables as SQLite keeps them: declared types, constraints, and the columns that the runner adds to every row."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ledger_projections.readmodel.file import APPLICATION_ID
from ledger_projections.table import Column

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ledger_projections.table import Table

SQL_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "day": "TEXT",
    "instant": "TEXT",
    "moment": "TEXT",
    "json": "TEXT",
}
AS_OF = "(as of freshness.as_of)"
"""In the description of a column that time alone may change, without an entry."""
STREAM = Column("stream", "text", "the stream that the row is made from", example="engagement/k7h2m4")
KEPT = (
    Column("positions", "json", "the positions of the entries that the row stands on", example="[12, 31]"),
    Column("entries", "json", "the ids of the same entries, in the same order", example='["01974…"]'),
    Column(
        "last_position",
        "integer",
        "the newest entry that the row depends on: the key for incremental readers; time moves no key, so what is said to"
        " be as of freshness.as_of changes without it",
    ),
    Column("updated_at", "instant", "when that entry was recorded", example="2025-06-06T08:20:00.000000Z"),
    Column("tombstone", "boolean", "1 once what the row stood on was withdrawn or corrected away"),
)
"""What the runner adds to every row."""
FRESHNESS = (
    Column("position", "integer", "the newest entry that the tables know"),
    Column("root", "text", "the root of the Merkle tree at that position, RFC 6962, in base64", example="c3imyv…OM="),
    Column("projection_version", "integer", "the version of the rules that made the rows"),
    Column("schema_version", "integer", "the version of the shape of the tables; it only ever gains columns"),
    Column("built_at", "instant", "when the file was made anew", example="2025-06-06T08:20:00.000000Z"),
    Column("as_of", "instant", "the time that the rows were evaluated at", example="2025-06-06T08:20:00.000000Z"),
)
DICTIONARY = (
    Column("table_name", "text", "a table"),
    Column("column_name", "text", "a column of it"),
    Column("type", "text", "text, integer, number, boolean, day, instant, moment (a day or an instant) or json"),
    Column("unit", "text", "the unit of a number", example="business hours"),
    Column("nullable", "boolean", "whether the value may be missing"),
    Column("description", "text", "what the value says"),
    Column("example", "text", "a value"),
)
DESCRIPTIONS = {
    "freshness": "how far the tables go: one row",
    "data_dictionary": "what every column of every table means",
}
INTERNAL = (
    "CREATE TABLE internal_state (origin TEXT NOT NULL, leaf_hash BLOB, tables TEXT NOT NULL,"
    " peaks BLOB NOT NULL) STRICT",
    "CREATE TABLE internal_tracking (projection TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE internal_streams (stream TEXT PRIMARY KEY, account TEXT, opened_for TEXT, wakes_at TEXT)"
    " STRICT, WITHOUT ROWID",
    "CREATE INDEX internal_streams_account ON internal_streams (account) WHERE account IS NOT NULL",
    "CREATE INDEX internal_streams_opened_for ON internal_streams (opened_for) WHERE opened_for IS NOT NULL",
    "CREATE INDEX internal_streams_wakes_at ON internal_streams (wakes_at) WHERE wakes_at IS NOT NULL",
    "CREATE TABLE internal_over_all (position INTEGER NOT NULL, evaluated TEXT NOT NULL, since TEXT NOT NULL,"
    " until TEXT NOT NULL) STRICT",
)
"""The runner's own tables, no part of the contract: which log this is, how far each projection went, what changes when,
and for which state of the tables, and which time, the rows are that stand on several streams (`over_all`)."""


def columns(table: Table) -> tuple[Column, ...]:
    """Return every column of *table* as stored: its own, those kept for every row, and the twins in seconds."""
    return tuple(with_twins((*own_columns(table), *KEPT)))


def own_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns that *table* declares, and the stream if it does not."""
    return table.columns if any(c.name == "stream" for c in table.columns) else (STREAM, *table.columns)


def with_twins(declared: Iterable[Column]) -> Iterable[Column]:
    """Yield *declared*, each time followed by its twin in seconds since 1970."""
    for column in declared:
        yield column
        if column.type in {"instant", "moment"}:
            said = f"{column.name} in seconds since 1970, UTC" + ("; a day: its begin" * (column.type == "moment"))
            said += f" {AS_OF}" * (AS_OF in column.description)
            yield Column(f"{column.name}_unix", "integer", said, "s", column.nullable)


def create(name: str, stored: Sequence[Column]) -> str:
    """Return the SQL that makes table *name* with the columns *stored*."""
    declared = ",\n  ".join(map(_declared, stored))
    return f'CREATE TABLE "{name}" (\n  {declared}\n) STRICT'


def statements(tables: Iterable[Table]) -> list[str]:
    """Return the SQL that makes the read model of *tables*, empty."""
    made = [*INTERNAL, create("freshness", [*with_twins(FRESHNESS)]), create("data_dictionary", DICTIONARY)]
    return [
        *made,
        *(create(table.name, columns(table)) for table in tables),
        *(create(f"internal_{table.name}", columns(table)) for table in tables if table.over_all),
        f"PRAGMA application_id = {APPLICATION_ID}",
    ]


def indexes(tables: Iterable[Table]) -> Iterator[str]:
    """Yield the SQL that makes the indexes of *tables*: sooner once the rows are there than row by row."""
    for table in tables:
        yield f'CREATE UNIQUE INDEX "{table.name}_key" ON "{table.name}" (stream, {", ".join(table.key)})'
        yield f'CREATE INDEX "{table.name}_last_position" ON "{table.name}" (last_position)'


def dictionary(tables: Iterable[Table]) -> list[tuple[object, ...]]:
    """Return the rows of the data dictionary: every column of every table, the runner's own included."""
    described = {table.name: columns(table) for table in tables}
    described |= {"freshness": tuple(with_twins(FRESHNESS)), "data_dictionary": DICTIONARY}
    return [row for name, declared in described.items() for row in defined(name, declared)]


def defined(name: str, declared: Iterable[Column]) -> Iterator[tuple[object, ...]]:
    """Yield what the data dictionary says of the columns *declared* of table *name*."""
    for c in declared:
        yield (name, c.name, c.type, c.unit, int(c.nullable), c.description, c.example)


def fingerprint(tables: Collection[Table]) -> str:
    """Return a hash of the shape of *tables* and of what their columns mean: a file of another shape is made anew."""
    first = [*tables][:1]  # the SQL is made of all in one way: only what they declare differs
    declared = [(table.name, table.key, *map(tuple, table.columns)) for table in tables]
    said = repr((statements(first), [*indexes(first)], dictionary(first), declared))
    return sha256(said.encode()).hexdigest()


def _declared(column: Column) -> str:
    sql = f"{column.name} {SQL_TYPES[column.type]}" + ("" if column.nullable else " NOT NULL")
    return sql + (f" CHECK ({column.name} IN (0, 1))" if column.type == "boolean" else "")
