"""What stands beside a recorded time: the roots that others hold, before and after it (design 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.events import EvidenceIssued
from ledger.standing.brackets import bracket, held_roots
from ledger_projections.reports.form import Line, Section
from ledger_projections.wording import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.canonical import JSON
    from ledger.standing.brackets import Held
    from ledger_projections.reports.source import Source

CLAIM = (
    "When an entry was written down is what the clock of the machine said that wrote it: a claim of whoever owns it."
)
NOBODY = "No checkpoint that others hold brackets these times."
COLUMNS = ("Root of the first", "Held since", "By whom", "Entries of this engagement it fixes")


def bracket_sections(source: Source, positions: Sequence[int]) -> Iterator[Section]:
    """Yield which of the entries at *positions* stand under a root that others hold."""
    roots = held_roots(source.now.practice)  # what is held now fixes what was written down before
    own = len(source.now.practice.checkpoints)
    said = [CLAIM]
    if not roots:
        said.append(NOBODY)
        said += [f"Our own {own} tell others nothing until they have the notes."] if own else []
    else:
        fixed = sum(bracket(roots, position).by is not None for position in positions)
        said.append(f"{fixed} of {len(positions)} entries stand under a root that others hold: whoever changed them since "
                    "would be found out by it.")  # fmt: skip
    yield Section("What others can hold these times against", said, COLUMNS, [*_lines(source, roots, positions)])


def bracket_words(source: Source, roots: Sequence[Held], position: int) -> str:
    """Say between which of *roots* the entry at *position* was committed."""
    after, by = bracket(roots, position)
    if by is None:
        return "under no root that others hold"
    since = f"held since {source.said(by.fact.recorded)} (#{by.fact.entry.position})"
    return f"{f'after the root of {after.size} entries, ' if after else ''}by that of {by.size}, {since}"


def _lines(source: Source, roots: Sequence[Held], positions: Sequence[int]) -> Iterator[Line]:
    before = 0
    for held in roots:
        count = sum(before < position <= held.size for position in positions)
        fact, before = held.fact, held.size
        cells = (f"{held.size} entries", source.said(fact.recorded), _holder(source, held), f"{count} more")
        values: dict[str, JSON] = {"size": held.size, "held_since": fact.recorded, "entries": count}
        yield Line(cells, [fact.entry.position], values=values)


def _holder(source: Source, held: Held) -> str:
    if held.cosigned:
        return f"{people(source.now, held.cosigned)}, who signed it too"
    event = held.fact.event
    to = (event.to if isinstance(event, EvidenceIssued) else None) or "somebody whose name was erased"
    return f"{to}, according to us"
