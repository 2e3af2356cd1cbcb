"""What was known of one engagement: its own facts, its account's and our practice's, as a replay leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger import account, engagement, practice
from ledger.clocks import read_clocks
from ledger.names import PRACTICE, read_stream
from ledger.replay import day_of_calendar
from ledger.standing import Known
from ledger.values import Stream

if TYPE_CHECKING:
    from ledger.journal import Reader
    from ledger.replay import Replay


def recall(reader: Reader, stream: Stream, replay: Replay) -> Known:
    """Return what stands and counts of the engagement *stream*; the log is read for that stream, its account and us alone."""
    clocks = read_clocks(reader)
    ours = clocks.right(read_stream(reader, PRACTICE, texts=True))
    day_of = day_of_calendar(practice.fold(ours).calendar("default", "9999-12-31"))
    state = engagement.fold(replay.of(clocks.right(read_stream(reader, stream, texts=True)), day_of))
    theirs = read_stream(reader, Stream(f"account/{state.account}"), texts=True) if state.account else []
    return Known(state, account.fold(replay.of(clocks.right(theirs), day_of)), practice.fold(replay.of(ours, day_of)))
