"""One server for all tests here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.postgresql.cluster import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgresql.cluster import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running() as found:
        yield found


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """A database for one test, by its name."""
    name = f"d{os.urandom(4).hex()}"
    cluster.database(name)
    yield name
    cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
