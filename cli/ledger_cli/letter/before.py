"""What a letter is read against: what was promised, to whom, and by when, before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.engagement import Engagement
from ledger.standing import release_of
from ledger.values.named import NamedTuple
from ledger_cli.letter.said import due, may, newest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ledger.account import Account
    from ledger.standing import Known

KINDS = ("milestone", "obligation", "cadence")


class Before(NamedTuple):
    """What stands of an engagement; *version* is the one that a new letter amends."""

    state: Engagement
    account: Account
    version: int | None = None
    dates: Mapping[str, str] = {}
    """The date in force of each milestone."""
    released: Collection[str] = ()
    """What was let go and need not be kept: `milestone:M1`."""
    pending: Mapping[str, int] = {}
    """What belongs to a version that not both have signed, and which."""
    held: Mapping[str, Collection[str]] = {}
    """What each person may do."""
    engagement: str = ""
    untitled: Collection[str] = ()
    """The promises whose title was erased, or is withheld: `milestone:M2`."""


def nothing(account: Account, untitled: Collection[str] = ()) -> Before:
    """Return that nothing was promised yet, to the people of *account*; what is *untitled* needs no title."""
    return Before(Engagement(), account, untitled=untitled)


def before(known: Known) -> Before:
    """Return what stands of the engagement that *known* is about."""
    state, version = known.engagement, newest(known)
    agreed = {n: m for n, m in state.milestones.items() if m.agreed}
    promises = [(kind, name) for kind in KINDS for name in state.things.get(kind, {})]
    return Before(
        state,
        known.account,
        version,
        {name: due(known, milestone, version or 0) for name, milestone in agreed.items()},
        {f"{kind}:{name}" for kind, name in promises if release_of(known, state, kind, name)},
        {f"{kind}:{name}": number for kind, name in promises if (number := _unsigned(known, kind, name))},
        {contact: list(may(known, contact)) for contact in known.account.contacts},
        known.engagement_id,
        {f"{kind}:{name}" for kind, name in promises if _untitled(known, kind, name)},
    )


def _untitled(known: Known, kind: str, name: str) -> bool:
    return getattr(known.engagement.things[kind][name].event, "title", "") is None


def _unsigned(known: Known, kind: str, name: str) -> int:
    """Return the version a promise belongs to if it came after the first and not both have signed it, else 0."""
    version = getattr(known.engagement.things[kind][name].event, "agreement_version", None) or 1
    return version if version > 1 and version not in known.signed_by_both else 0
