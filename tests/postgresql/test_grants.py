"""Whoever could read what is published can read what replaces it, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ledger_projections.publishing.postgresql.address import parse_address
from ledger_projections.publishing.postgresql.placing import publish

from tests.postgresql.cluster import psycopg
from tests.publishing import wanted
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.postgresql.cluster import Cluster

ROLES = ("ledger_reader", "ana", "Ben B.", "cy", "dee")
GIVEN = (
    'GRANT USAGE ON SCHEMA ledger TO ana, "Ben B.", dee WITH GRANT OPTION',
    'GRANT SELECT ON ledger.news, ledger.slips TO "Ben B."',
    "GRANT SELECT (summary) ON ledger.news TO dee",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT ON TABLES TO ana",
)
"""Ana gets every table that is made from now on, Ben two, Dee a column, Cy nothing."""


@pytest.fixture
def put(cluster: Cluster, database: str, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    for role in ROLES:
        cluster.run(f'DROP ROLE IF EXISTS "{role}"')
        cluster.run(f'CREATE ROLE "{role}" LOGIN')
    world = World(tmp_path).begin()
    yield lambda: publish(parse_address(cluster.url(database)), wanted(world.journal, ("postgresql",)))
    world.journal.close()
    for role in ROLES:
        cluster.run(f'DROP OWNED BY "{role}"', database)
        cluster.run(f'DROP ROLE "{role}"')


def reads(cluster: Cluster, database: str, role: str) -> list[str]:
    """Return what of a few things *role* may read."""
    found = []
    for what in ("* FROM ledger.news", "summary FROM ledger.news", "* FROM ledger.slips", "* FROM ledger.freshness"):
        with psycopg.connect(cluster.url(database)) as db:
            db.execute(f'SET ROLE "{role}"')
            try:
                db.execute(f"SELECT {what}")
            except psycopg.errors.InsufficientPrivilege:
                continue
            found.append(what)
    return found


def test_grants_outlive_what_they_were_given_on(cluster: Cluster, database: str, put: Callable[[], Any]) -> None:
    put()
    first = {role: reads(cluster, database, role) for role in ROLES}
    for statement in GIVEN:
        cluster.run(statement, database)

    for _ in range(2):
        put()

    every = ["* FROM ledger.news", "summary FROM ledger.news", "* FROM ledger.slips", "* FROM ledger.freshness"]
    assert first == {"ledger_reader": every, "ana": [], "Ben B.": [], "cy": [], "dee": []}
    assert {role: reads(cluster, database, role) for role in ROLES} == {
        "ledger_reader": every,
        "ana": every,
        "Ben B.": every[:3],
        "cy": [],
        "dee": every[1:2],
    }
    assert cluster.rows("SELECT has_schema_privilege('dee', 'ledger', 'USAGE WITH GRANT OPTION')", database) == [
        (True,)
    ]
