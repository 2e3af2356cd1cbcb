"""psql on a server that the quarter was published to, as somebody who may only read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.postgresql.cluster import USER, running
from tests.tools.desk import page, unkept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tools.desk import Desk


@pytest.fixture
def _server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not shutil.which("psql"):
        pytest.skip("psql is not installed")
    with running() as cluster:
        monkeypatch.setenv("PGHOST", str(cluster.folder))
        monkeypatch.setenv("PGUSER", USER)
        yield


@pytest.mark.usefixtures("_server")
def test_the_page_answers_as_written(desk: Desk) -> None:
    assert unkept(desk.typed(page("postgresql"))) == []
