"""A unit agrees with its number, in the words of figures."""

import pytest
from ledger_cli.in_words.measured import value_words


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "news", "1 piece of news"),
        (2, "news", "2 pieces of news"),
        (0, "news", "0 pieces of news"),
        (1, "people", "1 person"),
        (3, "people", "3 people"),
        (1, "business days", "1 business day"),
        (1.5, "business hours", "1.5 business hours"),
        (1, "yes or no", "yes"),
        (None, "news", ""),
    ],
)
def test_a_unit_agrees_with_its_number(value: float | None, unit: str, said: str) -> None:
    assert value_words({"value": value, "unit": unit, "figure": "n", "subject": "", "words": ""}) == said
