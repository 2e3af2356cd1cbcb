"""One engagement: what was agreed, what slipped, what was told, and what may still be recorded."""

from ledger.engagement.deciding import complete, decide
from ledger.engagement.drawers import Engagement, Milestone, News, Slip
from ledger.engagement.folding import add, evolve, fold

__all__ = ["Engagement", "Milestone", "News", "Slip", "add", "complete", "decide", "evolve", "fold"]
