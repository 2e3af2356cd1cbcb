"""The quick yes and the slow answer, entry by entry, whatever stands in an attribute or in the data."""

import sqlite3
from contextlib import closing
from typing import Any

import orjson
import pytest

from ledger.audit.accept import Row, accept
from ledger.audit.explain import explain
from ledger.audit.reading import Reading
from ledger.audit.texts import Text
from ledger.entry import OPTIONAL, REQUIRED
from tests.every_event import EVERY, ORIGIN
from tests.meddling import template

STRANGE: tuple[Any, ...] = (
    *("", "\n", " ", "x", "é", "٣", "2025-06-06", "2025-06-06\n2025-06-07", "2025-06-06\n", "2025-6-6", "0" * 36),
    *("2025-06-06T08:00:00.000000Z\n2025-06-06T08:00:00.000000Z", "2025-06-06T08:00:00Z", "2O25-06-06"),
    *(
        "01974000-0000-7000-8000-00000000000G",
        "01974000-0000-7000-c000-000000000001",
        "practice\n",
        "a\x00b",
        "a\\u0000",
    ),
    *(None, 0, 1, -1, 1.0, 2**53, 2**63, True, False, [], {}, ["x"], [["x"]], {"x": 1}, 0.5),
)
COLUMNS = {"subject": 1, "streamversion": 2, "type": 4, "id": 5, "recordedtime": 6}
ATTRIBUTES = [*REQUIRED, *OPTIONAL, "recordedtime", "streamversion", "privileged", "data", "stranger"]


def page() -> tuple[list[Row], dict[int, list[Text]]]:
    with closing(sqlite3.connect(template())) as db:
        reading = Reading(db, "", 1, len(EVERY))
        rows, texts = reading.rows(), reading.texts()
    assert isinstance(rows, list)
    assert isinstance(texts, list)
    return rows, {row[0]: [text for text in texts if text[0] >> 6 == row[0]] for row in rows}


def with_attribute(row: Row, name: str, value: object) -> Row:
    """Return *row* with another value in its bytes and, where there is one, in its column."""
    raw = orjson.dumps({**orjson.loads(row[8]), name: value}, option=orjson.OPT_SORT_KEYS)
    columns = [*row[:8], raw]
    if name in COLUMNS:
        columns[COLUMNS[name]] = value
    return tuple(columns)


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_no_attribute_passes_that_the_slow_answer_refuses(name: str) -> None:
    rows, texts = page()
    before, last = rows[0], rows[-1]

    for row in rows[1:-1]:
        for value in STRANGE:
            other = with_attribute(row, name, value)
            among = accept([before, other, last], [*texts[1], *texts[row[0]], *texts[last[0]]], ORIGIN)
            if accept([other], texts[row[0]], ORIGIN) or among:
                assert explain(other, texts[row[0]], ORIGIN) is None


def test_no_field_passes_that_the_slow_answer_refuses() -> None:
    rows, texts = page()

    for row in rows:
        data = orjson.loads(row[8])["data"]
        for name in [*data, "note", "stranger"]:
            for value in STRANGE:
                other = with_attribute(row, "data", {**data, name: value})
                if accept([other], texts[row[0]], ORIGIN):
                    assert explain(other, texts[row[0]], ORIGIN) is None
