"""The account of an import: what became of every row that was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.drafts import Draft, Receipt
    from ledger.errors import LedgerError


class Unplanned(Protocol):
    """What a source holds, of which drafts are still to be made."""

    @property
    def where(self) -> str:
        """Its name, which no other has."""


class Row(NamedTuple):
    """One row, or line: its name, as in `Row 88 (line 1203)`, and the drafts it amounts to.

    *already* says that part of it was recorded before, so that the drafts are only what is missing.
    """

    where: str
    drafts: Sequence[Draft] = ()
    already: bool = False
    left_out: str = ""
    """Why there is nothing to record, where that wants saying."""


class RefusedRow(NamedTuple):
    """A row that was not recorded, and why."""

    where: str
    error: LedgerError

    @property
    def says(self) -> str:
        """The refusal in one sentence that names the row."""
        message = self.error.message
        return f"{self.where}{', ' if message.startswith('column ') else ': '}{message}"


@dataclass(slots=True)
class Counts:
    """The rows read are those recorded, already there, with nothing to record, and refused; never more, never fewer."""

    recorded: int = 0
    already: int = 0
    nothing: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    """The entries made, by type."""
    left_out: Counter[str] = field(default_factory=Counter)
    readable: int = 0
    """How many rows could be recorded, where nothing was because others are refused."""
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.recorded + self.already + self.nothing + len(self.refused)

    @property
    def entries(self) -> int:
        """How many entries were made."""
        return self.types.total()

    def take(self, row: Row, receipts: Sequence[Receipt], *, there: bool = False) -> None:
        """Count *row*, whose drafts were answered with *receipts*; *there* says that some stood before."""
        made = [receipt.event.short_name for receipt in receipts if receipt.new and receipt.event]
        for name in made:
            self.types[name] += 1
        if made:
            self.recorded += 1
        elif receipts or row.already or there:
            self.already += 1
        else:
            self.nothing += 1
            if row.left_out:
                self.left_out[row.left_out] += 1
