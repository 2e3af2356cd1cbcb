"""What figures and the things they are of are called by people who read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = dict[str, Any]

CALLED = {
    "promises_n": "promises come due",
    "good_median_bh": "good news told after",
    "bad_median_bh": "bad news told after",
    "n_good": "good news counted",
    "n_bad": "bad news counted",
    "delta_bh": "bad news takes longer by",
    "ratio": "times as long as good",
    "flagged": "slower than our policy allows",
    "contacts_30d": "contacts in 30 days",
    "minutes_30d": "minutes in 30 days",
    "s": "Mann-Kendall S",
    "p": "p, one-sided",
    "sen_90d": "slope",
    "ewma": "smoothed",
}
"""What figures of all are called whose names say too little."""
DIRECTIONS = {"to_us": "to us", "to_them": "to them"}
_CONTACT = re.compile(r"contact:(\w+) (to_us|to_them) ")
_SUFFIX = re.compile(r"_(bh|bd|30d|90d|hours|minor)$")


def called(row: Row) -> str:
    """Return what a figure of all is called."""
    return CALLED.get(row["figure"]) or label(row)


def label(row: Row) -> str:
    """Return the name of a figure as words, without its unit."""
    return _SUFFIX.sub("", row["figure"]).replace("_", " ")


def thing(row: Row, people: Mapping[str, str]) -> str:
    """Return what a figure is of: `slip S1`; an entry by its number, a contact by what they do: `to us, buyer (c3)`."""
    if row["subject"] in row["entries"]:
        return f"#{row['positions'][row['entries'].index(row['subject'])]}"
    if (contact := _CONTACT.match(row["subject"])) is not None:
        who, direction = contact.groups()
        return f"{DIRECTIONS[direction]}, {safe(people.get(who, 'contact'))} ({who})"
    kind, _, name = row["subject"].partition(":")
    alias = row[f"{kind}_alias"] if kind in {"engagement", "account"} and name == row[kind] else None
    return safe(f"{kind} {alias}" if alias else row["subject"].replace(":", " "))
