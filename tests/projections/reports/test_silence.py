"""Where nobody said anything of a thing, who-knew says that; an empty table says nothing (P17)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_projections.reports import Asked, report
from ledger_projections.reports.silence import NOBODY

from ledger.calendars import instant
from ledger.drafts import Receipt
from tests.views import World


def owing(folder: Path) -> World:
    world = World(folder).begin().at("2025-06-02T09:00")
    world.record("obligation-agreed", obligation_id="O4", kind="access", due="2025-06-05", title="stage plans")
    return world


def said_of(world: World, ref: str = "obligation:O4") -> list[str]:
    """Return the sentences of the summary, but for how it is made."""
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    asked = Asked("who-knew", name, int(world.journal.head()), instant(world.now), {"subject": ref})
    _, *said = report(world.journal, asked).sections[0].said
    return said


def given(world: World) -> Receipt:
    return world.at("2025-06-10T12:00").record("obligation-fulfilled", obligation_id="O4")


def warned(world: World, when: str) -> Receipt:
    return world.at(when).record("obligation-delay-notified", obligation_id="O4", by="c1", new_date="2025-06-10")


SILENT = "nothing says that the client said beforehand that it would be late."
CASES: dict[str, tuple[Callable[[World], object], str, list[str]]] = {
    "not due yet": (lambda w: None, "2025-06-04T12:00", [NOBODY]),
    "overdue": (lambda w: None, "2025-06-20T12:00",
                [NOBODY, f"The client owed it by Thu 5 Jun 2025: not given, 11 business days late; {SILENT}"]),
    "given in time": (lambda w: w.at("2025-06-04T12:00").record("obligation-fulfilled", obligation_id="O4"),
                      "2025-06-20T12:00", [NOBODY]),
    "given late, in silence": (
        given, "2025-06-20T12:00",
        [NOBODY, f"The client owed it by Thu 5 Jun 2025: given Tue 10 Jun 2025 12:00, 3 business days late; {SILENT}"]),
    "late, and said so": (
        lambda w: (warned(w, "2025-06-04T10:00"), given(w)), "2025-06-20T12:00",
        ["The client owed it by Thu 5 Jun 2025: given Tue 10 Jun 2025 12:00, 3 business days late; the client said "
         "beforehand that it would be late (#11, according to us)."]),
    "late, and said so when it was": (
        lambda w: (warned(w, "2025-06-06T10:00"), given(w)), "2025-06-20T12:00",
        [f"The client owed it by Thu 5 Jun 2025: given Tue 10 Jun 2025 12:00, 3 business days late; {SILENT}"]),
}  # fmt: skip


@pytest.mark.parametrize(("act", "when", "expected"), CASES.values(), ids=CASES)
def test_what_the_client_was_late_with_in_silence_is_said(
    tmp_path: Path, act: Callable[[World], object], when: str, expected: list[str]
) -> None:
    world = owing(tmp_path)
    act(world)

    assert said_of(world.at(when)) == expected
