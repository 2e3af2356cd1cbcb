"""One client that too much of our income comes from: its agreed value over that of all (P56)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple
from ledger_projections.portfolio.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]


class Share(NamedTuple):
    """What is agreed with one client in one *currency*, of the *total* with all of them."""

    account: str
    currency: str
    total: int
    own: Sequence[Row]
    every: Sequence[Row]

    @property
    def minor(self) -> int:
        """Return what is agreed with the client."""
        return sum(int(row["minor"]) for row in self.own)

    @property
    def of_all(self) -> Decimal | None:
        """Return the share; None of nothing."""
        return Decimal(self.minor) / self.total if self.total else None


def shares(gathered: Gathered) -> Iterator[Share]:
    """Yield the share of each client in all that is in force in open engagements, currency by currency, the largest first."""
    by_currency: dict[str, dict[str, list[Row]]] = {}
    for row in gathered.part("value"):
        by_currency.setdefault(row["currency"], {}).setdefault(row["account"], []).append(row)
    for currency, clients in sorted(by_currency.items()):
        every = [row for rows in clients.values() for row in rows]
        total = sum(row["minor"] for row in every)
        found = (Share(account, currency, total, own, every) for account, own in clients.items())
        yield from sorted(found, key=lambda share: (-share.minor, share.account))


def dependent(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for each client above the share that our policy allows."""
    for share in shares(gathered):
        limit = Decimal(str(share.own[0]["policy"]))
        if share.of_all is not None and share.of_all > limit:
            yield _found(share, share.of_all, limit)


def _found(share: Share, of_all: Decimal, limit: Decimal) -> Found:
    return Found(
        "A-dependency",
        "P56",
        f"account/{share.account}",
        {**share.own[0], "engagement": None, "engagement_alias": None},
        "account",
        max(row["since"] for row in share.own),
        says=f"{of_all:.0%} of what is agreed in {share.currency} is of one client",
        also=f"our policy: no more than {limit:.0%}",
        command="engage open",
        occurrence=share.currency,
        positions=[row["position"] for row in share.own],
        rows=share.every,
    )
