"""The story in `examples/quarter`: plain files of what was typed, by whom and when.

# as ines@marsh-ops.example "Ines Marsh"          who types
# at 2025-04-01T09:05                             when, in London
# Any other such line is what a teller says.
$ engage told S1 ruht --by call                   what is typed
[exit 3]                                          how it ends, where that is not well
"""

from __future__ import annotations

import re
import shlex
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.drafts import Identity
from ledger_cli.story.steps import LEAD, Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_CHAPTER = re.compile(r"\d-\w+\.txt")
_EXIT = re.compile(r"\[exit (\d+)\]")


def steps() -> Iterator[Step]:
    """Yield what was typed in the quarter, in order."""
    for chapter in sorted((file for file in _files() if _CHAPTER.fullmatch(file.name)), key=lambda file: file.name):
        yield from read(chapter.read_text("utf-8"))


def read(text: str) -> list[Step]:
    """Return the commands of one file."""
    found, at, who, says = list[Step](), "", LEAD, ""
    for line in text.splitlines():
        mark, _, rest = line.partition(" ")
        word, _, value = rest.partition(" ")
        if mark == "$":
            found.append(Step(at, rest, says, who))
            says = ""
        elif match := _EXIT.fullmatch(line):
            found[-1] = found[-1]._replace(code=int(match[1]))
        elif mark == "#" and word == "at":
            at = value
        elif mark == "#" and word == "as":
            who = Identity(*shlex.split(value))
        elif mark == "#":
            says = rest
    return found


def lay_out(folder: Path) -> None:
    """Put the letters and the evidence of the story into *folder*."""
    for file in _files():
        if not _CHAPTER.fullmatch(file.name):
            (folder / file.name).write_bytes(file.read_bytes())


def _files() -> list[Traversable]:
    """Return the files of the story: installed, they lie beside this one; in a checkout, among its examples."""
    installed = files("ledger_cli.story").joinpath("quarter")
    place = installed if installed.is_dir() else Path(__file__).parents[3] / "examples" / "quarter"
    return [file for file in place.iterdir() if file.is_file() and file.name != "README.md"]
