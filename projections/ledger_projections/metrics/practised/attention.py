"""Whether existing clients are neglected for new ones: how our talk is shared between them (P30).

    existing, before, change   the share of minutes of talk with existing clients in all with them and with prospects, in 90
                               days and in the 90 before; what was said with the account alone is with an existing client
                               where both signed a version of any of its engagements
    minutes, minutes_before    the minutes of either with one engagement, or with an account alone: client or prospect

n counts contacts. Of each engagement, and account, a share names the newest contact alone, for all of them may be a hundred
thousand: `through` says which figures name the others, engagement by engagement. Without talk it names one engagement, that
of which the newest was recorded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_projections.metrics.figure import NONE_YET, Meaning, Metric, Total, of_no_stream
from ledger_projections.portfolio.found import newest, of_private
from ledger_projections.portfolio.gathered import WHOSE
from ledger_projections.portfolio.neglect import SPAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]

OURS = "practice"
CLIENT, PROSPECT = "client", "prospect"


def attention(gathered: Gathered) -> Iterator[Total]:
    """Yield how our talk is shared between clients and prospects, how that has changed, and what was said with each."""
    rows = gathered.part("talk")
    if not rows:
        return
    clients = {row[of] for row in rows if row["state"] == CLIENT for of in ("stream", "account")}
    spans = _Span("minutes"), _Span("minutes_before")
    for stream, made in gathered.talk_by_stream(2 * SPAN, *WHOSE, "minutes_once", "positions"):
        is_client = (made[0][1]["account"] if stream.startswith("account/") else stream) in clients
        for number, span in enumerate(spans):
            if some := [row for age, row in made if age // SPAN == number]:
                yield span.add(stream, some, is_client=is_client)
    now, before = (span.share for span in spans)
    change = now - before if now is not None and before is not None else None
    yield _shared("existing", now, spans[:1], rows)
    yield _shared("before", before, spans[1:], rows)
    yield _shared("change", change, spans, rows)


class _Span:
    """What was said in some days: minutes with clients and with all, how many contacts, and the newest with each of them."""

    def __init__(self, figure: str) -> None:
        self.figure, self.ours, self.every, self.n = figure, 0, 0, 0
        self.positions: list[int] = []
        self.rows: list[Row] = []

    def add(self, stream: str, rows: Sequence[Row], *, is_client: bool) -> Total:
        """Count what was said with one of them; return it as a figure of its own, which names all of it."""
        minutes, positions = sum(row["minutes_once"] for row in rows), {at for row in rows for at in row["positions"]}
        self.ours += minutes * is_client
        self.every += minutes
        self.n += len(positions)
        self.positions.append(max(positions))
        self.rows += [max(rows, key=lambda row: row["positions"][-1]), newest(rows), *of_private(rows)]
        kind = CLIENT if is_client else PROSPECT
        return Total(
            self.figure, minutes, len(positions), OURS, rows[0], positions, rows, stream.replace("/", ":"), kind
        )

    @property
    def share(self) -> Decimal | None:
        """Return the share of clients; None of nothing."""
        return Decimal(self.ours) / self.every if self.every else None


def _shared(name: str, value: Decimal | None, spans: Sequence[_Span], talk: Collection[Row]) -> Total:
    """Return a figure of all talk in *spans*: it names the newest with each, and without any, one engagement."""
    n, words = (sum(span.n for span in spans), "") if value is not None else (0, NONE_YET)
    rows = [row for span in spans for row in span.rows]
    if not rows:
        last = max(talk, key=_newest)
        return Total(
            name, value, n, OURS, {}, [last["position"]] if last["position"] else last["positions"], talk, words=words
        )
    positions, through = [at for span in spans for at in span.positions], ", ".join(span.figure for span in spans)
    return Total(name, value, n, OURS, {}, positions, rows, words=words, through=through)


def _newest(row: Row) -> tuple[int, int]:
    """Return what is greatest for the row that depends on the newest entry; among several, for what was said last."""
    return row["last_position"], row["position"] or 0


METRICS = (
    Metric("P30", "Existing clients and prospects", ("P30",), {
        "existing": Meaning("Share of the minutes of 90 days that were with existing clients.", "of 1", "lower"),
        "before": Meaning("The same of the 90 days before.", "of 1", "lower"),
        "change": Meaning("The first less the second.", "of 1", "lower"),
        "minutes": Meaning("Minutes of 90 days with one of them.", "minutes"),
        "minutes_before": Meaning("Minutes of the 90 days before with one of them.", "minutes"),
    }, of_no_stream, frozenset(), attention),
)  # fmt: skip
