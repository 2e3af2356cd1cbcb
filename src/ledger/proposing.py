"""A decided event as a proposal: its clocks filled in, its texts out of the bytes, as private as what it tells of."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from ledger.aggregate import Act
from ledger.calendars import earliest, instant, is_day, normalise_instant
from ledger.disclosures import protect
from ledger.entry import Proposal
from ledger.errors import Malformed, Refused
from ledger.events import EntryCorrected
from ledger.facts import corrected
from ledger.references import carried_on
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from ledger.canonical import JSON
    from ledger.drafts import Draft
    from ledger.events import Event
    from ledger.values import Stream

AHEAD = timedelta(minutes=5)
"""How far in the future something may be said to have happened: clocks differ."""
KNOWN_WHEN_SO = frozenset({"slip-foreseen", "news-learned"})
"""Types that are about coming to know: `aware` is required, and is when they were so."""


class Writer(NamedTuple):
    """Whoever writes, and what they write with."""

    origin: str
    actor: str
    provenance: str
    now: datetime
    entropy: Callable[[int], bytes]
    new_id: Callable[[], str]


def act_of(writer: Writer, draft: Draft, event: Event) -> Act:
    """Return *event* with when it was so and when it was known, filled in where nobody said: never for an import."""
    occurred, aware = (None if t is None else _moment(t) for t in (draft.occurred, draft.aware))
    stamp, latest = _now_and_latest(writer.now)
    now = None if writer.provenance == "import" else stamp
    if event.short_name in KNOWN_WHEN_SO:
        aware = aware or occurred or now
        occurred = occurred or aware
        if aware is None:
            raise Malformed(f"{event.short_name} lacks aware: when it came to be known.", field="aware")
    corrected_clocks = _corrected_clocks(event) if isinstance(event, EntryCorrected) else ()
    for name, moment in (("occurred", occurred), ("aware", aware), *corrected_clocks):
        if moment and earliest(moment) > latest:
            raise Refused(f"{name} {moment} lies in the future.", advice="Record it once it is so.")
    return Act(event, occurred or now, aware)


def proposal_of(writer: Writer, draft: Draft, stream: Stream, act: Act, visibility: str, key: str | None) -> Proposal:
    """Return what is to be appended: the attributes of an entry, and its texts as disclosures (design 2.1, 2.2)."""
    event = act.event
    texts = {name: value for name in event.erasable() if (value := getattr(event, name)) is not None}
    digests, disclosures = protect(texts, len(event.erasable()), writer.entropy)
    optional: tuple[tuple[str, JSON | None], ...] = (
        ("occurred", act.occurred),
        ("aware", act.aware),
        ("onbehalfof", draft.onbehalfof),
        ("claimedtime", draft.claimedtime and _moment(draft.claimedtime)),
        ("claimedactor", draft.claimedactor),
        ("causationid", draft.causationid),
        ("correlationid", draft.correlationid),
        ("sourcekey", key),
        ("privileged", draft.privileged or None),
    )
    attributes: dict[str, JSON] = {
        "specversion": "1.0",
        "id": draft.id or writer.new_id(),
        "source": writer.origin,
        "type": event.stored_name,
        "subject": stream,
        "actor": writer.actor,
        "party": draft.party,
        "visibility": visibility,
        "provenance": writer.provenance,
        "data": {**event.plain, "_sd": digests},
    }
    attributes.update((name, value) for name, value in optional if value is not None)
    return Proposal(attributes, disclosures)


def visibility_of(state: Any, draft: Draft, event: Event) -> str:  # noqa: ANN401 -- one of the three aggregates
    """Return what was asked for, else `private` for a type that is so or a later act of something private in *state*.

    A correction has the visibility of what it corrects.
    """
    if isinstance(event, EntryCorrected):
        target = next(fact for fact in corrected(state.history) if fact.entry.id == event.entry)
        if draft.visibility == "private" != target.visibility:
            raise Refused(
                f"A correction is as private as what it corrects, and #{target.entry.position} is shared.",
                advice=f"To hide both: engage correct {target.entry.position} --visibility private --because …",
            )
        return str(target.visibility)
    return draft.visibility or ("private" if event.private or _tells_of_private(state, event) else "shared")


@lru_cache(2)
def _now_and_latest(now: datetime) -> tuple[str, str]:
    """Return what is stamped now, and the latest that may be spoken of: once for all drafts of a batch."""
    return instant(now.replace(microsecond=0)), instant(now + AHEAD)


def _tells_of_private(state: Any, event: Event) -> bool:  # noqa: ANN401
    begun = (state.things.get(kind, {}).get(name) for kind, name in carried_on(event))
    return any(fact is not None and fact.visibility == "private" for fact in begun)


def _corrected_clocks(event: EntryCorrected) -> Iterator[tuple[str, str]]:
    for change in event.changes:
        if change["path"] in {"occurred", "aware"} and "after" in change:
            yield change["path"], _moment(str(orjson.loads(change["after"])))


def _moment(text: str) -> str:
    return text if is_day(text) else normalise_instant(text)
