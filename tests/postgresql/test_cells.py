"""A database holds the cells of every other format, with types of its own, and says what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.publishing.postgresql.address import parse_address
from ledger_projections.publishing.postgresql.placing import Placed, publish
from ledger_projections.publishing.postgresql.tables import TYPES

from tests.publications import plain, raw, types_in
from tests.published_ledgers import HOSTILE, hostile_in, quarter_in
from tests.publishing import published, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgresql.cluster import Cluster

LEDGERS = {"quarter": quarter_in, "hostile": hostile_in}


@pytest.fixture(scope="module", params=LEDGERS)
def both(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, Placed]]:
    """A ledger in a database of its name and in a SQLite file."""
    name, folder = request.param, tmp_path_factory.mktemp(request.param).resolve()
    with LEDGERS[name](folder) as reader:
        there = publish(parse_address(cluster.database(name)), wanted(reader, ("postgresql",), who="consultant"))
        beside = published(reader, folder / "out", who="consultant")
        yield name, beside.folder, there
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_cell_is_the_same_as_in_the_other_formats(cluster: Cluster, both: tuple[str, Path, Placed]) -> None:
    name, folder, _ = both
    tables = types_in(folder)

    def differs(table: str) -> bool:
        types = tables[table]
        here = [[exact(types[column], row[column]) for column in types] for row in raw(folder, table)]
        columns = ", ".join(types)
        return (
            here != [[*map(exact, types.values(), row)] for row in cluster.rows(f"TABLE {table}", name)] or not columns
        )

    cluster.run(f"ALTER DATABASE {name} SET search_path = ledger")
    assert ([table for table in tables if differs(table)], len(tables) > 30) == ([], True)


def exact(type_: str, value: Any) -> Any:
    """Return *value* as one plain thing, in which an empty text is not nothing."""
    return value if value == "" else plain(type_, value)


def test_every_column_has_its_type_and_says_what_it_means(cluster: Cluster, both: tuple[str, Path, Placed]) -> None:
    name, folder, _ = both
    found = cluster.rows(
        "SELECT relname::text, attname::text, format_type(atttypid, atttypmod), col_description(attrelid, attnum),"
        " NOT attnotnull"
        " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relnamespace = 'ledger'::regnamespace AND relkind = 'r' AND attnum > 0",
        name,
    )

    long = {"timestamptz": "timestamp with time zone"}
    assert {*found} == {
        (
            row["table_name"],
            row["column_name"],
            long.get(TYPES[row["type"]], TYPES[row["type"]]),
            row["description"] + (f" ({row['unit']})" if row["unit"] else ""),
            bool(row["nullable"]),
        )
        for row in raw(folder, "data_dictionary")
    }


def test_tables_have_keys_and_the_schema_has_the_stamp(cluster: Cluster, both: tuple[str, Path, Placed]) -> None:
    name, _, there = both
    lacking = cluster.rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind = 'r'"
        " AND (obj_description(oid, 'pg_class') IS NULL"
        " OR NOT EXISTS (SELECT FROM pg_index WHERE indrelid = pg_class.oid AND indisunique))",
        name,
    )
    keys = cluster.rows(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'p' AND conrelid = ANY('{ledger.slips, ledger.freshness}'::regclass[]) ORDER BY 1",
        name,
    )
    stamp = cluster.rows("SELECT obj_description('ledger'::regnamespace, 'pg_namespace')::jsonb", name)

    assert (lacking, stamp) == ([], [(there.stamp,)])
    assert [key.removeprefix("PRIMARY KEY ") for _, key in keys] == ['("position")', "(stream, slip)"]


def test_a_hostile_text_is_kept_to_the_letter(cluster: Cluster, both: tuple[str, Path, Placed]) -> None:
    name, _, _ = both
    kept = [text for (text,) in cluster.rows("SELECT summary FROM ledger.news", name)]

    assert name == "quarter" or kept == list(HOSTILE)
