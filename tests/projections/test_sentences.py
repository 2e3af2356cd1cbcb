"""Every entry can be said in words, with the texts it has and without those that were erased."""

from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_projections.sentences import SAYINGS, also, what

from ledger.events import TYPES, Event
from ledger.facts import Fact
from tests.views import World, london, northwind


def said(world: World, short_name: str) -> str:
    """Return the words for the last entry of a type."""
    fact = next(fact for fact in reversed(world.facts()) if fact.event.short_name == short_name)
    stream = {"account": "account/acme", "practice": "account/acme"}.get(fact.entry.stream.partition("/")[0])
    view = world.view(stream=stream or "engagement/northwind")
    return what(fact, view.but(account=None) if fact.entry.stream == "practice" else view)


def test_every_type_has_its_words() -> None:
    assert set(SAYINGS) == set(TYPES.values())


STORY = {
    "policy-set": "from 1 Jan: calendar default (Europe/London)",
    "account-opened": 'account opened "ACME"',
    "actor-added": "a1 records: Lead",
    "contact-added": "contact c2 added: Director, director (senior, ours)",
    "authority-changed": "director may sign from 3 Mar",
    "engagement-opened": 'engagement opened "Northwind rollout"',
    "agreement-drafted": "agreement v2 drafted by us, amends v1",
    "agreement-signed": "agreement v2 signed for the client by client sponsor",
    "milestone-agreed": 'M2 "dress rehearsal" agreed, due 27 Jun',
    "slip-foreseen": "slip S1 foreseen: M2 27 Jun → 18 Jul",
    "slip-reported": "told client sponsor of S1 by email",
    "communication-acknowledged": "client sponsor acknowledged #15   (according to us)",
    "entry-corrected": "corrects #14: known 6 Jun 09:00 → 3 Jun 14:20",
    "dispute-raised": "dispute D1 raised by client: M2",
}


def test_the_audit_trail_of_st1_reads(tmp_path: Path) -> None:
    world = northwind(tmp_path)

    assert {name: said(world, name) for name in STORY} == STORY


def _milestone(world: World) -> None:
    world.record("milestone-agreed", milestone_id="M1", due="2026-01-09", title="pilot")


OTHERS: dict[str, tuple[Callable[[World], object], str]] = {
    "slip-averted": (
        lambda w: (w.record("slip-foreseen", milestone_id="M1", forecast="2026-02-06"),
                   w.record("slip-averted", slip_id="S1")), "slip S1 averted"),
    "slip-reported": (
        lambda w: w.record("slip-reported", milestone_id="M1", forecast="2026-02-06", to=[]),
        "told the client of S1: M1 9 Jan 2026 → 6 Feb 2026"),
    "milestone-rescheduled": (
        lambda w: w.record("milestone-rescheduled", milestone_id="M1", from_due="2026-01-09",
                           to_due=london("2025-12-30T12:00"), agreed_by="c1"),
        "M1 rescheduled: 9 Jan 2026 → 30 Dec 12:00, agreed by client sponsor"),
    "milestone-delivered": (lambda w: w.record("milestone-delivered", milestone_id="M1"), 'M1 "pilot" delivered'),
    "milestone-judged": (
        lambda w: w.record("milestone-judged", milestone_id="M1", verdict="rejected", by="c1"),
        'M1 "pilot" rejected by client sponsor'),
    "obligation-agreed": (
        lambda w: w.record("obligation-agreed", obligation_id="O1", kind="deliverable", due="2025-06-20", owner="c1",
                           blocks=["M1"], title="test data"),
        'O1 "test data" agreed from client sponsor, due 20 Jun, before M1'),
    "cadence-agreed": (
        lambda w: w.record("cadence-agreed", cadence_id="weekly", kind="report", rrule="FREQ=WEEKLY",
                           starts="2025-06-06T17:00", calendar="default"),
        "report weekly agreed: FREQ=WEEKLY from 2025-06-06T17:00"),
    "status-report-sent": (
        lambda w: w.record("status-report-sent", to=["c1", "c2"], no_change=True, channel="email"),
        "status report sent to client sponsor and director by email: no change"),
    "news-learned": (
        lambda w: w.record("news-learned", polarity="bad", summary="the vendor\nhas gone"),
        'bad news N1 "the vendor has gone" learned, severity 3'),
    "news-reported": (
        lambda w: (w.record("news-learned", polarity="good", summary="funded"),
                   w.record("news-reported", news_id="N1", to=["c1"], channel="call", admits_fault=True)),
        "told client sponsor of N1 by call, admitting fault"),
    "feedback-received": (
        lambda w: w.record("feedback-received", wave="w1", from_contact="c1", scale={"min": "0", "max": "10"},
                           scores=[{"dimension": "trust", "score": "8"}], solicited=True),
        "feedback w1 from client sponsor: trust 8 (of 0 to 10)"),
    "engagement-closed": (
        lambda w: w.record("engagement-closed", reason="mutual", results=[], open_obligations=[]),
        "engagement closed: by both"),
    "entry-corrected": (
        lambda w: w.record("entry-corrected", kind="withdraw", reason="twice",
                           entry=w.entry(w.record("milestone-delivered", milestone_id="M1"))), "withdraws #11"),
}  # fmt: skip


@pytest.mark.parametrize("short_name", OTHERS)
def test_an_entry_reads(tmp_path: Path, short_name: str) -> None:
    act, words = OTHERS[short_name]
    world = World(tmp_path).begin().at("2025-06-02T10:00")
    _milestone(world)
    act(world)

    assert said(world, short_name) == words


def test_a_retraction_names_the_news_and_whom_it_went_to(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.record("news-learned", polarity="bad", summary="gone")
    world.record("news-reported", news_id="N1", to=["c1"], kind="retraction")

    assert said(world, "news-reported") == "retracted N1 to client sponsor"


def test_a_correction_that_does_not_repeat_the_first_value_reads_it_from_the_entry(tmp_path: Path) -> None:
    world = northwind(tmp_path, "2025-06-06T12:00")
    foreseen = next(fact.entry.id for fact in world.facts() if fact.event.short_name == "slip-foreseen")
    world.record("entry-corrected", entry=foreseen, kind="amend", reason="typed wrong",
                 changes=[{"path": "data.forecast", "after": '"2025-07-11"'}])  # fmt: skip

    assert said(world, "entry-corrected") == "corrects #14: forecast 18 Jul → 11 Jul"


def test_what_goes_with_an_entry_is_its_own_words_and_its_evidence(tmp_path: Path) -> None:
    fact = next(f for f in northwind(tmp_path).facts() if f.event.short_name == "entry-corrected")

    assert also(fact) == '"vendor e-mail found" · evidence sha256 9f2c9f2c…'


def test_without_its_texts_an_entry_still_reads(tmp_path: Path) -> None:
    world = northwind(tmp_path)
    erased = [_without_texts(fact) for fact in world.facts() if fact.entry.stream.startswith("engagement/")]

    words = [what(fact, world.view()) for fact in erased]

    assert (words[0], words[3], also(erased[-2])) == ("engagement opened", "M2 agreed, due 27 Jun", "")


def _without_texts(fact: Fact[Event]) -> Fact[Event]:
    return fact._replace(event=type(fact.event).trusted(fact.event.plain))
