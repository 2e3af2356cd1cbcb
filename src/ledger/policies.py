"""The policies: numbers that decide what is late, too much or too little, each with its unit (domain 3.3.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HOURS, DAYS, CALENDAR_DAYS = "business hours", "business days", "days"


class Policy(NamedTuple):
    """What holds where nothing was set, in which unit, and what it decides."""

    default: str
    unit: str
    meaning: str


POLICIES: Mapping[str, Policy] = {
    "slip_notice_bh": Policy("16", HOURS, "within which a slip is told, where no agreement in force says (P15)"),
    "parity_delta_bh": Policy("4", HOURS, "that bad news may take longer than good (M07)"),
    "gift_limit": Policy("200 GBP", "amount", "a counterpart's gifts may come to in 365 days (M20)"),
    "gift_near_days": Policy("30", CALENDAR_DAYS, "before or after a decision at which a gift is near it (M20)"),
    "floor": Policy("80", "of 100", "below which the smoothed satisfaction is adverse (M12)"),
    "hard_floor": Policy("60", "of 100", "below which the last satisfaction alone is adverse (M12)"),
    "ewma_lambda": Policy("0.4", "of 1", "that the newest answer weighs in the smoothed satisfaction (M12)"),
    "trend_p": Policy("0.10", "of 1", "probability up to which a falling trend counts (M12)"),
    "self_max_age_days": Policy("45", CALENDAR_DAYS, "for which our own view may stand beside the client's (M11)"),
    "silence_bd": Policy("10", DAYS, "without a word of ours that are silence, where no report is agreed (M10)"),
    "first_feedback_bd": Policy("5", DAYS, "after the first meeting by which feedback is asked for (P40)"),
    "no_answer_bd": Policy("10", DAYS, "after which a question for feedback counts as unanswered (P39)"),
    "unraised_bd": Policy("5", DAYS, "for which a concern may be felt and not raised (P34)"),
    "concern_open_bd": Policy("20", DAYS, "for which a concern may stay open (P37)"),
    "due_next_bd": Policy("5", DAYS, "ahead in which a milestone is due soon"),
    "check_obligation_bd": Policy("10", DAYS, "without a word about it after which an obligation is checked (P18)"),
    "action_bd": Policy("5", DAYS, "after adverse feedback by which an action is agreed (P44)"),
    "dependency_share": Policy("0.40", "of income", "above which we depend on one client (P56)"),
    "overcommitted": Policy("1.00", "of capacity", "above which too much is promised (P19)"),
    "regular_minutes": Policy("60", "minutes", "from the agreed time within which a report is regular (P25)"),
}
"""The closed set. A default is ours; one set in the log holds from its day on."""
