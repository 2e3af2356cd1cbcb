"""The page of readers says what the program does."""

from __future__ import annotations

from ledger_projections.readers import READERS

from tests.places import DOCS

PAGE = DOCS / "readers.md"
SEEN = {True: "yes", False: "only what is named"}


def test_the_page_of_readers_has_every_reader_as_the_program_has_it() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]

    assert rows == [
        f"| `{name}` | {each.comes_for} | {SEEN[each.private]} | {SEEN[each.privileged]} |"
        for name, each in READERS.items()
    ]
