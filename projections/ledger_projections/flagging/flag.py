"""One flag: which entry, which rule, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.facts import Fact


class Rule(NamedTuple):
    """What a flag stands for, and the practice that asks for it."""

    meaning: str
    practice: str


FLAGS: Mapping[str, Rule] = {
    "version-skipped": Rule("A version that is not the one before plus one.", "P01"),
    "redraft-after-signature": Rule("A version changed after somebody had signed it: the first stays in force.", "P01"),
    "agreement-incomplete": Rule(
        "A required part is missing or thin: no result, no measure, no review cadence (M17).", "P02"
    ),
    "due-after-completion": Rule("A date after the completion that the agreement names.", "P03"),
    "before-not-in-force": Rule("A change of a value that was not the one in force.", "P10"),
    "out-of-scope-without-amendment": Rule("A milestone born of a request out of scope, without an amendment.", "P12"),
    "without-authority": Rule("Done by somebody who may not: it does not count until it is ratified.", "P49"),
    "delivered-without-evidence": Rule("A delivery with no file to show for it.", "P14"),
    "delivered-on-untested-assumption": Rule("A delivery that rests on an assumption nobody has tested.", "P46"),
    "forecast-not-after-due": Rule("A slip to a date that is no later than the date in force.", "P15"),
    "released-by-us-alone": Rule("A promise of ours let go with nobody of the client agreeing.", "P10"),
    "told-without-impact": Rule("A slip told without what it means for the client.", "P16"),
    "told-without-options": Rule("A slip told without options.", "P16"),
    "promise-not-ahead": Rule("A promise to answer by a time that had passed.", "P23"),
    "one-side-missing": Rule("A contact or a review with nobody of one side.", "P29"),
    "thin-substance": Rule("A contact of substance that says next to nothing of it.", "P29"),
    "confirmed-without-implications": Rule("News confirmed without what it implies.", "P32"),
    "action-on-unverified-news": Rule("An action agreed on news that nobody had verified.", "P32"),
    "concern-without-client-view": Rule("A concern of ours raised without the client's view of it.", "P36"),
    "needs-met-missing": Rule("A review that does not say of each side whether its needs are met.", "P38"),
    "unsealed": Rule("A self-assessment recorded after the answer it would be held against (M11).", "P41"),
    "missing-exit-feedback": Rule("A close without a recap of both sides.", "P42"),
    "closed-with-unmarked-results": Rule("A close that leaves results unmarked.", "P13"),
    "closed-with-unlisted-obligations": Rule("A close that does not list what the client still owes.", "P13"),
    "plan-approved-by-author": Rule("An account plan approved by who drafted it.", "P55"),
    "gift-approved-by-recipient": Rule("A gift to one of us, approved by who had it.", "P57"),
    "gift-over-limit": Rule("With it, the gifts of twelve months with somebody are above the limit (M20).", "P57"),
    "gift-in-another-currency": Rule(
        "A gift in a currency that the limit is not in: nothing says it is below (M20).", "P57"
    ),
    "gift-near-decision": Rule(
        "A gift close to a signature, an acceptance or a review of the same person (M20).", "P57"
    ),
    "correction-without-evidence": Rule("A correction of what is in dispute, without evidence.", "M19"),
}
"""Every flag, and the rule it stands for (domain 3.3.5)."""


class Flag(NamedTuple):
    """A flag on *fact*; *others* are the facts it stands on too, *cured* the one that cures it."""

    fact: Fact[Any]
    flag: str
    subject: str
    detail: str
    others: Sequence[Fact[Any]] = ()
    cured: Fact[Any] | None = None
