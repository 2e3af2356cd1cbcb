"""A chronology takes in what bears on the engagement from its account and our own rules, marked, less what is withheld."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ledger_projections.reports import Asked, report

from ledger.calendars import instant
from ledger.drafts import Draft, Receipt
from tests.views import World, london

ENGAGEMENT = "engagement/northwind"


class Story:
    """A slip of M1 was foreseen on 2 June, and the sponsor c1 was told the day after."""

    def __init__(self, folder: Path) -> None:
        self.world = world = World(folder).begin().at("2025-06-02T10:00")
        self.clerk = world.person("clerk", "client")
        world.record("milestone-agreed", milestone_id="M1", due="2025-06-20", title="pilot")
        world.record("slip-foreseen", milestone_id="M1", forecast="2025-07-01", aware=london("2025-06-02T09:00"))
        slip: dict[str, Any] = {"slip_id": "S1", "milestone_id": "M1", "forecast": "2025-07-01", "to": ["c1"]}
        world.at("2025-06-03T10:00").record("slip-reported", **slip)
        world.at("2025-06-04T10:00")

    def gift(self, counterpart: str, *, private: bool = False) -> Receipt:
        given: dict[str, Any] = {"direction": "to_us", "counterpart": counterpart, "our_person": "a1", "what": "wine"}
        worth: dict[str, Any] = {
            "value": {"minor": 4000, "currency": "GBP"},
            "estimated": True,
            "kind": "gift",
            "decision": "accepted",
        }
        visibility = "private" if private else "shared"
        draft = Draft("gift-recorded", "account/acme", {**given, **worth}, visibility=visibility)
        return self.world.ledger.record(draft)[-1]

    def elsewhere(self) -> Receipt:
        """Grant the sponsor something on another engagement."""
        self.world.record("engagement-opened", "engagement/other", account="acme", alias="other")
        return self.world.grant("c1", "instruct", granted_by="c1", engagement=self.other())

    def other(self) -> str:
        heads = [head.stream for head in self.world.journal.streams() if head.stream.startswith("engagement/")]
        return str(heads[-1]).partition("/")[2]

    def corrected(self) -> Receipt:
        gift = self.gift("c1")
        said: dict[str, Any] = {"entry": self.world.entry(gift), "kind": "withdraw", "reason": "another client's"}
        return self.world.record("entry-corrected", "account/acme", **said)

    def told(self, subject: str = "") -> dict[int, str]:
        """Return the entries of the chronology and the stream that each is said to be of."""
        name = str(next(h.stream for h in self.world.journal.streams() if h.stream.startswith("engagement/")))
        options = {"subject": subject} if subject else {}
        asked = Asked(
            "chronology", name.partition("/")[2], int(self.world.journal.head()), instant(self.world.now), options
        )
        section = report(self.world.journal, asked).sections[0]
        cell = section.columns.index("Stream")
        return {int(line.entries[0]): line.cells[cell] for line in section.rows}


MEANWHILE: dict[str, tuple[Callable[[Story], Receipt], bool, bool]] = {
    "a gift of whom the slip was told to": (lambda s: s.gift("c1"), True, True),
    "a gift of somebody whom nothing names": (lambda s: s.gift(s.clerk), True, False),
    "a gift that is private": (lambda s: s.gift("c1", private=True), False, False),
    "a correction of such a gift": (lambda s: s.corrected(), True, True),
    "an authority that the sponsor gets": (lambda s: s.world.grant("c1", "instruct", granted_by="c1"), True, True),
    "an authority on another engagement": (lambda s: s.elsewhere(), False, False),
    "that the sponsor leaves": (
        lambda s: s.world.record("contact-departed", "account/acme", contact="c1", leaves_on="2025-06-30"), True, True),
    "that somebody joins": (
        lambda s: s.world.record("contact-added", "account/acme", side="client", level="senior", name="Bo", role="new"),
        True, False),
}  # fmt: skip


@pytest.mark.parametrize(("act", "whole", "of_the_slip"), MEANWHILE.values(), ids=MEANWHILE)
def test_what_happened_on_the_account_meanwhile(
    tmp_path: Path, act: Callable[[Story], Receipt], *, whole: bool, of_the_slip: bool
) -> None:
    story = Story(tmp_path)
    at = act(story).position

    assert (at in story.told(), at in story.told("slip:S1")) == (whole, of_the_slip)
    assert story.told().get(at, "of the account") == "of the account"


def test_the_whole_begins_with_our_own_rules_and_those_who_may_act_and_each_is_marked(tmp_path: Path) -> None:
    told = Story(tmp_path).told()

    assert list(told) == sorted(told)
    assert {"", "of the account", "of our own side"} == set(told.values())


def test_what_was_there_before_the_slip_is_not_told_of_the_slip(tmp_path: Path) -> None:
    assert set(Story(tmp_path).told("slip:S1").values()) == {""}
