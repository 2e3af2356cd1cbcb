"""The page for programs is run as it stands: each example, and what it answers."""

import doctest
from pathlib import Path

from ledger.testing.fakes import SetClock
from tests.places import DOCS

PAGE = DOCS / "python.md"


def test_each_example_of_the_page_answers_what_the_page_says(tmp_path: Path) -> None:
    clock = SetClock("2025-06-02T09:00:00+01:00")

    result = doctest.testfile(
        str(PAGE),
        module_relative=False,
        globs={"folder": tmp_path, "clock": clock},
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL,
    )

    assert result.failed == 0
    assert result.attempted > 20


def test_what_the_package_names_is_there_and_nothing_else() -> None:
    import ledger

    assert [name for name in dir(ledger) if getattr(ledger, name) is None] == []
    assert set(dir(ledger)) == set(ledger.__all__)
