"""All of it: the metrics of an export of the ledger by stream, metric, figure and subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tests.strangers.reckoning.agreed import Terms
from tests.strangers.reckoning.answered import actions, courage, news, requests
from tests.strangers.reckoning.fresh import lags
from tests.strangers.reckoning.minded import complete, exits, gap, gifts, satisfaction, unsigned
from tests.strangers.reckoning.promised import dates, owed, slips
from tests.strangers.reckoning.talked import one_person, rhythms, silence, talks
from tests.strangers.reckoning.telling import tell

EITHER = (requests, news, courage, actions, silence, talks, one_person, satisfaction, lags, rhythms)
ENGAGEMENT = (slips, dates, owed, gap, unsigned, complete)
ACCOUNT = (gifts, exits)

Key = tuple[str, str, str, str]


def reckon(
    lines: Iterable[str], known_on: datetime | None, true_on: datetime | None, now: datetime
) -> dict[Key, tuple[object, int | None]]:
    """Reckon every figure of every metric."""
    told = tell(lines, known_on, true_on, now)
    rows: dict[Key, tuple[object, int | None]] = {}
    for stream in dict.fromkeys(one.stream for one in told.entries if one.id in told.so):
        kind = stream.partition("/")[0]
        of_its_own = {"engagement": ENGAGEMENT, "account": ACCOUNT}.get(kind, ())
        terms = Terms(told, stream)
        for part in (*EITHER, *of_its_own) if of_its_own else ():
            for metric, (figure, subject, value, n) in part(terms):
                rows[stream, metric, figure, subject] = value, n
    return rows
