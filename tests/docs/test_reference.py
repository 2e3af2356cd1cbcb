"""The reference says what the code says: events, tables, words, and the JSON Schemas that are published."""

import json

import pytest

from docs.reference.make import DOCS, pages
from ledger.events import TYPES
from ledger.events.meanings import MEANINGS, meaning

PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_would_be_written_now(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "python -m docs.reference.make"


def test_no_schema_is_left_of_a_type_that_is_none() -> None:
    kept = {path.relative_to(DOCS).as_posix() for path in (DOCS / "schema").rglob("*.json")}

    assert kept == {name for name in PAGES if name.startswith("schema/")}


def test_each_field_of_each_type_has_a_meaning_and_each_meaning_a_field() -> None:
    fields = {(name, field) for name, event_type in TYPES.items() for field in event_type.fields}
    said = {key.rpartition(".")[2] for key in MEANINGS}

    assert all(meaning(TYPES[name], field).endswith(".") for name, field in fields)
    assert said == {field for _, field in fields}
    assert {tuple(key.split(".")) for key in MEANINGS if "." in key} <= fields


def test_the_schema_of_a_line_points_to_the_schema_of_each_type() -> None:
    line = json.loads(PAGES["schema/v1/line.json"])
    ids = {
        json.loads(text)["$id"]
        for name, text in PAGES.items()
        if name.startswith("schema/") and not name.endswith("/line.json")
    }

    assert {choice["then"]["properties"]["data"]["$ref"] for choice in line["allOf"]} == ids
