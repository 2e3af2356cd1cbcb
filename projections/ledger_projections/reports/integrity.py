"""What shows that nothing was changed since, what does not, and the words that somebody who keeps the ledger may sign."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from ledger_projections.reports.form import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_projections.reports.source import Source


def sections(source: Source) -> Iterator[Section]:
    """Yield the statement on integrity, and the certificate that somebody may sign."""
    yield statement(source)
    yield certificate(source)


def statement(source: Source) -> Section:
    """Return what can be checked of this report, by whom, and what cannot."""
    count, root = source.excerpt.head(), b64encode(source.excerpt.root()).decode()
    mine = [row for row in source.trail.values() if row["stream"] == source.stream]
    said = [
        f"This report was made from the first {count} entries of the ledger {source.excerpt.origin}. Their root, one "
        f"number that changes with any change to any of them, is {root}.",
        f"{len(mine)} of them are entries of {source.alias} and are shown here or were taken into account. "
        f"{_left_out(source)}",
        "Whoever holds an earlier root of this ledger can check that every entry below it still stands as it was: engage "
        "verify --against FILE. docs/proof.md says how to do that with software that is not ours.",
        "What this does not show: that what an entry says is true; that it was written down when it says, more closely "
        "than between two roots that others hold; and, after the last of these, that nothing was written anew by whoever owns "
        "the machine. The times of writing are those of that machine's clock.",
    ]
    return Section("What can be checked", said)


def certificate(source: Source) -> Section:
    """Return words for whoever keeps the ledger to complete and sign: blanks are for a person to fill."""
    root = b64encode(source.excerpt.root()).decode()
    said = [
        "For whoever keeps the ledger to complete, change and sign, with the advice of a lawyer where it is to be used.",
        "1. I am ______________________ (name), ______________________ (position) at ______________________.",
        "2. I am responsible for, or familiar with, the ledger "
        f"{source.excerpt.origin}, in which the dealings of the engagement {source.alias} are written down.",
        "3. Its entries were made by people with knowledge of what they say, or from what such people told them, at or "
        "near the time that each entry states, as the part on when things were written down sets out; they were kept in "
        "the course of our regular work, and making them was our regular practice. Except: ______________________",
        f"4. The report before this page was made by the program from the entries up to #{source.excerpt.head()}, whose "
        f"root is {root}. On ____________ I ran engage verify on the ledger and engage verify-report on the file, and "
        "they answered: ______________________",
        "5. I believe that what I state here is true.",
        "Signed ______________________     Date ____________     Place ______________________",
    ]
    return Section("Certificate, to be completed", said)


def _left_out(source: Source) -> str:
    count = len(source.excerpt.withheld)
    if not count:
        return "None was left out."
    return f"{count} {'was' if count == 1 else 'were'} left out, as said at the top; the others can be checked without them."
