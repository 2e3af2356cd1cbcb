"""A file that says it is a report: the question it answers, asked again, and whether the answer is the same to the byte."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64encode
from codecs import BOM_UTF8
from html import unescape
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_projections.reports import Asked, report

from ledger.calendars import OutOfTime
from ledger.errors import Malformed, Refused, Tampered
from ledger.merkle import tree_root
from ledger.values.named import NamedTuple
from ledger_cli.reporting.about import NAME
from ledger_cli.reporting.rendering import rendered

if TYPE_CHECKING:
    from ledger.journal import Reader
    from ledger_cli.reporting.wanted import Form

LARGEST = 256 * 1024 * 1024
"""So many bytes a file may have: a report of a hundred thousand entries has fewer."""
_META = re.compile(rf'<meta name="{NAME}" content="([^"]{{0,200000}})">')
_DRAWING = re.compile(rb"<svg\b.*?</svg>", re.DOTALL)
PAGES = ("page", "pages")
"""The reports that are pages of pictures."""
_LINE = re.compile(rf"^{NAME} (\{{[^\r\n]{{0,200000}}\}})\r?$", re.MULTILINE)
_LINES = f'{{"{NAME}":'
_FIRST = re.compile(rf'\{{\s*"{NAME}":\s*')


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


_READER = json.JSONDecoder(object_pairs_hook=_once)


class Checked(NamedTuple):
    """What was *asked*, in which *form* it is answered, and the lines that *differ*: number, of the file, of the ledger."""

    asked: Asked
    form: Form
    root: str
    differ: list[tuple[int, str, str]]
    only_ends: bool = False
    """Whether nothing differs but line ends, and a mark of the order of bytes: what sending a file may do to it."""
    only_drawings: bool = False
    """Whether nothing differs but drawings: other fonts, or another version of what draws, place their letters elsewhere."""


def check_report(reader: Reader, content: bytes) -> Checked:
    """Make the report in *content* again from *reader*, and compare.

    Raises Malformed where *content* is no report, Refused where it is of another ledger, Tampered where it goes beyond
    this one.
    """
    form, question = _question(content)
    try:
        asked = Asked.read(question)
    except Malformed as error:
        raise _no_report(_lowered(error)) from error
    if asked.position > reader.head():
        raise Tampered(
            0,
            f"the report was made at entry #{asked.position}, and this ledger ends at #{reader.head()}.",
            advice="Name the ledger that it was made from: --ledger PATH. If it is this one, entries are missing.",
        )
    try:
        again = _again(reader, asked, form).encode()
    except OutOfTime as error:
        raise Tampered(
            0,
            f"the report says that it is as of {asked.as_of}, and none can be made: {_lowered(error)}.",
            advice="What it asks was changed: ask whoever sent it for the file as it was made.",
        ) from error
    differ = [] if again == content else _differences(content, again)
    root = b64encode(tree_root(asked.position, reader.nodes())).decode()
    ends, drawings = (bool(differ) and part(content) == part(again) for part in (_plain, _undrawn))
    return Checked(asked, form, root, differ, ends, drawings and not ends)


def read_report(name: str) -> bytes:
    """Return the bytes of a file, if it may be a report by its size."""
    path = Path(name)
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise Refused(f'"{name}" is larger than any report.')
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refused(f'"{name}" cannot be read: {why}.', advice="Name the file as it was sent.") from error


def _again(reader: Reader, asked: Asked, form: Form) -> str:
    if form == "html" and asked.report in PAGES:
        from ledger_cli.checking.page import page_again

        return page_again(reader, asked)
    return rendered(report(reader, asked), form)


def _question(content: bytes) -> tuple[Form, Any]:
    """Return the form of a file, and what it says was asked."""
    text = _text(content)
    try:
        if found := _FIRST.match(text):
            return ("jsonl" if text.startswith(_LINES) else "json"), _READER.raw_decode(text, found.end())[0]
        if text.startswith("<!doctype html>") and (found := _META.search(text, 0, 400_000)):
            return "html", _READER.decode(unescape(found[1]))
        if text.startswith(f"{NAME},"):
            return "csv", _READER.decode(next(csv.reader([text.partition("\n")[0]], strict=True))[1])
        if lines := _LINE.findall(text):  # what an entry says may look like one, and stands before it
            return "text", Asked.whole(_READER.decode(lines[-1]))
    except (ValueError, KeyError, IndexError, TypeError, RecursionError, csv.Error) as error:
        raise _no_report("it does not say what was asked") from error
    raise _no_report("nothing in it says so")


def _lowered(error: Malformed) -> str:
    """Return what was said, to go on within a sentence."""
    return f"{error.message[0].lower()}{error.message[1:].removesuffix('.')}"


def _text(content: bytes) -> str:
    """Return *content* as text; a byte that is none is shown as such, and differs."""
    return content.decode(errors="replace").removeprefix("\ufeff")


def _no_report(why: str) -> Malformed:
    return Malformed(
        f"This is no report of an engagement ledger: {why}.",
        advice="engage chronology, schedule and case write them: --html FILE, or with > FILE after the command.",
    )


def _plain(content: bytes) -> bytes:
    return content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")


def _undrawn(content: bytes) -> bytes:
    return _DRAWING.sub(b"<svg/>", _plain(content))  # of which there are as many


def _differences(content: bytes, again: bytes) -> list[tuple[int, str, str]]:
    """Return the lines that differ, by their number in the file; line ends count, and what is alike at the end does not."""
    theirs, ours = (text.decode(errors="replace").split("\n") for text in (content, again))
    pairs = [*zip_longest(theirs, ours, fillvalue="")]
    begun = next((number for number, (a, b) in enumerate(pairs) if a != b), len(pairs))
    behind = zip(reversed(theirs[begun:]), reversed(ours[begun:]), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], behind))
    pairs = [*zip_longest(theirs[begun : len(theirs) - alike], ours[begun : len(ours) - alike], fillvalue="")]
    found = [(number, a, b) for number, (a, b) in enumerate(pairs, begun + 1) if a != b]
    return found or [(min(len(theirs), len(ours)) + 1, "", "")]
