"""The ledger as programs use it: batches, all or none; names, clocks, sources and ids; and what is answered again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from ledger.calendars import default_calendar
from ledger.drafts import Draft, Identity, Receipt, Source
from ledger.entry import Proposal, decode
from ledger.errors import ClockBehind, Conflict, Duplicate, IdConflict, Malformed, Refused, TooLarge, Unknown
from ledger.facts import read_fact
from ledger.journal import Appended, Journal
from ledger.service import Ledger
from ledger.testing.fakes import Entropy, MemoryJournal, SetClock, entry_id
from ledger.values import EntryId, Position, Stream

ADA = Identity("ada@firm.example", "Ada")
ACCOUNT, NORTHWIND = "account/acme", "engagement/northwind"
CLIENT = Draft("account-opened", ACCOUNT, {"kind": "organisation", "alias": "acme", "name": "ACME"})
ANN = Draft("contact-added", ACCOUNT, {"side": "client", "level": "executive", "name": "Ann", "role": "sponsor"})
OPENED = Draft("engagement-opened", NORTHWIND, {"account": "acme", "alias": "northwind"})
M2 = Draft("milestone-agreed", NORTHWIND, {"milestone_id": "M2", "due": "2025-06-27", "title": "dress rehearsal"})
SLIP = Draft("slip-foreseen", NORTHWIND, {"milestone_id": "M2", "forecast": "2025-07-18"}, aware="2025-06-05")
TOLD = Draft("slip-reported", NORTHWIND, {"milestone_id": "M2", "forecast": "2025-07-18", "to": ["c1"]})
DELIVERED = Draft("milestone-delivered", NORTHWIND, {"milestone_id": "M2"})
START = (CLIENT, ANN, OPENED, M2)


def a_ledger(
    clock: SetClock | None = None,
    *,
    journal: Journal | None = None,
    who: Identity = ADA,
    provenance: str = "api",
    first_id: int = 1,
) -> Ledger:
    """Make a ledger in memory; or open the *journal* of one."""
    clock = clock or SetClock()
    numbers = iter(range(first_id, first_id + 1000))
    return Ledger(
        journal or MemoryJournal(clock),
        who,
        clock=clock,
        provenance=provenance,
        entropy=Entropy(str(first_id)),
        new_id=lambda: entry_id(next(numbers)),
    )


def started(clock: SetClock | None = None, *, journal: Journal | None = None, provenance: str = "api") -> Ledger:
    """Make a ledger that holds one account and one engagement with one milestone."""
    ledger = a_ledger(clock, journal=journal, provenance=provenance)
    ledger.record(*START)
    return ledger


def attributes(ledger: Ledger, position: int) -> Mapping[str, Any]:
    """Return the attributes of the entry at *position*."""
    stored = ledger.journal.at(Position(position))
    assert stored is not None
    return decode(*stored).attributes


def test_whoever_records_first_is_introduced_once() -> None:
    ledger = started()
    ledger.record(SLIP)

    again = a_ledger(journal=ledger.journal, who=Identity("ada@firm.example", "Ada R."), first_id=20)
    again.record(DELIVERED)
    other = a_ledger(journal=ledger.journal, who=Identity("bo@firm.example", "Bo"), first_id=30)
    other.record(DELIVERED)

    types = [attributes(ledger, n)["type"].split(".")[1] for n in range(1, ledger.journal.head() + 1)]
    assert types.count("actor-added") == 2
    assert [attributes(ledger, n)["actor"] for n in (1, 5, 6, 7, 8, 9)] == ["a1", "a1", "a1", "a1", "a2", "a2"]


def test_what_an_earlier_line_of_the_batch_says_otherwise_has_no_number_to_show() -> None:
    other = M2._replace(data={**M2.data, "due": "2026-01-01"})

    with pytest.raises(Duplicate, match="recorded as an earlier line of the same batch with other content") as refused:
        a_ledger().record(*START, other)

    assert refused.value.advice == ""


def test_a_batch_is_recorded_whole_or_not_at_all() -> None:
    ledger = started()
    root = ledger.journal.root()

    with pytest.raises(Unknown) as refused:
        ledger.record(SLIP, DELIVERED._replace(data={"milestone_id": "M9"}), TOLD)

    assert (refused.value.ordinal, ledger.journal.root()) == (1, root)


def test_names_of_accounts_and_engagements_become_ids() -> None:
    ledger = started()
    account = attributes(ledger, 2)["subject"].removeprefix("account/")
    about = ["account/acme#contact:c1", "milestone:M2", f"account/{account}#contact:c1"]

    ledger.record(
        Draft("news-learned", NORTHWIND, {"polarity": "bad", "summary": "late", "about": about}),
        Draft(
            "dispute-raised", NORTHWIND, {"raised_by": "client", "items": [{"item_id": "x", "about": about}]}
        ),
        Draft(
            "authority-changed",
            ACCOUNT,
            {"contact": "c1", "scope": "sign", "granted": True, "valid_from": "2025-01-01", "granted_by": "c1",
             "engagement": "northwind"},
        ),
    )  # fmt: skip

    resolved = [f"account/{account}#contact:c1", "milestone:M2", f"account/{account}#contact:c1"]
    assert attributes(ledger, 6)["data"]["about"] == resolved
    assert attributes(ledger, 7)["data"]["items"][0]["about"] == resolved
    assert f"engagement/{attributes(ledger, 8)['data']['engagement']}" == attributes(ledger, 4)["subject"]


@pytest.mark.parametrize(
    "draft",
    [
        M2._replace(subject="engagement/nowhere"),
        OPENED._replace(subject="engagement/southwind", data={"account": "nobody", "alias": "southwind"}),
        Draft("news-learned", NORTHWIND, {"polarity": "bad", "summary": "x", "about": ["account/nobody#contact:c1"]}),
        DELIVERED._replace(onbehalfof="c9"),
        DELIVERED._replace(onbehalfof="a9"),
    ],
)
def test_a_name_of_nothing_is_refused(draft: Draft) -> None:
    with pytest.raises(Unknown):
        started().record(draft)


@pytest.mark.parametrize(
    "draft",
    [
        M2._replace(subject=ACCOUNT),
        M2._replace(type="milestone-agred"),
        DELIVERED._replace(party="nobody"),
        DELIVERED._replace(visibility="secret"),
        DELIVERED._replace(onbehalfof="someone"),
        DELIVERED._replace(occurred="yesterday"),
        DELIVERED._replace(occurred="2025-02-30"),
        DELIVERED._replace(id="no-uuid"),
        DELIVERED._replace(causationid="two\nlines"),
        DELIVERED._replace(data={"milestone_id": "M2", "colour": "red"}),
        DELIVERED._replace(data={}),
    ],
)
def test_a_draft_of_a_wrong_form_is_refused_recorded_or_only_checked(draft: Draft) -> None:
    ledger = started()

    for attempt in (ledger.check, ledger.record):
        with pytest.raises((Malformed, Unknown)):
            attempt(draft)


def test_references_within_a_batch_are_good_in_either_order() -> None:
    told = TOLD._replace(data={**TOLD.data, "slip_id": "S1"}, id=entry_id(77))
    foreseen = SLIP._replace(data={**SLIP.data, "slip_id": "S1"})
    heard = Draft("communication-acknowledged", NORTHWIND, {"acknowledges": entry_id(77), "by": "c1"})

    receipts = started().record(heard, told, foreseen)

    assert [receipt.new for receipt in receipts] == [True, True, True]


def test_a_calendar_may_be_named_in_the_batch_that_brings_it() -> None:
    ledger = started()
    calendar: Any = {**default_calendar("Europe/London", years=[2025]), "calendar": "london"}
    weekly = {"cadence_id": "w", "kind": "report", "rrule": "FREQ=DAILY", "starts": "2025-06-06T16:00"}
    cadence = Draft("cadence-agreed", "engagement/northwind", {**weekly, "calendar": "london"})
    policy = Draft("policy-set", "practice", {"calendars": [calendar], "valid_from": "2025-01-01"})

    with pytest.raises(Unknown):
        ledger.record(cadence)
    assert all(receipt.new for receipt in ledger.record(cadence, policy))
    with pytest.raises(Unknown, match="Did you mean london"):
        ledger.record(cadence._replace(data={**weekly, "cadence_id": "v", "calendar": "londn"}))


def test_a_report_is_of_the_slip_that_is_open() -> None:
    moved = Draft(
        "milestone-rescheduled",
        NORTHWIND,
        {"milestone_id": "M2", "from_due": "2025-06-27", "to_due": "2025-07-18"},
    )
    ledger = started()

    receipts = ledger.record(SLIP, TOLD, TOLD, moved, TOLD, moved, TOLD)

    slips = [receipt.event.data.get("slip_id") for receipt in receipts if receipt.event]
    assert slips == ["S1", "S1", "S1", None, "S2", None, "S3"]
    ledger.record(moved)
    (receipt,) = ledger.record(TOLD)
    assert receipt.event
    assert receipt.event.data["slip_id"] == "S4"


AHEAD = ["2025-06-06T08:25:00.000001Z", "2025-06-07", "2999-01-01"]
NOT_AHEAD = ["2025-06-06T08:25:00Z", "2025-06-06T09:25:00+01:00", "2025-06-06", "1999-01-01"]


@pytest.mark.parametrize("moment", AHEAD)
def test_what_lies_more_than_five_minutes_ahead_is_refused(moment: str) -> None:
    ledger = started()
    change = {"path": "occurred", "after": f'"{moment}"'}
    correction = {"entry": attributes(ledger, 5)["id"], "kind": "amend", "changes": [change], "reason": "x"}

    for draft in (
        DELIVERED._replace(occurred=moment),
        DELIVERED._replace(aware=moment),
        SLIP._replace(aware=moment),
        Draft("entry-corrected", NORTHWIND, correction),
    ):
        with pytest.raises(Refused, match="future"):
            ledger.record(draft)


@pytest.mark.parametrize("moment", NOT_AHEAD)
def test_what_lies_within_five_minutes_is_recorded(moment: str) -> None:
    assert started().record(DELIVERED._replace(occurred=moment, aware=moment))[0].new


def test_clocks_are_filled_in_but_never_for_an_import() -> None:
    ledger, importer = started(), started(provenance="import")

    ledger.record(DELIVERED, SLIP, SLIP._replace(aware=None))
    importer.record(DELIVERED, SLIP)

    now = "2025-06-06T08:20:00.000000Z"
    clocks = [(attributes(ledger, n)["occurred"], attributes(ledger, n).get("aware")) for n in (6, 7, 8)]
    assert clocks == [(now, None), ("2025-06-05", "2025-06-05"), (now, now)]
    assert "occurred" not in attributes(importer, 6)
    with pytest.raises(Malformed, match="lacks aware"):
        importer.record(SLIP._replace(aware=None))


def test_a_correction_has_the_visibility_of_what_it_corrects() -> None:
    ledger = started()
    ledger.record(DELIVERED._replace(visibility="private", id=entry_id(50)))
    hide = [{"path": "visibility", "after": '"private"'}]
    ledger.record(_correction(50, []), _correction(5, hide), _correction(5, []))

    assert [attributes(ledger, n)["visibility"] for n in (6, 7, 8, 9)] == ["private", "private", "shared", "private"]


def test_the_same_batch_with_the_same_ids_adds_nothing() -> None:
    clock = SetClock()
    ledger = a_ledger(clock)
    everything = (*START, SLIP, TOLD, DELIVERED, DELIVERED, SLIP._replace(aware=None), _correction_of(47))
    batch = [draft._replace(id=entry_id(number)) for number, draft in enumerate(everything, 40)]
    first = ledger.record(*batch)
    root = ledger.journal.root()
    clock.set("2025-06-06T10:00:00Z")

    again = ledger.record(*batch)

    assert ledger.journal.root() == root
    assert again == [receipt._replace(new=False) for receipt in first]


def test_one_draft_twice_in_a_batch_is_one_entry() -> None:
    ledger = started()
    one = SLIP._replace(id=entry_id(70))

    receipts = ledger.record(one, one, SLIP)

    assert [(r.position, r.new, r.event and r.event.data["slip_id"]) for r in receipts] == [
        (6, True, "S1"),
        (6, False, "S1"),
        (7, True, "S2"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        DELIVERED._replace(id=entry_id(70), occurred="2025-06-01"),
        DELIVERED._replace(id=entry_id(70), data={"milestone_id": "M2", "summary": "another"}),
        M2._replace(id=entry_id(70), data={**M2.data, "milestone_id": "M3"}),
        ANN._replace(id=entry_id(70)),
    ],
)
def test_an_id_used_for_something_else_is_a_conflict(other: Draft) -> None:
    ledger = started()
    ledger.record(DELIVERED._replace(id=entry_id(70)))

    with pytest.raises(IdConflict):
        ledger.record(other)


def test_a_source_that_was_seen_adds_nothing() -> None:
    ledger = started()
    rows = [SLIP._replace(source=Source(b"row 1", repeat, part)) for repeat in (0, 1) for part in (0, 1)]
    first = ledger.record(*rows)
    root = ledger.journal.root()

    again = ledger.record(*rows)

    assert [receipt.event and receipt.event.data["slip_id"] for receipt in first] == ["S1", "S2", "S3", "S4"]
    assert again == [Receipt(receipt.position, new=False) for receipt in first]
    assert ledger.journal.root() == root


def test_a_source_twice_in_a_batch_is_one_entry_and_uses_one_number() -> None:
    ledger = started()
    row = SLIP._replace(source=Source(b"row 1"))

    receipts = ledger.record(row, row, SLIP)

    assert [(r.position, r.new, r.event and r.event.data["slip_id"]) for r in receipts] == [
        (6, True, "S1"),
        (6, False, "S1"),
        (7, True, "S2"),
    ]


def test_a_fact_that_stands_is_answered_with_its_entry_even_within_a_batch() -> None:
    ledger = started()
    m3 = M2._replace(data={**M2.data, "milestone_id": "M3"})

    receipts = ledger.record(M2, m3, m3)

    assert [(receipt.position, receipt.new) for receipt in receipts] == [(5, False), (6, True), (6, False)]


def test_whoever_adds_nothing_is_not_introduced() -> None:
    ledger = started()
    root = ledger.journal.root()

    a_ledger(journal=ledger.journal, who=Identity("bo@firm.example", "Bo")).record(M2)

    assert ledger.journal.root() == root


def test_only_what_would_be_recorded_is_named_by_a_check() -> None:
    ledger = started()
    root = ledger.journal.root()

    events = ledger.check(M2, SLIP)

    assert [event.short_name for event in events] == ["slip-foreseen"]
    assert ledger.journal.root() == root


def test_a_decision_is_made_again_when_somebody_wrote_in_between() -> None:
    clock = SetClock()
    journal = _Busy(clock)
    ledger = started(clock, journal=journal)
    other = a_ledger(clock, journal=journal, first_id=500)
    journal.interruptions = [lambda: other.record(SLIP)] * 3

    (receipt,) = ledger.record(SLIP)

    assert receipt.event
    assert receipt.event.data["slip_id"] == "S4"


def test_a_ledger_that_never_stands_still_is_a_conflict() -> None:
    clock = SetClock()
    journal = _Busy(clock)
    ledger = started(clock, journal=journal)
    other = a_ledger(clock, journal=journal, first_id=500)
    journal.interruptions = [lambda: other.record(SLIP)] * 99

    with pytest.raises(Conflict):
        ledger.record(SLIP)


def test_a_clock_far_behind_the_ledger_is_refused() -> None:
    clock = SetClock()
    ledger = started(clock=clock)
    clock.set("2025-06-06T08:14:59Z")

    with pytest.raises(ClockBehind):
        ledger.record(DELIVERED._replace(occurred="2025-06-01"))


def test_a_batch_that_is_too_large_is_refused() -> None:
    with pytest.raises(TooLarge, match="100,001 events"):
        started().record(*[DELIVERED] * 100_001)


def test_texts_stand_outside_the_bytes() -> None:
    ledger = started()
    stored = ledger.journal.at(Position(5))
    assert stored is not None

    texts = ledger.journal.disclosures([Position(5)])[Position(5)]

    assert b"dress rehearsal" not in stored.raw
    assert read_fact(decode(*stored)).event.data.get("title") is None
    assert read_fact(decode(*stored), texts).event.data["title"] == "dress rehearsal"
    assert len(texts) == len(decode(*stored).data["_sd"])  # type: ignore[arg-type]  # a list of digests


class _Busy(MemoryJournal):
    """A journal where somebody else records just before an append, as often as there are *interruptions*."""

    interruptions: Sequence[Callable[[], object]] = ()

    def append(self, proposals: Sequence[Proposal], expected: Mapping[Stream, int]) -> Sequence[Appended]:
        if self.interruptions:
            (first, *rest), self.interruptions = self.interruptions, ()
            first()
            self.interruptions = rest
        return super().append(proposals, expected)


def _correction(number: int, changes: list[dict[str, str]]) -> Draft:
    data = {"entry": EntryId(entry_id(number)), "kind": "amend" if changes else "reinstate", "reason": "x"}
    return Draft("entry-corrected", NORTHWIND, {**data, "changes": changes})


def _correction_of(number: int) -> Draft:
    return _correction(number, [{"path": "occurred", "after": '"2025-06-01"'}])
