"""A value stands in a column of somebody's own exactly where the tables of the ledger could hold it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from ledger_projections import Column
from ledger_projections.own.forms import reason

INSTANT = "2025-06-06T08:00:00.000000Z"
HELD: dict[str, tuple[object, ...]] = {
    "text": ("", "north wind", "\u202e", "=1+1"),
    "integer": (0, -(2**63), 2**63 - 1),
    "number": (0, Decimal("0.5"), Decimal("-1E+3")),
    "boolean": (True, False),
    "day": ("2025-06-06", "2024-02-29"),
    "instant": (INSTANT,),
    "moment": (INSTANT, "2025-06-06"),
    "json": ("[]", '{"a": 1}', "null"),
}
REFUSED: dict[str, tuple[object, ...]] = {
    "text": (1, True, b"bytes", "\ud800"),
    "integer": (True, Decimal(1), 2**63, "1"),
    "number": (0.5, True, Decimal("NaN"), Decimal("Infinity"), "1"),
    "boolean": (0, 1, "true"),
    "day": ("2025-02-30", "6 June 2025", INSTANT, 20250606),
    "instant": ("2025-06-06", "2025-06-06T08:00:00Z", "2025-06-06T09:00:00.000000+01:00", 0),
    "moment": ("June", "2025-06", 0),
    "json": ("", "{", "[NaN]", [], {}),
}


def cases(table: dict[str, tuple[object, ...]]) -> list[tuple[str, object]]:
    return [(kind, value) for kind, values in table.items() for value in values]


@pytest.mark.parametrize(("kind", "value"), cases(HELD))
def test_a_value_of_the_type_stands_there(kind: str, value: object) -> None:
    assert reason(Column("x", kind, "A value."), value) == ""  # type: ignore[arg-type]  # a type, as text


@pytest.mark.parametrize(("kind", "value"), cases(REFUSED))
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    assert reason(Column("x", kind, "A value.", nullable=True), value)  # type: ignore[arg-type]  # a type, as text


@pytest.mark.parametrize("kind", HELD)
def test_nothing_stands_where_the_column_is_nullable(kind: str) -> None:
    column = Column("x", kind, "A value.", nullable=True)  # type: ignore[arg-type]  # a type, as text

    assert reason(column, None) == ""
    assert reason(column._replace(nullable=False), None) == "and the column is not nullable"
