"""What was agreed, in words: versions with their terms and signatures, who may do what, and what measures time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.values import INDENT, at, joined, money, number_words
from ledger_cli.printing.columns import cell_width, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]


def agreements(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell each version: whether it holds, who signed it when, and its terms."""
    for row in state["agreements"]:
        since = row["in_force_from"] or row["signed_by_both_at"]
        force = f", in force since {at(reading, since)}" if row["is_in_force"] and since else ""
        by = {"provider": ", declined by us", "client": ", declined by the client"}.get(row["declined_by"], "")
        yield f"v{row['version']} {row['state']}{by}{force}"
        signed = joined(
            [_signed(reading, row, "provider", "for us"), _signed(reading, row, "client", "for the client")]
        )
        if signed:
            yield f"{INDENT}signed {signed}"
        if terms := joined(_terms(row)):
            yield f"{INDENT}{terms}"


def authorities(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell who may do what, as a matrix: a line for each person, a column for each scope that anybody has."""
    rows = [row for row in state["authorities"] if row["decides"]]
    scopes = list(dict.fromkeys(row["scope"] for row in rows))
    names = list(dict.fromkeys(row["contact"] for row in rows))
    if not rows:
        return
    cells = [["", *scopes]]
    for name in names:
        own = {row["scope"]: row for row in rows if row["contact"] == name}
        called = next(iter(own.values()))["contact_name"] or name
        cells.append([called, *(_may(reading, own.get(scope)) for scope in scopes)])
    widths = [max(map(cell_width, column)) for column in zip(*cells, strict=True)]
    yield from (line for row in cells for line in columns_of(row, widths))


def policies(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the policies that somebody has set; the others are the defaults."""
    for row in state.get("policies", ()):
        if row["valid_from"]:
            yield f"{row['policy']} {row['value']} {row['unit']}".rstrip() + f" (from {at(reading, row['valid_from'])})"


def calendars(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the calendars in force."""
    day = reading.as_of[:10]
    holding = {row["calendar"]: row for row in state["calendars"] if row["valid_from"] <= day}
    for name, row in holding.items():
        yield f"{name} of {row['zone']} (from {at(reading, row['valid_from'])})"


def _signed(reading: Reading, row: Row, side: str, whom: str) -> str:
    when, who = row[f"signed_by_{side}_at"], row[f"{side}_signatory"]
    return f"{whom} by {who or 'somebody'} {at(reading, when)}" if when else ""


def _terms(row: Row) -> Iterator[str]:
    yield money(row["value_minor"], row["currency"])
    if row["day_cap"] is not None:
        yield f"at most {number_words(row['day_cap'])} days"
    for notice in row["notices"] or ():
        yield f"notice of {notice['on']} within {notice['within_bh']} business hours"
    if row["parts_missing"]:
        yield f"lacks {', '.join(row['parts_missing'])}"


def _may(reading: Reading, row: Row | None) -> str:
    if row is None:
        return "-"
    until = f" to {at(reading, row['valid_until'])}" if row["valid_until"] else ""
    limit = f", up to {money(row['limit_minor'], row['currency'])}" if row["limit_minor"] is not None else ""
    return f"{'from' if row['granted'] else 'no longer from'} {at(reading, row['valid_from'])}{until}{limit}"
