"""A calendar at a terminal: colours underline the letters, and nothing else."""

import io
import re
import sys

import pytest
from ledger_cli.reporting.painting import painted

WEEK = " 7 Jul 2025  N C B O . - -   Wed O5 due; C B O"
LINES = {
    "a week": (WEEK, " 7 Jul 2025  N \x1b[33mC\x1b[0m \x1b[1mB\x1b[0m \x1b[36mO\x1b[0m . - -   Wed O5 due; C B O"),
    "the legend": ("C the client only   B both at once", "C the client only   B both at once"),
    "the days of the week": ("             M T W T F S S", "             M T W T F S S"),
    "a bar of entries": ("Mon 3 Mar 2025  ▪▪▪▪▪ 5", "Mon 3 Mar 2025  ▪▪▪▪▪ 5"),
}


class Screen(io.StringIO):
    """An output that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("line", "shown"), LINES.values(), ids=LINES)
def test_only_the_letters_of_days_are_coloured(monkeypatch: pytest.MonkeyPatch, line: str, shown: str) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", Screen())

    assert painted(line) == shown
    assert re.sub(r"\x1b\[\d+m", "", painted(line)) == line


def test_nothing_is_coloured_elsewhere() -> None:
    assert painted(WEEK) == WEEK
