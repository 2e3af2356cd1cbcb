"""Flags that somebody can still put right: an act to be ratified, a gift to be settled, a part to be agreed (3.3.5)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger.engagement import Amendment
from ledger.events import AgreementSigned, GiftRecorded, MilestoneJudged, RequestReceived
from ledger.values.named import NamedTuple
from ledger_projections.alerts.alert import Alert, command, first, named
from ledger_projections.flagging import FLAGS, flags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.facts import Fact
    from ledger.standing import Known
    from ledger_projections.flagging import Flag
    from ledger_projections.view import View


class Mended(NamedTuple):
    """The signal that a flag is until it is put right, what it says, and the command that puts it right."""

    signal: str
    says: str
    command: Callable[[View, Fact[Any]], str]


def _correct(view: View, fact: Fact[Any]) -> str:
    return f"engage correct {fact.entry.position}"


def _ratify(view: View, fact: Fact[Any]) -> str:
    """Return the command that gives whoever acted the authority they lacked, and names the act that it makes good."""
    event = fact.event
    who: str | None
    match event:
        case AgreementSigned():
            who, scope = event.signatory, "sign"
        case MilestoneJudged():
            who, scope = event.by, "accept"
        case RequestReceived():
            who, scope = event.from_contact, "instruct"
        case _:
            who, scope = getattr(event, "agreed_by", None) or getattr(event, "granted_by", ""), "make_changes"
    may = [f"--may {getattr(event, 'scope', scope)}", f"--ratifies {fact.entry.position}"]
    alias = [named(view)] if view.engagement is not None else []
    return " ".join(("engage person", *alias, *([who] if who else []), *may))


def amending(view: View, fact: object = None) -> str:
    """Return the commands that draft the next version: the letter as it is, asked part by part for what it lacks."""
    letter = f"{named(view)}.toml"
    return f"engage letter {named(view)} --format toml > {letter} && {command(view, 'agreed', letter)} --interview"


GIFT = ("A-gift", "to be approved, or given back", _correct)
MENDED: Mapping[str, Mended] = {
    "without-authority": Mended("A-without-authority", "does not count until it is ratified", _ratify),
    "agreement-incomplete": Mended("A-agreement-incomplete", "is not complete", amending),
    "needs-met-missing": Mended("A-needs-unsaid", "does not say whether both sides have what they need", _correct),
    "gift-over-limit": Mended(*GIFT),
    "gift-near-decision": Mended(*GIFT),
    "gift-approved-by-recipient": Mended(*GIFT),
}
"""The others tell of what is over: nobody can bring evidence to a delivery before it was made."""


def flag_alerts(view: View, known: Known) -> Iterator[Alert]:
    """Yield an alert for each entry and each thing to be put right of it, whichever flags say so."""
    found = [flag for flag in flags(view) if flag.flag in MENDED and _open(flag)]
    found.sort(key=_which)
    for (signal, _, _), same in groupby(found, key=_which):
        yield _alert(view, known, signal, list(same))


def _which(flag: Flag) -> tuple[str, str, int]:
    return MENDED[flag.flag].signal, flag.subject, flag.fact.entry.position


def _open(flag: Flag) -> bool:
    """Return whether a flag still calls for anything: a gift that another of us approved does not."""
    event = flag.fact.event
    if not isinstance(event, GiftRecorded):
        return True
    return event.decision == "accepted" and (event.approved_by is None or flag.flag == "gift-approved-by-recipient")


def _alert(view: View, known: Known, signal: str, same: Sequence[Flag]) -> Alert:
    fact, mended = same[0].fact, MENDED[same[0].flag]
    others = [other for flag in same for other in flag.others]
    since = known.at(fact)
    cured = [flag.cured for flag in same if flag.cured is not None]
    later = _replaced(known, same[0]) if signal == "A-agreement-incomplete" else None
    return Alert(
        signal,
        FLAGS[same[0].flag].practice,
        same[0].subject,
        raised=since,
        since=since,
        says=f"#{fact.entry.position} {mended.says}",
        also=" · ".join(dict.fromkeys(flag.detail for flag in same)),
        command=mended.command(view, fact),
        cleared=first(*(known.at(fact) for fact in [*cured, *([later] if later else [])])),
        occurrence=str(fact.entry.position),
        calendar=known.calendar(since).name,
        facts=[fact, *others, *cured, *([later] if later else [])],
    )


def _replaced(known: Known, flag: Flag) -> Fact[Any] | None:
    """Return what makes it matter no more that a version lacks something: the next one, or that a side will not have it."""
    drafts, version = known.engagement.drafts, flag.fact.event.version
    later = [number for number in drafts if number > version]
    declined = known.engagement.amendments.get(version, Amendment()).declined
    over = [*([drafts[min(later)]] if later else []), *declined]
    return min(over, key=lambda fact: (known.at(fact), fact.entry.position), default=None)
