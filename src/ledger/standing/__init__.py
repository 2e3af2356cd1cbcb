"""What stands and what counts: who may act, which version is in force, which date holds, what notice is owed."""

from ledger.standing.asked import Asked, requests_of
from ledger.standing.assumed import Assumed, assumptions_of, resting_on
from ledger.standing.authority import counting_changes, day_in, first_grants, lacking_changes, may, ratified
from ledger.standing.cadences import Occurrence, expected
from ledger.standing.completeness import lacking, missing_parts, required_parts
from ledger.standing.course import Course, course_of, open_course
from ledger.standing.dates import DateInForce, baseline, due_before, due_in_force, timeline
from ledger.standing.edges import days_after, days_before, falls, midnight
from ledger.standing.firsts import Order, orders
from ledger.standing.gaps import Gap, gaps_of
from ledger.standing.gifts import Decision, added_up, decisions_near, is_over, limit_on
from ledger.standing.knowledge import Knowledge
from ledger.standing.known import TIMES, Known
from ledger.standing.matrix import Authority, authorities_of
from ledger.standing.matters import each_of, knowledge_of
from ledger.standing.misgivings import Misgiving, misgivings_of
from ledger.standing.noticed import Notice, holders, notices_of
from ledger.standing.notices import Term, notice
from ledger.standing.orphaned import holding
from ledger.standing.outcomes import Outcome, outcomes_of
from ledger.standing.owed import Owed, obligations_of
from ledger.standing.pauses import Pause, closed_at, on_hold, pauses
from ledger.standing.people import Person, people_of
from ledger.standing.phase import open_disputes, phase_of, started_at, works
from ledger.standing.plans import key_said, newest_plan, plan_ends, valid_plan
from ledger.standing.progress import Progress, due_and_soon, progress_of
from ledger.standing.punctual import due_at, first_due_at, total_bd
from ledger.standing.released import Release, release_of, released_by
from ledger.standing.rhythms import NAMING, idle_facts, keeping, occurrences_of
from ledger.standing.schedule import Due, Schedule, schedules_of
from ledger.standing.scores import normalised
from ledger.standing.spoken import spoken
from ledger.standing.talk import day_spoken, in_last, last_met, levels_met, on_day, participants
from ledger.standing.tidings import Tidings, tidings_of
from ledger.standing.undertakings import Undertaking, undertakings_of

__all__ = [
    "NAMING",
    "TIMES",
    "Asked",
    "Assumed",
    "Authority",
    "Course",
    "DateInForce",
    "Decision",
    "Due",
    "Gap",
    "Knowledge",
    "Known",
    "Misgiving",
    "Notice",
    "Occurrence",
    "Order",
    "Outcome",
    "Owed",
    "Pause",
    "Person",
    "Progress",
    "Release",
    "Schedule",
    "Term",
    "Tidings",
    "Undertaking",
    "added_up",
    "assumptions_of",
    "authorities_of",
    "baseline",
    "closed_at",
    "counting_changes",
    "course_of",
    "day_in",
    "day_spoken",
    "days_after",
    "days_before",
    "decisions_near",
    "due_and_soon",
    "due_at",
    "due_before",
    "due_in_force",
    "each_of",
    "expected",
    "falls",
    "first_due_at",
    "first_grants",
    "gaps_of",
    "holders",
    "holding",
    "idle_facts",
    "in_last",
    "is_over",
    "keeping",
    "key_said",
    "knowledge_of",
    "lacking",
    "lacking_changes",
    "last_met",
    "levels_met",
    "limit_on",
    "may",
    "midnight",
    "misgivings_of",
    "missing_parts",
    "newest_plan",
    "normalised",
    "notice",
    "notices_of",
    "obligations_of",
    "occurrences_of",
    "on_day",
    "on_hold",
    "open_course",
    "open_disputes",
    "orders",
    "outcomes_of",
    "participants",
    "pauses",
    "people_of",
    "phase_of",
    "plan_ends",
    "progress_of",
    "ratified",
    "release_of",
    "released_by",
    "requests_of",
    "required_parts",
    "resting_on",
    "schedules_of",
    "spoken",
    "started_at",
    "tidings_of",
    "timeline",
    "total_bd",
    "undertakings_of",
    "valid_plan",
    "works",
]
