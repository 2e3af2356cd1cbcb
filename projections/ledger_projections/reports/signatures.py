"""Signatures with the authority of whoever gave them then, work while nothing was signed, acts without authority (M16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import instant, parse_instant
from ledger.standing.unauthorised import signed
from ledger.standing.unsigned import unsigned_work
from ledger_projections.contemporaneity import lag
from ledger_projections.reports.authority import grant_behind, lacking_section, may_words
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.lateness import after_dispute, ahead_words, late_words, writing
from ledger_projections.reports.reasons import according, numbers
from ledger_projections.wording import money_words, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.canonical import JSON
    from ledger.standing import Known
    from ledger.standing.unauthorised import Act
    from ledger.standing.unsigned import Unsigned
    from ledger_projections.reports.source import Source

TITLE = "Signatures, unsigned work and authority"
VERSIONS = ("Version", "State", "Signed by both", "In force", "Drafted by", "According to")
SIGNATURES = ("Version", "For", "By", "Signed", "Written down", "Authority to sign, that day", "Does it count?")
UNSIGNED = (
    "Version",
    "Since",
    "Until",
    "Business days",
    "Calendar days",
    "Days of work",
    "Worth",
    "According to",
)
BESIDE = (
    ("Version", "For"),
    ("By",),
    ("Signed", "Written down"),
    ("Authority to sign, that day",),
    ("Does it count?",),
)
SIDES = {"provider": "us", "client": "the client"}
METHOD = (
    "A version is signed by both once each side has signed it by somebody who might sign for that side on that day, or "
    "whose signature was ratified since. That is a rule of this record; what it means in law is not for it to say."
)


def sections(source: Source) -> Iterator[Section]:
    """Yield the versions, the signatures, the work while one was unsigned, and what was done without authority."""
    yield versions_section(source)
    yield from signatures_sections(source)
    yield unsigned_section(source)
    yield lacking_section(source)


def versions_section(source: Source) -> Section:
    """Return each version with its state and since when it holds."""
    rows = [_version(source, version) for version in source.known.engagement.drafts]
    said = [METHOD] if rows else ["No version of an agreement was drafted: all work is unsigned."]
    return Section("Versions of the agreement", said, VERSIONS, rows)


def signatures_sections(source: Source) -> Iterator[Section]:
    """Yield the signatures, and those that were written down late beneath them."""
    acts = list(signed(source.known))
    if acts:
        facts, what = [act.fact for act in acts], "the signature"
        said = [
            *(late_words(source, fact, what) for fact in facts),
            *(ahead_words(source, fact, what) for fact in facts),
        ]
        said = [line for line in said if line]
        yield Section("Signatures", said, SIGNATURES, [_signature(source, act) for act in acts], together=BESIDE)


def unsigned_section(source: Source) -> Section:
    """Return the work on each version that was done while it was unsigned (M16)."""
    found = unsigned_work(source.known, parse_instant(source.as_of))
    said = [f"v{held} was in force when work on v{one.version} began."
            for one in found if (held := source.known.version_in_force(one.since))]  # fmt: skip
    said += ["No work was begun or recorded while unsigned."] if not found else []
    return Section("Working while unsigned", said, UNSIGNED, [_unsigned(source, one) for one in found])


def _version(source: Source, version: int) -> Line:
    known = source.known
    draft, both = known.engagement.drafts[version], known.signed_by_both.get(version)
    signatures = [fact for fact in known.engagement.signatures if fact.event.version == version]
    state, since = known.signing(version), instant(both) if both else None
    force = "in force" if known.version_in_force(parse_instant(source.as_of)) == version else ""
    cells = (
        f"v{version}",
        state,
        source.said(since),
        force or _replaced(known, version),
        SIDES[draft.event.drafted_by],
    )
    found: dict[str, JSON] = {"version": version, "state": state, **({"signed_by_both_at": since} if since else {})}
    return Line((*cells, according([draft, *signatures])), numbers([draft, *signatures]), values=found)


def _replaced(known: Known, version: int) -> str:
    later = [number for number in known.signed_by_both if number > version]
    return f"v{min(later)} took its place" if version in known.signed_by_both and later else "no"


def _signature(source: Source, act: Act) -> Line:
    fact: Any = act.fact
    event = fact.event
    cells = (
        f"v{event.version}",
        SIDES[event.signed_for],
        f"{person(source.view, event.signatory)} ({event.method.replace('_', ' ')})",
        source.said(fact.when),
        writing(source, fact),
        may_words(source, act),
        _counts(source, act),
    )
    return Line(cells, numbers([fact, *grant_behind(source, act)]), values=_values(source, act))


def _values(source: Source, act: Act) -> dict[str, JSON]:
    fact: Any = act.fact
    event = fact.event
    return {
        "version": event.version,
        "signed_for": event.signed_for,
        "signatory": event.signatory,
        "signed_at": fact.when,
        "recorded": fact.recorded,
        "counts": act.counts,
        "lacks_authority": act.lacks,
        "after_dispute": after_dispute(source, fact),
        **{
            name: str(value)
            for name, value in lag(source.view, fact).items()
            if name in {"lag_hours", "grade"} and value is not None
        },
    }


def _counts(source: Source, act: Act) -> str:
    if not act.lacks:
        return "yes"
    if act.cure is None:
        return "no: nothing has ratified it"
    return f"yes, since it was given: ratified by #{act.cure.entry.position}, {source.said(act.cure.recorded)}"


def _unsigned(source: Source, one: Unsigned) -> Line:
    until = "still unsigned" if one.goes_on else source.said(instant(one.until))
    how = "" if one.goes_on else ("signed by both " if one.signed == one.until else "the engagement closed ")
    worth = " and ".join(money_words(money) for money in one.value) or "not said"
    counts = one.open_days, one.calendar_days
    facts = [*one.work, *one.signatures]
    cells = (f"v{one.version}", source.said(instant(one.since)), f"{how}{until}", *map(str, counts),
             str(one.worked) if one.worked else "none recorded", worth, according(one.work))  # fmt: skip
    found: dict[str, JSON] = {
        "version": one.version,
        "since": instant(one.since),
        "until": instant(one.until),
        "goes_on": one.goes_on,
        "open_days": one.open_days,
        "calendar_days": one.calendar_days,
        **({"days_of_work": str(one.worked)} if one.worked else {}),
        "value": [{"currency": money["currency"], "minor": money["minor"]} for money in one.value],
    }
    return Line(cells, numbers(facts), values=found)
