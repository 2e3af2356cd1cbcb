"""Acts that need an authority: what was held then, what counts, and what a later grant cures (P49, story ST9)."""

from pathlib import Path

from ledger.standing import progress_of
from ledger.standing.unauthorised import Act, acts_of, held_by, scopes_on
from tests.views import World, london


def act(world: World, kind: str, as_of: str | None = None) -> Act:
    """Return the last act of a kind."""
    return [one for one in acts_of(world.view(as_of).standing) if one.kind == kind][-1]


def accepted(folder: Path) -> World:
    """Have the project manager accept M5 on 2 December, who may not (ST9)."""
    world = World(folder).begin().at("2025-12-01T09:00")
    world.person("project manager", "client")
    world.record("milestone-agreed", milestone_id="M5", due="2025-12-01", title="handover")
    world.record("milestone-delivered", milestone_id="M5")
    world.at("2025-12-02T10:00").record("milestone-judged", milestone_id="M5", verdict="accepted", by="c3")
    return world.at("2025-12-03T09:30")


def test_an_acceptance_without_authority_does_not_count_and_a_grant_alone_cures_nothing(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-12-03")

    found = act(world, "judgement")

    assert (found.lacks, found.counts, found.cure, held_by(world.view().standing, found)) == (True, False, None, None)


def test_a_grant_that_names_it_cures_it_back_to_when_it_was_done(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    judged = act(world, "judgement").fact.entry.id
    cure = world.grant("c3", "accept", granted_by="c1", valid_from="2025-12-03", ratifies=[judged])
    view = world.view()

    found = act(world, "judgement")
    progress = progress_of(view.standing, view.standing.engagement.milestones["M5"], world.now)

    assert (found.lacks, found.counts, found.cure and found.cure.entry.position) == (True, True, cure.position)
    assert (progress.state, progress.accepted and progress.accepted.when) == ("accepted", london("2025-12-02T10:00"))


def test_before_the_grant_was_recorded_nothing_was_cured(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.grant("c3", "accept", granted_by="c1", ratifies=[act(world, "judgement").fact.entry.id])

    assert [act(world, "judgement", at).counts for at in ("2025-12-02T12:00", "2025-12-03T12:00")] == [False, True]


def test_a_ratification_by_somebody_who_may_not_cures_nothing(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.grant(
        "c3", "accept", granted_by="c3", valid_from="2025-12-03", ratifies=[act(world, "judgement").fact.entry.id]
    )

    assert (act(world, "judgement").counts, act(world, "grant").lacks) == (False, True)


def test_every_kind_of_act_is_looked_at(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.draft(1)
    world.sign(1, "client", "c3")
    world.record("milestone-rescheduled", milestone_id="M5", from_due="2025-12-01", to_due="2025-12-09")
    world.record("request-received", from_contact="c3", kind="instruction", channel="email", text="Build a stage.")
    world.record("request-received", from_contact="c3", kind="question", channel="email", text="When?")
    world.grant("c3", "accept", granted_by="c3")

    lacking = [(one.kind, one.who, one.subject) for one in acts_of(world.view().standing) if one.lacks]

    assert lacking == [("signature", "c3", "version:1"), ("judgement", "c3", "milestone:M5"),
                       ("new date", None, "milestone:M5"), ("instruction", "c3", "request:R1"),
                       ("grant", "c3", "contact:c3")]  # fmt: skip


def test_the_authority_of_that_day_decides_by_what_had_been_recorded(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.grant("c3", "accept", granted_by="c1", valid_from="2025-12-01", valid_until="2025-12-04")
    late = act(world, "judgement")
    for day in (4, 5):
        world.at(f"2025-12-0{day}T10:00").record("milestone-judged", milestone_id="M5", verdict="accepted", by="c3")
    known = world.view().standing

    found = [one for one in acts_of(known) if one.kind == "judgement"]

    assert [(one.lacks, scopes_on(known, one)) for one in found] == [(True, []), (False, ["accept"]), (True, [])]
    assert (held_by(known, late), held_by(known, found[1]) is not None) == (None, True)


def test_an_act_for_another_engagement_alone_is_none_of_this_one(tmp_path: Path) -> None:
    world = accepted(tmp_path)
    world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour", title="Harbour")
    other = world.view(stream="engagement/harbour").standing
    world.grant("c3", "accept", granted_by="c3", engagement=other.engagement_id)

    kinds = [one.fact.when for one in acts_of(world.view().standing) if one.kind == "grant" and one.lacks]

    assert kinds == []
