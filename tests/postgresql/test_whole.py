"""Whoever reads a database sees one whole publication or the next; what others made there is neither hidden nor lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.publishing.alone import Busy
from ledger_projections.publishing.postgresql import swapping
from ledger_projections.publishing.postgresql.address import parse_address
from ledger_projections.publishing.postgresql.placing import Placed, publish

from ledger.errors import Refused
from ledger.stores.reading import SqliteReader
from tests.postgresql.cluster import psycopg
from tests.publishing import wanted
from tests.views import World, london

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgresql.cluster import Cluster

MOMENTS = [london(f"2025-08-0{day}T09:00") for day in range(1, 5)]
FIRST, SECOND = MOMENTS[:2]
MINE = "CREATE SCHEMA ledger; CREATE TABLE ledger.mine AS SELECT 'mine' AS text"
"""How somebody makes a schema that is called as ours is."""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    begun = World(tmp_path).begin()
    begun.record("news-learned", polarity="bad", summary="late", source="them")
    yield begun
    begun.journal.close()


def put(world: World, url: str, as_of: str = FIRST, **more: Any) -> Placed:
    return publish(parse_address(url), wanted(world.journal, ("postgresql",), as_of=as_of, **more))


def as_of(cluster: Cluster, name: str) -> list[tuple[Any, ...]]:
    return cluster.rows("SELECT to_char(as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM ledger.freshness", name)


def schemas(cluster: Cluster, name: str) -> list[str]:
    found = cluster.rows("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1", name)
    return [schema for (schema,) in found if schema not in {"information_schema", "public"}]


@contextmanager
def reading(url: str, level: str, seen: list[Any]) -> Iterator[None]:
    """Read two tables again and again in one transaction, until the end; what was seen, or went wrong, is *seen*."""
    over = threading.Event()

    def read() -> None:
        with psycopg.connect(url, autocommit=True) as db:
            while not over.is_set():
                try:
                    with db.transaction():
                        db.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                        db.execute("SELECT 1 FROM pg_class LIMIT 1")  # a snapshot, before anything of ours is looked at
                        stamp = db.execute("SELECT as_of::text FROM ledger.freshness").fetchall()
                        news = db.execute("SELECT count(*) FROM ledger.news").fetchall()
                        again = db.execute("SELECT as_of::text, withheld FROM ledger.freshness, ledger.news").fetchall()
                        seen.append((stamp, news, [again[0][:1]]))
                except psycopg.Error as error:
                    seen.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        over.set()
        reader.join()


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_reader_never_sees_half_of_it(world: World, cluster: Cluster, database: str, level: str) -> None:
    url, seen = cluster.url(database), list[Any]()
    put(world, url)

    with reading(url, level, seen), reading(url, level, seen):
        for moment in MOMENTS[1:]:
            put(world, url, moment)

    whole = [each for each in seen if each[0] == each[2] and each[1] == [(1,)]]
    assert [each for each in seen if each not in whole] == []
    assert len({each[0][0] for each in whole}) > 1
    assert schemas(cluster, database) == ["ledger"]


def test_whoever_stays_in_a_transaction_reads_one_publication_to_the_end(
    world: World, cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "PATIENCE", 0.3)
    url = cluster.url(database)
    put(world, url)

    with psycopg.connect(url, application_name="desk") as db:
        before = db.execute("SELECT as_of FROM ledger.freshness").fetchall()
        with pytest.raises(Busy, match=r"read all the time, by postgres desk \(process \d+\)"):
            put(world, url, SECOND)
        assert db.execute("SELECT as_of FROM ledger.freshness").fetchall() == before

    put(world, url, SECOND)
    assert (as_of(cluster, database), schemas(cluster, database)) == ([(SECOND[:10],)], ["ledger"])


def killed(world: World, url: str, step: int, moment: str) -> subprocess.CompletedProcess[str]:
    asked = [os.fspath(world.journal.path), url, str(step), moment]
    places = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.postgresql.publisher", *asked]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=places)


@pytest.mark.slow
def test_a_publisher_killed_at_any_step_leaves_what_was_there_and_nothing_else(
    world: World, cluster: Cluster, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    monkeypatch.setenv("TMPDIR", str(rows))
    monkeypatch.setattr(tempfile, "tempdir", str(rows))
    url = cluster.url(database)
    whole = killed(world, url, 0, FIRST)
    assert whole.returncode == 0, whole.stderr
    last = int(killed(world, url, 0, FIRST).stdout.removeprefix("-"))

    for step in (1, last // 2, *range(last - 3, last + 1)):
        assert killed(world, url, step, SECOND).returncode < 0
        assert (as_of(cluster, database), schemas(cluster, database)) == ([(FIRST[:10],)], ["ledger"])
        assert len([*rows.iterdir()]) == 1

    put(world, url, SECOND)
    assert (as_of(cluster, database), schemas(cluster, database)) == ([(SECOND[:10],)], ["ledger"])
    assert [*rows.iterdir()] == []


def test_of_two_publishers_one_waits_for_the_other(world: World, cluster: Cluster, database: str) -> None:
    url, done = cluster.url(database), list[str]()

    def told(what: str, number: int, of: int) -> None:
        if what == "Writing tables" and number == 0:
            second.start()
            second.join(0.5)
            done.append(f"first writes, second {'waits' if second.is_alive() else 'does not'}")

    def after() -> None:
        with SqliteReader(world.journal.path) as reader:
            publish(parse_address(url), wanted(reader, ("postgresql",), as_of=SECOND))
        done.append("second")

    second = threading.Thread(target=after)
    publish(parse_address(url), wanted(world.journal, ("postgresql",), as_of=FIRST), tell=told)
    second.join()

    assert (done, as_of(cluster, database)) == (["first writes, second waits", "second"], [(SECOND[:10],)])


@pytest.mark.parametrize("comment", ["NULL", "'mine'", "'[]'", """'{"engagement-ledger-publication": 2}'"""])
def test_a_schema_that_somebody_else_made_is_refused(
    world: World, cluster: Cluster, database: str, comment: str
) -> None:
    cluster.run(MINE, database)
    cluster.run(f"COMMENT ON SCHEMA ledger IS {comment}", database)

    with pytest.raises(Refused, match='schema "ledger" is there, and nothing that this command made'):
        put(world, cluster.url(database))

    assert cluster.rows("SELECT text FROM ledger.mine", database) == [("mine",)]
    assert schemas(cluster, database) == ["ledger"]


@pytest.mark.parametrize(
    ("made", "named"),
    [
        ("CREATE VIEW public.late AS SELECT summary FROM ledger.news", "view late depends on table ledger.news"),
        ("CREATE TABLE ledger.mine AS SELECT 1", "table ledger.mine depends on schema ledger"),
    ],
)
def test_what_others_hung_on_it_is_refused_rather_than_dropped(
    world: World, cluster: Cluster, database: str, made: str, named: str
) -> None:
    put(world, cluster.url(database))
    cluster.run(made, database)

    with pytest.raises(Refused, match=named):
        put(world, cluster.url(database), SECOND)

    assert (as_of(cluster, database), schemas(cluster, database)) == ([(FIRST[:10],)], ["ledger"])


def test_row_security_is_refused_rather_than_lost(world: World, cluster: Cluster, database: str) -> None:
    put(world, cluster.url(database))
    cluster.run("ALTER TABLE ledger.news ENABLE ROW LEVEL SECURITY", database)

    with pytest.raises(Refused, match="row security guards news"):
        put(world, cluster.url(database), SECOND)


def test_a_table_that_somebody_dropped_is_back(world: World, cluster: Cluster, database: str) -> None:
    put(world, cluster.url(database))
    cluster.run("DROP TABLE ledger.news", database)

    put(world, cluster.url(database), SECOND)

    assert cluster.rows("SELECT count(*) FROM ledger.news", database) == [(1,)]


def test_publications_in_several_schemas_stand_side_by_side(world: World, cluster: Cluster, database: str) -> None:
    put(world, cluster.url(database))
    put(world, cluster.url(database) + "&schema=director", SECOND, who="director")

    assert schemas(cluster, database) == ["director", "ledger"]
    assert cluster.rows("SELECT reader FROM director.freshness", database) == [("director",)]
