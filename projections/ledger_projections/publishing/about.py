"""What the files of a publication say of themselves: what they hold, for whom, as of when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_projections.publishing.sheet import Sheet


class Written(NamedTuple):
    """A file as it was written."""

    bytes: int
    sha256: str


class About(NamedTuple):
    """A publication: its *sheets* in *formats*, made for *reader* from the ledger *origin* as it stood at *position*."""

    sheets: Sequence[Sheet]
    formats: Sequence[str]
    origin: str
    position: int
    root: str
    as_of: str
    as_known_on: str | None
    built_at: str
    reader: str
    withheld: Sequence[tuple[int, str]]
    """What the reader is not shown: positions with their reasons."""
    files: Mapping[str, Written] = {}
    """What was written, by its path in the folder."""

    @property
    def title(self) -> str:
        """What people call it."""
        return f"Engagement ledger {self.origin}"

    @property
    def says(self) -> str:
        """Say what it is in a sentence or three."""
        known = f" as known on {self.as_known_on}" if self.as_known_on else ""
        count = len(self.withheld)
        hidden = (
            "No entry is withheld" if not count else f"{count} {'entry is' if count == 1 else 'entries are'} withheld"
        )
        return (
            f"The tables of the ledger at position {self.position}{known}, evaluated at {self.as_of}, for the {self.reader}."
            f" {hidden}; nothing here is derived from what is."
        )
