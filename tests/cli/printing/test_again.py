"""Rows that are gone through again and again: many of them wait in a file, and the table is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.printing import again as again_module
from ledger_cli.printing.again import FEW, Again, again
from ledger_cli.printing.columns import lines, table
from ledger_cli.printing.rows import listing

if TYPE_CHECKING:
    from collections.abc import Sequence

rows = st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5)
HEADINGS = ("name", "what it says")


@given(rows, st.sampled_from([None, 9, 14, 30]))
def test_many_rows_are_the_table_that_few_are(cells: Sequence[Sequence[str]], width: int | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(again_module, "FEW", 1)
        with again(iter(cells)) as many:
            made = [*lines(many, HEADINGS, width)]

    assert made == table(cells, HEADINGS, width)


def test_few_rows_are_a_list_and_many_are_not() -> None:
    rows = [[str(number)] for number in range(FEW)]

    with again(rows[1:]) as few, again(rows) as many:
        assert (type(few), type(many)) == (list, Again)
        assert [*many] == [*many] == rows


@pytest.mark.parametrize("count", [2, FEW])
def test_columns_that_say_nothing_in_any_row_are_left_out_where_that_is_asked(
    capsys: pytest.CaptureFixture[str], count: int
) -> None:
    rows: list[dict[str, Any]] = [{"a": "", "b": None, "c": [], "d": 0, "e": False}] * count

    listing(iter(rows), ["a", "b", "c", "d", "e"], "text", saying=True)

    assert capsys.readouterr().out == "d  e\n" + "0  no\n" * count
