"""What people type for a field of any type of event, made the JSON value that the field holds."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from ledger.errors import Malformed
from ledger.values import Channel, Part, Party
from ledger_cli.asking.moments import parse_moment
from ledger_cli.asking.typed import day, entry_id, listed, money, reference
from ledger_cli.asking.whoever import anyone, one_of_us

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.events import Field
    from ledger_cli.app import App

_WHOLE = ("int", "Version", "Amendment", "Count", "Percent", "EntryPosition")
"""The forms of whole numbers."""
_CHOICE = re.compile(r"'([^']+)'")
_CLOSED = {"Party": Party, "Channel": Channel, "Part": Part}
"""The closed sets of words that have a name."""


def value_of(app: App, account: str, field: Field, texts: Sequence[str]) -> JSON:
    """Return the value of *field* that *texts* say; names of people of *account* become their ids."""
    if "list[" in field.annotation:
        return [item for text in texts for item in _items(app, account, field, text)]
    value: JSON = _item(app, account, field, texts[-1])
    return value


def choices_of(field: Field) -> list[str]:
    """Return the words that *field* may be, where these are all there are."""
    named = next((kind for name, kind in _CLOSED.items() if name in field.words), None)
    return list(get_args(named)) if named else _CHOICE.findall(field.annotation)


def structured(field: Field) -> bool:
    """Return whether the value of *field* is made of objects, so that it is given as JSON."""
    return bool(_shapes().intersection(field.words))


@cache
def _shapes() -> frozenset[str]:
    from ledger.values import records

    return frozenset(name for name, kind in vars(records).items() if hasattr(kind, "__total__"))


def _items(app: App, account: str, field: Field, text: str) -> Sequence[Any]:
    if text.lstrip().startswith("[") and (structured(field) or "Text" not in field.words):
        return [_item(app, account, field, item) if isinstance(item, str) else item for item in _json(field, text)]
    scored = "Score" in field.words and "{" not in text
    if not scored and (structured(field) or {"Text", "Str"}.intersection(field.words)):
        return [_item(app, account, field, text)]
    return [_item(app, account, field, part) for part in listed(text)]


def _item(app: App, account: str, field: Field, text: str) -> Any:  # noqa: ANN401 -- any JSON value
    words, bare = field.words, text.strip()
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
    return _moment(app, bare, words) if {"Due", "Day"}.intersection(words) else text


def _shaped(field: Field, words: Sequence[str], text: str) -> Any:  # noqa: ANN401 -- any JSON value
    """Return an object: an amount, a scale and a score as they are typed, all others as JSON."""
    from ledger_cli.asking import scores

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


def _moment(app: App, text: str, words: Sequence[str]) -> str:
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
