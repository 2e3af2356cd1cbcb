"""How releases add up: a field replaces the one before, null takes it away, objects in lists are told apart by their id."""

from __future__ import annotations

from typing import Any


def merged(before: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Return *before* with what *patch* says (OCDS 1.1, merging)."""
    result = dict(before)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            there = result.get(name)
            result[name] = merged(there if isinstance(there, dict) else {}, value)
        elif _identified(value, result.get(name)):
            result[name] = _listed(result.get(name) or [], value)
        else:
            result[name] = value
    return result


def _listed(before: list[dict[str, Any]], patch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    result = {one["id"]: one for one in before}
    for one in patch:
        result[one["id"]] = merged(result.get(one["id"], {}), one)
    return list(result.values())


def _identified(value: object, before: object) -> bool:
    """Return whether *value* is a list of objects; one that is empty is what *before* is."""
    told = value or before
    return isinstance(value, list) and isinstance(told, list) and all(isinstance(one, dict) for one in told)
