"""What an audit finds: that all of it agrees, or the first entry that differs and what differs."""

from dataclasses import dataclass

from ledger.errors import Tampered
from ledger.merkle import Hash
from ledger.values.named import NamedTuple


class Fault(NamedTuple):
    """What differs at *position*; 0 where it is no one entry."""

    position: int
    what: str

    def tampered(self) -> Tampered:
        """Return it as the error that ends an audit."""
        before = f"Entries #1 to #{self.position - 1} verify. " if self.position > 1 else ""
        return Tampered(self.position, self.what, advice=f"{before}Restore a backup, then: engage verify")


class DoubtError(Exception):
    """Something is not plainly in order."""


@dataclass(frozen=True, slots=True)
class Report:
    """A ledger that agrees with itself, and how much of it there is; the first *trusted* entries were taken as given."""

    entries: int
    digests: int
    streams: int
    tiles: int
    root: Hash
    trusted: int = 0
    erased: int = 0
    """Digests whose texts were erased."""

    @property
    def caveat(self) -> str:
        """Say what this cannot show: bytes that were all rewritten, consistently, agree with themselves too."""
        if self.trusted:
            return f"Entries #1 to #{self.trusted} were not read: the root over them was taken as given."
        return (
            "Shown against nobody else's checkpoint yet: until someone holds one, "
            "this machine could have rewritten everything."
        )


def first(*faults: Fault | None) -> Fault | None:
    """Return the fault of the lowest position, the earlier given on a tie."""
    return min((fault for fault in faults if fault), key=lambda fault: fault.position, default=None)


def short(value: object) -> str:
    """Show a hash by its beginning, anything else in at most forty characters."""
    if isinstance(value, bytes):
        return f"{value[:4].hex()}…" if len(value) == 32 else f"{len(value):,} bytes"
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 40 else f"{text[:39]}…"
