"""The people and what stands between them, in words: concerns, disputes, who is there, gifts, plans, ideas, lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.in_words.values import INDENT, at, entitled, joined, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger_cli.reading.tables import Reading

    Row = dict[str, Any]
    Rows = Mapping[str, Sequence[Row]]


def concerns(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the concerns."""
    for row in state["concerns"]:
        raised = f"raised {at(reading, row['raised_at'])}" if row["raised_at"] else "felt, told to nobody"
        settled = f"settled {at(reading, row['resolved_at'])}" if row["resolved_at"] else ""
        yield joined([f"{row['concern']} about {row['topic']}: {row['state']}", raised, settled, _quoted(row["text"])])


def disputes(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the disputes: each item, and what either side holds."""
    for row in state["disputes"]:
        name = row["dispute"] + (f" {row['item']}" if row["item"] else "")
        about = f"on {', '.join(row['about'])}" if row["about"] else ""
        raised = f"raised by {row['raised_by']} {at(reading, row['raised_at'])}"
        yield joined([f"{name}: {row['state']}", about, raised, _quoted(row["claim"]), row["outcome"]])
        for side, ours in (("provider", "we hold"), ("client", "the client holds")):
            if row[f"{side}_position"]:
                yield f"{INDENT}{ours} {_quoted(row[f'{side}_position'])} ({at(reading, row[f'{side}_stated_at'])})"


def people(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell who is there, on either side, as their account says."""
    for row in (row for row in state["contacts"] if row["engagement"] is None):
        leaves = f"leaves {at(reading, row['leaves_on'])}" if row["leaves_on"] else ""
        whose = "ours" if row["side"] == "provider" else "of the client"
        presence = row["presence"] if row["presence"] != "here" else ""
        yield joined([f"{row['name'] or row['contact']} ({row['level']}, {whose})", row["role"], presence, leaves])


def gifts(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the gifts of the account."""
    for row in state["gifts"]:
        value = money(row["value_minor"], row["currency"])
        head = f"{row['gift']} {row['direction']} {at(reading, row['given_at'])}: {row['decision']}"
        yield joined([head, row["counterpart_name"], value, "over our limit" if row["over_limit"] else ""])


def plans(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell the plans of the account."""
    for row in state["account_plans"]:
        valid = f"valid until {at(reading, row['valid_until'])}" if row["valid_until"] else ""
        approved = f"approved {at(reading, row['approved_at'])}" if row["approved_at"] else "not approved"
        yield joined([f"v{row['version']}", approved, valid])


def ideas(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what was offered unasked."""
    for row in state["ideas"]:
        yield joined([f"{entitled(row['idea'], row['text'])}: {row['state']}", row["offered_to_names"]])


def lessons(reading: Reading, state: Rows) -> Iterator[str]:
    """Tell what was learned."""
    for row in state["lessons"]:
        yield joined([_quoted(row["text"]) or row["lesson"], at(reading, row["learned_at"])])


def _quoted(text: str | None) -> str:
    return f'"{text}"' if text else ""
