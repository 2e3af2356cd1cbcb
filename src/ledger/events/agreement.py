"""What was agreed, and who signed it (P01 to P10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ledger.errors import Malformed
from ledger.events.base import Event
from ledger.values import (
    AccountId,
    Amount,
    ContactId,
    Currency,
    Erasable,
    Identity,
    ObligationId,
    Part,
    Party,
    Sha256,
    Slug,
    Str,
    Text,
    Version,
)

if TYPE_CHECKING:
    from ledger.values.records import (
        Confid,
        Evaluation,
        Money,
        Notice,
        Pay,
        Relation,
        Result,
        ResultVerdict,
        Retention,
        Scope,
        Timeframe,
    )


class EngagementOpened(Event, streams="engagement", opens=True):
    """An assignment for an account begins to be kept (P01, P07)."""

    account: Identity[AccountId]
    sensitive: bool = False
    alias: Erasable[Slug]
    title: Erasable[Str] = None


class AgreementDrafted(Event, streams="engagement", defines="version"):
    """A version of the letter of agreement, by its hash, with what is decided on (P01 to P08, P48, P56, M17)."""

    version: Identity[Version]
    amends: Version | None = None
    drafted_by: Party
    document_sha256: Sha256
    currency: Currency
    calendar: Slug
    parts: list[Part]
    notices: list[Notice]
    value: Money | None = None
    day_cap: Amount | None = None
    results: list[Result]
    timeframe: Timeframe | None = None
    evaluation: Evaluation | None = None
    retention: Retention | None = None
    scope: Erasable[Scope] = None
    compensation: Erasable[Pay] = None
    relationship: Erasable[Relation] = None
    confidentiality: Erasable[Confid] = None

    def check(self) -> None:
        """Refuse what contradicts itself: currencies, the days of a retention, parts and results, bonuses."""
        if self.retention and self.retention["to_on"] <= self.retention["from_on"]:
            raise Malformed("The retention ends before it begins.", field="retention.to_on")
        for money in self._amounts():
            if money["currency"] != self.currency:
                raise Malformed(
                    f"An amount in {money['currency']}, in an agreement in {self.currency}.", field="currency"
                )
        if len(set(self.parts)) < len(self.parts):
            raise Malformed("A part is named twice.", field="parts")
        if len({result["result_id"] for result in self.results}) < len(self.results):
            raise Malformed("A result is named twice.", field="results")
        self._check_bonuses()

    def _check_bonuses(self) -> None:
        named = [result["result_id"] for result in self.results]
        for bonus in self.compensation["bonuses"] if self.compensation else ():
            if bonus["result_id"] not in named:
                raise Malformed(
                    f"A bonus on {bonus['result_id']}, which is no result of this draft.",
                    field="compensation.bonuses",
                    advice=f"Its results: {', '.join(named) or 'none'}.",
                )

    def _amounts(self) -> list[Money]:
        pay = self.compensation
        amounts = [self.value, pay and pay.get("amount"), pay and pay.get("day_rate")]
        amounts += [bonus["amount"] for bonus in pay["bonuses"]] if pay else []
        amounts += [expense.get("cap") for expense in pay["expenses"]] if pay else []
        return [money for money in amounts if money]


class AgreementSigned(Event, streams="engagement"):
    """One side put its name to one version, by its hash (P09, M16)."""

    version: Identity[Version]
    signed_for: Identity[Party]
    signatory: Identity[ContactId]
    document_sha256: Sha256
    method: Literal["wet_ink", "e_signature", "email", "other"]


class EngagementClosed(Event, streams="engagement"):
    """The engagement ended, with each result marked (P13)."""

    reason: Literal["completed", "mutual", "by_client", "by_provider"]
    results: list[ResultVerdict]
    open_obligations: list[ObligationId]
    outcome: Erasable[Text] = None
