"""One publication for all tools, made as the first page of docs/tools says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("desk").resolve()) as desk:
        yield desk
