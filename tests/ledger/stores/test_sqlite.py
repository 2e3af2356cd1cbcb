"""The SQLite store keeps the store contract."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.journal import Journal
from ledger.stores.sqlite import SqliteJournal
from ledger.testing.proposals import ORIGIN, FakeClock
from ledger.testing.store_contract import StoreContract


class TestSqliteJournal(StoreContract):
    @pytest.fixture
    def journal(self, clock: FakeClock, tmp_path: Path) -> Iterator[Journal]:
        with SqliteJournal.create(tmp_path / "ledger.db", ORIGIN, clock) as journal:
            yield journal
