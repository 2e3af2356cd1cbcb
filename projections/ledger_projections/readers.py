"""Who reads what is handed on, and what each of them is shown (domain 3.7): the one table that reports and publications use.

Private and privileged entries are shown to whoever sits at this machine. To everybody else they are shown where they are
named, and nothing that is derived from one reaches them otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown, near
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Audience(NamedTuple):
    """A kind of reader: what they come for, and whether they see what is *private* and what is *privileged* unnamed."""

    comes_for: str
    private: bool = False
    privileged: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is withheld."""
        return self.private and self.privileged


READERS: Mapping[str, Audience] = {
    "consultant": Audience("their own morning: all that was recorded, on their own machine", private=True, privileged=True),
    "director": Audience("what got worse this week, engagement by engagement"),
    "lawyer": Audience("who knew what when, and what is withheld, where and why"),
    "analyst": Audience("flat tables that are stable from one publication to the next"),
}  # fmt: skip
"""Every kind of reader by its name."""


def audience(name: str) -> Audience:
    """Return the reader called *name*."""
    if name not in READERS:
        raise Unknown("reader", name, candidates=near(name, READERS), advice=f"Name one of: {', '.join(READERS)}.")
    return READERS[name]
