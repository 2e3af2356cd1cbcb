"""Everything that can go wrong, grouped by what the caller can do about it.

LedgerError
├── Refused          the request is structurally false: change it            exit 3
│   ├── Malformed        bytes or fields that are not what they must be
│   ├── TooLarge         an entry, a disclosure or a batch over its limit
│   ├── Unknown          a reference to nothing
│   ├── Duplicate        a domain id used again with other content
│   ├── Closed           an act that a closed engagement no longer takes
│   └── ClockBehind      this machine's clock runs behind the ledger
├── Conflict         somebody wrote first: read again and decide again       exit 4
│   ├── IdConflict       an entry id used again with another proposal
│   └── Erased           texts that somebody else has just erased
├── Tampered         the bytes do not verify                                 exit 5
└── Unreachable      the store cannot be opened, read or written             exit 7
"""

from collections.abc import Iterable, Sequence


class LedgerError(Exception):
    """Base of all; *exit_code* is what the command line ends with; *advice* is what to do next."""

    exit_code = 1
    ordinal: int | None = None
    """Which draft of a batch it is about, from 0, where it is about one."""

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class Refused(LedgerError):
    """The request says something structurally false; nothing was recorded."""

    exit_code = 3


class Malformed(Refused):
    """Bytes or a field that are not of the form they must have; *field* is the path, if it is one field."""

    def __init__(self, message: str, *, field: str = "", advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.field = field


class TooLarge(Refused):
    """An entry, a disclosure or a batch is over its limit."""


class Unknown(Refused):
    """A reference to nothing; *candidates* are the names that stand nearest."""

    def __init__(self, kind: str, name: str, *, candidates: Sequence[str] = (), advice: str = "") -> None:
        self.kind, self.name, self.candidates = kind, name, tuple(candidates)
        hint = f" Did you mean {' or '.join(self.candidates)}?" if self.candidates else ""
        super().__init__(f'No {kind} "{name}".{hint}', advice=advice)


class Duplicate(Refused):
    """A domain id is used again with other content."""


class Closed(Refused):
    """The engagement is closed and takes no more of this."""


class ClockBehind(Refused):
    """The clock of this machine is more than five minutes behind the newest entry."""


class Conflict(LedgerError):
    """Somebody wrote first. Carries both versions, so that the caller can decide whether to try again."""

    exit_code = 4

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(f"{stream} is at version {actual}, not {expected}: somebody else recorded in between.")
        self.stream, self.expected, self.actual = stream, expected, actual


class IdConflict(Conflict):
    """An entry id is used again with another proposal."""

    def __init__(self, entry_id: str, position: int) -> None:
        LedgerError.__init__(self, f"Entry id {entry_id} is taken by #{position}, which says something else.")
        self.entry_id, self.position = entry_id, position


class Erased(Conflict):
    """Somebody else erased texts of the entry at *position* in between: they are gone, and the log says so once."""

    def __init__(self, position: int) -> None:
        LedgerError.__init__(
            self, f"Somebody else has just erased texts of #{position}.", advice=f"engage show {position}"
        )
        self.position = position


class Tampered(LedgerError):
    """The log does not verify: *position* is the first entry that differs (0: no one entry), *what* differs."""

    exit_code = 5

    def __init__(self, position: int, what: str, *, advice: str = "") -> None:
        where = f"entry #{position}" if position else "the ledger"
        super().__init__(f"Does not verify: {where}: {what}", advice=advice)
        self.position, self.what = position, what


class Unreachable(LedgerError):
    """The store cannot be opened, read or written."""

    exit_code = 7


def near(name: str, names: Iterable[str]) -> list[str]:
    """Return the *names* that stand nearest to *name*, two at most: the candidates of an Unknown."""
    from difflib import get_close_matches

    return get_close_matches(name, list(names), n=2)
