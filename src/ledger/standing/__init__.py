"""What stands and what counts: who may act, which version is in force, which date holds, what notice is owed."""

from ledger.standing.authority import counting_changes, day_in, first_grants, may, ratified
from ledger.standing.cadences import Occurrence, expected
from ledger.standing.completeness import missing_parts, required_parts
from ledger.standing.course import Course, course_of, open_course
from ledger.standing.dates import DateInForce, baseline, due_before, due_in_force, timeline
from ledger.standing.edges import days_before, falls, midnight
from ledger.standing.known import Known
from ledger.standing.notices import Term, notice
from ledger.standing.progress import Progress, due_and_soon, progress_of
from ledger.standing.tidings import Tidings, tidings_of

__all__ = [
    "Course",
    "DateInForce",
    "Known",
    "Occurrence",
    "Progress",
    "Term",
    "Tidings",
    "baseline",
    "counting_changes",
    "course_of",
    "day_in",
    "days_before",
    "due_and_soon",
    "due_before",
    "due_in_force",
    "expected",
    "falls",
    "first_grants",
    "may",
    "midnight",
    "missing_parts",
    "notice",
    "open_course",
    "progress_of",
    "ratified",
    "required_parts",
    "tidings_of",
    "timeline",
]
