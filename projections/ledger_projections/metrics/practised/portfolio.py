"""What is promised and agreed over all engagements together (P19, P56); each is of our own side, or of one client.

P19  committed, capacity, load   of each of the 156 weeks from this one on that a capacity was stated for: days of effort
                                 promised, days there are, one over the other. An effort falls evenly on the open days from
                                 its start, or from today, to its date in force; a capacity evenly on those of its span
P56  agreed                      by currency, the value in force of all open engagements
     dependency                  the share of a client's in it; it names what is agreed with that client, and `agreed` the rest
     reserves                    for how many months we could do without any client, as stated last
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ledger_projections.metrics.figure import NONE_YET, Meaning, Metric, Total, of_no_stream
from ledger_projections.portfolio.capacity import weeks
from ledger_projections.portfolio.dependency import shares
from ledger_projections.portfolio.found import newest, of_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]

OURS = "practice"
NOWHERE: frozenset[str] = frozenset()
"""No stream alone has these figures."""


def loads(gathered: Gathered) -> Iterator[Total]:
    """Yield what is promised for each week, and what there is."""
    for week in weeks(gathered):
        load = week.committed / week.capacity if week.capacity else None
        for name, value in (("committed", week.committed), ("capacity", week.capacity), ("load", load)):
            words = NONE_YET if value is None else ""
            yield Total(
                name, value, len(week.promised), OURS, {}, _said(week.rows), week.rows, f"week:{week.name}", words
            )


def dependencies(gathered: Gathered) -> Iterator[Total]:
    """Yield what is agreed in each currency with the share of each client in it, and our reserves."""
    for currency, group in groupby(shares(gathered), key=lambda share: share.currency):
        clients = [*group]
        total, every = clients[0].total, clients[0].every
        yield Total("agreed", total, len(every), OURS, {}, _said(every), every, currency)
        of_all = [newest(every), *of_private(every)]
        for share in clients:
            whose = {**share.own[0], "engagement": None, "engagement_alias": None}
            stream, n, rows = f"account/{share.account}", len(share.own), [*share.own, *of_all]
            yield Total(
                "dependency", share.of_all, n, stream, whose, _said(share.own), rows, currency, through="agreed"
            )
    stated = sorted(gathered.part("reserves"), key=lambda row: (row["since"], row["position"]))
    if stated:
        months = Decimal(str(stated[-1]["amount"]))
        yield Total("reserves", months, len(stated), OURS, {}, _said(stated[-1:]), stated)


def _said(rows: Iterable[Row]) -> list[int]:
    """Return the positions of the entries that say what *rows* do; of a row that none says, of all it stands on."""
    return [at for row in rows for at in ([row["position"]] if row["position"] else row["positions"])]


METRICS = (
    Metric("P19", "Capacity", ("P19",), {
        "committed": Meaning("Days of effort that are promised for the week.", "days"),
        "capacity": Meaning("Days that there are.", "days"),
        "load": Meaning("Promised over there.", "of 1", "higher"),
    }, of_no_stream, NOWHERE, loads),
    Metric("P56", "Not to need any client", ("P56",), {
        "agreed": Meaning("All that is agreed in open engagements, in one currency.", "minor units"),
        "dependency": Meaning("Share of one client in all that is agreed, in one currency.", "of 1", "higher"),
        "reserves": Meaning("Months that we could do without any client.", "months", "lower"),
    }, of_no_stream, NOWHERE, dependencies),
)  # fmt: skip
