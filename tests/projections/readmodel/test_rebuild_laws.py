"""Whatever happened, and whenever the tables were made and are made anew: what is right differs in nothing."""

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.readmodel.catchup import refresh
from ledger_projections.readmodel.comparing import Rebuilt
from ledger_projections.readmodel.rebuild import build, rebuild
from ledger_projections.readmodel.streams import StreamTables
from ledger_projections.tables import TABLES

from tests.cutting import Cut, built, everything
from tests.histories import Step, steps, told

ALL = list(TABLES.values())
moments = st.builds(
    "2025-{:02}-{:02}T{:02}:00:00.000000Z".format, st.integers(6, 8), st.integers(1, 28), st.integers(0, 23)
)


@given(steps, st.tuples(moments, moments, moments), st.integers(1, 30))
@settings(max_examples=12, deadline=None)
def test_tables_of_any_time_are_rebuilt_at_any_time_without_a_difference(
    taken: Sequence[Step], times: tuple[str, str, str], behind: int
) -> None:
    journal = told(taken)
    begun, evaluated, now = times
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "projections.db"
        build(Cut(journal, max(1, journal.head() - behind)), str(path), ALL, begun)
        db = sqlite3.connect(path, isolation_level=None)
        refresh(db, journal, StreamTables(ALL), evaluated)
        db.close()

        assert rebuild(journal, str(path), ALL, now) == Rebuilt([])

        fresh = sqlite3.connect(path)
        (as_of,) = fresh.execute("SELECT as_of FROM freshness").fetchone()
        assert everything(fresh, ALL) == built(journal, ALL, as_of)
        assert as_of == now or now < as_of <= max(begun, evaluated)
        fresh.close()
