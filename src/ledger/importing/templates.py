"""Templates: text with the names of columns in braces, `{department|slug}`, filled in from a row.

A template that is one name alone keeps the column's type; one that names a column that says nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ledger.errors import Malformed
from ledger.values.slugs import own_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.canonical import JSON

_NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)((?:\|[a-z]+)*)\}")
FILTERS: Mapping[str, Callable[[str], str]] = {"slug": own_slug, "lower": str.lower, "upper": str.upper}


def check_template(template: JSON, known: Mapping[str, object], path: str) -> None:
    """Refuse a *template* that names a column or a filter that is not *known*."""
    for name, filters in _names(template):
        if name not in known:
            raise Malformed(f'{path}: there is no column "{name}" in [columns].', field=path)
        for word in filters:
            if word not in FILTERS:
                raise Malformed(f'{path}: there is no filter "{word}".', field=path, advice=f"{', '.join(FILTERS)}")


def fill(template: JSON, values: Mapping[str, JSON | None]) -> JSON | None:
    """Return *template* with the *values* of a row; None where one of them is not given."""
    if isinstance(template, str):
        return _filled(template, values)
    if isinstance(template, Mapping):
        return {name: value for name, item in template.items() if (value := fill(item, values)) is not None}
    if isinstance(template, list):
        return [value for item in template if (value := fill(item, values)) is not None]
    return template


def fill_text(template: str, values: Mapping[str, JSON | None]) -> str | None:
    """Return *template* filled in as text."""
    value = fill(template, values)
    return None if value is None else str(value)


def _filled(template: str, values: Mapping[str, JSON | None]) -> JSON | None:
    if any(values[match[1]] is None for match in _NAME.finditer(template)):
        return None
    alone = _NAME.fullmatch(template)
    if alone and not alone[2]:
        return values[alone[1]]
    return _NAME.sub(lambda match: _through(str(values[match[1]]), match[2]), template)


def _through(value: str, filters: str) -> str:
    for word in filters.split("|")[1:]:
        value = FILTERS[word](value)
    return value


def _names(template: JSON) -> Iterator[tuple[str, list[str]]]:
    if isinstance(template, str):
        yield from ((match[1], match[2].split("|")[1:]) for match in _NAME.finditer(template))
    elif isinstance(template, Mapping):
        for item in template.values():
            yield from _names(item)
    elif isinstance(template, list):
        for item in template:
            yield from _names(item)
