"""The journal in memory keeps the store contract."""

import pytest

from ledger.journal import Journal
from ledger.testing.fakes import MemoryJournal
from ledger.testing.proposals import ORIGIN, FakeClock
from ledger.testing.store_contract import StoreContract


class TestMemoryJournal(StoreContract):
    @pytest.fixture
    def journal(self, clock: FakeClock) -> Journal:
        return MemoryJournal(clock, ORIGIN)
