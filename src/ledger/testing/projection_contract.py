"""What whoever runs projections must do, as tests that any runner runs: every entry counts exactly once.

class TestOurRunner(ProjectionContract):
    @pytest.fixture
    def running(self, tmp_path: Path) -> Iterator[Running]:
        yield …  # over an empty journal, with a `Counter` as its projection

A fold that sets a value hides an entry that is delivered twice; a `Counter` does not.
"""

import json
from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import pytest

from ledger.entry import Proposal
from ledger.journal import Journal, Stored
from ledger.testing.proposals import STREAM, proposal
from ledger.values import Position

PAGES = (1, 2, 3, 7, 1_000)


class Died(BaseException):
    """The runner's end came: no handler of errors may catch it."""


class Running(Protocol):
    """A runner, its journal, and the counter that it runs."""

    @property
    def journal(self) -> Journal:
        """The log, to append to."""

    def catch_up(self, *, page: int, dying_in: int | None = None) -> None:
        """Run to the head, *page* entries at a time; die in the *dying_in*-th page, its rows written but not kept."""

    def counts(self) -> Mapping[str, int]:
        """Return what the counter counted."""


class Delivered(Protocol):
    """A page, as far as a counter looks at it."""

    def stored(self) -> Iterable[Stored]:
        """Return the entries."""


class Counter:
    """A projection that is wrong unless every entry is delivered exactly once: it counts them by type."""

    name = "counter"
    table = "CREATE TABLE counts (type TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT"

    def __init__(self, dying_in: int | None = None) -> None:
        self.left = dying_in

    def apply(self, page: Delivered, db: Any) -> None:  # noqa: ANN401 -- a connection of any database
        """Add the entries of *page* to what was counted before; die if it is time."""
        sql = "INSERT INTO counts VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
        db.executemany(sql, Tally(json.loads(stored.raw)["type"] for stored in page.stored()).items())
        self.left = None if self.left is None else self.left - 1
        if self.left == 0:
            self.die()

    def die(self) -> None:
        """End it, as a crash would."""
        raise Died


class ProjectionContract:
    """The whole contract."""

    @pytest.mark.parametrize("page", PAGES)
    def test_every_entry_counts_once_whatever_the_size_of_a_page(self, running: Running, page: int) -> None:
        append(running.journal, 10)

        running.catch_up(page=page)

        assert sum(running.counts().values()) == 10

    def test_catching_up_again_counts_nothing_again(self, running: Running) -> None:
        append(running.journal, 5)

        running.catch_up(page=2)
        running.catch_up(page=3)

        assert sum(running.counts().values()) == 5

    def test_what_came_meanwhile_is_counted_and_what_was_there_is_not(self, running: Running) -> None:
        append(running.journal, 5)
        running.catch_up(page=2)
        append(running.journal, 4)

        running.catch_up(page=2)

        assert sum(running.counts().values()) == 9

    @pytest.mark.parametrize("page", PAGES[:4])
    @pytest.mark.parametrize("dying_in", [1, 2])
    def test_a_crash_after_the_rows_and_before_the_end_of_a_page_counts_nothing_twice(
        self, running: Running, page: int, dying_in: int
    ) -> None:
        append(running.journal, 10)
        with pytest.raises(Died):
            running.catch_up(page=min(page, 5), dying_in=dying_in)

        running.catch_up(page=page)

        assert sum(running.counts().values()) == 10

    def test_an_empty_log_counts_nothing(self, running: Running) -> None:
        running.catch_up(page=1)

        assert running.counts() == {}

    def test_since_leaves_out_the_position_it_is_given(self, running: Running) -> None:
        append(running.journal, 2)
        first, second = running.journal.since(Position(0), 10)

        assert [*running.journal.since(first.position, 10)] == [second]
        assert [*running.journal.since(second.position, 10)] == []


def append(journal: Journal, count: int) -> None:
    """Append *count* entries to one stream."""
    head = journal.head()
    made: Sequence[Proposal] = [proposal(n) for n in range(head + 1, head + count + 1)]
    journal.append(made, {STREAM: head})
