"""A rhythm in words, and words as a rhythm."""

from __future__ import annotations

import pytest
from ledger_cli.agreeing.answers import first_time
from ledger_cli.letter.rhythm import in_words, parse_rhythm

from ledger.errors import Malformed

SAID = {
    "FREQ=WEEKLY;BYDAY=FR": "every Friday 10:00",
    "FREQ=DAILY": "every day 10:00",
    "FREQ=DAILY;INTERVAL=2": "every 2 days 10:00",
    "FREQ=WEEKLY;BYDAY=MO,WE,TH": "every Monday, Wednesday and Thursday 10:00",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR": "every 2 weeks on Friday 10:00",
    "FREQ=MONTHLY;BYDAY=1TU": "every month on the first Tuesday 10:00",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR": "every 3 months on the last Friday 10:00",
    "FREQ=MONTHLY;BYMONTHDAY=15": "every month on day 15 10:00",
}
ONLY_SAID = {
    "FREQ=WEEKLY": "every Tuesday 10:00",
    "FREQ=MONTHLY": "every month on day 3 10:00",
    "FREQ=YEARLY": "every year on 3 June 10:00",
    "FREQ=WEEKLY;BYDAY=FR;UNTIL=20250801": "every Friday 10:00 until 1 Aug 2025",
    "FREQ=DAILY;COUNT=6": "every day 10:00, 6 times",
    "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR": "by the rule FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR, 10:00",
    "FREQ=MONTHLY;BYMONTHDAY=-1": "by the rule FREQ=MONTHLY;BYMONTHDAY=-1, 10:00",
    "FREQ=YEARLY;BYMONTHDAY=15": "by the rule FREQ=YEARLY;BYMONTHDAY=15, 10:00",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1": "by the rule FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1, 10:00",
}
TYPED = {
    "every fri 17:00": ("FREQ=WEEKLY;BYDAY=FR", "17:00"),
    "Every other Friday at 9:30": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "09:30"),
    "every quarter on the first tue 10:00": ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "10:00"),
    "every week on Monday and Thursday 09:00": ("FREQ=WEEKLY;BYDAY=MO,TH", "09:00"),
}


@pytest.mark.parametrize("rule", SAID)
def test_a_rule_is_said_in_words_that_mean_it(rule: str) -> None:
    assert in_words(rule, "2025-06-03T10:00") == SAID[rule]
    assert parse_rhythm(SAID[rule]) == (rule, "10:00")


@pytest.mark.parametrize("rule", ONLY_SAID)
def test_a_rule_that_says_more_is_said_as_far_as_words_go(rule: str) -> None:
    assert in_words(rule, "2025-06-03T10:00") == ONLY_SAID[rule]


@pytest.mark.parametrize("text", TYPED)
def test_words_as_people_type_them(text: str) -> None:
    assert parse_rhythm(text) == TYPED[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now and then",
        "every Friday",
        "every 17:00",
        "every Friday 25:00",
        "every Friday 10:61",
        "every month on the ninth Tuesday 10:00",
        "every month on day 40 10:00",
    ],
)
def test_words_that_are_no_rhythm_are_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_rhythm(text)


def test_a_rhythm_begins_with_the_first_time_it_names() -> None:
    assert first_time("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "2025-03-10T10:00") == "2025-06-03T10:00"
    assert first_time("FREQ=WEEKLY;BYDAY=FR", "2025-03-07T17:00") == "2025-03-07T17:00"
