"""The words of every type, with all its fields and with none that may be left out."""

from dataclasses import dataclass

import pytest
from ledger_projections.sentences import also, what
from ledger_projections.view import View

from ledger.entry import Entry
from ledger.events import TYPES, Event
from ledger.facts import Fact
from tests.every_event import EVERY, entry_id, proposal
from tests.views import World


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    world = World(tmp_path_factory.mktemp("words")).begin().at("2025-06-06T12:00")
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-10", title="keys")
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title="rehearsal")
    return world.view()


def fact_of(name: str, event: Event) -> Fact[Event]:
    entry = Entry(70, {**proposal(name, 1).attributes, "recordedtime": "2025-06-06T08:20:00.000000Z"})
    return Fact(entry, event, "2025-06-06T07:30:00.000000Z", None, "shared", privileged=False)


@dataclass(frozen=True)
class Said:
    """What a type says with all its fields, and with those alone that it needs, without their texts."""

    fully: str
    barely: str = ""


WORDS = {
    "amendment-proposed": Said(
        "agreement v2 proposed by the client in place of v1: day cap",
        "agreement v2 proposed by the client in place of v1",
    ),
    "amendment-declined": Said("agreement v2 declined by us"),
    "work-started": Said(
        "work started on a letter of intent (v2), 7.5 hours, worth 18,400.00 GBP", "work started on a letter of intent"
    ),
    "work-recorded": Said(
        "3.5 days of work on M2, 2 Jun to 5 Jun, worth 18,400.00 GBP", "3.5 days of work, 2 Jun to 5 Jun"
    ),
    "result-measured": Said(
        "result r1 measured by the client: -97.25 % of moves", "result r1 measured by the client: -97.25"
    ),
    "engagement-paused": Said("paused by the client, to go on 1 Sep", "paused by the client"),
    "engagement-resumed": Said("resumed by us"),
    "commitment-released": Said(
        "M2 need not be kept any more, agreed by client sponsor, in v2", "M2 need not be kept any more"
    ),
    "obligation-delay-notified": Said(
        'O1 "keys" will be late, now 13 Jun, says client sponsor by call', 'O1 "keys" will be late'
    ),
    "obligation-fulfilled": Said('O1 "keys" fulfilled by client sponsor', 'O1 "keys" fulfilled'),
    "assumption-recorded": Said('assumption H1 "The quay bears two cranes.", to be tested by 13 Jun', "assumption H1"),
    "assumption-tested": Said("assumption H1 failed"),
    "contact-made": Said(
        "meeting with client sponsor: check-in, outbound, 45 minutes", "meeting with client sponsor: check-in, outbound"
    ),
    "request-received": Said(
        "instruction R1 from client sponsor by email, perhaps out of scope",
        "instruction R1 from client sponsor by email",
    ),
    "request-sent": Said(
        "our document R2 to client sponsor by letter, before M2", "our document R2 to client sponsor by letter"
    ),
    "holding-reply-sent": Said("R1 held by email: an answer by 9 Jun 12:00"),
    "request-answered": Said("R1 answered by call"),
    "preference-recorded": Said("client sponsor prefers: call, in summary (stated)"),
    "availability-declared": Said(
        "Lead away 4 Aug to 15 Aug, Lead stands in, told client sponsor", "Lead away 4 Aug to 15 Aug"
    ),
    "news-verified": Said("news N1 confirmed in part"),
    "review-held": Said(
        "review V1 held with client sponsor, needs met: us 4, the client 3.5 (of 1 to 5): to change the terms",
        "review V1 held with client sponsor: to change the terms",
    ),
    "feedback-requested": Said("feedback F1 asked of client sponsor for 2025-q2"),
    "feedback-given": Said("feedback given to client sponsor, closing", "feedback given to client sponsor"),
    "self-assessed": Said(
        "our own assessment: trust 9 (of 0 to 10), closing", "our own assessment: trust 9 (of 0 to 10)"
    ),
    "action-agreed": Said(
        'action A1 "Ask every vendor for its accounts." agreed after F1: Lead, due 20 Jun',
        "action A1 agreed after F1: Lead, due 20 Jun",
    ),
    "action-completed": Said("action A1 completed"),
    "lesson-recorded": Said('lesson "Ask earlier." from S1, for suppliers', "lesson from S1"),
    "contact-departed": Said("client sponsor leaves 28 Nov, client sponsor follows", "client sponsor leaves 28 Nov"),
    "client-fit-assessed": Said("client assessed as fit: market 5 (of 1 to 5)"),
    "account-plan-approved": Said("account plan v1 approved by Lead, valid until 31 May 2026: goal-1"),
    "gift-recorded": Said(
        "hospitality G1 of about 18,400.00 GBP from client sponsor to Lead declined, approved by Lead",
        "hospitality G1 of about 18,400.00 GBP from client sponsor to Lead declined",
    ),
    "prospect-declined": Said("declined to work for them, referred to Inland Ltd", "declined to work for them"),
    "idea-offered": Said("idea I1 offered to client sponsor, for goal-1", "idea I1 offered to client sponsor"),
    "idea-decided": Said("idea I1 adopted"),
    "knowledge-noted": Said("noted about industry"),
    "exit-considered": Said("leaving considered: pain 60, benefit 40"),
    "exit-decided": Said("decided to stay, referred to Inland Ltd", "decided to stay"),
    "concern-felt": Said("concern C1 felt: cooperation (intuition)", "concern C1 felt: cooperation"),
    "concern-raised": Said(
        "concern C1 raised by us with client sponsor by call: cooperation", "concern C1 raised by us: cooperation"
    ),
    "concern-resolved": Said(
        "concern C1 left as it is: both differ, it was so", "concern C1 left as it is: both differ"
    ),
    "position-stated": Said("dispute D1, late-notice: our position stated"),
    "dispute-closed": Said("dispute D1 settled"),
    "capacity-stated": Said(
        "capacity of Lead: 18.5 days, 1 Jun to 30 Jun", "capacity of all of us: 18.5 days, 1 Jun to 30 Jun"
    ),
    "reserves-stated": Said("reserves for 6.5 months"),
    "entry-annotated": Said("remark on entry 01974000-0000…"),
    "actor-key-registered": Said(
        "key ada+1 of Lead revoked, replaces ada+1", "key ada+1 of Lead valid from 6 Jun 01:00"
    ),
    "ledger-checkpointed": Said("checkpoint signed at 12 entries"),
    "disclosures-erased": Said("1 text erased, as somebody asked"),
    "evidence-issued": Said(
        "bundle to counsel of ACME, of 25 entries, 3 withheld", "bundle, of 25 entries, 3 withheld"
    ),
    "clock-corrected": Said("clock of #1 to #3 corrected by -3600 seconds"),
}


@pytest.mark.parametrize("name", WORDS)
def test_it_reads_with_all_its_fields_and_with_those_it_needs(name: str, view: View) -> None:
    event_type, said = TYPES[name], WORDS[name]
    needed = {field.name for field in event_type.fields.values() if field.required}
    bare = event_type(**{field: value for field, value in EVERY[name].items() if field in needed})

    assert what(fact_of(name, event_type(**EVERY[name])), view) == said.fully
    assert what(fact_of(name, event_type.reread(bare.plain)), view) == (said.barely or said.fully)


OWN_WORDS = {
    "contact-made": '"How the rehearsal is going."',
    "request-received": '"Please paint the cranes."',
    "request-answered": '"Not in this year."',
    "news-verified": '"asked the receiver"',
    "position-stated": '"We told them on Friday."',
    "dispute-closed": '"Each bears its own costs."',
    "idea-decided": '"Said by telephone first, then in writing."',
    "exit-decided": '"Ask for a deposit."',
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_somebodys_own_words_go_with_it_and_no_word_of_a_closed_set(name: str) -> None:
    assert also(fact_of(name, TYPES[name](**EVERY[name]))).startswith(f"{OWN_WORDS[name]} · evidence")
    assert also(fact_of(name, TYPES[name].reread(TYPES[name](**EVERY[name]).plain))) == "evidence: 1 file"


@pytest.mark.parametrize(
    ("direction", "words"), [("to_us", "from client sponsor to Lead"), ("to_them", "from Lead to client sponsor")]
)
def test_a_gift_goes_from_one_side_to_the_other(direction: str, words: str, view: View) -> None:
    event = TYPES["gift-recorded"](**{**EVERY["gift-recorded"], "direction": direction, "estimated": False})

    assert f"of 18,400.00 GBP {words}" in what(fact_of("gift-recorded", event), view)


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("work-recorded", {"days": "1", "to_on": "2025-06-02", "milestone_id": None}, "1 day of work, 2 Jun, worth"),
        ("actor-key-registered", {"holder": "ledger", "revoked": False}, "of the ledger valid from 6 Jun 01:00 until"),
        ("actor-key-registered", {"holder": "account/m3x9#contact:c1"}, "of client sponsor"),
        ("action-agreed", {"owner": "c1", "trigger": f"entry:{entry_id(12)}"}, "after entry 01974000-0000…: client sponsor"),
        ("disclosures-erased", {"erased": EVERY["disclosures-erased"]["erased"] * 2}, "2 texts erased"),
        ("concern-resolved", {"outcome": "withdrawn", "confirmed": False}, "withdrawn, it was not so"),
        ("request-received", {"in_scope": "no"}, "by email, out of scope"),
        ("feedback-given", {"to": []}, "feedback given to the client"),
    ],
)  # fmt: skip
def test_what_differs_is_said(name: str, changes: dict[str, object], words: str, view: View) -> None:
    assert words in what(fact_of(name, TYPES[name](**{**EVERY[name], **changes})), view)


def test_there_are_words_for_all_that_is_not_said_in_the_other_stories() -> None:
    assert len(WORDS) == 50
    assert WORDS.keys() <= TYPES.keys()
