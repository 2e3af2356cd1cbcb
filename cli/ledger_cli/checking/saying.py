"""What became of checking a report, in words and as JSON."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ledger_cli.printing.columns import prose
from ledger_cli.printing.output import document, echo
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from ledger_cli.app import App
    from ledger_cli.checking.report import Checked

MOST = 5
"""So many lines that differ are shown."""
LONGEST = 160
BEFORE = 60
"""So many letters of a long line are shown before the first that differs."""
ENDS = (
    "Does not verify, byte for byte; only the ends of its lines, or the mark at its beginning, differ. Programs change those "
    "when a file is sent or saved: ask for the file as it was written, packed, to have it verify."
)
DRAWINGS = (
    "Only drawings differ: the words and tables beside them are what the ledger says. Where other fonts are installed, or "
    "another version of vl-convert-python, letters stand elsewhere in a drawing; what it shows is to be read in its table."
)
DIFFERS = 5
"""The exit code for what does not verify (design 6)."""


def say_checked(app: App, checked: Checked, *, as_json: bool) -> None:
    """Say whether a report is what the ledger says."""
    app.exit_code = DIFFERS if checked.differ else 0
    if as_json:
        document(_as_json(checked))
        return
    lines = _different(checked) if checked.differ else _same(checked)
    echo("".join(f"{line}\n" for text in lines for line in prose(text)))


def _same(checked: Checked) -> list[str]:
    return [
        f"The same, byte for byte: the {checked.asked.report} as this ledger has it at entry #{checked.asked.position}.",
        f"Root {checked.root}. Whether the ledger itself is what was recorded: engage verify",
    ]


def _different(checked: Checked) -> list[str]:
    if checked.only_ends:
        return [ENDS]
    count = len(checked.differ)
    asked = checked.asked
    lines = [
        f"Does not verify: {count} line{'' if count == 1 else 's'} of the file {'is' if count == 1 else 'are'} not what "
        f"this ledger says of the {asked.report} at entry #{asked.position}."
    ]
    for number, theirs, ours in checked.differ[:MOST]:
        file, ledger = _around(theirs, ours)
        lines += [f"  line {number}", f"    the file    {file}", f"    the ledger  {ledger}"]
    more = count - MOST
    lines += [f"  and {more} more"] if more > 0 else []
    return [
        *lines,
        *([DRAWINGS] if checked.only_drawings else ()),
        "The file was changed, or made by another version of the program, or a text has been erased since: engage log",
    ]


def _as_json(checked: Checked) -> dict[str, object]:
    differ = [{"line": number, "file": theirs, "ledger": ours} for number, theirs, ours in checked.differ]
    return {
        "same": not differ,
        "asked": checked.asked.written(),
        "form": checked.form,
        "root": checked.root,
        "only_line_ends": checked.only_ends,
        "only_drawings": checked.only_drawings,
        "differences": differ,
    }


def _around(theirs: str, ours: str) -> tuple[str, str]:
    """Return two lines from shortly before where they differ."""
    theirs, ours = theirs.strip(), ours.strip()
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(theirs, ours, strict=False)))
    start = max(alike - BEFORE, 0)
    return _cut(theirs, start), _cut(ours, start)


def _cut(text: str, start: int) -> str:
    shown = safe(f"…{text[start:]}" if start else text)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
