"""What the letter promises by when: milestones, what the client owes, rhythms; and the dates that a new version moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_cli.letter.part import present

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.canonical import JSON
    from ledger_cli.letter.before import Before
    from ledger_cli.letter.part import Table
    from ledger_cli.letter.people import People

    Promise = tuple[Table, str, dict[str, JSON]]

KINDS = ("report", "review", "feedback", "check_in", "account_review")


def milestones(letter: Table, before: Before, version: int) -> Iterator[Promise]:
    """Yield a MilestoneAgreed for each new milestone, and a MilestoneRescheduled for each date that is not in force."""
    for table in letter.tables("milestones"):
        name = table.must("id", table.text("id"))
        due = table.must("due", table.due("due"))
        plain: dict[str, JSON] = {
            "depends_on": table.words("depends_on"),
            **present({"starts_on": table.day("starts"), "effort_days": table.decimal("effort_days")}),
        }
        agreed = before.state.milestones[name].agreed if name in before.state.milestones else None
        words = present(
            {"title": _title(table, before, f"milestone:{name}"), "acceptance_criteria": table.text("criteria")}
        )
        reason = table.text("because")
        table.done()
        if agreed is None:
            data = {"milestone_id": name, "due": due, "agreement_version": version, **plain}
            yield table, "milestone-agreed", {**data, **words}
            continue
        _same(table, before, f"milestone:{name}", {**plain, **words}, version)
        if before.dates[name] != due:
            move = {"milestone_id": name, "from_due": before.dates[name], "to_due": due, "agreement_version": version}
            yield table, "milestone-rescheduled", {**move, **present({"reason": reason})}


def obligations(letter: Table, before: Before, people: People, version: int) -> Iterator[Promise]:
    """Yield an ObligationAgreed for each obligation of the client that is new."""
    for table in letter.tables("obligations"):
        name, owner = table.must("id", table.text("id")), table.text("owner")
        said: dict[str, JSON] = {
            "kind": table.must("kind", table.text("kind", among=("deliverable", "decision", "access", "support"))),
            "due": table.must("due", table.due("due")),
            "blocks": table.words("blocks"),
            **present({"owner": people.find(table, "owner", owner) if owner else None}),
        }
        said |= present({"title": _title(table, before, f"obligation:{name}")})
        table.done()
        if name in before.state.obligations:
            _same(table, before, f"obligation:{name}", said, version)
            continue
        yield table, "obligation-agreed", {"obligation_id": name, "agreement_version": version, **said}


def cadences(letter: Table, before: Before, people: People, version: int) -> Iterator[Promise]:
    """Yield a CadenceAgreed for each rhythm that is new."""
    for table in letter.tables("cadences"):
        name = table.must("id", table.text("id"))
        said: dict[str, JSON] = {
            "kind": table.must("kind", table.text("kind", among=KINDS)),
            "rrule": table.must("rrule", table.text("rrule")),
            "starts": table.must("starts", table.local("starts")),
            "calendar": table.text("calendar") or "default",
            "audience": [people.find(table, "audience", who) for who in table.words("audience")],
            **present({"tolerance_bd": table.number("tolerance_days")}),
        }
        table.done()
        if name in before.state.cadences:
            _same(table, before, f"cadence:{name}", said, version)
            continue
        yield table, "cadence-agreed", {"cadence_id": name, "agreement_version": version, **said}


def _title(table: Table, before: Before, ref: str) -> str | None:
    """Return the title, which may be left out only where it was erased."""
    title = table.text("title")
    return title if ref in before.untitled else str(table.must("title", title))


def _same(table: Table, before: Before, ref: str, said: Mapping[str, JSON], version: int) -> None:
    """Refuse what was agreed before and says something else now: a version moves the dates of milestones, no more."""
    kind, name = ref.split(":")
    fact = before.state.things[kind][name]
    anew = "give what is new an id of its own."
    for key, value in said.items():
        was = getattr(fact.event, key)
        if was != value:
            words = f"{name} was agreed {f'with {key} {was}' if was is not None else f'without {key}'}, not {value}."
            raise table.error("", words, f"Keep {name} as it was, and {anew}")
    if ref in before.released:
        raise table.error("id", f"{name} was released.", f"Leave {name} out, and {anew}")
    if before.pending.get(ref, version) != version:
        what = f"{name} belongs to version {before.pending[ref]}, which not both have signed."
        undo = f"engage undo --entry {fact.entry.position}"
        raise table.error("id", what, f"Take it out of that one first: {undo}; or {anew}")
