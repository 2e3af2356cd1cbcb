"""One engagement: what was agreed, what slipped, what was told, and what may still be recorded."""

from ledger.engagement.deciding import complete, decide
from ledger.engagement.drawers import Amendment, Assumption, Dispute, Engagement, Milestone, News, Slip, Work
from ledger.engagement.folding import add, evolve, fold

__all__ = [
    "Amendment",
    "Assumption",
    "Dispute",
    "Engagement",
    "Milestone",
    "News",
    "Slip",
    "Work",
    "add",
    "complete",
    "decide",
    "evolve",
    "fold",
]
