"""The state of an engagement in words: a heading and its lines for each thing that the tables show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.columns import columns_of, prose
from ledger_cli.printing.output import terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.recounting import agreed, people, talk, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]

WIDTH = 12
"""Of the headings."""
ENDLESS = 10_000
"""The width of a line that nothing folds."""
TOO_LONG = ("open_time", "data")
"""What of a calendar no reader of a replay wants."""
HEADINGS: Sequence[tuple[str, Callable[[Reading, Rows], Iterable[str]]]] = (
    ("status", work.status),
    ("agreement", agreed.agreements),
    ("authorities", agreed.authorities),
    ("milestones", work.milestones),
    ("slips", work.slips),
    ("obligations", work.obligations),
    ("news", talk.news),
    ("requests", talk.requests),
    ("rhythms", talk.rhythms),
    ("reviews", talk.reviews),
    ("feedback", talk.feedback),
    ("concerns", people.concerns),
    ("disputes", people.disputes),
    ("people", people.people),
    ("gifts", people.gifts),
    ("plan", people.plans),
    ("results", work.results),
    ("assumptions", work.assumptions),
    ("actions", work.actions),
    ("ideas", people.ideas),
    ("lessons", people.lessons),
    ("corrected", work.corrected),
    ("flags", work.flags),
    ("policies", agreed.policies),
    ("calendars", agreed.calendars),
)


def recounted(reading: Reading, state: Rows) -> Iterator[str]:
    """Yield the lines that tell *state*, the rows of one engagement by table; last, what there is none of."""
    width = max(20, (terminal_width() or ENDLESS) - WIDTH - 2)
    missing = []
    for heading, tell in HEADINGS:
        lines = list(tell(reading, state))
        missing += [] if lines else [heading]
        for number, line in enumerate(lines):
            yield from columns_of((heading if not number else "", safe(line)), (WIDTH, width))
    if missing:
        yield from columns_of(("none of", ", ".join(missing)), (WIDTH, width))


def shown(state: Rows, *, private: bool) -> tuple[dict[str, list[Row]], int]:
    """Return *state* without the rows that are private, unless these are wanted, and how many were left out."""
    from ledger_projections.differing.privacy import split

    left: dict[str, list[Row]] = {}
    hidden = 0
    for name, rows in state.items():
        left[name], out = (list(rows), 0) if private else split(rows)
        hidden += out
    for row in left.get("calendars", ()):
        for column in TOO_LONG:
            row.pop(column, None)
    return left, hidden


def counted_out(hidden: int) -> list[str]:
    """Say how many rows were left out because they are private."""
    if not hidden:
        return []
    said = "1 row is private and not shown" if hidden == 1 else f"{hidden} rows are private and not shown"
    return ["", *prose(f"{said}: --private shows {'it' if hidden == 1 else 'them'}.")]
