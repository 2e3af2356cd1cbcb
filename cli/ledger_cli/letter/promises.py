"""What the letter promises by when: milestones, what the client owes, rhythms; and the dates that a new version moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.letter.part import present

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.canonical import JSON
    from ledger.engagement import Engagement
    from ledger.events import Event
    from ledger_cli.letter.part import Table
    from ledger_cli.letter.people import People

    Promise = tuple[Table, str, dict[str, JSON]]

KINDS = ("report", "review", "feedback", "check_in", "account_review")


def milestones(letter: Table, state: Engagement, dates: Mapping[str, str], version: int) -> Iterator[Promise]:
    """Yield a MilestoneAgreed for each new milestone, and a MilestoneRescheduled for each date that is not as in *dates*."""
    for table in letter.tables("milestones"):
        name = table.must("id", table.text("id"))
        due = table.must("due", table.due("due"))
        plain: dict[str, JSON] = {
            "depends_on": table.words("depends_on"),
            **present({"starts_on": table.day("starts"), "effort_days": table.decimal("effort_days")}),
        }
        words = {"title": table.must("title", table.text("title")), "acceptance_criteria": table.text("criteria")}
        reason = table.text("because")
        table.done()
        agreed = state.milestones[name].agreed if name in state.milestones else None
        if agreed is None:
            data = {"milestone_id": name, "due": due, "agreement_version": version, **plain}
            yield table, "milestone-agreed", {**data, **present(words)}
            continue
        _same(table, name, agreed.event, plain)
        if dates[name] != due:
            move = {"milestone_id": name, "from_due": dates[name], "to_due": due, "agreement_version": version}
            yield table, "milestone-rescheduled", {**move, **present({"reason": reason})}


def obligations(letter: Table, state: Engagement, people: People, version: int) -> Iterator[Promise]:
    """Yield an ObligationAgreed for each obligation of the client that is new."""
    for table in letter.tables("obligations"):
        name, owner = table.must("id", table.text("id")), table.text("owner")
        plain: dict[str, JSON] = {
            "kind": table.must("kind", table.text("kind", among=("deliverable", "decision", "access", "support"))),
            "due": table.must("due", table.due("due")),
            "blocks": table.words("blocks"),
            **present({"owner": people.find(table, "owner", owner) if owner else None}),
        }
        title = table.must("title", table.text("title"))
        table.done()
        if name in state.obligations:
            _same(table, name, state.obligations[name].event, plain)
            continue
        yield table, "obligation-agreed", {"obligation_id": name, "agreement_version": version, "title": title, **plain}


def cadences(letter: Table, state: Engagement, people: People, version: int) -> Iterator[Promise]:
    """Yield a CadenceAgreed for each rhythm that is new."""
    for table in letter.tables("cadences"):
        name = table.must("id", table.text("id"))
        plain: dict[str, JSON] = {
            "kind": table.must("kind", table.text("kind", among=KINDS)),
            "rrule": table.must("rrule", table.text("rrule")),
            "starts": table.must("starts", table.local("starts")),
            "calendar": table.text("calendar") or "default",
            "audience": [people.find(table, "audience", who) for who in table.words("audience")],
            **present({"tolerance_bd": table.number("tolerance_days")}),
        }
        table.done()
        if name in state.cadences:
            _same(table, name, state.cadences[name].event, plain)
            continue
        yield table, "cadence-agreed", {"cadence_id": name, "agreement_version": version, **plain}


def _same(table: Table, name: str, event: Event, plain: Mapping[str, JSON]) -> None:
    """Refuse what was agreed before and says something else now: a version moves the dates of milestones, no more."""
    for key, value in plain.items():
        if getattr(event, key) != value:
            was = f"{name} was agreed with {key} {getattr(event, key)}, not {value}."
            raise table.error("", was, f"Keep {name} as it was, and give what is new an id of its own.")
