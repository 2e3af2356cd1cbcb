"""What every command works with: the ledger that was named, who is recording, the time, and how things are printed.

Everything is opened when first asked for, for a command pays only for what it uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from ledger_projections.store import ReadModel

    from ledger.calendars import Calendar
    from ledger.drafts import Draft, Identity, Receipt
    from ledger.names import Names
    from ledger.service import Ledger
    from ledger.stores.reading import SqliteReader
    from ledger.stores.sqlite import SqliteJournal

    T = TypeVar("T", SqliteReader, SqliteJournal, ReadModel)


@dataclass
class App:
    """One call of the command. *clock* and *who* are given by tests, in process; nothing outside sets them."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    who: Identity | None = None
    path_given: str | None = None
    exit_code: int = 0
    """What the process ends with when nothing was refused: 6 for `status --check` that found something."""
    opened: list[SqliteReader | SqliteJournal | ReadModel] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The ledger's file: what was named, else the one in the user's data folder."""
        if self.path_given is None:
            from platformdirs import user_data_path  # noqa: PLC0415 -- only without --ledger

            return user_data_path("engagement-ledger") / "ledger.db"
        path = Path(self.path_given).expanduser()
        return path / "ledger.db" if path.is_dir() or not path.suffix else path

    @property
    def projections(self) -> Path:
        """The read model's file, beside the ledger's."""
        stem = self.path.stem
        return self.path.with_name("projections.db" if stem == "ledger" else f"{stem}-projections.db")

    @cached_property
    def reader(self) -> SqliteReader:
        """The ledger, to be read."""
        from ledger.stores.reading import SqliteReader  # noqa: PLC0415

        return self._keep(SqliteReader(self.path))

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, to be written by whoever sits at this machine."""
        return self.ledger_for("cli")

    def ledger_for(self, provenance: str) -> Ledger:
        """Return the ledger, to be written in the way *provenance* names."""
        from ledger.service import Ledger  # noqa: PLC0415
        from ledger.stores.sqlite import SqliteJournal  # noqa: PLC0415

        journal = self._keep(SqliteJournal.open(self.path, self.clock))
        return Ledger(journal, self.identity, clock=self.clock, provenance=provenance)

    @cached_property
    def identity(self) -> Identity:
        """Whoever sits at this machine."""
        from ledger_cli.identity import identity  # noqa: PLC0415 -- it asks git

        return self.who or identity()

    @cached_property
    def names(self) -> Names:
        """The names in the ledger."""
        from ledger.names import Names  # noqa: PLC0415

        return Names(self.reader)

    @cached_property
    def calendar(self) -> Calendar:
        """The ledger's own calendar, whose zone dates are read and shown in."""
        return self.names.practice.calendar("default", self.clock().date().isoformat())

    @property
    def zone(self) -> ZoneInfo:
        """The zone that dates are read and shown in."""
        return self.calendar.zone

    def record(self, *drafts: Draft) -> list[Receipt]:
        """Record *drafts*, all or none."""
        return self.ledger.record(*drafts)

    def model(self, *, settle: bool = False) -> ReadModel:
        """Return the read model, current with the ledger; *settle*d, with what grows counted up to now."""
        from ledger_projections.store import current  # noqa: PLC0415

        return self._keep(current(self.path, self.projections, self.now, settle=settle))

    @property
    def now(self) -> str:
        """The instant it is."""
        return f"{self.clock().astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def close(self) -> None:
        """Close what was opened."""
        while self.opened:
            self.opened.pop().close()

    def _keep(self, thing: T) -> T:
        self.opened.append(thing)
        return thing
