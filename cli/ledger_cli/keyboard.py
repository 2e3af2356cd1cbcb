"""How whoever sits at the terminal is asked: nobody is, where either end of the talk is a file or a program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str], str]


def keyboard() -> Ask | None:
    """Return how whoever sits at the terminal is asked; None where nobody does."""
    for stream in (sys.stdin, sys.stdout):
        try:
            if stream is None or not stream.isatty():
                return None
        except ValueError:  # it was closed
            return None
    return _typed


def _typed(prompt: str) -> str:
    """Return a line from the terminal, with the keys that edit one where Python has them."""
    from contextlib import suppress

    with suppress(ImportError):
        import readline  # noqa: F401 -- input() edits lines with it
    return input(prompt)
