"""Words that a rendered letter is made of: days, people, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple
from ledger_cli.letter.blocks import GONE
from ledger_cli.printing.times import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from ledger_cli.letter.said import Said


class Names(NamedTuple):
    """What a letter's people are called, and the zone its days and times are said in."""

    people: Mapping[str, str]
    zone: ZoneInfo

    def person(self, contact: str) -> str:
        """Return what a person is called; who is known by an id alone had a name that was erased."""
        return self.people.get(contact, contact)

    def moment(self, moment: str) -> str:
        """Return a day, or a time in the zone of the ledger, in words."""
        return say(moment, self.zone)


def names_of(said: Said, zone: ZoneInfo) -> Names:
    """Return what the people of *said* are called."""
    return Names({contact: str(card.get("name", f"{contact} {GONE}")) for contact, card in said.people.items()}, zone)


def listed(words: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[2:] else words)


def plural(word: str, number: object) -> str:
    """Return *word* as it stands behind *number*."""
    return word if str(number) == "1" else f"{word}s"
