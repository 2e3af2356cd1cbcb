"""What no event may say, whatever came before: forms, intervals, scores, money, rules of recurrence (domain 3.3.5)."""

from typing import Any

import pytest

from ledger.errors import Malformed
from ledger.events import TYPES
from tests.every_event import EVERY, entry_id

MONEY = {"currency": "GBP", "minor": 100}
DOLLARS = {"currency": "USD", "minor": 100}
DAY = {"open": [], "day": "2025-12-25"}
CALENDAR = {"calendar": "x", "zone": "Europe/London", "open": [], "exceptions": []}
NINE = {"weekday": "mo", "from_time": "09:00", "to_time": "17:00"}

REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "negative money": ("agreement-drafted", {"value": {"currency": "GBP", "minor": -1}}),
    "money as a float": ("agreement-drafted", {"value": {"currency": "GBP", "minor": 1.5}}),
    "an unsafe integer": ("agreement-drafted", {"value": {"currency": "GBP", "minor": 2**53}}),
    "a currency of two letters": ("authority-changed", {"limit": {"currency": "GB", "minor": 1}}),
    "a value in another currency": ("agreement-drafted", {"value": DOLLARS}),
    "a fee in another currency": (
        "agreement-drafted",
        {"compensation": {"basis": "flat", "amount": DOLLARS, "bonuses": [], "expenses": []}},
    ),
    "a bonus in another currency": (
        "agreement-drafted",
        {
            "compensation": {
                "basis": "flat",
                "bonuses": [{"result_id": "r1", "threshold": "1", "amount": DOLLARS}],
                "expenses": [],
            }
        },
    ),
    "a bonus on a result it does not name": (
        "agreement-drafted",
        {
            "compensation": {
                "basis": "flat",
                "bonuses": [{"result_id": "r9", "threshold": "1", "amount": {"currency": "GBP", "minor": 1}}],
                "expenses": [],
            }
        },
    ),
    "a cap in another currency": (
        "agreement-drafted",
        {
            "compensation": {
                "basis": "flat",
                "bonuses": [],
                "expenses": [{"kind": "travel", "included": True, "cap": DOLLARS}],
            }
        },
    ),
    "a retention that ends before it begins": (
        "agreement-drafted",
        {"retention": {"from_on": "2025-06-02", "to_on": "2025-06-01", "notice_days": 1, "exclusive": True}},
    ),
    "a part named twice": ("agreement-drafted", {"parts": ["scope", "scope"]}),
    "a result named twice": ("agreement-drafted", {"results": [{"result_id": "r1"}, {"result_id": "r1"}]}),
    "a version 0": ("agreement-drafted", {"version": 0}),
    "a version as text": ("agreement-drafted", {"version": "1"}),
    "a hash in capitals": ("agreement-signed", {"document_sha256": "A" * 64}),
    "a word outside a closed set": ("agreement-signed", {"method": "handshake"}),
    "an authority that ends before it begins": ("authority-changed", {"valid_until": "2024-12-31"}),
    "a cause that ends before it begins": (
        "slip-foreseen",
        {"causes": [{"party": "client", "from_on": "2025-06-02", "to_on": "2025-06-01"}]},
    ),
    "a cause told that ends before it begins": (
        "slip-reported",
        {"causes": [{"party": "client", "from_on": "2025-06-02", "to_on": "2025-06-01"}]},
    ),
    "a score above its scale": ("feedback-received", {"scores": [{"dimension": "trust", "score": "10.1"}]}),
    "a score below its scale": ("feedback-received", {"scores": [{"dimension": "trust", "score": "-0.1"}]}),
    "a score that is a word": ("feedback-received", {"scores": [{"dimension": "trust", "score": "good"}]}),
    "a score with an exponent": ("feedback-received", {"scores": [{"dimension": "trust", "score": "1e0"}]}),
    "a score in another script": ("feedback-received", {"scores": [{"dimension": "trust", "score": "٢"}]}),
    "a dimension scored twice": (
        "feedback-received",
        {"scores": [{"dimension": "trust", "score": "1"}, {"dimension": "trust", "score": "2"}]},
    ),
    "a scale that does not rise": ("feedback-received", {"scale": {"min": "5", "max": "5"}, "scores": []}),
    "no rule of recurrence": ("cadence-agreed", {"rrule": "every Friday"}),
    "a rule that recurs by the hour": ("cadence-agreed", {"rrule": "FREQ=HOURLY"}),
    "a start that is no time": ("cadence-agreed", {"starts": "2025-06-06T25:00"}),
    "a start on no day": ("cadence-agreed", {"starts": "2025-02-30T10:00"}),
    "a zone that is none": ("policy-set", {"calendars": [{**CALENDAR, "zone": "Europe/Atlantis"}]}),
    "opening hours that end before they begin": (
        "policy-set",
        {"calendars": [{**CALENDAR, "open": [{**NINE, "to_time": "08:00"}]}]},
    ),
    "opening hours that overlap": (
        "policy-set",
        {"calendars": [{**CALENDAR, "open": [NINE, {**NINE, "from_time": "12:00", "to_time": "18:00"}]}]},
    ),
    "an exception named twice": ("policy-set", {"calendars": [{**CALENDAR, "exceptions": [DAY, DAY]}]}),
    "a policy of more hours than a century has": (
        "policy-set",
        {"policies": [{"policy": "slip_notice_bh", "value": "99999999999999"}]},
    ),
    "a policy that nobody knows": ("policy-set", {"policies": [{"policy": "mood", "value": "1"}]}),
    "a day that does not exist": ("milestone-agreed", {"due": "2025-02-29"}),
    "a due date without a zone": ("milestone-agreed", {"due": "2025-06-27T10:00:00"}),
    "an effort that is negative": ("milestone-agreed", {"effort_days": "-1"}),
    "a milestone with the letter of an obligation": ("milestone-agreed", {"milestone_id": "O2"}),
    "a blank title": ("milestone-agreed", {"title": "   "}),
    "a title of two lines": ("milestone-agreed", {"title": "a\nb"}),
    "a title that is too long": ("milestone-agreed", {"title": "x" * 201}),
    "a title that ends the line by other means": ("milestone-agreed", {"title": "a\u2028b"}),
    "a blank text": ("news-learned", {"summary": " \n "}),
    "a text that is too long": ("news-learned", {"summary": "x" * 20_001}),
    "a text with a NUL": ("news-learned", {"summary": "a\0b"}),
    "a text with half a character": ("news-learned", {"summary": "\ud83d"}),
    "a severity outside 1 to 5": ("news-learned", {"severity": 6}),
    "a truth that is a number": ("news-reported", {"admits_fault": 1}),
    "a truth that is a word": ("news-reported", {"admits_fault": "yes"}),
    "a reference that is none": ("news-learned", {"about": ["M2"]}),
    "a reference to a kind that is none": ("news-learned", {"about": ["mood:1"]}),
    "an item named twice": (
        "dispute-raised",
        {"items": [{"item_id": "a", "about": []}, {"item_id": "a", "about": []}]},
    ),
    "an entry that is no UUIDv7": ("communication-acknowledged", {"acknowledges": "01974000"}),
    "a leaf hash that is none": ("communication-acknowledged", {"leaf_hash": "c3im"}),
    "evidence without a hash": ("milestone-delivered", {"evidence": [{"bytes": 1, "media_type": "text/plain"}]}),
    "a field that nobody knows": ("slip-averted", {"colour": "red"}),
    "a field of a field that nobody knows": ("agreement-drafted", {"value": {**MONEY, "colour": "red"}}),
    "a list that is none": ("slip-reported", {"to": "c1"}),
    "a null within": ("slip-reported", {"to": [None]}),
    "work that ends before it begins": ("work-recorded", {"to_on": "2025-06-01"}),
    "days of work that are negative": ("work-recorded", {"days": "-1"}),
    "work of a negative worth": ("work-started", {"value": {"currency": "GBP", "minor": -1}}),
    "hours that are negative": ("work-started", {"effort_hours": "-0.5"}),
    "a version of work that is 0": ("work-started", {"agreement_version": 0}),
    "a proposal whose value is no JSON": (
        "amendment-proposed",
        {"changes": [{"path": "data.value", "after": "lots"}]},
    ),
    "a proposal of a path that is none": ("amendment-proposed", {"changes": [{"path": "value", "after": "1"}]}),
    "a release of what cannot be let go": ("commitment-released", {"released": "slip:S1"}),
    "a release in another stream": ("commitment-released", {"released": "account/acme#cadence:weekly"}),
    "an absence that ends before it begins": ("availability-declared", {"to_on": "2025-08-03"}),
    "a capacity that ends before it begins": ("capacity-stated", {"to_on": "2025-05-31"}),
    "a capacity that is negative": ("capacity-stated", {"days": "-1"}),
    "reserves that are negative": ("reserves-stated", {"months": "-1"}),
    "minutes that are negative": ("contact-made", {"minutes": -1}),
    "a talk about nothing at all": ("contact-made", {"substance": " "}),
    "a promise without a reason": ("holding-reply-sent", {"reason": ""}),
    "a request with the letter of a review": ("request-received", {"request_id": "V1"}),
    "a part that the letter does not have": ("request-received", {"part": "weather"}),
    "a review outside its scale": ("review-held", {"needs_met_client": "5.1"}),
    "a review below its scale": ("review-held", {"needs_met_provider": "0"}),
    "a review whose scale does not rise": ("review-held", {"scale": {"min": "5", "max": "1"}}),
    "benefits of one side alone": ("review-held", {"benefits": {"provider": "A reference."}}),
    "questions on a scale that does not rise": ("feedback-requested", {"scale": {"min": "1", "max": "1"}}),
    "an assessment outside its scale": ("self-assessed", {"scores": [{"dimension": "trust", "score": "11"}]}),
    "a dimension assessed twice": (
        "self-assessed",
        {"scores": [{"dimension": "trust", "score": "1"}, {"dimension": "trust", "score": "2"}]},
    ),
    "a criterion outside its scale": ("client-fit-assessed", {"criteria": [{"dimension": "market", "score": "6"}]}),
    "an action of nobody": ("action-agreed", {"owner": "ada"}),
    "an action due at an hour": ("action-agreed", {"due": "2025-06-20T10:00:00.000000Z"}),
    "an objective named twice": (
        "account-plan-approved",
        {"objectives": [{"objective_id": "g", "aligned_to": "x", "shared": True}] * 2},
    ),
    "a plan of version 0": ("account-plan-approved", {"version": 0}),
    "a gift of a negative worth": ("gift-recorded", {"value": {"currency": "GBP", "minor": -1}}),
    "a gift that vanished": ("gift-recorded", {"decision": "lost"}),
    "a pain above 100": ("exit-considered", {"pain": 101}),
    "a benefit below 0": ("exit-considered", {"benefit": -1}),
    "a key that ends before it begins": ("actor-key-registered", {"valid_until": "2025-06-05T00:00:00.000000Z"}),
    "a key of somebody unknown to any ledger": ("actor-key-registered", {"holder": "ada"}),
    "a key that is no base64": ("actor-key-registered", {"public_key": "a key"}),
    "a root that is no hash": ("ledger-checkpointed", {"root": "c3im"}),
    "a digest that is none": (
        "disclosures-erased",
        {"erased": [{"entry": entry_id(1), "field": "why", "digest": "c3im"}]},
    ),
    "a stretch that ends before it begins": ("clock-corrected", {"last_position": 0}),
    "a stretch backwards": ("clock-corrected", {"first_position": 3, "last_position": 2}),
    "a clock that was wrong by half a second": ("clock-corrected", {"offset_seconds": "0.5"}),
    "a contact number 0": ("contact-added", {"contact_id": "c0"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_malformed(what: str) -> None:
    name, wrong = REFUSED[what]

    with pytest.raises(Malformed):
        TYPES[name](**{**EVERY[name], **wrong})


@pytest.mark.parametrize("name", TYPES)
def test_each_required_field_is_required(name: str) -> None:
    for field in (field for field in TYPES[name].fields.values() if field.required):
        without = {key: value for key, value in EVERY[name].items() if key != field.name}
        with pytest.raises(Malformed, match=field.name):
            TYPES[name](**without)


@pytest.mark.parametrize("name", TYPES)
def test_each_optional_field_may_be_left_out(name: str) -> None:
    needed = {field.name for field in TYPES[name].fields.values() if field.required}
    kept = needed | ({"changes"} if name == "entry-corrected" else set())

    event = TYPES[name](**{key: value for key, value in EVERY[name].items() if key in kept})

    assert event.data.keys() - kept == TYPES[name].defaults().keys() - kept


@pytest.mark.parametrize("name", TYPES)
def test_texts_may_be_erased_and_what_is_left_is_still_an_event(name: str) -> None:
    plain = TYPES[name](**EVERY[name]).plain
    erased = TYPES[name].reread(plain)

    assert all(getattr(erased, field) is None for field in TYPES[name].erasable())


def test_a_moment_in_any_zone_is_kept_in_utc() -> None:
    event = TYPES["slip-foreseen"](slip_id="S1", milestone_id="M2", forecast="2025-07-18T10:00:00+02:00")

    assert event.data["forecast"] == "2025-07-18T08:00:00.000000Z"


def test_an_amendment_whose_texts_are_erased_is_still_one() -> None:
    change = [{"path": "data.why", "after": '"vendor"'}]
    event = TYPES["entry-corrected"](
        entry=EVERY["entry-corrected"]["entry"], kind="amend", text_changes=change, reason="typo"
    )

    assert TYPES["entry-corrected"].reread(event.plain).plain == event.plain


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("exit-considered", {"pain": 101}, "101: it must be a whole number from 0 to 100."),
        ("action-agreed", {"action_id": "1"}, "it must be the id of an action, such as A1."),
        ("request-received", {"request_id": "1"}, "it must be the id of a request, such as R1."),
        ("action-agreed", {"owner": "ada"}, "it must be the id of an actor or of a contact, such as a1 or c1."),
        ("amendment-declined", {"new_version": 0}, "it must be a version from 1 to 9,999."),
        ("commitment-released", {"released": "M2"}, "milestone:, obligation: or cadence: and an id"),
    ],
)
def test_what_a_field_must_be_is_said(name: str, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(Malformed) as refused:
        TYPES[name](**{**EVERY[name], **wrong})

    assert words in refused.value.message
