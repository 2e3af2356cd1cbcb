"""What is wrong with a table of somebody's own, in a sentence: where it stands, which table, and why."""

from __future__ import annotations

import sys
import traceback
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

from ledger.errors import Refused
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEND = "Mend it, then: engage projections check"
LONGEST = 200
"""So many characters of somebody's own exception are said."""


class Fault(NamedTuple):
    """Something wrong with *table*, which *where* names; no table where the file itself cannot be read."""

    where: str
    table: str
    why: str
    hint: str = ""
    """The name that the table would probably have."""

    @property
    def said(self) -> str:
        """The sentence about it."""
        what = f'Your table "{self.table}" cannot be made' if self.table else "Your tables cannot be read"
        return f"{what}: {self.why} ({self.where})."


class Because(Exception):
    """Why a table cannot be made, in words of ours."""


class Unsound(Refused):
    """A table of somebody's own cannot be made; all others can."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.said, advice=MEND)
        self.fault = fault


@contextmanager
def said(fault: Callable[[str], Fault]) -> Iterator[None]:
    """Turn whatever somebody's own code raises into Unsound, and what it prints into talk."""
    try:
        with redirect_stdout(sys.stderr):  # what we print is data
            yield
    except (KeyboardInterrupt, Unsound):
        raise
    except BaseException as error:  # also exit(): code of others ends in a sentence, whatever it raises
        raise Unsound(fault(_words(error))) from error


def _words(error: BaseException) -> str:
    """Return what was raised, and on which line of the code that is not ours."""
    if isinstance(error, Because):
        return str(error)
    what = " ".join(traceback.format_exception_only(error)[-1].split())
    return (what if len(what) <= LONGEST else f"{what[:LONGEST]}…") + _line(error)


def _line(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f", line {error.lineno}"
    ours = __name__.partition(".")[0]
    frames = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__")).partition(".")[0] not in {ours, "ledger", "importlib", "contextlib"}
        and not frame.f_code.co_filename.startswith("<frozen")
    ]
    return f", line {frames[-1][1]}" if frames else ""
