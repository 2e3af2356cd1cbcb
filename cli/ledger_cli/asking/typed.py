"""What people type, as the ledger writes it: amounts, days, lists, entries, references to things."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day
from ledger.canonical import MAX_INTEGER
from ledger.errors import Malformed, Unknown
from ledger.values import PREFIXES
from ledger.values.currencies import digits, is_currency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.canonical import JSON
    from ledger_cli.app import App

_REFS = {"M": "milestone", "O": "obligation"} | {letter: kind for kind, letter in PREFIXES.items() if letter != "a"}
"""The letter that the id of a thing begins with, and its kind; who records is no thing."""
_REF = re.compile(rf"[MO][A-Za-z0-9][A-Za-z0-9._-]*|[{''.join(_REFS)}][1-9][0-9]*")
_AMOUNT = re.compile(r"(?:([A-Za-z]{3})\s*)?([0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*([A-Za-z]{3}))?")


def money(text: str) -> JSON:
    """Return the amount in `4200.00 GBP`; refuse one without a currency, or finer than its minor unit."""
    match = _AMOUNT.fullmatch(text.strip())
    currency = match and (match[1] or match[3])
    if match is None or not currency or (match[1] and match[3]):
        raise Malformed(f'"{text}" is no amount.', advice='Write "4200.00 GBP".')
    if not is_currency(currency.upper()):
        what = f'"{text}" is no amount: {currency.upper()} is no currency of ISO 4217.'
        raise Malformed(what, advice='Write "4200.00 GBP".')
    try:
        minor = Decimal(match[2].replace(",", "")).scaleb(digits(currency.upper()))
    except InvalidOperation as error:
        raise Malformed(f'"{text}" is no amount.', advice='Write "4200.00 GBP".') from error
    if minor != int(minor):
        raise Malformed(f'"{text}" is finer than the smallest unit of {currency.upper()}.')
    if minor > MAX_INTEGER:
        raise Malformed(f'"{text}" is more than an entry can say.', advice="Look at the amount again.")
    return {"currency": currency.upper(), "minor": int(minor)}


def money_text(money: Mapping[str, Any]) -> str:
    """Return `4200.00 GBP`, which `money` reads as the same amount."""
    exact = Decimal(money["minor"]).scaleb(-digits(money["currency"]))
    return f"{exact:f} {money['currency']}"


def day(moment: str) -> str:
    """Return *moment* if it is a day; refuse a time, where only a day will do."""
    if not is_day(moment):
        raise Malformed("A day is wanted, without a time.", advice="Write it as 2025-06-27.")
    return moment


def listed(text: str | None) -> list[str]:
    """Return the words in `M1,M2`; none of what was not said."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def entry_id(app: App, word: str) -> str:
    """Return the id of the entry that *word* means: its number, `#34`, or its id."""
    bare = word.strip().removeprefix("#")
    if not bare.isdigit():
        return bare
    stored = app.reader.at(int(bare)) if len(bare) < 16 else None  # type: ignore[arg-type]  # a number people typed
    if stored is None:
        raise Unknown("entry", f"#{bare}", advice="engage log shows their numbers.")
    from ledger.entry import decode

    return decode(*stored).id


def reference(app: App, word: str) -> str:
    """Return the Ref that *word* means: `M2`, `S1`, `v2`, `#34`, or a Ref itself."""
    word = word.strip()
    if ":" in word:
        return word
    if word.startswith("#") or word.isdigit():
        return f"entry:{entry_id(app, word)}"
    if re.fullmatch(r"v\d+", word):
        return f"version:{word[1:]}"
    if _REF.fullmatch(word):
        return f"{_REFS[word[0]]}:{word}"
    raise Malformed(f'"{word}" names nothing.', advice="Write M2, S1, N3, O4, v1, #34, or result:R1.")
