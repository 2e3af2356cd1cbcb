"""A batch recorded in chunks: the log it leaves is that of one batch, whatever the chunks and whatever is forgotten."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import batch
from ledger.drafts import Draft, Receipt, Source
from ledger.errors import LedgerError, Unknown
from ledger.events import Event
from ledger.facts import Fact
from ledger.importing import JsonLines, as_they_are, record_all, shelf
from ledger.journal import Reader
from ledger.names import read_stream
from ledger.stores.sqlite import SqliteJournal, system_clock
from ledger.testing.fakes import entry_id
from ledger.testing.proposals import ORIGIN, proposal
from ledger.values import Stream
from tests.ledger.test_service import DELIVERED, M2, NORTHWIND, SLIP, START, TOLD, a_ledger, started
from tests.places import ROOT

SECOND = Draft("engagement-opened", "engagement/quay", {"account": "acme", "alias": "quay"})
HEARD = Draft("communication-acknowledged", NORTHWIND, {"acknowledges": entry_id(777), "by": "c1"})
STORY: Sequence[Draft] = (
    *START,
    HEARD,  # of what comes two chunks later
    DELIVERED._replace(data={"milestone_id": "M3"}),
    M2._replace(data={**M2.data, "milestone_id": "M3"}),
    M2,  # stands already
    TOLD._replace(data={**TOLD.data, "slip_id": "S1"}, id=entry_id(777)),
    SLIP._replace(data={**SLIP.data, "slip_id": "S1"}),
    SECOND,
    M2._replace(subject="engagement/quay"),
    SLIP,
    Draft("entry-corrected", NORTHWIND, {"entry": entry_id(777), "kind": "withdraw", "reason": "to another"}),
    TOLD._replace(source=Source(b"a letter")),
    TOLD._replace(source=Source(b"a letter")),
    DELIVERED._replace(subject="engagement/quay"),
)
OTHER_DAY = M2._replace(data={**M2.data, "due": "2026-01-01"})
REFUSED = {
    "of nothing": (DELIVERED._replace(data={"milestone_id": "M9"}), "M9"),
    "otherwise than in an earlier chunk": (OTHER_DAY, "was recorded as an earlier line of the same batch"),
    "of nobody": (M2._replace(subject="engagement/nowhere"), "nowhere"),
}


@given(size=st.integers(1, len(STORY)), held=st.sampled_from([0, 3, 10_000]))
def test_chunks_leave_the_log_that_one_batch_leaves(size: int, held: int) -> None:
    together, apart = a_ledger(), a_ledger()
    receipts: list[Receipt] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "MOST_HELD", held)

        apart.record_all(chunks(STORY, size), receipts.extend)

    whole = together.record(*STORY)
    assert apart.journal.root() == together.journal.root()
    assert [(r.position, r.new) for r in receipts] == [(r.position, r.new) for r in whole]


@pytest.mark.parametrize("held", [0, 10_000])
@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(("draft", "says"), REFUSED.values(), ids=REFUSED)
def test_what_a_later_chunk_refuses_leaves_nothing_and_is_counted_from_the_first(
    draft: Draft, says: str, size: int, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MOST_HELD", held)
    ledger = a_ledger()

    with pytest.raises(LedgerError, match=says) as refused:
        ledger.record_all(chunks([*STORY, draft], size), list)

    assert (refused.value.ordinal, ledger.journal.head()) == (len(STORY), 0)


def test_whoever_adds_nothing_in_the_first_chunk_is_introduced_in_the_second() -> None:
    letter = SLIP._replace(source=Source(b"a letter"))
    ledger = started()
    ledger.record(letter)
    other = a_ledger(journal=ledger.journal, who=ledger.who._replace(email="bo@firm.example"), first_id=50)
    receipts: list[Receipt] = []

    other.record_all([[letter], [DELIVERED]], receipts.extend)

    assert [(receipt.position, receipt.new) for receipt in receipts] == [(6, False), (8, True)]


def test_a_long_stream_is_read_once_however_many_chunks_add_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Stream] = []
    journal = started().journal

    def counted(reader: Reader, stream: Stream) -> list[Fact[Event]]:
        reads.append(stream)
        return read_stream(reader, stream)

    monkeypatch.setattr(batch, "read_stream", counted)
    a_ledger(journal=journal, first_id=50).record_all(chunks([DELIVERED] * 40, 4), list)

    assert len([stream for stream in reads if stream.startswith("engagement/")]) == 1


def test_a_shelf_gives_back_what_was_put_on_it_as_often_as_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_TOGETHER", 3)
    monkeypatch.setattr(shelf, "LARGEST_TOGETHER", 10)
    with shelf.Shelf[int]() as kept:
        for number, size in enumerate([1, 1, 1, 1, 11, 1, 1]):
            kept.put(number, size)

        assert [list(kept), list(kept)] == [[[0, 1, 2], [3, 4], [5, 6]]] * 2


def test_an_import_of_many_chunks_refers_forwards_and_names_the_line_that_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "MOST_TOGETHER", 2)
    agreed = b'{"type":"milestone-agreed","subject":"engagement/northwind",'
    agreed += b'"data":{"milestone_id":"M7","due":"2025-09-30","title":"t"}}\n'
    delivered = b'{"type":"milestone-delivered","subject":"engagement/northwind","data":{"milestone_id":"M7"}}\n'
    ledger = started(provenance="import")
    head = ledger.journal.head()

    refused = record_all(
        ledger, JsonLines(BytesIO(delivered * 5 + agreed + delivered.replace(b"M7", b"M8"))), as_they_are
    )
    after_refusal = ledger.journal.head()
    recorded = record_all(ledger, JsonLines(BytesIO(delivered * 5 + agreed)), as_they_are)

    assert ([row.where for row in refused.refused], refused.readable, after_refusal) == (["Line 7"], 6, head)
    assert isinstance(refused.refused[0].error, Unknown)
    assert (recorded.recorded, ledger.journal.head()) == (6, head + 6)


def test_a_process_killed_within_a_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with SqliteJournal.create(path, ORIGIN, system_clock) as journal:
        journal.append([proposal(1)], {proposal(1).stream: 0})
        root = journal.root()

    code = f"from tests.ledger.test_record_all import append_and_wait; append_and_wait({str(path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"3001\n"
        writer.send_signal(signal.SIGKILL)

    with SqliteJournal.open(path, system_clock) as journal:
        assert (journal.head(), journal.root()) == (1, root)
        journal.append([proposal(2)], {proposal(2).stream: 1})


def append_and_wait(path: str) -> None:
    """Append until some of it is in the file, say so, and wait to be killed."""
    with SqliteJournal.open(path, system_clock) as journal, journal.transaction() as within:
        for first in range(2, 3_002, 500):
            within.append([proposal(n) for n in range(first, first + 500)], {proposal(1).stream: first - 1})
        sys.stdout.write(f"{within.head()}\n")
        sys.stdout.flush()
        signal.pause()


def chunks(drafts: Sequence[Draft], size: int) -> list[Sequence[Draft]]:
    """Return *drafts*, *size* together."""
    return [drafts[first : first + size] for first in range(0, len(drafts), size)]
