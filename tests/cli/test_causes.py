"""The causes of a slip are typed as whose, from a day to a day."""

from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from ledger_cli.app import App
from ledger_cli.asking.causes import causes

from ledger.errors import Malformed


class Desk:
    """As much of a running command as a cause needs: when, and where."""

    zone = ZoneInfo("Europe/London")

    def clock(self) -> datetime:
        return datetime(2025, 7, 9, 9, tzinfo=UTC)


def read(*typed: str) -> Any:
    return causes(cast("App", Desk()), typed)


def test_a_cause_has_two_ends_one_or_is_of_one_day() -> None:
    assert read(
        "provider:2025-07-02..2025-07-04", "Third-Party:2025-07-07..", "unknown:2025-07-08", "client:today..fri"
    ) == [
        {"party": "provider", "from_on": "2025-07-02", "to_on": "2025-07-04"},
        {"party": "third_party", "from_on": "2025-07-07"},
        {"party": "unknown", "from_on": "2025-07-08"},
        {"party": "client", "from_on": "2025-07-09", "to_on": "2025-07-11"},
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2025-07-02..2025-07-04", "does not say whose"),
        ("vendor:2025-07-02", "does not say whose"),
        ("provider:", "is no date"),
        ("provider:..2025-07-04", "is no date"),
        ("provider:2025-07-02 09:00", "is no day"),
        ("provider:2025-07-02..x", "is no date"),
        ("\x1b[31m:2025-07-02", "does not say whose"),
    ],
)
def test_what_is_no_cause_is_refused_with_how_to_write_one(typed: str, says: str) -> None:
    with pytest.raises(Malformed, match=says) as refused:
        read(typed)

    assert "--cause provider:2025-07-02..2025-07-04" in refused.value.advice
