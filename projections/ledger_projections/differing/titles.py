"""What a row of each table is called, where rows of several tables are told together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger_projections.table import Table

    Row = dict[str, Any]


def _milestone(row: Row) -> str:
    return f"Milestone {row['milestone']}" + (f", date {row['sequence']}" if row["sequence"] > 1 else "")


def _entitled(kind: str, name: str, text: str) -> Callable[[Row], str]:
    """Return what calls a row `Obligation O4 "test data"`."""
    return lambda row: f"{kind} {row[name]}" + (f' "{row[text]}"' if row[text] else "")


def _dispute(row: Row) -> str:
    return f"Dispute {row['dispute']}" + (f", item {row['item']}" if row["item"] else "")


def _feedback(row: Row) -> str:
    return f"Feedback {row['wave']} on {row['dimension']} from {row['respondent_name'] or row['respondent']}"


TITLES: Mapping[str, Callable[[Row], str]] = {
    "engagement_status": lambda row: "Engagement",
    "agreements": lambda row: f"Agreement v{row['version']}",
    "milestones": _milestone,
    "slips": lambda row: f"Slip {row['slip']} of {row['milestone']}",
    "obligations": _entitled("Obligation", "obligation", "title"),
    "requests": _entitled("Request", "request", "who"),
    "cadence_occurrences": lambda row: f"Expected {row['occurrence']}",
    "news": lambda row: f"News {row['news']}",
    "notices": lambda row: f"Notice of {row['subject']}" + (f", {row['number']}" if row["number"] > 1 else ""),
    "reviews": lambda row: f"Review {row['review']}",
    "feedback": _feedback,
    "gaps": lambda row: f"Gap of {row['wave']} on {row['dimension']}",
    "concerns": lambda row: f"Concern {row['concern']}",
    "gifts": lambda row: f"Gift {row['gift']}",
    "contacts": lambda row: f"Person {row['contact']} {row['name'] or ''}".rstrip(),
    "authorities": lambda row: f"Authority of {row['contact_name'] or row['contact']} to {row['scope']}",
    "account_plans": lambda row: f"Account plan v{row['version']}",
    "results": _entitled("Result", "result", "statement"),
    "assumptions": _entitled("Assumption", "assumption", "statement"),
    "lessons": _entitled("Lesson", "lesson", "text"),
    "ideas": _entitled("Idea", "idea", "text"),
    "actions": _entitled("Action", "action", "what"),
    "disputes": _dispute,
    "flags": lambda row: f"Flag {row['flag']} on #{row['position']}",
    "calendars": lambda row: f"Calendar {row['calendar']} from {row['valid_from']}",
    "policies": lambda row: f"Policy {row['policy']}",
}
"""By table."""


def title(table: Table, row: Row) -> str:
    """Return what a row of *table* is called; where nothing else was thought of, by its key."""
    if table.name in TITLES:
        return TITLES[table.name](row)
    key = (str(row[name]) for name in table.key if name not in {"account", "engagement"} and row[name] is not None)
    return f"{table.name.removesuffix('s').replace('_', ' ').capitalize()} {' '.join(key)}".rstrip()
