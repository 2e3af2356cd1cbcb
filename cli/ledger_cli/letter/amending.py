"""A new version of the letter: what it changes, shown, and recorded as an amendment beside the draft (P10, P12)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ledger.errors import Refused
from ledger.values.named import NamedTuple
from ledger_cli.letter.changes import Difference, changed_fields, changed_lines
from ledger_cli.letter.content import content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing import Known
    from ledger_cli.letter.batch import Item, Letter
    from ledger_cli.letter.moment import Reading
    from ledger_cli.letter.said import Said


class Amendment(NamedTuple):
    """What a letter changes: to be shown, and the letter with what it lets go, to be recorded."""

    shown: Sequence[Difference]
    letter: Letter


def amendment(known: Known, before: Said, after: Said, letter: Letter, reading: Reading) -> Amendment:
    """Return what *letter* changes in what was said *before*; *after* is what it says as a whole."""
    dropped = [*_dropped(known, before, after)]
    shown = [
        *changed_lines(content(before, reading), content(after, reading)),
        *_documents(before, after, letter),
        *_promises(before, after, reading, dropped),
        *_people(letter, after),
    ]
    fields: dict[str, JSON] = {
        "from_version": before.agreement["version"],
        "new_version": letter.version,
        "proposed_by": letter.agreement["drafted_by"],
        "changes": changed_fields(before.agreement, after.agreement),
    }
    items = [*letter.items]
    at = next(place for place, (_, kind, _) in enumerate(items) if kind == "agreement-drafted")
    whole, proposed = items[at][0], "amendment-proposed"
    releases: list[Item] = [
        (whole, "commitment-released", {"released": ref, "agreement_version": letter.version}) for ref in dropped
    ]
    return Amendment(
        shown, replace(letter, items=[*items[: at + 1], (whole, proposed, fields), *items[at + 1 :], *releases])
    )


def because(letter: Letter, reason: str | None) -> Letter:
    """Return *letter* with a *reason* for what it proposes, moves and lets go, where none of its own is said."""
    items = [
        (table, kind, {"reason": reason, **data} if reason and kind in _REASONED else data)
        for table, kind, data in letter.items
    ]
    return replace(letter, items=items)


_REASONED = frozenset({"amendment-proposed", "milestone-rescheduled", "commitment-released"})


def _dropped(known: Known, before: Said, after: Said) -> Iterator[str]:
    """Yield what the letter leaves out and was not kept already: a promise that is let go."""
    state = known.engagement
    accepted = {
        name
        for name, milestone in state.milestones.items()
        if any(fact.event.verdict == "accepted" and known.counts_judgement(fact) for fact in milestone.judged)
    }
    kept = {"milestone": accepted, "obligation": state.fulfilled.keys(), "cadence": ()}
    for (kind, done), old, new in zip(kept.items(), before[1:4], after[1:4], strict=True):
        for name in old:
            if name not in new and name not in done:
                _check_free(known, f"{kind}:{name}")
                yield f"{kind}:{name}"


def _check_free(known: Known, ref: str) -> None:
    """Refuse to let go once more what another version lets go, which is unsigned: a promise is released once."""
    if release := known.engagement.released.get(ref):
        raise Refused(
            f"{ref.partition(':')[2]} is let go in version {release.event.agreement_version}, which not both have signed.",
            advice=f"Take it out of that one first: engage undo --entry {release.entry.position}",
        )


def _documents(before: Said, after: Said, letter: Letter) -> Iterator[Difference]:
    """Yield that another document is signed, where the letter names one."""
    old, new = (str(said.agreement["document_sha256"]) for said in (before, after))
    if letter.documented and old != new:
        yield Difference("document", f"{old[:12]}…", f"{new[:12]}…")


def _promises(before: Said, after: Said, reading: Reading, dropped: Sequence[str]) -> Iterator[Difference]:
    for kind, old, new in zip(("milestone", "obligation", "cadence"), before[1:4], after[1:4], strict=True):
        for name in dict.fromkeys([*old, *new]):
            was, now = (_promise(reading, these.get(name)) for these in (old, new))
            if was != now:
                title = (old.get(name) or new[name]).get("title")
                left = "released" if f"{kind}:{name}" in dropped else "left out: it is done"
                yield Difference(f'{name} "{title}"' if title else name, was, now or left)


def _promise(reading: Reading, fields: Any) -> str:  # noqa: ANN401 -- the fields of a promise, or none
    if not fields:
        return ""
    return f"due {reading.local(fields['due'])}" if "due" in fields else str(fields["rrule"])


def _people(letter: Letter, after: Said) -> Iterator[Difference]:
    for _, kind, data in letter.items:
        if kind == "contact-added":
            yield Difference(str(data["name"]), "", f"{data['level']}, {data['side']}")
        if kind == "authority-changed":
            words = ("no", "yes") if data["granted"] else ("yes", "no")
            card = after.people[str(data["contact"])]
            yield Difference(f"{card.get('name', data['contact'])} may {data['scope']}", *words)
