"""A relationship that hangs on one person (P50, M18): who took part in 90 days, and who alone may sign or accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.portfolio.found import Found, command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]

DAYS = 90
SCOPES = ("sign", "accept")
ENOUGH = 2
"""With so many, of contacts and of levels, it does not hang on one."""


def on_one_contact(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for each engagement that is open and at risk."""
    if not gathered.part("people"):
        return
    talk = gathered.talk(DAYS, "took_part", "substantive_at", more="engagement IS NOT NULL AND substantive > 0")
    for people in gathered.part("people"):
        met = [row for _, row in talk.get(people["stream"], ()) if row["substantive_at"]]
        counts: dict[str, int] = {}
        for row in met:
            for who, positions in row["took_part"].items():
                counts[who] = counts.get(who, 0) + len(positions)
        if why := _why(people["details"], counts):
            yield _found(people, met, counts, why)


def _why(details: Mapping[str, Any], counts: Mapping[str, int]) -> Sequence[str]:
    """Return why it is a risk, without a number that grows; nothing where it is none."""
    n, levels = sum(counts.values()), {details["people"][who][0] for who in counts}
    few = n**2 < ENOUGH * sum(count**2 for count in counts.values())
    why = ["hardly more than one of them is spoken with"] if few else []
    why += ["all who are spoken with are of one level"] if 0 < len(levels) < ENOUGH else []
    return [*why, *(f"only {details['held'][scope][0]} may {scope}" for scope in _alone(details))]


def _alone(details: Mapping[str, Any]) -> Sequence[str]:
    """Return the scopes that one person alone holds."""
    return [scope for scope in SCOPES if len(details["held"][scope]) == 1]


def _found(people: Row, met: Sequence[Row], counts: Mapping[str, int], why: Sequence[str]) -> Found:
    details = people["details"]
    known = [*details["granted"], *(details["people"][who][1:] for who in counts)]
    spoken = [position for row in met for positions in row["took_part"].values() for position in positions]
    return Found(
        "A-single-contact",
        "P50",
        people["stream"],
        people,
        "engagement",
        max([*(at for _, at in known), *(row["substantive_at"] for row in met)]),
        says="hangs on one person",
        also=", ".join(why),
        command=_command(people, counts),
        positions=[*(position for position, _ in known), *spoken],
        rows=[people, *met],
    )


def _command(people: Row, counts: Mapping[str, int]) -> str:
    """Return how others are met; where enough are, how another is given what one alone may do."""
    details = people["details"]
    alone = _alone(details)
    if len(_why(details, counts)) > len(alone):
        return command(people, "contact", "--kind meeting")
    return command(people, "person", f"--may {','.join(sorted(alone))}")
