"""How large an entry may be: to the byte, when it is proposed, finished and read."""

from typing import Any

import pytest

from ledger import canonical
from ledger.canonical import JSON
from ledger.entry import FINISH, LARGEST_DISCLOSURE, LARGEST_ENTRY, Entry, Proposal, decode, encode, kept_entry
from ledger.errors import TooLarge
from tests.every_event import proposal

FINISHED: dict[str, JSON] = {"recordedtime": "2025-06-06T08:20:00.000000Z", "streamversion": 1}


def of_size(size: int, **more: JSON) -> dict[str, Any]:
    """Return attributes whose canonical JSON takes *size* bytes."""
    attributes: dict[str, Any] = {**proposal("milestone-agreed", 1).attributes, **more}
    bare = len(canonical.encode({**attributes, "data": {"text": ""}}))
    return {**attributes, "data": {"text": "x" * (size - bare)}}


def test_a_proposal_leaves_room_for_what_the_store_adds() -> None:
    largest = of_size(LARGEST_ENTRY - FINISH)

    assert len(Proposal(largest).check()) == LARGEST_ENTRY - FINISH
    with pytest.raises(TooLarge, match="would take 65,536 bytes"):
        Proposal(of_size(LARGEST_ENTRY - FINISH + 1)).check()


def test_what_the_store_adds_fits_into_the_room_that_was_left() -> None:
    latest: dict[str, JSON] = {"recordedtime": "9999-12-31T23:59:59.999999Z", "streamversion": 2**53 - 1}

    assert len(encode({**of_size(LARGEST_ENTRY - FINISH), **latest})) <= LARGEST_ENTRY


def test_the_largest_entry_is_written_and_read_and_one_byte_more_is_neither() -> None:
    raw = encode(of_size(LARGEST_ENTRY, **FINISHED))
    larger = raw.replace(b'"text":"x', b'"text":"xx')

    assert len(raw) == LARGEST_ENTRY
    assert decode(7, raw).attributes["streamversion"] == 1
    with pytest.raises(TooLarge, match="takes 65,536 bytes"):
        encode(of_size(LARGEST_ENTRY + 1, **FINISHED))
    with pytest.raises(TooLarge, match="65,536 bytes are no entry"):
        decode(7, larger)


def test_an_entry_stands_at_its_position_however_it_was_read() -> None:
    raw = encode(of_size(1_000, **FINISHED))

    assert (decode(7, raw).position, kept_entry(7, raw).position) == (7, 7)


def test_an_entry_has_its_bytes_where_they_were_handed_to_it_and_else_none() -> None:
    raw = encode(of_size(1_000, **FINISHED))
    attributes = canonical.decode(raw)

    assert (Entry(7, attributes, raw).raw, Entry(7, attributes).raw) == (raw, b"")


def test_a_text_may_take_one_mebibyte_and_no_byte_more() -> None:
    attributes = proposal("milestone-agreed", 1).attributes

    Proposal(attributes, [b"x" * LARGEST_DISCLOSURE]).check()
    with pytest.raises(TooLarge, match="A text is larger than"):
        Proposal(attributes, [b"", b"x" * (LARGEST_DISCLOSURE + 1)]).check()
