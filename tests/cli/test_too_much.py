"""Amounts of no currency and talks of centuries are refused with what to write instead; what is kept is shown as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledger_projections.wording import money_words

from ledger.values.currencies import digits, minor
from tests.transcripts import Terminal


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    for line in ("init", "open oxford --account acme", "person oxford Dean --side client --level executive"):
        assert desk.run(f"engage {line}").code == 0
    return desk


def test_a_talk_is_no_longer_than_a_week(desk: Terminal) -> None:
    answer = desk.run('engage contact oxford dean "walked through the plan" --minutes 99999999999')

    assert answer.err.splitlines() == [
        "99,999,999,999 minutes are more than a week. Nothing was recorded.",
        "  Say how long you spoke: --minutes 30",
    ]


def test_letters_that_are_no_currency_are_refused(desk: Terminal) -> None:
    answer = desk.run('engage request oxford dean "Move the bar." --value "180 ABC"')

    assert answer.err.splitlines() == [
        '"180 ABC" is no amount: ABC is no currency of ISO 4217. Nothing was recorded.',
        '  Write "4200.00 GBP".',
    ]


def test_a_letter_is_in_a_currency_there_is(desk: Terminal) -> None:
    desk.run("engage agreed --template > letter.toml")
    path = desk.folder / "letter.toml"
    path.write_text(path.read_text("utf-8").replace('"GBP"', '"ABC"', 1), "utf-8")

    answer = desk.run("engage agreed oxford letter.toml")

    assert '"ABC" is no currency of ISO 4217. Nothing was recorded.' in answer.err


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1234.50 GBP", "1,234.50 GBP"), ("5000 XOF", "5,000 XOF"), ("1.250 KWD", "1.250 KWD"), ("7 UYI", "7 UYI")],
)
def test_an_amount_is_shown_as_it_was_typed(desk: Terminal, text: str, shown: str) -> None:
    answer = desk.run(f'engage gift oxford "a pen" --from dean --value "{text}"')

    assert shown in answer.out, answer


@pytest.mark.parametrize(("currency", "places"), [("GBP", 2), ("JPY", 0), ("XPF", 0), ("OMR", 3), ("CLF", 4)])
def test_words_and_minor_units_know_the_same_digits(currency: str, places: int) -> None:
    from decimal import Decimal

    assert digits(currency) == places
    units = minor(Decimal(12), currency)
    assert money_words({"currency": currency, "minor": units}).startswith("12" if not places else "12.0")
