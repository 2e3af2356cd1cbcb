"""What the store adds to a proposal under its lock: the two attributes that make an entry of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from ledger.canonical import JSON
from ledger.disclosures import digests_of
from ledger.entry import Proposal
from ledger.errors import ClockBehind, Malformed, TooLarge
from ledger.stores.schema import ORDINAL_BITS

TOLERANCE = timedelta(minutes=5)
"""How far this machine's clock may run behind the newest entry (design 2.4)."""
_PROVENANCE = b',"provenance":"'
_SUBJECT = b',"subject":"'


def check(proposal: Proposal, origin: str) -> bytes:
    """Return the canonical bytes of *proposal*; refuse what would not make an entry of the ledger *origin*."""
    raw = proposal.check()
    attributes = proposal.attributes
    if attributes["source"] != origin:
        raise Malformed(f'The source "{attributes["source"]}" is not this ledger, "{origin}".', field="source")
    if len(proposal.disclosures) > 1 << ORDINAL_BITS:
        raise TooLarge(f"An entry has at most {1 << ORDINAL_BITS} erasable fields, not {len(proposal.disclosures)}.")
    data: Mapping[str, JSON] = attributes["data"]  # type: ignore[assignment]  # check() saw an object
    if data.get("_sd", []) != digests_of(proposal.disclosures):
        raise Malformed("The digests in data._sd are not those of the disclosures, in order.", field="data._sd")
    return raw


def finish(raw: bytes, recorded: str, version: int) -> bytes:
    """Return the bytes of the entry that the proposal in *raw* becomes: `entry.encode` of it, without parsing it.

    No string holds a bare quote, and what stands behind these keys holds no object, so the last of each is the entry's.
    """
    after = raw.index(b'"', raw.rindex(_PROVENANCE) + len(_PROVENANCE)) + 1
    before = raw.rindex(_SUBJECT)
    return b'%b,"recordedtime":"%b"%b,"streamversion":%d%b' % (
        raw[:after],
        recorded.encode(),
        raw[after:before],
        version,
        raw[before:],
    )


def recorded_time(clock: datetime, head: int, newest: str) -> str:
    """Return what *clock* says, but never less than the *newest* recorded time, which the entry at *head* has."""
    if clock.tzinfo is None:
        raise ValueError("The clock of a store tells its zone.")
    now = clock.astimezone(UTC)
    text = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if text >= newest:
        return text
    if datetime.fromisoformat(newest) - now > TOLERANCE:
        raise ClockBehind(
            f"This machine's clock says {text}, but entry #{head} was recorded at {newest}, more than 5 minutes later.",
            advice="Set this machine's clock, then try again.",
        )
    return newest
