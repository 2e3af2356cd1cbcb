"""What makes much keeps the garbage collector away, and brings it back as it was, whatever happens."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from ledger.uncollected import uncollected


@pytest.mark.parametrize("on", [True, False], ids=["on", "off"])
def test_the_collector_rests_meanwhile_and_is_as_it_was_afterwards(on: bool) -> None:
    was = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        with suppress(ZeroDivisionError), uncollected():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() == on
    finally:
        (gc.enable if was else gc.disable)()
