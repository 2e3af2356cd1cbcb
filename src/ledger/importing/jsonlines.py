"""JSON lines as rows: each line is a draft, known again by its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from ledger.drafts import Source
from ledger.errors import LedgerError, TooLarge
from ledger.events import TYPES
from ledger.importing.account import RefusedRow, Row
from ledger.importing.repeats import Repeats
from ledger.jsonl import lines, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.importing.account import Unplanned

OF_ANOTHER_LEDGER = frozenset({"actor-added", *(name for name, event_type in TYPES.items() if event_type.governs)})
"""Who records in the ledger a line comes from, and what governs it, corrected or not: this one has its own."""
ABOUT_ANOTHER = frozenset({("entry-corrected", "practice"), ("entry-annotated", "practice")})
"""What is said of those, by type and subject."""

LARGEST_LINE = 1 << 24


class JsonLines:
    """The lines of *content*, each to be recorded as one entry."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content

    def __iter__(self) -> Iterator[Row | RefusedRow]:
        with Repeats() as repeats:
            for number, raw in lines(_bounded(self._content)):
                yield _row(f"Line {number}", raw, repeats)


def as_they_are(rows: Iterable[Unplanned]) -> Iterator[Row]:
    """Yield *rows*, which need no planning: each holds its draft."""
    return (row for row in rows if isinstance(row, Row))


def _bounded(content: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of *content*, none of them longer than can be an event: what follows is not kept."""
    while line := content.readline(LARGEST_LINE):
        yield line
        while len(line) == LARGEST_LINE and not line.endswith(b"\n"):
            line = content.readline(LARGEST_LINE)


def _row(where: str, raw: bytes, repeats: Repeats) -> Row | RefusedRow:
    try:
        if len(raw) > LARGEST_LINE - 2:
            raise TooLarge(f"It is longer than {LARGEST_LINE:,} bytes.", advice="No event is.")
        draft = parse_line(raw)
    except LedgerError as error:
        return RefusedRow(where, error)
    name = draft.type if draft.type in TYPES else draft.type.split(".")[1] if draft.type.count(".") == 2 else ""
    if name in OF_ANOTHER_LEDGER or (name, draft.subject) in ABOUT_ANOTHER:
        return Row(where, left_out=name)
    return Row(where, (draft._replace(source=Source(raw, 0 if draft.id else repeats.count(raw))),))
