"""A sparkline has a bar for each value, none higher than a greater one, and a mark where there is no value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_cli.printing.sparkline import BARS, NONE, sparkline

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), max_size=20)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([None], "·"),
        ([5.0], "▁"),
        ([5.0, 5.0], "▁▁"),
        ([0.0, 7.0], "▁█"),
        ([*map(float, range(8))], "▁▂▃▄▅▆▇█"),
        ([None, -1.0, 0.0, None, 1.0], "·▁▅·█"),
    ],
)
def test_a_line_of_values(values: list[float | None], line: str) -> None:
    assert sparkline(values) == line


@given(VALUES)
def test_bars_keep_the_order_and_the_places_of_the_values(values: list[float | None]) -> None:
    line = sparkline(values)

    heights = sorted((value, BARS.index(bar)) for value, bar in zip(values, line, strict=True) if value is not None)
    assert [bar == NONE for bar in line] == [value is None for value in values]
    assert [height for _, height in heights] == sorted(height for _, height in heights)
