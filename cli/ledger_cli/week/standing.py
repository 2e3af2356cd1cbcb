"""Where an engagement stands at a moment, in the lines that a director sees: each is folded once for both weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.replaying.twofold import Twofold
from ledger_projections.tables import engagement_status

from ledger.events import EngagementOpened, EntryCorrected
from ledger.values.named import NamedTuple
from ledger_cli.week.asked import Week
from ledger_cli.week.items import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_projections.replaying.twofold import Moment
    from ledger_projections.view import View

    from ledger.journal import Reader
    from ledger_cli.week.items import Told

    Row = dict[str, Any]

TELLING = (EngagementOpened, EntryCorrected)
"""What says how an engagement is called: no other text is on the page."""


class Standing(NamedTuple):
    """Where an engagement stands: its id, what people call it, its state, and what each line of the page says of it."""

    engagement: str
    alias: str | None
    state: str
    told: Mapping[str, Told | None]


def weeks_of(
    reader: Reader, before: Moment, now: Moment, engagement: str | None = None
) -> Iterator[tuple[Standing | None, Standing]]:
    """Yield where each engagement stood *before*, if there was one, and stands *now*; or one *engagement* alone."""
    for then, stands in Twofold(reader, before, now, TELLING).asked(standing_of, engagement):
        if stands is not None:
            yield then, stands


def standing_of(view: View) -> Standing | None:
    """Return where the engagement of *view* stands; None where it was not opened yet, or that was taken back."""
    status: Row | None = next((dict(row.values) for row in engagement_status.rows(view)), None)
    if status is None:
        return None
    week = Week(view, status)
    told = {item.name: item.of(week) for item in ITEMS}
    return Standing(status["engagement"], status["engagement_alias"], status["state"], told)
