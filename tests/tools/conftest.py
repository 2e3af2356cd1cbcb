"""One publication for all tools, made as the first page of docs/tools says, by whichever of several processes comes first."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.tools.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    own = tmp_path_factory.getbasetemp().resolve()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "desk"
    folder.mkdir(exist_ok=True)
    with Desk(folder) as desk:
        yield desk
