"""One flag: which entry, which rule, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.facts import Fact

FLAGS: Mapping[str, str] = {
    "version-skipped": "A version that is not the one before plus one.",
    "redraft-after-signature": "A version changed after somebody had signed it: the first stays in force.",
    "agreement-incomplete": "A required part is missing or thin: no result, no measure, no review cadence (M17).",
    "due-after-completion": "A date after the completion that the agreement names.",
    "before-not-in-force": "A reschedule from a date that was not the date in force.",
    "without-authority": "Done by somebody who may not: it does not count until it is ratified.",
    "delivered-without-evidence": "A delivery with no file to show for it.",
    "forecast-not-after-due": "A slip to a date that is no later than the date in force.",
    "told-without-impact": "A slip told without what it means for the client.",
    "told-without-options": "A slip told without options.",
    "closed-with-unmarked-results": "A close that leaves results unmarked.",
    "correction-without-evidence": "A correction of what is in dispute, without evidence.",
}
"""Every flag, and the rule it stands for."""


class Flag(NamedTuple):
    """A flag on *fact*; *others* are the facts it stands on too, *cured* the one that cures it."""

    fact: Fact[Any]
    flag: str
    subject: str
    detail: str
    others: Sequence[Fact[Any]] = ()
    cured: Fact[Any] | None = None
