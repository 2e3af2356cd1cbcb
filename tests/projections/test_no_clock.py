"""Nothing that is worked out reads a clock: what holds now is what held at the moment that the caller names."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_projections.own.unclocked import unclocked
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import READABLE

from ledger.replay import TODAY, Replay
from tests.histories import LATER, Step, steps, told
from tests.places import ROOT
from tests.projections.tables.test_incremental import busy

BELOW = {"src/ledger": ROOT / "src" / "ledger", "ledger_projections": ROOT / "projections" / "ledger_projections"}
TELLS_TIME: Mapping[str, Collection[str]] = {
    "ledger/service.py": {"datetime.now"},
    "ledger/stores/sqlite.py": {"datetime.now"},
    "ledger/stores/locking.py": {"time.monotonic"},
    "ledger_projections/own/unclocked.py": {"time"},
    "ledger_projections/publishing/postgresql/swapping.py": {"time.monotonic"},
}
"""Who may: the service and the store tell when an entry is recorded unless they are handed a clock; a lock, and readers
of a database, are waited for with patience; what catches others at it names all clocks."""
CLOCKS = {"now", "utcnow", "today"}


@pytest.mark.parametrize("folder", BELOW.values(), ids=BELOW)
def test_no_module_below_the_command_reads_a_clock_but_those_that_record(folder: Path) -> None:
    found = {}
    for path in sorted(folder.rglob("*.py")):
        if read := set(clocks_of(ast.parse(path.read_text(encoding="utf-8")))):
            found[path.relative_to(folder.parent).as_posix()] = read

    assert found == {name: names for name, names in TELLS_TIME.items() if name.startswith(f"{folder.name}/")}


CAUGHT = {
    "import time": {"time"},
    "from time import time as t": {"time.time"},
    "from datetime import datetime\ndatetime.now(UTC)": {"datetime.now"},
    "import datetime\ndatetime.date.today()": {"date.today"},
    "view.now": set[str](),
    "when = world.today()": set[str](),
}


@pytest.mark.parametrize(("source", "expected"), CAUGHT.items(), ids=CAUGHT)
def test_a_clock_is_seen_for_what_it_is(source: str, expected: set[str]) -> None:
    assert set(clocks_of(ast.parse(source))) == expected


def test_no_table_metric_or_signal_of_a_busy_story_reads_a_clock(tmp_path: Path) -> None:
    journal = busy(tmp_path).journal

    with unclocked():
        made = snapshot(journal, TODAY, LATER, list(READABLE.values()))

    assert [name for name, rows in made.items() if not rows] == []


@given(steps, st.booleans())
@settings(max_examples=15, deadline=None)
def test_no_table_metric_or_signal_of_any_history_reads_a_clock(taken: list[Step], replayed: bool) -> None:
    journal = told(taken)

    with unclocked():
        snapshot(journal, Replay(known_on=LATER) if replayed else TODAY, LATER, list(READABLE.values()))


def clocks_of(tree: ast.AST) -> Iterator[str]:
    """Yield the clocks that a module imports or reads, as `datetime.now`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name == "time")
            case ast.ImportFrom(module="time", names=names):
                yield from (f"time.{name.name}" for name in names if name.name != "sleep")
            case ast.Attribute(attr=attr, value=ast.Name(id=owner) | ast.Attribute(attr=owner)) if attr in CLOCKS:
                if owner in {"datetime", "date"}:
                    yield f"{owner}.{attr}"
