"""What people type, made the JSON value that a field of an event holds."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from ledger.calendars import is_day
from ledger.errors import Malformed, Unknown
from ledger.values import PREFIXES, Channel, Part, Party
from ledger_cli.moments import parse_moment
from ledger_cli.whoever import anyone, one_of_us

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.events import Field
    from ledger_cli.app import App

_REFS = {"M": "milestone", "O": "obligation"} | {letter: kind for kind, letter in PREFIXES.items() if letter != "a"}
"""The letter that the id of a thing begins with, and its kind; who records is no thing."""
_REF = re.compile(rf"[MO][A-Za-z0-9][A-Za-z0-9._-]*|[{''.join(_REFS)}][1-9][0-9]*")
_CHOICE = re.compile(r"'([^']+)'")
_CLOSED = {"Party": Party, "Channel": Channel, "Part": Part}
"""The closed sets of words that have a name."""
_WHOLE = ("int", "Version", "Amendment", "Count", "Percent", "EntryPosition")
"""The forms of whole numbers."""
_WORD = re.compile(r"[A-Za-z]\w*")
_AMOUNT = re.compile(r"(?:([A-Za-z]{3})\s*)?([0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*([A-Za-z]{3}))?")
_DIGITS = {"JPY": 0, "KRW": 0, "ISK": 0, "CLP": 0, "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0, "PYG": 0, "UGX": 0,
           "RWF": 0, "KMF": 0, "GNF": 0, "DJF": 0, "BIF": 0, "VUV": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3,
           "TND": 3, "IQD": 3, "LYD": 3}  # fmt: skip
"""Minor units that are not hundredths (ISO 4217)."""


def value_of(app: App, account: str, field: Field, texts: Sequence[str]) -> JSON:
    """Return the value of *field* that *texts* say; names of people of *account* become their ids."""
    if "list[" in field.annotation:
        return [item for text in texts for item in _items(app, account, field, text)]
    value: JSON = _item(app, account, field, texts[-1])
    return value


def money(text: str) -> JSON:
    """Return the amount in `4200.00 GBP`; refuse one without a currency, or finer than its minor unit."""
    match = _AMOUNT.fullmatch(text.strip())
    currency = match and (match[1] or match[3])
    if match is None or not currency or (match[1] and match[3]):
        raise Malformed(f'"{text}" is no amount.', advice='Write "4200.00 GBP".')
    try:
        minor = Decimal(match[2].replace(",", "")).scaleb(_DIGITS.get(currency.upper(), 2))
    except InvalidOperation as error:
        raise Malformed(f'"{text}" is no amount.', advice='Write "4200.00 GBP".') from error
    if minor != int(minor):
        raise Malformed(f'"{text}" is finer than the smallest unit of {currency.upper()}.')
    return {"currency": currency.upper(), "minor": int(minor)}


def money_text(money: Mapping[str, Any]) -> str:
    """Return `4200.00 GBP`, which `money` reads as the same amount."""
    exact = Decimal(money["minor"]).scaleb(-_DIGITS.get(money["currency"], 2))
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


def words_of(field: Field) -> set[str]:
    """Return the words of a field's annotation: the names of its types."""
    return set(_WORD.findall(field.annotation))


def choices_of(field: Field) -> list[str]:
    """Return the words that *field* may be, where these are all there are."""
    named = next((kind for name, kind in _CLOSED.items() if name in words_of(field)), None)
    return list(get_args(named)) if named else _CHOICE.findall(field.annotation)


def structured(field: Field) -> bool:
    """Return whether the value of *field* is made of objects, so that it is given as JSON."""
    return bool(words_of(field) & _shapes())


@cache
def _shapes() -> frozenset[str]:
    from ledger.values import records

    return frozenset(name for name, kind in vars(records).items() if hasattr(kind, "__total__"))


def _items(app: App, account: str, field: Field, text: str) -> Sequence[Any]:
    if text.lstrip().startswith("[") and (structured(field) or "Text" not in words_of(field)):
        return [_item(app, account, field, item) if isinstance(item, str) else item for item in _json(field, text)]
    scored = "Score" in words_of(field) and "{" not in text
    if not scored and (structured(field) or words_of(field) & {"Text", "Str"}):
        return [_item(app, account, field, text)]
    return [_item(app, account, field, part) for part in listed(text)]


def _item(app: App, account: str, field: Field, text: str) -> Any:  # noqa: ANN401 -- any JSON value
    words, bare = words_of(field), text.strip()
    if structured(field):
        return _shaped(field, words, bare)
    if field.kind in _NAMED:
        return _NAMED[field.kind](app, account, bare)
    choice = bare.lower().replace("-", "_")
    if choice in choices_of(field):
        return choice
    forms = {**dict.fromkeys(_WHOLE, _whole), "bool": _truth}
    form = next((forms[word] for word in words if word in forms), None)
    if form is not None:
        return form(field, bare)
    return _moment(app, bare, words) if words & {"Due", "Day"} else text


def _shaped(field: Field, words: set[str], text: str) -> Any:  # noqa: ANN401 -- any JSON value
    """Return an object: an amount, a scale and a score as they are typed, all others as JSON."""
    from ledger_cli import scores

    typed = {"Money": money, "Scale": scores.scale, "Score": scores.score}
    short = next((typed[word] for word in words if word in typed), None)
    return _json(field, text) if short is None or text.startswith("{") else short(text)


def _contact(app: App, account: str, name: str) -> str:
    return app.names.contact(account, name)


def _stream_id(kind: str) -> Callable[[App, str, str], str]:
    return lambda app, account, name: app.names.stream(kind, name).partition("/")[2]


_NAMED: Mapping[str, Callable[[App, str, str], str]] = {
    "contact": _contact,
    "actor": lambda app, account, name: one_of_us(app, name),
    "person": anyone,
    "entry": lambda app, account, name: entry_id(app, name),
    "ref": lambda app, account, name: reference(app, name),
    "account": _stream_id("account"),
    "engagement": _stream_id("engagement"),
}
"""How what people call a thing of a kind becomes its id: whoever and whatever has a name."""


def _moment(app: App, text: str, words: set[str]) -> str:
    moment = parse_moment(text, app.clock(), app.zone, ahead=True)
    return moment if "Due" in words else day(moment)


def _json(field: Field, text: str) -> Any:  # noqa: ANN401 -- any JSON value
    try:
        return json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"{field.name} is no JSON: {error}.", field=field.name, advice=_form(field)) from error


def _form(field: Field) -> str:
    return f"It is {field.annotation}: engage schema shows its form."


def _whole(field: Field, text: str) -> int:
    if not re.fullmatch(r"-?\d{1,16}", text):
        raise Malformed(f'{field.name} is a whole number, not "{text}".', field=field.name)
    return int(text)


def _truth(field: Field, text: str) -> bool:
    if text.lower() not in {"true", "yes", "false", "no"}:
        raise Malformed(f'{field.name} is true or false, not "{text}".', field=field.name)
    return text.lower() in {"true", "yes"}
