"""What every command works with: the ledger that was named, who is recording, the time, and how things are printed.

Everything is opened when first asked for, for a command pays only for what it uses.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from ledger_projections.own import Found
    from ledger_projections.readmodel.store import ReadModel

    from ledger.calendars import Calendar
    from ledger.drafts import Draft, Identity, Receipt
    from ledger.keeping import Keyring
    from ledger.names import Names
    from ledger.service import Ledger
    from ledger.stores.reading import SqliteReader
    from ledger.stores.sqlite import SqliteJournal
    from ledger_cli.keyboard import Ask

    T = TypeVar("T", SqliteReader, SqliteJournal, ReadModel)


class App:
    """One call of the command. *clock*, *who*, *ask* and *entropy* are given by tests, in process, and by nothing else."""

    def __init__(
        self,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        who: Identity | None = None,
        path_given: str | None = None,
        ask: Ask | None = None,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self.clock, self.who, self.path_given, self.entropy = clock, who, path_given, entropy
        self.typed: Sequence[str] = ()
        """The words of this call."""
        self.newcomers: dict[str, Draft] = {}
        """What makes those known, by name, who are named in this call for the first time: recorded with the rest of it."""
        self.introduced: list[Receipt] = []
        """The receipts of the newcomers."""
        self._ask = ask
        self.exit_code = 0
        """What the process ends with when nothing was refused: 6 for `status --check` that found something."""
        self.is_recording = False
        """Whether it is there to record something."""
        self.done: list[int] = []
        """The positions this call has recorded: said even where its answer cannot be."""
        self.unfinished = ""
        """What is still to be done about them, if this call is cut short now."""
        self._opened: list[SqliteReader | SqliteJournal | ReadModel] = []
        self._journal: SqliteJournal | None = None

    @property
    def place(self) -> str:
        """Where the ledger's file is: what was named, else the one in the user's data folder."""
        if self.path_given is None:
            return os.path.join(_data_folder(), "ledger.db")
        if "://" in self.path_given:  # which may hold a password, so it is not said again
            from ledger.errors import Unreachable

            what = f"A ledger is a file, and {self.path_given.partition('://')[0]}://… is none."
            raise Unreachable(what, advice="Its tables can go to a database: engage publish --to URL")
        path = os.path.expanduser(self.path_given)
        named = not os.path.isdir(path) and os.path.splitext(path)[1]
        return path if named else os.path.join(path, "ledger.db")

    @property
    def path(self) -> Path:
        """The ledger's file."""
        from pathlib import Path

        return Path(self.place)

    @property
    def projections(self) -> str:
        """The read model's file, beside the ledger's."""
        folder, name = os.path.split(self.place)
        stem = os.path.splitext(name)[0]
        return os.path.join(folder, "projections.db" if stem == "ledger" else f"{stem}-projections.db")

    @cached_property
    def reader(self) -> SqliteReader:
        """The ledger, to be read."""
        from ledger.stores.reading import SqliteReader

        return self._keep(SqliteReader(self.place))

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, to be written by whoever sits at this machine."""
        return self.ledger_for("cli")

    def ledger_for(self, provenance: str) -> Ledger:
        """Return the ledger, to be written in the way *provenance* names."""
        from ledger.service import Ledger
        from ledger.stores.sqlite import SqliteJournal

        journal = self._journal = SqliteJournal.open(self.place, self.clock)
        aliases = self.names.opened  # read once: among 200 engagements they take 9 ms
        return Ledger(journal, self.identity, clock=self.clock, provenance=provenance, aliases=aliases)

    @cached_property
    def identity(self) -> Identity:
        """Whoever sits at this machine."""
        from ledger_cli.identity import identity

        return self.who or identity()

    @cached_property
    def ask(self) -> Ask | None:
        """How whoever sits at the terminal is asked for what is missing; None where nobody is to be asked."""
        from ledger_cli.keyboard import keyboard

        return self._ask or keyboard()

    @property
    def keyring(self) -> Keyring:
        """The private keys of the ledger: in the user's own settings, never beside the ledger (ADR 13)."""
        from pathlib import Path

        from ledger.keeping import Keyring

        return Keyring(Path(_settings_folder(), "keys"), self.reader.origin)

    @property
    def own_folder(self) -> Path:
        """Where a person's own tables are: in the user's own settings, never beside the ledger (ADR 19)."""
        from pathlib import Path

        return Path(_settings_folder(), "projections").absolute()

    @cached_property
    def own(self) -> Found:
        """The tables of a person's own: asked for only where one of them may be meant, for it runs their code."""
        from ledger_projections.own import find

        return find(self.own_folder)

    @cached_property
    def names(self) -> Names:
        """The names in the ledger."""
        from ledger.names import Names

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
        """Record *drafts*, and who is named in them for the first time, all or none; return the receipts of *drafts*."""
        new = len(self.newcomers)
        receipts = self.ledger.record(*self.newcomers.values(), *drafts)
        self.done += [receipt.position for receipt in receipts if receipt.new]
        self.introduced, self.newcomers = receipts[:new], {}
        return receipts[new:]

    def model(self, *, settle: str = "") -> ReadModel:
        """Return the read model, current with the ledger; in the table *settle*, what grows is counted up to now."""
        from ledger_projections.readmodel.store import current

        return self._keep(current(self.place, self.projections, self.now, settle=settle, note=_talk))

    @property
    def now(self) -> str:
        """The instant it is."""
        return f"{self.clock().astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def close(self) -> None:
        """Close what was opened, the writer last: whoever leaves last folds SQLite's log into the one file.

        Asked for again, it is opened again.
        """
        while self._opened:
            self._opened.pop().close()
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        for name in ("reader", "ledger", "names"):
            self.__dict__.pop(name, None)

    def _keep(self, thing: T) -> T:
        self._opened.append(thing)
        return thing


def _talk(text: str) -> None:
    """Say on standard error what is not data."""
    print(text, file=sys.stderr)  # noqa: T201


def _data_folder() -> str:
    """Return where platformdirs would put us; on Linux without asking it, which takes as long as SQLite."""
    if sys.platform != "linux":
        from platformdirs import user_data_dir

        return user_data_dir("engagement-ledger")
    base = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(base, "engagement-ledger")


def _settings_folder() -> str:
    """Return where the user's settings are: what ENGAGE_SETTINGS names, else where platformdirs would put them."""
    from platformdirs import user_config_dir

    return os.environ.get("ENGAGE_SETTINGS") or user_config_dir("engagement-ledger")
