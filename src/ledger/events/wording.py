"""What a field must be, in words: for whoever got it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.events.field import Field

FORMS: Mapping[str, str] = {
    "Str": "one line of 1 to 200 characters",
    "Text": "1 to 20,000 characters",
    "Slug": "small letters a to z, digits and hyphens, such as northwind-2",
    "Dec": 'a number in quotes, such as "16" or "0.5"',
    "Amount": 'a number in quotes that is not negative, such as "16" or "0.5"',
    "Day": "a day, such as 2025-06-27",
    "Instant": "an instant, such as 2025-06-27T16:00:00Z",
    "Due": "a day, such as 2025-06-27, or an instant, such as 2025-06-27T16:00:00Z",
    "Local": "a time on the wall, such as 2025-09-05T17:00",
    "Currency": "three capitals, such as GBP",
    "Sha256": "a SHA-256 in 64 small hexadecimal digits",
    "Version": "a version from 1 to 9,999",
    "Amendment": "a version from 1 to 9,999",
    "Count": "a whole number that is not negative",
    "Percent": "a whole number from 0 to 100",
    "MilestoneId": "the id of a milestone, such as M2",
    "ObligationId": "the id of an obligation, such as O4",
    "EntryRef": "the id of an entry, as engage show prints it",
    "EntryPosition": "the number of an entry, such as 34",
    "Person": "the id of an actor or of a contact, such as a1 or c1",
    "Commitment": "milestone:, obligation: or cadence: and an id, such as milestone:M2",
    "Ref": "a reference, such as milestone:M2",
    "bool": "true or false",
}
KINDS: Mapping[str, str] = {
    "missing": "it is missing",
    "string_type": "it must be text",
    "string_too_short": "it is empty",
    "int_type": "it must be a whole number",
    "bool_type": "it must be true or false",
    "list_type": "it must be a list",
    "dict_type": "it must be an object",
}


def wanted(field: Field | None, path: str, kind: str, message: str) -> str:
    """Say what is wrong at *path*: what the *field*, or one of its list, must be; inside of one what pydantic's *kind* says."""
    inside = path.partition(".")[2]
    if field is not None and (inside.isdigit() if "list" in field.words else not inside):
        forms = [_numbered(field)] if field.kind in PREFIXES else []
        forms += [FORMS[word] for word in field.words if word in FORMS]
        if forms:
            return f"it must be {forms[-1]}"
    if kind in KINDS:
        return KINDS[kind]
    return message.replace("Input should be", "it must be").replace("String should", "it must")


def _numbered(field: Field) -> str:
    article = "an" if field.kind[0] in "aeiou" else "a"
    return f"the id of {article} {field.kind}, such as {PREFIXES[field.kind]}1"
