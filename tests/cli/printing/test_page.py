"""What is longer than the terminal goes through a pager, as it comes; what is not, or goes elsewhere, is printed."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest
from ledger_cli.printing.output import page

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 3


class Screen(io.StringIO):
    """A terminal of a few rows."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@pytest.mark.parametrize(
    ("screen", "count", "is_paged"), [(Screen(), ROWS, True), (Screen(), ROWS - 1, False), (io.StringIO(), 9, False)]
)
def test_lines_go_through_a_pager_from_as_many_on_as_the_terminal_has(
    monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, count: int, is_paged: bool
) -> None:
    paged: list[str] = []

    def pager(parts: Iterable[str]) -> None:
        paged.extend(parts)

    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(os, "get_terminal_size", lambda: os.terminal_size((80, ROWS)))
    monkeypatch.setattr("click.echo_via_pager", pager)
    page(str(number) for number in range(count))

    expected = "".join(f"{number}\n" for number in range(count))
    assert ("".join(paged), screen.getvalue()) == ((expected, "") if is_paged else ("", expected))
